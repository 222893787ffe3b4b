/** The time and memory that `npm run verify -- --files` takes for 100,000 entries, measured on records made up for it. */
import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { caseKey, historyKey } from '../functions/contracts/items.ts';
import { SCHEMA } from '../functions/contracts/stored.ts';
import type { Case } from '../functions/core/case/case.ts';
import { entryHash, type HistoryEntry, historyEntry } from '../functions/core/case/history.ts';
import { sha256 } from '../functions/core/model/digest.ts';
import { DAY, type Instant, MINUTE, plus } from '../functions/core/model/time.ts';
import {
  ANCHOR_FILES,
  ANCHOR_SCHEMA,
  type Anchor,
  anchorFolder,
  type EntryLine,
  HASH_FILES,
  type HeadLine,
} from '../functions/core/records/anchor.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const ACCOUNT = '123456789012';
const START: Instant = '2026-01-01T00:00:00.000Z';

/** Size of the records: each user has an entry a day until all are made, and each day has its anchor. */
export interface Size {
  readonly users: number;
  readonly entriesEach: number;
  /** Days after that, in which nothing happens but the daily anchor. */
  readonly quietDays: number;
}

const MEASURED: Size = { users: 5000, entriesEach: 20, quietDays: 345 };

/** Writes records of this size with their anchors into a folder, and returns the public key. */
export function makeRecords(folder: string, { users, entriesEach, quietDays }: Size): string {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const table = openSync(join(folder, 'table.jsonl'), 'w');
  const write = (item: object) => writeFileSync(table, `${JSON.stringify(item)}\n`);
  const byDay: EntryLine[][] = Array.from({ length: entriesEach }, () => []);
  for (let number = 1; number <= users; number += 1) {
    const userId = `AIDA${String(number).padStart(17, '0')}`;
    let [before, last]: [Case | null, HistoryEntry | null] = [null, null];
    for (let n = 1; n <= entriesEach; n += 1) {
      const at = plus(START, (n - 1) * DAY + (number % 1000) * MINUTE);
      const next = caseOf(userId, n, at);
      const why = { at, rule: 'awaiting', events: [{ code: 'unknown', detail: 'made up' }] } as const;
      const entry: HistoryEntry = historyEntry(before, next, why, last === null ? null : entryHash(last));
      write({ ...historyKey(ACCOUNT, userId, n), entry, schema: SCHEMA.history });
      byDay[n - 1]?.push({ userId, n, hash: entryHash(entry) });
      [before, last] = [next, entry];
    }
    const hash = last === null ? '' : entryHash(last);
    write({ ...caseKey(ACCOUNT, userId), case: before, version: entriesEach, hash, failures: 0 });
  }
  closeSync(table);
  const quiet: EntryLine[][] = Array.from({ length: quietDays }, () => []);
  makeAnchors(folder, [...byDay, ...quiet], privateKey);
  return publicKey.export({ type: 'spki', format: 'pem' }) as string;
}

/** A version of a case in which much changes each time, as it does where notices come and go. */
function caseOf(userId: string, version: number, at: Instant): Case {
  const key = (id: string, status: 'Active' | 'Inactive') =>
    ({
      id,
      status,
      created: START,
      lastUsed: { kind: 'used', at, service: 's3', region: 'eu-west-1' },
    }) as const;
  const keys = [key('AKIAIOSFODNN7EXAMPLE', 'Active'), key('AKIAI44QH8DHBEX13QXK', 'Active')];
  return {
    account: ACCOUNT,
    userId,
    userName: `service-${userId.slice(-6)}`,
    path: '/service/',
    number: 1,
    version,
    phase: 'awaiting-decision',
    phaseSince: START,
    heldFor: null,
    closedAs: null,
    opened: START,
    asking: version,
    askedAgain: { code: 'keys-changed' },
    keys,
    keysSeenAt: at,
    excluded: false,
    former: [{ digest: '0'.repeat(64), keys: keys.map(({ id, status }) => ({ id, status })), until: at }],
    shownTerms: [{ mode: 'enforce', deletion: 'after-grace', grace: 7 * DAY }],
    progress: {},
    origins: {},
    decision: null,
    rotationFrom: at,
    toldAt: at,
    remindedAt: at,
    escalatedAt: null,
    owed: [{ kind: 'reminder', recipient: 'sec-lead', since: at }],
    missingSince: null,
    compliantSince: null,
    unknownSince: null,
    lease: null,
  };
}

function makeAnchors(folder: string, days: readonly EntryLine[][], privateKey: KeyObject): void {
  const heads = new Map<string, HeadLine>();
  let previous: string | null = null;
  for (const [index, entries] of days.entries()) {
    for (const { userId, n, hash } of entries) {
      heads.set(userId, { userId, version: n, hash });
    }
    const until = plus(START, (index + 1) * DAY);
    const files: Readonly<Record<string, Buffer>> = {
      [HASH_FILES.entries]: jsonLines(entries),
      [HASH_FILES.heads]: jsonLines([...heads.values()]),
    };
    const anchor: Anchor = {
      schema: ANCHOR_SCHEMA,
      account: ACCOUNT,
      number: index + 1,
      at: until,
      previous,
      after: index === 0 ? null : plus(START, index * DAY),
      until,
      kind: 'daily',
      release: '0.0.0',
      settings: '0'.repeat(64),
      validated: null,
      latest: { settings: null, remediated: null, times: null, validation: null, report: null },
      ledger: { number: 0, hash: '' },
      counts: {
        users: heads.size,
        entries: [...heads.values()].reduce((sum, { version }) => sum + version, 0),
      },
      unvouched: [],
      files: Object.entries(files).map(([name, bytes]) => ({
        name,
        bytes: bytes.length,
        sha256: sha256(bytes),
      })),
    };
    const text = Buffer.from(JSON.stringify(anchor));
    const own = join(folder, anchorFolder(anchor.number));
    mkdirSync(own, { recursive: true });
    const signature = sign('sha256', text, privateKey);
    const all = { ...files, [ANCHOR_FILES.text]: text, [ANCHOR_FILES.signature]: signature };
    for (const [name, bytes] of Object.entries(all)) {
      writeFileSync(join(own, name), bytes);
    }
    previous = sha256(text);
  }
}
const jsonLines = (lines: readonly object[]) =>
  Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));

/** Runs the command and prints its memory after its own output, in MB. */
const PROBE = `await import(process.argv[1]);
process.stdout.write(String(Math.round(process.resourceUsage().maxRSS / 1024)));`;

/** A sentence with the measured time and memory. Takes about a minute. */
export function verifyBench(size: Size = MEASURED): string {
  const folder = mkdtempSync(join(tmpdir(), 'solekey-verify-'));
  try {
    const pem = join(folder, 'public.pem');
    writeFileSync(pem, makeRecords(folder, size));
    const began = performance.now();
    const main = join(ROOT, 'ops/verify/main.ts');
    const printed = execFileSync(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '-e', PROBE, main, '--files', folder, '--key', pem],
      { cwd: ROOT, encoding: 'utf8' },
    );
    const seconds = Math.round((performance.now() - began) / 1000);
    const [said = '', memory = ''] = [printed.trim().split('\n')[0], printed.trim().split('\n').at(-1)];
    const days = size.entriesEach + size.quietDays;
    return `npm run verify, ${days} daily anchors: ${said} In all ${seconds} s, ${memory} MB of memory.`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
