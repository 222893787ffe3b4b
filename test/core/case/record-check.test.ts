import { describe, expect, it } from 'vitest';
import type { Case } from '../../../functions/core/case/case.ts';
import { entryHash, type HistoryEntry, historyEntry } from '../../../functions/core/case/history.ts';
import { chainFindings, differingFields, type Finding } from '../../../functions/core/case/record-check.ts';
import { plus } from '../../../functions/core/model/time.ts';
import { aCase, aDecision, NOW } from '../../fakes/cases.ts';

const versions = [1, 2, 3, 4].map((version) => aCase({ version, asking: version }));

function chained(): readonly [HistoryEntry, HistoryEntry, HistoryEntry, HistoryEntry] {
  const entries: HistoryEntry[] = [];
  let before: Case | null = null;
  for (const version of versions) {
    const last: HistoryEntry | undefined = entries.at(-1);
    const why = { at: NOW, rule: 'awaiting', events: [{ code: 'opened' }] } as const;
    entries.push(historyEntry(before, version, why, last === undefined ? null : entryHash(last)));
    before = version;
  }
  return entries as unknown as ReturnType<typeof chained>;
}

const [one, two, three, four] = chained();
const head = entryHash(four);
const edited = (entry: HistoryEntry): HistoryEntry => ({ ...entry, at: plus(NOW, 1) });
const next = { ...four, n: 5, prev: head };

describe('the entries of a history', () => {
  it('are as they were written', () => {
    expect(chainFindings([one, two, three, four], 4, head)).toEqual([]);
    expect(chainFindings([four, two, one, three], 4, head)).toEqual([]);
  });

  it.each<[string, readonly HistoryEntry[], Finding[]]>([
    ['the first was edited', [edited(one), two, three, four], [{ found: 'edited', n: 1 }]],
    [
      'the first has one before it',
      [{ ...one, prev: head }, two, three, four],
      [
        { found: 'edited', n: 1 },
        { found: 'edited', n: 1 },
      ],
    ],
    ['one in between was edited', [one, two, edited(three), four], [{ found: 'edited', n: 3 }]],
    ['the last was edited', [one, two, three, edited(four)], [{ found: 'edited', n: 4 }]],
    ['the last two were cut off', [one, two], [{ found: 'missing', from: 3, to: 4 }]],
    ['all were cut off', [], [{ found: 'missing', from: 1, to: 4 }]],
    ['one in between is missing', [one, three, four], [{ found: 'missing', from: 2, to: 2 }]],
    ['one stands twice', [one, two, two, three, four], [{ found: 'edited', n: 2 }]],
    [
      'the last stands twice, with the right hash before it',
      [one, two, three, { ...four, prev: entryHash(three) }, { ...four, prev: entryHash(four) }],
      [
        { found: 'edited', n: 4 },
        { found: 'edited', n: 4 },
      ],
    ],
    ['the last was cut off', [one, two, three], [{ found: 'missing', from: 4, to: 4 }]],
    [
      'several were added, in any order',
      [one, two, three, four, { ...next, n: 9 }, next, { ...next, n: 7 }],
      [{ found: 'surplus', from: 5, to: 9 }],
    ],
    ['one was added', [one, two, three, four, next], [{ found: 'surplus', from: 5, to: 5 }]],
  ])('are not: %s', (_name, entries, findings) => {
    expect(chainFindings(entries, 4, head)).toEqual(findings);
  });
});

it('two versions of a case differ in the fields that one lacks or has otherwise', () => {
  const decided = { ...aCase({ decision: aDecision() }), later: 1 };
  expect(differingFields(aCase(), decided)).toEqual(['decision', 'later']);
  expect(differingFields({ ...aCase(), version: 9, account: '2' }, aCase())).toEqual(['account', 'version']);
  expect(differingFields(decided, decided)).toEqual([]);
});
