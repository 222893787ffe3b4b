import { describe, expect, it } from 'vitest';
import { anchorFrom } from '../../../functions/adapters/records/anchor-folder.ts';
import { HASH_FILES } from '../../../functions/core/records/anchor.ts';
import { type AnchorTerms, checkAnchors, type ReadAnchor } from '../../../functions/core/verify/anchors.ts';
import { binder } from '../../../functions/core/verify/bound.ts';
import { goneUser } from '../../../functions/core/verify/user.ts';
import { verify } from '../../../functions/core/verify/verify.ts';
import { findingWords, sinceWords } from '../../../functions/core/verify/words.ts';
import { ACCOUNT } from '../../fakes/cases.ts';
import { KeptAccount, type Otherwise } from '../../fakes/kept-account.ts';

const A = 'AIDAKEPTACCOUNT00000A';
const at = (time: string) => `2026-11-23T${time}:00.000Z`;
const TERMS: AnchorTerms = { account: ACCOUNT, now: at('11:00') };

/** Two anchors, the second of which says something else than what is stored. */
function two(otherwise: Otherwise = {}): KeptAccount {
  const account = new KeptAccount();
  account.pass(A, at('08:00'));
  account.anchor(at('10:00'), 'daily');
  account.pass(A, at('10:05'));
  account.anchor(at('10:15'), 'daily', otherwise);
  return account;
}

const read = (account: KeptAccount, ...numbers: number[]): ReadAnchor[] =>
  numbers.map((number) => anchorFrom(number, account.folder(number), account.keys.publicKey));

const said = (anchors: readonly ReadAnchor[], terms = TERMS) =>
  checkAnchors(anchors, terms).findings.map((one) => `${findingWords(one)} (${sinceWords(one.since)})`);

describe('an anchor that is signed, but says something that cannot be', () => {
  it.each<[string, Otherwise, string]>([
    ['another account', { anchor: { account: '9' } }, 'Anchor 2 is about another account, 9.'],
    ['a newer form', { anchor: { schema: 2 } }, 'Anchor 2 is signed, but this release cannot read it.'],
    ['another number', { anchor: { number: 7 } }, 'In the place of anchor 2 there is anchor 7.'],
    [
      'another one before it',
      { anchor: { previous: '0'.repeat(64) } },
      'Anchor 2 does not follow the one before it.',
    ],
    ['another beginning', { anchor: { after: at('09:00') } }, 'Anchor 2 does not follow the one before it.'],
    ['no counts', { anchor: { counts: null } }, 'Anchor 2 counts other users or entries than it lists.'],
    [
      'more entries than there are',
      { anchor: { counts: { users: 1, entries: 9 } } },
      'Anchor 2 counts other users or entries than it lists.',
    ],
    [
      'hashes that are none',
      { files: { [HASH_FILES.entries]: '{"userId":1}\n' } },
      'Anchor 2: this release cannot read entries.jsonl.',
    ],
    [
      'heads that are none',
      { files: { [HASH_FILES.heads]: 'no JSON' } },
      'Anchor 2: this release cannot read heads.jsonl.',
    ],
  ])('%s', (_name, otherwise, expected) => {
    expect(said(read(two(otherwise), 1, 2))).toEqual([`${expected} (since 23 Nov 2026, 10:00 UTC)`]);
  });

  it('nothing before the first, in the first', () => {
    const account = new KeptAccount();
    account.anchor(at('10:00'), 'daily', { anchor: { previous: '0'.repeat(64) } });
    expect(said(read(account, 1))).toEqual([
      'Anchor 1 does not follow the one before it. (from the beginning)',
    ]);
  });
});

describe('the order of anchors', () => {
  it('is that of their folders', () => {
    const account = two();
    expect(said(read(account, 1, 2))).toEqual([]);
    expect(said(read(account, 2, 1))).toEqual([
      'Anchor 1 is missing. (from the beginning)',
      'Anchor 1 does not follow the one before it. (since 23 Nov 2026, 10:15 UTC)',
    ]);
  });

  it('goes on from an anchor that was checked before', () => {
    const account = two();
    const [first] = read(account, 1);
    const from = { anchor: first?.anchor, sha256: first?.sha256 } as NonNullable<AnchorTerms['from']>;
    expect(said(read(account, 2), { ...TERMS, from, first: 2 })).toEqual([]);
    expect(said(read(account, 2), { ...TERMS, first: 2 })).toEqual([]);
    const other = { ...from, sha256: '0'.repeat(64) };
    expect(said(read(account, 2), { ...TERMS, from: other, first: 2 })).toEqual([
      'Anchor 2 does not follow the one before it. (since 23 Nov 2026, 10:00 UTC)',
    ]);
  });

  it('is not late while nobody knows when the bucket was read', () => {
    const anchors = read(two(), 1, 2);
    expect(said(anchors, { account: null, now: null })).toEqual([]);
    expect(said(anchors, { account: null, now: at('10:15').replace('23T', '25T') })).toHaveLength(1);
  });
});

describe('the first anchors', () => {
  const old = (now: string) =>
    checkAnchors(read(two(), 2), { account: ACCOUNT, now }).findings.map(findingWords);

  it('may be gone once they are older than records are kept', () => {
    const [, first] = read(two(), 1, 2);
    const { begins } = checkAnchors(read(two(), 2), { account: ACCOUNT, now: '2028-01-01T00:00:00.000Z' });
    expect([begins?.number, first?.folder]).toEqual([2, 2]);
    expect(old('2028-01-01T00:00:00.000Z')).toEqual([expect.stringContaining('The last anchor is from')]);
  });

  it('are missing before that, or if nobody knows when they were read', () => {
    expect(old(at('11:00'))).toEqual(['Anchor 1 is missing.']);
    const unknown = checkAnchors(read(two(), 2), { account: ACCOUNT, now: null });
    expect(unknown.findings.map(findingWords)).toEqual(['Anchor 1 is missing.']);
    expect(unknown.begins).toBe(null);
  });

  it.each<[string, Partial<ReadAnchor>]>([
    ['is forged', { signature: 'wrong' }],
    ['cannot be read', { anchor: null }],
  ])('are missing if the first that is there %s', (_name, more) => {
    const anchors = read(two(), 2).map((one) => ({ ...one, ...more }));
    const { findings } = checkAnchors(anchors, { account: ACCOUNT, now: '2028-01-01T00:00:00.000Z' });
    expect(findings.map(findingWords)).toContain('Anchor 1 is missing.');
  });
});

it('older versions in the bucket are named', () => {
  const [one, other] = read(two(), 1, 2) as [ReadAnchor, ReadAnchor];
  expect(said([one, { ...other, replaced: ['anchor.json'] }])).toEqual([
    'Anchor 2: anchor.json was replaced or deleted; an older version is known. (since 23 Nov 2026, 10:00 UTC)',
  ]);
});

it('what belongs to no anchor is named', () => {
  const nobody = {
    users: () => [],
    ledger: () => ({ entries: [], misplaced: [], content: null, restores: [] }),
  };
  const { findings } = verify({ ...TERMS, ...nobody, anchors: [], stray: ['anchors/x'] });
  expect(findings.map(findingWords)).toEqual([
    'There is no anchor that can be trusted.',
    'anchors/x belongs to no anchor.',
  ]);
});

describe('a history that did not fit when an anchor was made', () => {
  const unvouched = [{ userId: A, why: 'entry 1 is not the one that was written' }];
  const nothing = { [HASH_FILES.entries]: '', [HASH_FILES.heads]: '' };
  const counts = { users: 0, entries: 0 };

  it('is a finding until a later anchor has entries of it', () => {
    const account = two({ unvouched, files: nothing, anchor: { counts } });
    const expected = [
      `User bot-A (${A}): anchor 2 does not vouch for the history: entry 1 is not the one that was written.`,
    ];
    expect(account.verdict(TERMS.now).findings.map(findingWords)).toEqual(expected);
    account.anchor(at('10:30'), 'daily', { files: { [HASH_FILES.entries]: '' } });
    expect(account.verdict(TERMS.now).findings.map(findingWords)).toEqual(expected);
    account.pass(A, at('10:35'));
    account.anchor(at('10:45'), 'news');
    expect(account.verdict(TERMS.now).findings).toEqual([]);
  });
});

describe('the head of a user in a daily anchor', () => {
  const head = (hash: string) => `${JSON.stringify({ userId: A, version: 2, hash })}\n`;
  const heads = { [HASH_FILES.heads]: head('0'.repeat(64)) };

  it('is wrong if other anchors have that entry otherwise: the case was changed then', () => {
    const account = two();
    account.anchor(at('10:30'), 'daily', { files: heads });
    expect(account.verdict(TERMS.now).findings.map(findingWords)).toEqual([
      `User ${A}: when anchor 3 was made, the hash beside the case was not that of entry 2.`,
    ]);
  });

  it('binds the entry if no anchor has it otherwise', () => {
    const account = two({ files: { ...heads, [HASH_FILES.entries]: '' } });
    expect(account.verdict(TERMS.now).findings.map(findingWords)).toEqual([
      `User bot-A (${A}): entry 2 is not as anchor 2 says.`,
    ]);
  });

  it('may be younger than the entries of its anchor', () => {
    const account = two();
    const { bound, wrongHeads, user } = binder();
    const said = { anchor: 2, since: null, hash: 'x' };
    user(A, 2, { ...said, by: 'head' });
    user(A, 2, { ...said, anchor: 3, by: 'entry' });
    user(A, 2, { ...said, anchor: 4, by: 'head' });
    user(A, 3, { ...said, by: 'head' });
    user(A, 3, { ...said, hash: 'y', by: 'head' });
    user(A, 3, { ...said, by: 'entry' });
    expect(wrongHeads()).toMatchObject([{ n: 3, bound: { hash: 'y' } }]);
    expect(bound.users.get(A)?.get(2)).toEqual([{ ...said, by: 'entry' }]);
    expect(account.verdict(TERMS.now).findings).toEqual([]);
  });
});

it('statements about others are left out where only some users are checked', () => {
  const anchors = read(two(), 1, 2);
  expect(checkAnchors(anchors, TERMS).bound.users.size).toBe(1);
  expect(checkAnchors(anchors, { ...TERMS, only: new Set(['AIDAOTHER']) }).bound.users.size).toBe(0);
  expect(checkAnchors(anchors, { ...TERMS, only: new Set([A]) }).bound.users.get(A)?.size).toBe(2);
});

it('without an account and an anchor that can be trusted nothing else is checked', () => {
  const account = two();
  account.bucket.clear();
  expect(account.verdict(TERMS.now)).toMatchObject({
    account: null,
    users: 0,
    findings: [{ about: 'anchors' }],
  });
  expect(account.verdict(TERMS.now, ACCOUNT)).toMatchObject({ users: 1, young: { users: 1, entries: 2 } });
});

it('somebody of whom anchors have nothing cannot be gone', () => {
  expect(goneUser(A, { entries: new Map(), restores: [] }).findings).toEqual([]);
  const entries = new Map([[1, [{ hash: '', anchor: 1, since: null, by: 'entry' as const }]]]);
  expect(goneUser(A, { entries, restores: [] }).findings.map(findingWords)).toEqual([
    `User ${A}: everything is gone: anchor 1 has a history of 1 entry.`,
  ]);
});
