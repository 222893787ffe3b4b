import { jsonText } from '../../inventory/lines.ts';
import { recordFiles } from '../files.ts';
import type { RecordFile } from '../make-anchor.ts';
import type { RecordRows } from '../rows.ts';
import { type Columns, type Csv, linesAndCsv } from '../table.ts';
import { CASE_COLUMNS, type PeriodCase, periodCases, periodRows } from './cases.ts';
import {
  ANCHOR_COLUMNS,
  LEDGER_COLUMNS,
  ledgerIn,
  RELEASE_COLUMNS,
  releasesIn,
  SETTING_COLUMNS,
  settingChanges,
} from './changes.ts';
import { COMMENT_COLUMNS, commentsIn } from './comments.ts';
import { CONTROL_COLUMNS, CONTROL_MAP } from './control-map.ts';
import type { PackInput } from './input.ts';
import { masked } from './masked.ts';
import { BEFORE_AFTER_COLUMNS, beforeAndAfter, TOLD_COLUMNS, toldInPeriod } from './people.ts';
import { populationOf } from './population.ts';
import { readmeText } from './readme.ts';
import { drawn, SAMPLE_COLUMNS } from './sample.ts';
import { manifestText, sumsText } from './seal.ts';

/** A pack that only lacks its signature: the manifest, whose text is signed as it is, and all other files. */
export interface UnsignedPack {
  readonly manifest: RecordFile;
  readonly files: readonly RecordFile[];
}

/** The pack of a period. Sign the text of its manifest, and put the signature beside it as `manifest.sig`. */
export function packOf(input: PackInput, csv: Csv): UnsignedPack {
  const { request, rows, validations } = input;
  const cases = periodCases(rows.summary, request);
  const own = periodRows(rows, cases);
  const counts = countsOf(own, cases, validations);
  const mask = request.fullKeyIds ? (text: string) => text : masked;
  const content = contentOf(input, own, cases, csv)
    .map((file) => ({ ...file, content: mask(file.content) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const readme = text('README.md', readmeText(input, counts, [...content, { name: 'README.md' }]));
  const files = [...content, readme];
  const sums = text('SHA256SUMS', sumsText(files));
  const all = [...files, sums];
  return { manifest: json('manifest.json', manifestText(input, counts, all)), files: all };
}

/** The numbers of a pack, in words that README.md and manifest.json share. */
function countsOf(
  rows: RecordRows,
  cases: readonly PeriodCase[],
  validations: PackInput['validations'],
): Readonly<Record<string, number>> {
  return {
    'IAM users in the last validation': validations.at(-1)?.users.length ?? 0,
    validations: validations.length,
    cases: cases.length,
    'cases still open': cases.filter(({ closedAt }) => closedAt === null).length,
    'decision records': rows.decisions.length,
    'keys in the deletion log': rows.deletions.length,
    failures: rows.failures.length,
  };
}

function contentOf(input: PackInput, rows: RecordRows, cases: readonly PeriodCase[], csv: Csv): RecordFile[] {
  const { request, validations, settings, anchors, further } = input;
  const table = <Row extends object>(name: string, of: readonly Row[], columns: Columns<Row>) =>
    linesAndCsv(name, of, columns, csv, true);
  const [inForce] = settings;
  return [
    ...table('control-map', CONTROL_MAP, CONTROL_COLUMNS),
    json('population.json', `${jsonText(populationOf(input), 2)}\n`),
    ...validations.flatMap(({ at, files }) => within(`validations/${at.replaceAll(':', '-')}`, files)),
    ...within('records', recordFiles(rows, csv, { all: true })),
    ...table('cases', cases, CASE_COLUMNS),
    ...table(
      'before-after',
      beforeAndAfter(rows.summary, validations.at(-1)?.users ?? []),
      BEFORE_AFTER_COLUMNS,
    ),
    ...table('told', toldInPeriod(rows.summary, request), TOLD_COLUMNS),
    ...table('comments', commentsIn(rows.decisions, input.comments), COMMENT_COLUMNS),
    ...(inForce === undefined ? [] : [json('settings.json', `${jsonText(inForce, 2)}\n`)]),
    ...table('settings-changes', settingChanges(settings), SETTING_COLUMNS),
    ...table('control-changes', ledgerIn(input.ledger, request), LEDGER_COLUMNS),
    ...table('releases', releasesIn(anchors), RELEASE_COLUMNS),
    ...table('anchors', anchors, ANCHOR_COLUMNS),
    ...(request.sample === null
      ? []
      : table('sample', drawn(cases, request.sample.size, request.sample.seed), SAMPLE_COLUMNS)),
    ...further,
  ];
}

function within(folder: string, files: readonly RecordFile[]): RecordFile[] {
  return files.map((file) => ({ ...file, name: `${folder}/${file.name}` }));
}

const text = (name: string, content: string): RecordFile => ({ name, type: 'text/plain', content });

const json = (name: string, content: string): RecordFile => ({ name, type: 'application/json', content });
