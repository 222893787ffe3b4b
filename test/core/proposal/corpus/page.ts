import { SITUATIONS } from './all.ts';
import { histories } from './generate.ts';
import { type Evidence, type Outcome, outcomeOf, type Score, scoreOf } from './score.ts';

/** Histories of each situation: 115 situations make 690. */
export const EACH = 6;

/** Situations before the 16 that were added later. */
const FIRST = 99;

const EVIDENCES: readonly (readonly [Evidence, string])[] = [
  ['iam', 'IAM alone'],
  ['usage', 'IAM and usage'],
  ['usage and tags', 'IAM, usage and tags'],
];

/** All outcomes with this evidence. */
export function outcomes(evidence: Evidence, share?: number): Outcome[] {
  return histories(SITUATIONS, EACH, share).map((history) => outcomeOf(history, evidence));
}

/** docs/proposals.md between its marks: the scores and the confusion matrix. */
export function measured(): string {
  const all = EVIDENCES.map(([evidence, name]) => ({ name, of: outcomes(evidence) }));
  const last = all.at(-1)?.of ?? [];
  const moved = { name: 'the same, ages moved by up to 15 %', of: outcomes('usage and tags', 0.15) };
  return [
    scores([...all, moved]),
    byAnswer(last),
    'Situations in each cell. A situation whose histories differ is in more than one.',
    matrix(last),
    namedAnyway(last),
  ].join('\n\n');
}

function scores(all: readonly { readonly name: string; readonly of: readonly Outcome[] }[]): string {
  const first = (of: readonly Outcome[]) => of.filter(({ history }) => history.situation.number <= FIRST);
  return table(
    [
      'evidence',
      'situations',
      'histories',
      'right',
      'wrong at high',
      'wrong at medium',
      'ordinary ones with a key to keep: high or medium',
    ],
    all.flatMap(({ name, of }) => [
      scoreRow(name, '1 to 115', scoreOf(of)),
      scoreRow(name, '1 to 99', scoreOf(first(of))),
    ]),
  );
}

function scoreRow(name: string, which: string, score: Score): string[] {
  const { histories: count, right, wrongAtHigh, wrongAtMedium, toKeep, kept } = score;
  return [
    name,
    which,
    `${count}`,
    percent(right, count),
    `${wrongAtHigh}`,
    `${wrongAtMedium}`,
    `${percent(kept, toKeep)} (${kept} of ${toKeep})`,
  ];
}

/** Rounded down, so that no figure looks better than it is. */
function percent(part: number, whole: number): string {
  return `${(Math.floor((part / whole) * 1000) / 10).toFixed(1)} %`;
}

const COLUMNS = [
  ['right key, high', 'right key', 'high'],
  ['right key, medium', 'right key', 'medium'],
  ['asks (low)', 'asks', 'low'],
  ['wrong key, medium', 'wrong key', 'medium'],
  ['wrong key, high', 'wrong key', 'high'],
] as const;

const ROWS = (['ordinary', 'adversarial'] as const).flatMap((kind) =>
  (['keep newer', 'keep older', 'ask the owner'] as const).map((right) => ({ kind, right })),
);

function cells(
  of: readonly Outcome[],
): { readonly name: string; readonly cells: readonly (readonly Outcome[])[] }[] {
  return ROWS.map(({ kind, right }) => ({
    name: `${kind}: ${right}`,
    cells: COLUMNS.map(([, said, confidence]) =>
      of.filter(
        (one) =>
          one.history.situation.kind === kind &&
          one.history.situation.right === right &&
          one.said === said &&
          one.confidence === confidence,
      ),
    ),
  }));
}

/** Histories by right answer and proposal. */
function byAnswer(of: readonly Outcome[]): string {
  const rows = cells(of).map((row) => [row.name, ...row.cells.map(({ length }) => `${length}`)]);
  return table(['right answer', ...COLUMNS.map(([title]) => title)], rows);
}

/** The numbers of the situations by right answer and proposal. */
function matrix(of: readonly Outcome[]): string {
  const rows = cells(of).map((row) => [row.name, ...row.cells.map(numbers)]);
  return table(['right answer', ...COLUMNS.map(([title]) => title)], rows);
}

function numbers(of: readonly Outcome[]): string {
  return [...new Set(of.map(({ history }) => history.situation.number))].join(', ') || '-';
}

/** A low confidence asks the owner, but mails and pages name a key all the same. */
function namedAnyway(of: readonly Outcome[]): string {
  const asked = of.filter(({ said, history }) => said === 'asks' && history.right !== null);
  const wrong = asked.filter(({ named }) => !named);
  return `At low confidence, mails and pages still name the key that was used last. Of the ${asked.length} histories with a key to keep that lead there, it is the wrong key in ${wrong.length} (${numbers(wrong)}).`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (row: readonly string[]) => `| ${row.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
