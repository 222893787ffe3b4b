import { describe, expect, it } from 'vitest';
import { decisionRows } from '../../../functions/core/records/decisions.ts';
import { excludedRows, putOffRows } from '../../../functions/core/records/undecided.ts';
import { aDecision, inGrace, NEWER, NOW, OLDER, THIRD } from '../../fakes/cases.ts';
import { history, recordContext } from '../../fakes/history.ts';

describe('an excluded user', () => {
  it('has a record without anybody who answered, and with all Active keys as kept', () => {
    const { course } = history({ excluded: true }).next({ phase: 'excluded' }, { code: 'excluded' });
    expect(excludedRows(course)).toMatchObject([
      {
        index: 0,
        row: {
          id: 'AIDACKCEVSQ6C2EXAMPLE/1/excluded/1',
          kind: 'excluded',
          question: 1,
          by: null,
          answeredAt: null,
          adoptedAt: NOW,
          keysKept: [NEWER, OLDER],
          ended: null,
          expectedActive: null,
        },
      },
    ]);
  });

  it('has one record for each time', () => {
    const { course } = history({ excluded: true })
      .next({ excluded: false })
      .next({ excluded: true })
      .next({ excluded: true });
    expect(excludedRows(course).map(({ index, row }) => [index, row.ended?.at])).toEqual([
      [0, '2026-11-23T17:10:00.000Z'],
      [2, undefined],
    ]);
  });
});

describe('a deletion that was put off', () => {
  const UNTIL = '2027-01-31T00:00:00.000Z';
  const event = (keyId: string, by?: string) => ({
    code: 'kept-inactive' as const,
    keyId,
    detail: UNTIL,
    ...(by === undefined ? {} : { by }),
  });
  const grace = () => history({ ...inGrace(), number: 1, version: 1 });
  const putOff = () => grace().next({ asking: 3 }, event(OLDER, 'sec-lead'), event(THIRD, 'sec-lead'));

  const answer = (keys: string[], until = UNTIL, at = NOW) => ({
    request: {
      digest: '1'.repeat(64),
      at,
      payload: '',
      proof: '',
      ask: { kind: 'keep-inactive' as const, keys, until, commentDigest: 'c'.repeat(64) },
    },
    purpose: 'decide' as const,
  });

  it('has a record with its keys and the date', () => {
    expect(putOffRows(putOff().course, recordContext())).toMatchObject([
      {
        row: {
          kind: 'keep-inactive',
          question: 2,
          by: 'sec-lead',
          keysToDelete: [OLDER, THIRD],
          exception: { keys: [OLDER, THIRD], until: UNTIL, renewals: null },
          answeredAt: null,
          commentDigest: null,
          link: null,
          ended: null,
        },
      },
    ]);
  });

  it('has the time, the link and the digest of the words if the answer is stored', () => {
    const keep = { kind: 'keep' as const, keep: NEWER, off: [OLDER, THIRD], acknowledged: [] };
    const answers = [
      { ...answer([]), request: { ...answer([]).request, ask: keep } },
      answer([OLDER]),
      answer([OLDER, THIRD], NOW),
      answer([OLDER, THIRD], UNTIL, UNTIL),
      answer([THIRD, OLDER]),
    ];
    const [{ row } = { row: undefined }] = putOffRows(putOff().course, recordContext({ answers }));
    expect(row).toMatchObject({ answeredAt: NOW, link: 'decide', commentDigest: 'c'.repeat(64) });
  });

  it('ends with the next such answer', () => {
    const told = putOff().next({ asking: 4 }, event(OLDER));
    const [first, second] = putOffRows(told.course, recordContext()).map(({ row }) => row);
    expect(first?.ended).toEqual({ at: told.at, why: 'superseded', by: null, keyId: null });
    expect(second).toMatchObject({ question: 3, by: null });
  });

  it('is no decision: the one before stays in force', () => {
    const [{ row } = { row: undefined }] = decisionRows(putOff().course, recordContext());
    expect(row).toMatchObject({ kind: 'keep', keysKept: [aDecision().keep], ended: null });
  });

  it('with an event that says no date or key has neither', () => {
    const told = grace().next({ asking: 3 }, { code: 'kept-inactive' });
    expect(putOffRows(told.course, recordContext())[0]?.row.exception).toEqual({
      keys: [],
      until: '',
      renewals: null,
    });
  });
});
