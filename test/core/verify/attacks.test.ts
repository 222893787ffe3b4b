/**
 * What somebody can do who writes the table and the bucket, but can neither sign nor exchange the public key that was exported: each
 * is found and named, or said not to be vouched for yet.
 */
import { describe, expect, it } from 'vitest';
import { CONTROL_KEY, caseKey, historyKey } from '../../../functions/contracts/items.ts';
import { ledgerKey } from '../../../functions/contracts/ledger-item.ts';
import type { Case } from '../../../functions/core/case/case.ts';
import { entryHash, historyEntry, type StoredEntry } from '../../../functions/core/case/history.ts';
import { entrySeal, type LedgerEntry } from '../../../functions/core/model/ledger.ts';
import { anchorFolder } from '../../../functions/core/records/anchor.ts';
import { findingWords, sinceWords } from '../../../functions/core/verify/words.ts';
import { ACCOUNT } from '../../fakes/cases.ts';
import { type Item, KeptAccount, newKey } from '../../fakes/kept-account.ts';

const A = 'AIDAKEPTACCOUNT00000A';
const B = 'AIDAKEPTACCOUNT00000B';
const day = (date: number, time: string) => `2026-11-${date}T${time}:00.000Z`;
const NOW = day(25, '12:00');

/** Two users over two days; entries 1 to 5 and 1 to 3 are in anchors, entry 6 of the first is younger than all of them. */
function kept(): KeptAccount {
  const account = new KeptAccount();
  for (const minute of ['01', '02', '03', '04']) {
    account.pass(A, day(23, `08:${minute}`));
  }
  account.pass(B, day(23, '08:10'));
  account.pass(B, day(23, '08:11'));
  account.command(day(23, '09:00'), 'pause');
  account.anchor(day(23, '10:00'), 'daily');
  account.pass(A, day(23, '10:05'));
  account.anchor(day(23, '10:15'), 'news');
  account.pass(B, day(23, '10:20'));
  account.command(day(23, '10:21'), 'resume');
  account.anchor(day(23, '10:30'), 'news');
  account.anchor(day(24, '10:00'), 'daily');
  account.anchor(day(25, '10:00'), 'daily');
  account.pass(A, day(25, '11:00'));
  return account;
}

const said = (account: KeptAccount, now: string | null = NOW) =>
  account.verdict(now).findings.map((finding) => `${findingWords(finding)} (${sinceWords(finding.since)})`);

const entryItem = (account: KeptAccount, userId: string, n: number) => {
  const { pk, sk } = historyKey(ACCOUNT, userId, n);
  return account.table.get(`${pk} ${sk}`) as Item & { readonly entry: StoredEntry };
};

function edit(account: KeptAccount, userId: string, n: number, more: Partial<StoredEntry>): void {
  const item = entryItem(account, userId, n);
  account.put({ ...item, entry: { ...item.entry, ...more } } as Item);
}

function remove(account: KeptAccount, key: { readonly pk: string; readonly sk: string }): void {
  account.table.delete(`${key.pk} ${key.sk}`);
}

/** Entries from `from` on with another reason, each chained to the one before, and the case to the last. */
function rewrite(account: KeptAccount, userId: string, from: number): void {
  const entries = account.history(userId);
  let prev: string | null =
    entries[from - 2] === undefined ? null : entryHash(entries[from - 2] as StoredEntry);
  for (const entry of entries.slice(from - 1)) {
    const next: StoredEntry = { ...entry, rule: 'settled', prev };
    edit(account, userId, entry.n, next);
    prev = entryHash(next);
  }
  account.keep(account.stored(userId) as Case, account.history(userId).at(-1) as StoredEntry);
}

/** The case as it was at an earlier version, without all later entries. */
function cutBack(account: KeptAccount, userId: string, to: number): void {
  const entries = account.history(userId);
  for (const { n } of entries.slice(to)) {
    remove(account, historyKey(ACCOUNT, userId, n));
  }
  const rest = entries.slice(0, to);
  const folded = Object.assign({}, ...rest.map(({ changes }) => changes)) as Case;
  account.keep(folded, rest.at(-1) as StoredEntry);
}

function ledgerItem(account: KeptAccount, number: number): Item & LedgerEntry {
  const { pk, sk } = ledgerKey(ACCOUNT, number);
  return account.table.get(`${pk} ${sk}`) as Item & LedgerEntry;
}

/** An entry of the ledger with another reason; with `sealed` its own hash fits again. */
function editLedger(account: KeptAccount, number: number, sealed: boolean): void {
  const { pk, sk, schema, ...entry } = { schema: 1, ...ledgerItem(account, number), reason: 'no reason' };
  account.put({ pk, sk, schema, ...entry, ...(sealed ? { hash: entrySeal(entry) } : {}) });
}

const file = (number: number, name: string) => `${anchorFolder(number)}${name}`;

function editFile(
  account: KeptAccount,
  number: number,
  name: string,
  change: (text: string) => string,
): void {
  const text = (account.bucket.get(file(number, name)) as Buffer).toString();
  account.bucket.set(file(number, name), Buffer.from(change(text)));
}

function dropAnchor(account: KeptAccount, number: number): void {
  for (const { name } of account.folder(number)) {
    account.bucket.delete(file(number, name));
  }
}

function swapAnchors(account: KeptAccount, a: number, b: number): void {
  const [ofA, ofB] = [account.folder(a), account.folder(b)];
  dropAnchor(account, a);
  dropAnchor(account, b);
  ofA.forEach(({ name, bytes }) => void account.bucket.set(file(b, name), bytes));
  ofB.forEach(({ name, bytes }) => void account.bucket.set(file(a, name), bytes));
}

function swap(account: KeptAccount, one: Item, other: Item, field: string): void {
  account.put({ ...one, [field]: other[field] });
  account.put({ ...other, [field]: one[field] });
}

const userA = `User bot-A (${A})`;
const userB = `User bot-B (${B})`;

it('nothing is found in an account that nobody touched, and what is younger than the last anchor is counted', () => {
  expect(kept().verdict(NOW)).toMatchObject({
    account: ACCOUNT,
    findings: [],
    users: 2,
    entries: 9,
    ledgerEntries: 2,
    anchors: 5,
    last: { number: 5, until: day(25, '10:00') },
    young: { users: 1, entries: 1 },
  });
});

describe('the history of a user', () => {
  it.each<[string, (account: KeptAccount) => void, string[]]>([
    [
      'an entry was edited',
      (account) => edit(account, A, 3, { rule: 'settled' }),
      [`${userA}: entry 3 is not as anchor 1 says. (from the beginning)`],
    ],
    [
      'the link of an entry to the one before was edited',
      (account) => edit(account, A, 5, { prev: '0'.repeat(64) }),
      [`${userA}: entry 5 is not as anchor 2 says. (since 23 Nov 2026, 10:00 UTC)`],
    ],
    [
      'two entries stand in each other’s place',
      (account) => swap(account, entryItem(account, A, 2), entryItem(account, A, 3), 'entry'),
      [`${userA}: entries 2 to 3 stand under a number that belongs to another entry. (from the beginning)`],
    ],
    [
      'two entries were swapped with their numbers',
      (account) => {
        const [two, three] = [entryItem(account, A, 2).entry, entryItem(account, A, 3).entry];
        edit(account, A, 2, { ...three, n: 2 });
        edit(account, A, 3, { ...two, n: 3 });
      },
      [
        `${userA}: entries 2 to 3 are not as written; the first anchor that has one of them is anchor 1. (from the beginning)`,
      ],
    ],
    [
      'entries of two users were swapped',
      (account) => swap(account, entryItem(account, A, 2), entryItem(account, B, 2), 'entry'),
      [
        `${userA}: entry 2 is not as anchor 1 says. (from the beginning)`,
        `${userB}: entry 2 is not as anchor 1 says. (from the beginning)`,
      ],
    ],
    [
      'an entry was removed',
      (account) => remove(account, historyKey(ACCOUNT, A, 2)),
      [`${userA}: entry 2 is missing or cannot be read, and anchor 1 has it. (from the beginning)`],
    ],
    [
      'the last entries were cut off',
      (account) => {
        remove(account, historyKey(ACCOUNT, A, 5));
        remove(account, historyKey(ACCOUNT, A, 6));
      },
      [
        `${userA}: entries 5 to 6 are missing or cannot be read; the first anchor that has one of them is anchor 2. (since 23 Nov 2026, 10:00 UTC)`,
      ],
    ],
    [
      'the last entries were cut off, and the case set back to fit',
      (account) => cutBack(account, A, 4),
      [`${userA}: entry 5 is missing or cannot be read, and anchor 2 has it. (since 23 Nov 2026, 10:00 UTC)`],
    ],
    [
      'the whole chain was rewritten before the last anchor, which knows only the new one',
      (account) => {
        cutBack(account, A, 5);
        rewrite(account, A, 2);
        account.anchor(day(25, '11:30'), 'daily');
      },
      [
        `${userA}: entries 2 to 5 are not as written; the first anchor that has one of them is anchor 1. (from the beginning)`,
      ],
    ],
    [
      'the chain was rewritten, anchored, and set back',
      (account) => {
        const before = new Map(account.table);
        rewrite(account, A, 6);
        account.anchor(day(25, '11:30'), 'news');
        for (const item of before.values()) {
          account.put(item);
        }
      },
      [`${userA}: entry 6 is not as anchor 6 says. (since 25 Nov 2026, 10:00 UTC)`],
    ],
    [
      'the whole chain was rewritten after the last anchor',
      (account) => rewrite(account, A, 1),
      [
        `${userA}: entries 1 to 5 are not as written; the first anchor that has one of them is anchor 1. (from the beginning)`,
      ],
    ],
    ['only what is younger than the last anchor was rewritten', (account) => rewrite(account, A, 6), []],
    [
      'the user was removed',
      (account) => {
        for (const { pk, sk } of [...account.table.values()]) {
          if (pk.endsWith(B)) {
            remove(account, { pk, sk });
          }
        }
      },
      [`User ${B}: everything is gone: anchor 1 has a history of 3 entries. (from the beginning)`],
    ],
    [
      'a user was invented, with entries of long ago',
      (account) => {
        account.pass('AIDAINVENTED', day(23, '07:00'));
        account.pass('AIDAINVENTED', day(23, '07:01'));
      },
      [
        'User bot-D (AIDAINVENTED): entries 1 to 2 are dated before the last daily anchor, but no anchor has them. (since 25 Nov 2026, 10:00 UTC)',
      ],
    ],
    [
      'the case was edited without its history',
      (account) => {
        const { pk, sk } = caseKey(ACCOUNT, A);
        const item = account.table.get(`${pk} ${sk}`) as Item;
        account.put({
          ...item,
          case: { ...(item.case as Case), phase: 'closed', closedAs: 'remediated' },
        } as Item);
      },
      [
        `${userA}: the stored case is not what its history says: closedAs and phase. (since 25 Nov 2026, 11:00 UTC)`,
      ],
    ],
    [
      'the hash beside the case was edited',
      (account) => {
        const { pk, sk } = caseKey(ACCOUNT, B);
        const item = account.table.get(`${pk} ${sk}`) as Item;
        account.put({ ...item, hash: '0'.repeat(64) } as Item);
      },
      [`${userB}: the stored case is not what its history says: hash. (since 23 Nov 2026, 10:20 UTC)`],
    ],
    [
      'the case was made unreadable',
      (account) => {
        const { pk, sk } = caseKey(ACCOUNT, B);
        const item = account.table.get(`${pk} ${sk}`) as Item;
        account.put({ ...item, case: { ...(item.case as Case), phase: 'finished' } } as unknown as Item);
      },
      [`${userB}: the stored case is not what its history says: case. (since 23 Nov 2026, 10:20 UTC)`],
    ],
    [
      'the case was set back without its history',
      (account) => {
        const folded = Object.assign(
          {},
          ...account
            .history(A)
            .slice(0, 4)
            .map(({ changes }) => changes),
        );
        account.keep(folded as Case, entryItem(account, A, 4).entry);
      },
      [
        `${userA}: the stored case is older than its history, which goes on with entries 5 to 6. (since 23 Nov 2026, 10:00 UTC)`,
      ],
    ],
    [
      'an entry was added after the case',
      (account) => {
        const last = entryItem(account, A, 6).entry;
        const current = account.stored(A) as Case;
        const why = { at: day(25, '11:01'), rule: 'settled', events: [] } as const;
        const entry = historyEntry(current, { ...current, version: 7 }, why, entryHash(last));
        account.put({ ...historyKey(ACCOUNT, A, 7), entry });
      },
      [`${userA}: entry 7 does not belong to the stored case. (since 25 Nov 2026, 10:00 UTC)`],
    ],
    [
      'the case was removed',
      (account) => remove(account, caseKey(ACCOUNT, A)),
      [`${userA}: there is a history, but the case itself is missing. (since 25 Nov 2026, 11:00 UTC)`],
    ],
    [
      'a case without a history has a version of a billion',
      (account) => {
        account.put({
          ...caseKey(ACCOUNT, 'AIDAHUGE'),
          version: 10 ** 9,
          hash: '',
          case: null,
        } as Item);
      },
      [
        'User AIDAHUGE: entries 1 to 1000000000 are missing or cannot be read. (since 25 Nov 2026, 10:00 UTC)',
        'User AIDAHUGE: the stored case is not what its history says: case. (from the beginning)',
      ].reverse(),
    ],
  ])('%s', (_name, attack, expected) => {
    const account = kept();
    attack(account);
    expect(said(account)).toEqual(expected);
  });
});

describe('the control item and its ledger', () => {
  it.each<[string, (account: KeptAccount) => void, string[]]>([
    [
      'the item was edited without an entry',
      (account) => {
        const item = account.table.get(`${CONTROL_KEY.pk} ${CONTROL_KEY.sk}`) as Item;
        account.put({ ...item, revoked: ['sec-lead'] });
      },
      [
        'Something other than the commands has changed the control item (pauses, revoked approvers). (since 23 Nov 2026, 10:21 UTC)',
      ],
    ],
    [
      'an entry was edited',
      (account) => editLedger(account, 1, false),
      ['Ledger of the account: entry 1 is not as anchor 1 says. (from the beginning)'],
    ],
    [
      'an entry was edited and sealed again',
      (account) => editLedger(account, 1, true),
      ['Ledger of the account: entry 1 is not as anchor 1 says. (from the beginning)'],
    ],
    [
      'the whole ledger was rewritten',
      (account) => {
        const [one, two] = [ledgerItem(account, 1), ledgerItem(account, 2)];
        editLedger(account, 1, true);
        const { pk, sk, schema, ...entry } = { schema: 1, ...two, previous: ledgerItem(account, 1).hash };
        account.put({ pk, sk, schema, ...entry, hash: entrySeal(entry) });
        expect(ledgerItem(account, 1).hash).not.toBe(one.hash);
      },
      [
        'Ledger of the account: entries 1 to 2 are not as written; the first anchor that has one of them is anchor 1. (from the beginning)',
      ],
    ],
    [
      'the last entry was cut off',
      (account) => remove(account, ledgerKey(ACCOUNT, 2)),
      [
        'Ledger of the account: entry 2 is missing or cannot be read, and anchor 3 has it. (since 23 Nov 2026, 10:15 UTC)',
        'The control item does not belong to the last entry of the ledger. (since 23 Nov 2026, 09:00 UTC)',
      ].reverse(),
    ],
    [
      'the first entry was removed',
      (account) => remove(account, ledgerKey(ACCOUNT, 1)),
      [
        'Ledger of the account: entry 1 is missing or cannot be read, and anchor 1 has it. (from the beginning)',
      ],
    ],
    [
      'the entries stand in each other’s place',
      (account) => {
        const [one, two] = [ledgerItem(account, 1), ledgerItem(account, 2)];
        account.put({ ...two, pk: one.pk, sk: one.sk });
        account.put({ ...one, pk: two.pk, sk: two.sk });
      },
      [
        'Ledger of the account: entries 1 to 2 stand under a number that belongs to another entry. (from the beginning)',
      ],
    ],
    [
      'an entry was invented, with a date of long ago',
      (account) => account.command(day(23, '11:00'), 'pause'),
      [
        'Ledger of the account: entry 3 is dated before the last daily anchor, but no anchor has it. (since 25 Nov 2026, 10:00 UTC)',
      ],
    ],
    [
      'an entry younger than the last anchor was edited',
      (account) => {
        account.command(day(25, '11:00'), 'pause');
        editLedger(account, 3, false);
      },
      ['Ledger of the account: entry 3 is not as written. (since 25 Nov 2026, 10:00 UTC)'],
    ],
    [
      'of two entries younger than the last anchor the first was edited and sealed again',
      (account) => {
        account.command(day(25, '11:00'), 'pause');
        account.command(day(25, '11:01'), 'resume');
        editLedger(account, 3, true);
      },
      ['Ledger of the account: entry 4 is not as written. (since 25 Nov 2026, 10:00 UTC)'],
    ],
    [
      'all entries are gone',
      (account) => {
        remove(account, ledgerKey(ACCOUNT, 1));
        remove(account, ledgerKey(ACCOUNT, 2));
      },
      [
        'Ledger of the account: entries 1 to 2 are missing or cannot be read; the first anchor that has one of them is anchor 1. (from the beginning)',
        'The control item does not belong to the last entry of the ledger. (from the beginning)',
      ],
    ],
    [
      'everything is gone',
      (account) => {
        remove(account, ledgerKey(ACCOUNT, 1));
        remove(account, ledgerKey(ACCOUNT, 2));
        remove(account, CONTROL_KEY);
      },
      [
        'Ledger of the account: entries 1 to 2 are missing or cannot be read; the first anchor that has one of them is anchor 1. (from the beginning)',
      ],
    ],
  ])('%s', (_name, attack, expected) => {
    const account = kept();
    attack(account);
    expect(said(account)).toEqual(expected);
  });
});

describe('the anchors', () => {
  const stranger = newKey().privateKey;
  const asOther = (account: KeptAccount) => {
    account.anchor(day(25, '11:30'), 'daily', { key: stranger });
  };

  it.each<[string, (account: KeptAccount) => void, string[]]>([
    [
      'one was forged',
      (account) => editFile(account, 4, 'anchor.json', (text) => text.replace('"users":2', '"users":1')),
      [
        'Anchor 4 is not signed with this key: it was changed, forged, or signed with another key. (since 23 Nov 2026, 10:30 UTC)',
      ],
    ],
    [
      'one was made with another key',
      asOther,
      [
        'Anchor 6 is not signed with this key: it was changed, forged, or signed with another key. (since 25 Nov 2026, 10:00 UTC)',
      ],
    ],
    [
      'one has lost its signature',
      (account) => void account.bucket.delete(file(2, 'anchor.sig')),
      ['Anchor 2 has no signature. (since 23 Nov 2026, 10:00 UTC)'],
    ],
    [
      'one has a signature that is none',
      (account) => void account.bucket.set(file(2, 'anchor.sig'), Buffer.from('none')),
      [
        'Anchor 2 is not signed with this key: it was changed, forged, or signed with another key. (since 23 Nov 2026, 10:00 UTC)',
      ],
    ],
    [
      'one has lost its text',
      (account) => void account.bucket.delete(file(2, 'anchor.json')),
      ['Anchor 2 is missing. (since 23 Nov 2026, 10:00 UTC)'],
    ],
    [
      'two were removed',
      (account) => {
        dropAnchor(account, 2);
        dropAnchor(account, 3);
      },
      ['Anchors 2 to 3 are missing. (since 23 Nov 2026, 10:00 UTC)'],
    ],
    [
      'the first was removed',
      (account) => dropAnchor(account, 1),
      ['Anchor 1 is missing. (from the beginning)'],
    ],
    [
      'the last two were cut off',
      (account) => {
        dropAnchor(account, 5);
        dropAnchor(account, 4);
      },
      [
        'The last anchor is from 23 Nov 2026, 10:30 UTC: the function records did not run, or later anchors were removed. (since 23 Nov 2026, 10:30 UTC)',
      ],
    ],
    [
      'all were removed',
      (account) => account.bucket.clear(),
      ['There is no anchor that can be trusted. (from the beginning)'],
    ],
    [
      'two were swapped',
      (account) => swapAnchors(account, 2, 3),
      [
        'In the place of anchor 2 there is anchor 3. (since 23 Nov 2026, 10:00 UTC)',
        'In the place of anchor 3 there is anchor 2. (since 23 Nov 2026, 10:30 UTC)',
      ],
    ],
    [
      'a file was changed',
      (account) => editFile(account, 2, 'decisions.jsonl', (text) => text.replace('2', '3')),
      ['Anchor 2: decisions.jsonl was changed. (since 23 Nov 2026, 10:00 UTC)'],
    ],
    [
      'hashes were changed',
      (account) => editFile(account, 1, 'entries.jsonl', () => ''),
      ['Anchor 1: entries.jsonl was changed. (from the beginning)'],
    ],
    [
      'heads were changed',
      (account) => editFile(account, 5, 'heads.jsonl', () => ''),
      ['Anchor 5: heads.jsonl was changed. (since 24 Nov 2026, 10:00 UTC)'],
    ],
    [
      'a file was removed',
      (account) => void account.bucket.delete(file(1, 'heads.jsonl')),
      ['Anchor 1: heads.jsonl is missing. (from the beginning)'],
    ],
    [
      'a file was added',
      (account) => void account.bucket.set(file(1, 'more.csv'), Buffer.from('x')),
      ['Anchor 1: more.csv was added. (from the beginning)'],
    ],
    [
      'a file was renamed',
      (account) => {
        account.bucket.set(file(1, 'other.jsonl'), account.bucket.get(file(1, 'entries.jsonl')) as Buffer);
        account.bucket.delete(file(1, 'entries.jsonl'));
      },
      ['Anchor 1: entries.jsonl was renamed to other.jsonl. (from the beginning)'],
    ],
    [
      'two files were swapped',
      (account) => {
        const [one, other] = [file(1, 'entries.jsonl'), file(1, 'heads.jsonl')];
        const before = account.bucket.get(one) as Buffer;
        account.bucket.set(one, account.bucket.get(other) as Buffer);
        account.bucket.set(other, before);
      },
      ['Anchor 1: entries.jsonl and heads.jsonl were swapped. (from the beginning)'],
    ],
  ])('%s', (_name, attack, expected) => {
    const account = kept();
    attack(account);
    expect(said(account)).toEqual(expected);
  });

  it('of another key only: the key is named, and nothing else is accused', () => {
    const account = new KeptAccount();
    account.pass(A, day(25, '08:00'));
    account.anchor(day(25, '09:00'), 'daily', { key: stranger });
    account.anchor(day(25, '10:00'), 'daily', { key: stranger });
    expect(said(account)).toEqual([
      'None of 2 anchors is signed with this key: it is the key of another deployment, or somebody forged them all. (from the beginning)',
    ]);
  });

  it('removed and made again by the function itself do not fit those that come back', () => {
    const account = kept();
    account.anchor(day(25, '11:30'), 'daily');
    const six = account.folder(6);
    account.forget(6);
    account.pass(A, day(25, '11:31'));
    account.anchor(day(25, '11:35'), 'daily');
    account.anchor(day(25, '11:45'), 'news');
    expect(said(account)).toEqual([]);
    six.forEach(({ name, bytes }) => void account.bucket.set(file(6, name), bytes));
    expect(said(account)).toEqual([
      'Anchor 7 does not follow the one before it. (since 25 Nov 2026, 11:30 UTC)',
    ]);
  });
});

describe('a table that was restored from a backup', () => {
  /** Everything as it was at noon of the first day, and what was written anew since. */
  function restored(): KeptAccount {
    const account = kept();
    account.pass('AIDALATER', day(25, '09:00'));
    account.anchor(day(25, '11:30'), 'daily');
    cutBack(account, A, 4);
    for (const { pk, sk } of account.items(caseKey(ACCOUNT, 'AIDALATER').pk)) {
      remove(account, { pk, sk });
    }
    remove(account, ledgerKey(ACCOUNT, 2));
    account.restored(day(25, '11:40'), 6, 2);
    account.pass(A, day(25, '11:45'));
    account.anchor(day(25, '11:50'), 'daily');
    return account;
  }

  it('accuses nobody, and says how much is gone, by whom and why', () => {
    const { findings, restores, ledgerEntries } = restored().verdict(NOW);
    expect(findings).toEqual([]);
    expect(ledgerEntries).toBe(2);
    // Entries 5 and 6 of the first user, the only one of the later user, and one of the ledger.
    expect(restores).toMatchObject([{ entry: 3, by: expect.stringContaining('alice'), entries: 4 }]);
  });

  it('may have had nothing in its ledger, and lost nothing', () => {
    const account = new KeptAccount();
    account.pass(A, day(25, '08:00'));
    account.anchor(day(25, '10:00'), 'daily');
    account.restored(day(25, '11:00'), 1, 0);
    expect(account.verdict(NOW)).toMatchObject({ findings: [], restores: [{ entry: 1, entries: 0 }] });
  });

  it('excuses nothing that was there before, or since', () => {
    const account = restored();
    edit(account, A, 2, { rule: 'settled' });
    edit(account, A, 5, { rule: 'settled' });
    remove(account, ledgerKey(ACCOUNT, 1));
    expect(said(account)).toEqual([
      'Ledger of the account: entries 1 to 2 are missing or cannot be read; the first anchor that has one of them is anchor 1. (from the beginning)',
      `${userA}: entry 2 is not as anchor 1 says. (from the beginning)`,
      `${userA}: entry 5 is not as anchor 7 says. (since 25 Nov 2026, 11:30 UTC)`,
    ]);
  });
});
