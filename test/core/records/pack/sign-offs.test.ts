import { describe, expect, it } from 'vitest';
import { csvText } from '../../../../functions/adapters/csv.ts';
import { packRowsSchema } from '../../../../functions/contracts/record-rows.ts';
import { wordsIn } from '../../../../functions/contracts/statement-item.ts';
import { DAY, plus } from '../../../../functions/core/model/time.ts';
import { signOffFiles } from '../../../../functions/core/records/pack/sign-offs.ts';
import type { Stated } from '../../../../functions/core/signoff/state.ts';
import { type Typed, typedDigest, typedText } from '../../../../functions/core/signoff/typed.ts';
import { NOW } from '../../../fakes/cases.ts';
import { aConcern, aSignOff, DONE, settling, stated, WORRY } from '../../../fakes/statements.ts';

const PERIOD = { from: plus(NOW, -10 * DAY), to: NOW };
const day = (days: number) => ({ at: plus(NOW, -days * DAY) });

/** The rows of both files after these statements. */
function files(all: readonly Stated[], ...typed: Typed[]) {
  const texts = new Map(typed.map((one) => [typedDigest(one), typedText(one)]));
  const made = signOffFiles(all, wordsIn(texts), PERIOD, csvText);
  const rows = (name: string) => {
    const content = made.find((file) => file.name === `${name}.jsonl`)?.content ?? '';
    return content
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line));
  };
  const csv = (name: string) => made.find((file) => file.name === `${name}.csv`)?.content ?? '';
  const found = { 'sign-offs': rows('sign-offs'), concerns: rows('concerns') };
  // The published schema is strict: no row may have another field, or lack one.
  expect(packRowsSchema.parse(found)).toEqual(found);
  return { made, signOffs: found['sign-offs'], concerns: found.concerns, csv };
}

describe('the sign-offs of a pack', () => {
  it('are those of the period and the last one before it, each with the report that was seen', () => {
    const comment = { comment: 'See the concerns.' };
    const { signOffs } = files(
      [
        stated(1, aSignOff(), day(100)),
        stated(2, aSignOff({ verdict: 'not-accepted', textDigest: typedDigest(comment) }), day(11)),
        stated(3, aConcern(), day(9)),
        stated(4, aSignOff({ textDigest: 'e'.repeat(64) }), day(8)),
        stated(5, aSignOff(), day(7)),
        stated(6, aSignOff(), day(-1)),
      ],
      comment,
    );
    expect(signOffs.map(({ entry, comment: words, overlooked }) => [entry, words, overlooked])).toEqual([
      [2, 'See the concerns.', []],
      [4, null, [3]],
      [5, null, [3]],
    ]);
    expect(signOffs[1]).toMatchObject({ by: 'sec-lead', anchor: 7, reportSha256: 'f'.repeat(64) });
  });
});

describe('the concerns of a pack', () => {
  it('are those that were open in the period, as they were at its end', () => {
    const { concerns, csv } = files(
      [
        stated(1, aConcern(), day(100)),
        stated(2, settling(1), day(50)),
        stated(3, aConcern({ userName: 'etl' }), day(40)),
        stated(4, aConcern({ userName: 'batch' }), day(5)),
        stated(5, settling(3), day(2)),
        stated(6, settling(4), day(-1)),
      ],
      WORRY,
      DONE,
    );
    expect(
      concerns.map(({ entry, userName, done, settledEntry }) => [entry, userName, done, settledEntry]),
    ).toEqual([
      [3, 'etl', DONE.done, 5],
      [4, 'batch', null, null],
    ]);
    expect(concerns[0]).toMatchObject({ ...WORRY, keyEnd: '3QXK', target: '2026-12-24' });
    expect(csv('concerns')).toContain('Move the export to a role.');
  });

  it('have empty cells where the words were erased, and no formulas', () => {
    const typed = { ...WORRY, impact: '=cmd()' };
    const one = stated(1, aConcern({ textDigest: typedDigest(typed) }), day(1));
    const other = stated(2, aConcern(), day(1));
    const settled = stated(3, settling(2), day(1));
    const { concerns, csv } = files([one, other, settled], typed);
    expect(concerns[1]).toMatchObject({
      impact: null,
      owner: null,
      ticket: null,
      done: null,
      settledEntry: 3,
    });
    expect(csv('concerns')).not.toMatch(/(^|,|")=cmd/m);
  });
});

it('nothing was stated until the end of the period, so the files have only their columns', () => {
  const { made, csv, signOffs } = files([stated(1, aSignOff(), day(-1))]);
  expect(made.map(({ name }) => name)).toEqual([
    'sign-offs.jsonl',
    'sign-offs.csv',
    'concerns.jsonl',
    'concerns.csv',
  ]);
  expect(signOffs).toEqual([]);
  expect(csv('sign-offs')).toMatch(/^entry,at,by,verdict,[^\n]*\r?\n?$/);
});
