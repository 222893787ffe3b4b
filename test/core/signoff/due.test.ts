import { describe, expect, it } from 'vitest';
import { DAY, HOUR, plus } from '../../../functions/core/model/time.ts';
import { isAsked, type Reading, wantsEverybody } from '../../../functions/core/signoff/due.ts';
import { NOW } from '../../fakes/cases.ts';

const DUE = NOW;
const LIVE: Reading = { takenAt: plus(DUE, -HOUR), everybody: true };
const MIXED: Reading = { ...LIVE, everybody: false };
const EARLIER: Reading = { ...LIVE, takenAt: plus(DUE, -DAY - 1) };

describe('before a sign-off', () => {
  it.each<[string, Reading | null, boolean]>([
    ['there is no report', null, true],
    ['only some users were read live', MIXED, true],
    ['everybody was read live too early', EARLIER, true],
    ['everybody was read live', LIVE, false],
  ])('everybody is to be read live, if %s', (_what, latest, wants) => {
    expect(wantsEverybody(DUE, latest, plus(DUE, -DAY))).toBe(wants);
    expect(wantsEverybody(DUE, latest, plus(DUE, 9 * DAY))).toBe(wants);
    expect(wantsEverybody(DUE, latest, plus(DUE, -DAY - 1))).toBe(false);
  });
});

describe('approvers are asked', () => {
  it('when it is due and everybody was read live', () => {
    expect(isAsked(DUE, LIVE, plus(DUE, -1))).toBe(false);
    expect(isAsked(DUE, LIVE, DUE)).toBe(true);
  });

  it('some time later even without that, but never without a report', () => {
    for (const latest of [MIXED, EARLIER]) {
      expect(isAsked(DUE, latest, plus(DUE, 2 * DAY - 1))).toBe(false);
      expect(isAsked(DUE, latest, plus(DUE, 2 * DAY))).toBe(true);
    }
    expect(isAsked(DUE, null, plus(DUE, 9 * DAY))).toBe(false);
  });
});
