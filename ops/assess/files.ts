/** Writes the files of an assessment. They name users, owners and weaknesses, so only their owner may read them. */
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { question, type Report, type ReportedUser } from '../../functions/core/assess/report.ts';
import { isRead } from '../../functions/core/assess/surveyed.ts';
import { reportPage } from './page.ts';

/** Keys of a user that have columns of their own in inventory.csv; inventory.jsonl has all. */
const COLUMNS = 2;

type Cell = string | number | boolean | null;
type Row = Readonly<Record<string, Cell>>;

/** Writes all files into the folder and returns their names, the manifest last. */
export function writeFiles(folder: string, report: Report): readonly string[] {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const contents: Readonly<Record<string, string>> = {
    'report.html': reportPage(report),
    'report.json': `${JSON.stringify(report, null, 2)}\n`,
    'violations.csv': csv(
      VIOLATION,
      report.violations.map((one) => violationRow(one, report)),
    ),
    'inventory.csv': csv(INVENTORY, report.users.map(inventoryRow)),
    'inventory.jsonl': report.users
      .map((user) => `${JSON.stringify({ schema: report.schema, ...user })}\n`)
      .join(''),
  };
  const files = Object.entries(contents).map(([name, text]) => {
    write(folder, name, text);
    return { name, bytes: Buffer.byteLength(text), sha256: createHash('sha256').update(text).digest('hex') };
  });
  const { classification, schema, account, takenAt, denied, totals } = report;
  const manifest = { classification, schema, account, takenAt, denied, totals, files };
  write(folder, 'manifest.json', `${JSON.stringify(manifest, null, 2)}\n`);
  return [...Object.keys(contents), 'manifest.json'];
}

function write(folder: string, name: string, text: string): void {
  const path = join(folder, name);
  writeFileSync(path, text, { mode: 0o600 });
  // The mode above does not apply to a file that is there already.
  chmodSync(path, 0o600);
}

const VIOLATION = [
  'user',
  'arn',
  'active_keys',
  'proposal',
  'confidence',
  'why',
  'usage',
  'owner',
  'question',
] as const;

function violationRow(one: Report['violations'][number], { account, usageNote }: Report): Row {
  const { userName: user, arn, activeKeys, proposal, confidence, why, usage, owner } = one;
  return {
    user,
    arn,
    active_keys: activeKeys,
    proposal,
    confidence,
    why,
    usage: [
      ...usage.map(({ key, words }) => `${key} ${words}`),
      ...(usageNote === null ? [] : [usageNote]),
    ].join(' | '),
    owner,
    question: question(one, account),
  };
}

const ABOUT = [
  'user',
  'user_id',
  'arn',
  'path',
  'created',
  'owner',
  'console',
  'read',
  'as_of',
  'active_keys',
  'keys',
  'tags',
];
const PER_KEY = ['id', 'status', 'created', 'last_used', 'last_used_service', 'last_used_region'];
const NUMBERS = Array.from({ length: COLUMNS }, (_, index) => index + 1);
const INVENTORY = [...ABOUT, ...NUMBERS.flatMap((n) => PER_KEY.map((field) => `key_${n}_${field}`))];

function inventoryRow(user: ReportedUser): Row {
  const keys = NUMBERS.flatMap((n): [string, Cell][] => {
    const key = user.keys[n - 1];
    return [
      [`key_${n}_id`, key?.id ?? null],
      [`key_${n}_status`, key?.status ?? null],
      [`key_${n}_created`, key?.created ?? null],
      [
        `key_${n}_last_used`,
        key === undefined ? null : (key.lastUsed ?? (key.lastUsedKnown ? 'never' : 'not read')),
      ],
      [`key_${n}_last_used_service`, key?.lastUsedService ?? null],
      [`key_${n}_last_used_region`, key?.lastUsedRegion ?? null],
    ];
  });
  return {
    user: user.userName,
    user_id: user.userId,
    arn: user.arn,
    path: user.path,
    created: user.created,
    owner: user.owner,
    console: user.console,
    read: user.read,
    as_of: user.asOf,
    active_keys: isRead(user.read) ? user.activeKeys : 'not read',
    keys: isRead(user.read) ? user.keys.length : 'not read',
    tags: user.tags === null ? 'not read' : JSON.stringify(user.tags),
    ...Object.fromEntries(keys),
  };
}

/** A cell that a spreadsheet would take for a formula gets an apostrophe in front. */
function csv(columns: readonly string[], rows: readonly Row[]): string {
  return stringify([...rows], {
    header: true,
    columns: [...columns],
    escape_formulas: true,
    cast: { boolean: (value) => (value ? 'true' : 'false') },
  });
}
