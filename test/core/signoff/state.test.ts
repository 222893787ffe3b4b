import { describe, expect, it } from 'vitest';
import { DAY, plus } from '../../../functions/core/model/time.ts';
import { isOverdue, openConcerns, type Stated, signOffState } from '../../../functions/core/signoff/state.ts';
import { NOW } from '../../fakes/cases.ts';
import { aConcern, aSignOff, settling, stated } from '../../fakes/statements.ts';

const FIRST = plus(NOW, -100 * DAY);

function stateOf(...all: Stated[]) {
  return signOffState(all, { first: FIRST, every: 90 * DAY });
}

describe('the next sign-off', () => {
  it('is counted from the first anchor, and then from the last sign-off', () => {
    expect(stateOf()).toEqual({ due: plus(FIRST, 90 * DAY), last: null, signOffs: [], concerns: [] });
    const { due, last } = stateOf(stated(1, aSignOff()));
    expect([due, last?.number]).toEqual([plus(NOW, 90 * DAY), 1]);
  });

  it('is due again soon after a report was not accepted, and never later than without that', () => {
    const refused = aSignOff({ verdict: 'not-accepted' });
    expect(stateOf(stated(1, aSignOff()), stated(2, refused, { anchor: 8 })).due).toBe(plus(NOW, 7 * DAY));
    expect(stateOf(stated(1, refused)).due).toBe(plus(FIRST, 90 * DAY));
    const accepted = stated(3, aSignOff(), { anchor: 9, at: plus(NOW, DAY) });
    expect(stateOf(stated(2, refused), accepted).due).toBe(plus(NOW, 91 * DAY));
  });

  it('follows the sign-off about the latest report, even if an earlier one arrives after it', () => {
    const late = stated(2, aSignOff(), { anchor: 3, at: plus(NOW, DAY) });
    const { last, due, signOffs } = stateOf(stated(1, aSignOff(), { anchor: 7 }), late);
    expect([last?.number, due, signOffs.length]).toEqual([1, plus(NOW, 90 * DAY), 2]);
    const again = stated(2, aSignOff({ verdict: 'not-accepted' }));
    expect(stateOf(stated(1, aSignOff()), again).last).toMatchObject({ number: 2, verdict: 'not-accepted' });
  });
});

describe('a concern', () => {
  it('is open until somebody says what was done', () => {
    const open = stateOf(stated(4, aConcern()));
    expect(openConcerns(open)).toEqual([
      expect.objectContaining({ number: 4, userName: 'ci-deploy', keyEnd: '3QXK', settled: null }),
    ]);
    const done = stateOf(stated(4, aConcern()), stated(6, settling(4), { by: 'platform-lead' }));
    expect(openConcerns(done)).toEqual([]);
    expect(done.concerns[0]?.settled).toMatchObject({ number: 6, by: 'platform-lead' });
  });

  it('is settled by the first that names it, and by none that came before it or names another', () => {
    const all = stateOf(
      stated(3, settling(4)),
      stated(4, aConcern()),
      stated(5, settling(9)),
      stated(6, settling(4)),
      stated(7, settling(4)),
    );
    expect(all.concerns[0]?.settled?.number).toBe(6);
  });

  it('is overdue after its day, unless it is settled', () => {
    const [concern] = stateOf(stated(1, aConcern({ target: '2026-12-24' }))).concerns;
    if (concern === undefined) {
      throw new Error('no concern');
    }
    expect(isOverdue(concern, '2026-12-24T23:59:59.000Z')).toBe(false);
    expect(isOverdue(concern, '2026-12-25T00:00:00.000Z')).toBe(true);
    const settled = { number: 2, at: NOW, by: 'sec-lead', digest: 'd', textDigest: 'x' };
    expect(isOverdue({ ...concern, settled }, '2026-12-25T00:00:00.000Z')).toBe(false);
  });
});

describe('a sign-off', () => {
  it('says what it lists, and what was open and is not listed', () => {
    const { last } = stateOf(
      stated(1, aConcern()),
      stated(2, settling(1)),
      stated(3, aConcern({ userName: 'etl' })),
      stated(4, aConcern({ userName: 'batch' })),
      stated(5, aSignOff({ verdict: 'accepted-with-concerns', concerns: [3] })),
      stated(6, settling(4)),
      stated(7, aConcern()),
    );
    expect(last).toMatchObject({ number: 5, concerns: [3], overlooked: [4], textDigest: null });
  });

  it('has the digest of its words, if there were any', () => {
    expect(stateOf(stated(1, aSignOff({ textDigest: 'abc' }))).last?.textDigest).toBe('abc');
  });
});
