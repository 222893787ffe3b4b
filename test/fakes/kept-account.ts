/** An account as Solekey keeps it: users with histories, the ledger of changes, and anchors signed with a key of its own. */
import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { anchorFrom } from '../../functions/adapters/records/anchor-folder.ts';
import { CONTROL_KEY, caseKey, historyKey, userPartition } from '../../functions/contracts/items.ts';
import { ledgerKey, ledgerPartition, readLedgerEntry } from '../../functions/contracts/ledger-item.ts';
import { storedLedger } from '../../functions/contracts/stored-ledger.ts';
import { storedUser, userIdIn } from '../../functions/contracts/stored-user.ts';
import type { Case } from '../../functions/core/case/case.ts';
import { entryHash, historyEntry, type StoredEntry } from '../../functions/core/case/history.ts';
import { ledgerEntry } from '../../functions/core/model/ledger.ts';
import type { Instant } from '../../functions/core/model/time.ts';
import {
  type Anchor,
  anchorFolder,
  HASH_FILES,
  type Unvouched,
} from '../../functions/core/records/anchor.ts';
import { type Verdict, verify } from '../../functions/core/verify/verify.ts';
import { ACCOUNT, aCase } from './cases.ts';

export type Item = Readonly<Record<string, unknown>> & { readonly pk: string; readonly sk: string };

export const newKey = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });

const hex = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const jsonLines = (lines: readonly object[]) => lines.map((line) => `${JSON.stringify(line)}\n`).join('');

/** What an anchor says otherwise than what is stored. */
export interface Otherwise {
  readonly anchor?: Partial<Anchor>;
  readonly unvouched?: readonly Unvouched[];
  /** Content of files that differs, by name. */
  readonly files?: Readonly<Record<string, string>>;
  readonly key?: KeyObject;
}

interface State {
  readonly until: Instant | null;
  readonly previous: string | null;
  readonly anchored: ReadonlySet<string>;
}

export class KeptAccount {
  readonly keys = newKey();
  /** The items of the table by partition and sort key. */
  readonly table = new Map<string, Item>();
  /** The files of the bucket by name. */
  readonly bucket = new Map<string, Buffer>();

  /** What the next anchor goes on from, after each anchor. */
  private readonly states: State[] = [{ until: null, previous: null, anchored: new Set() }];

  put(item: Item): void {
    this.table.set(`${item.pk} ${item.sk}`, item);
  }

  items(pk: string): Item[] {
    const own = [...this.table.values()].filter((item) => item.pk === pk);
    return own.sort((a, b) => (a.sk < b.sk ? -1 : 1));
  }

  history(userId: string): StoredEntry[] {
    const own = this.items(userPartition(ACCOUNT, userId)).filter(({ sk }) => sk.startsWith('HIST#'));
    return own.map(({ entry }) => entry as StoredEntry);
  }

  stored(userId: string): Case | null {
    const [item] = this.items(userPartition(ACCOUNT, userId)).filter(({ sk }) => sk === 'CASE');
    return (item?.case as Case | undefined) ?? null;
  }

  /** Writes the next version of a user's case with its history entry. */
  pass(userId: string, at: Instant, more: Partial<Case> = {}): void {
    const before = this.stored(userId);
    const version = (before?.version ?? 0) + 1;
    const after = { ...(before ?? aCase({ userId, userName: `bot-${userId.slice(-1)}` })), ...more };
    const next = { ...after, version, keysSeenAt: at };
    const last = this.history(userId).at(-1);
    const why = { at, rule: 'awaiting', events: [] } as const;
    const entry = historyEntry(before, next, why, last === undefined ? null : entryHash(last));
    this.put({ ...historyKey(ACCOUNT, userId, version), entry, schema: 5 });
    this.keep(next, entry);
  }

  /** Stores a case with the hash of its last entry, as a commit does. */
  keep(next: Case, entry: StoredEntry): void {
    const { version, userId } = next;
    const beside = { version, hash: entryHash(entry), failures: 0, schema: 6 };
    this.put({ ...caseKey(ACCOUNT, userId), case: next, ...beside });
  }

  /** Pauses or resumes, as the operator's command does. */
  command(at: Instant, command: 'pause' | 'resume'): void {
    const items = this.items(ledgerPartition(ACCOUNT));
    const { content } = storedLedger(ACCOUNT, items, this.items(CONTROL_KEY.pk));
    const last = items.at(-1);
    const pauses = command === 'pause' ? [{ from: at, to: null }] : [];
    const why = { at, command, by: 'arn:aws:iam::123456789012:user/alice', reason: 'incident 4711' };
    const entry = ledgerEntry(last === undefined ? null : readLedgerEntry(last), content, { pauses }, why);
    this.put({ ...CONTROL_KEY, ...entry.after, schema: 3 });
    this.put({ ...ledgerKey(ACCOUNT, entry.number), ...entry, schema: 1 });
  }

  /** Records that the table was restored from a backup, when anchor `anchor` with entry `ledger` of the ledger was the last. */
  restored(at: Instant, anchor: number, ledger: number): void {
    const items = this.items(ledgerPartition(ACCOUNT));
    const last = items.at(-1);
    const why = {
      at,
      command: 'restored',
      by: 'arn:aws:iam::123456789012:user/alice',
      reason: 'a drill',
    } as const;
    const before = last === undefined ? null : readLedgerEntry(last);
    const about = { anchor, ledger };
    const after = { ...before?.after, answersFrom: at };
    const entry = ledgerEntry(before, before?.after ?? null, after, { ...why, about }, ledger);
    this.put({ ...CONTROL_KEY, ...entry.after, schema: 3 });
    this.put({ ...ledgerKey(ACCOUNT, entry.number), ...entry, schema: 1 });
  }

  userIds(): string[] {
    const ids = [...this.table.values()].flatMap(({ pk }) => userIdIn(pk, ACCOUNT) ?? []);
    return [...new Set(ids)].sort();
  }

  /** Makes the next anchor of what is stored, as the function `records` does. */
  anchor(at: Instant, kind: Anchor['kind'], otherwise: Otherwise = {}): void {
    const all = this.userIds().flatMap((userId) =>
      this.history(userId).map((entry) => ({ userId, n: entry.n, hash: entryHash(entry) })),
    );
    const { until, previous, anchored } = this.states.at(-1) as State;
    const isNew = (line: object) => !anchored.has(JSON.stringify(line));
    const entries = all.filter(isNew);
    const heads = all.filter(({ userId, n }) => all.every((one) => one.userId !== userId || one.n <= n));
    const ledger = this.items(ledgerPartition(ACCOUNT)).map(({ number, hash }) => ({ number, hash }));
    const number = this.states.length;
    const files: Record<string, string> = {
      [HASH_FILES.entries]: jsonLines(entries),
      ...(kind === 'daily'
        ? {
            [HASH_FILES.heads]: jsonLines(heads.map(({ userId, n, hash }) => ({ userId, version: n, hash }))),
          }
        : {}),
      [HASH_FILES.ledger]: jsonLines(ledger.filter(isNew)),
      'decisions.jsonl': `{"schema":1,"number":${number}}\n`,
      ...otherwise.files,
    };
    const anchor = {
      schema: 1,
      account: ACCOUNT,
      number,
      at,
      previous,
      after: until,
      until: at,
      kind,
      release: '0.11.0',
      settings: '0'.repeat(64),
      validated: null,
      latest: { settings: null, remediated: null, times: null, validation: null, report: null },
      ledger: ledger.at(-1) ?? { number: 0, hash: '' },
      counts: kind === 'daily' ? { users: heads.length, entries: all.length } : null,
      unvouched: otherwise.unvouched ?? [],
      files: Object.entries(files).map(([name, content]) => {
        const bytes = Buffer.from(content);
        return { name, bytes: bytes.length, sha256: hex(bytes) };
      }),
      ...otherwise.anchor,
    };
    const text = Buffer.from(JSON.stringify(anchor));
    const folder = anchorFolder(number);
    for (const [name, content] of Object.entries(files)) {
      this.bucket.set(`${folder}${name}`, Buffer.from(content));
    }
    this.bucket.set(`${folder}anchor.json`, text);
    this.bucket.set(`${folder}anchor.sig`, sign('sha256', text, otherwise.key ?? this.keys.privateKey));
    const lines = [...entries, ...ledger].map((line) => JSON.stringify(line));
    this.states.push({ until: at, previous: hex(text), anchored: new Set([...anchored, ...lines]) });
  }

  /** Removes anchor `number` and all later ones, so that the next one gets its number. */
  forget(number: number): void {
    for (const later of this.states.keys()) {
      for (const { name } of later < number ? [] : this.folder(later)) {
        this.bucket.delete(`${anchorFolder(later)}${name}`);
      }
    }
    this.states.splice(number);
  }

  /** The verdict about what is stored now. */
  verdict(now: Instant | null, account: string | null = null): Verdict {
    const numbers = [...this.bucket.keys()].map((name) => Number(name.split('/')[1]));
    const folders = [...new Set(numbers)].sort((a, b) => a - b);
    return verify({
      account,
      now,
      anchors: folders.map((number) => anchorFrom(number, this.folder(number), this.keys.publicKey)),
      stray: [],
      users: () =>
        this.userIds().flatMap((id) => storedUser(id, this.items(userPartition(ACCOUNT, id))) ?? []),
      ledger: () => storedLedger(ACCOUNT, this.items(ledgerPartition(ACCOUNT)), this.items(CONTROL_KEY.pk)),
    });
  }

  folder(number: number): { readonly name: string; readonly bytes: Buffer }[] {
    const start = anchorFolder(number);
    return [...this.bucket]
      .filter(([name]) => name.startsWith(start))
      .map(([name, bytes]) => ({ name: name.slice(start.length), bytes }));
  }
}
