/** Writes the files of an assessment. They name users, owners and weaknesses, so only their owner may read them. */
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { csvText } from '../../functions/adapters/csv.ts';
import { question, type Report } from '../../functions/core/assess/report.ts';
import {
  type Cell,
  cellText,
  INVENTORY_COLUMNS,
  inventoryCells,
  jsonLine,
  jsonText,
} from '../../functions/core/inventory/lines.ts';
import { privilegeInShort } from '../../functions/core/inventory/privilege-words.ts';
import { reportPage } from './page.ts';

type Row = Readonly<Record<string, Cell>>;

/** Writes all files into the folder and returns their names, the manifest last. */
export function writeFiles(folder: string, report: Report): readonly string[] {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const contents: Readonly<Record<string, string>> = {
    'report.html': reportPage(report),
    'report.json': `${jsonText(report, 2)}\n`,
    'violations.csv': csvText(
      VIOLATION,
      report.violations.map((one) => violationRow(one, report)),
    ),
    'inventory.csv': csvText(INVENTORY_COLUMNS, report.users.map(inventoryCells)),
    'inventory.jsonl': report.users.map(jsonLine).join(''),
  };
  const files = Object.entries(contents).map(([name, text]) => {
    write(folder, name, text);
    return { name, bytes: Buffer.byteLength(text), sha256: createHash('sha256').update(text).digest('hex') };
  });
  const { classification, schema, account, takenAt, denied, totals } = report;
  const manifest = { classification, schema, account, takenAt, denied, totals, files };
  write(folder, 'manifest.json', `${jsonText(manifest, 2)}\n`);
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
  'owner',
  'privileged',
  'privileged_by',
  'question',
] as const;

function violationRow(one: Report['violations'][number], { account }: Report): Row {
  const { userName: user, arn, activeKeys, proposal, confidence, why, owner, privileged, privilegedBy } = one;
  const row: Row = {
    user,
    arn,
    active_keys: activeKeys,
    proposal,
    confidence,
    why,
    owner,
    privileged: privileged ?? 'not known',
    privileged_by: privilegedBy.map(privilegeInShort).join('; '),
    question: question(one, account),
  };
  return Object.fromEntries(
    Object.entries(row).map(([name, cell]) => [name, typeof cell === 'string' ? cellText(cell) : cell]),
  );
}
