import { describe, expect, it } from 'vitest';
import { arrived } from '../../../functions/core/channel/arrival.ts';
import { type Pace, UNUSED_PACE } from '../../../functions/core/channel/pace.ts';
import { DAY, HOUR, MINUTE, plus } from '../../../functions/core/model/time.ts';
import { NOW } from '../../fakes/cases.ts';

const SINCE = plus(NOW, -4 * MINUTE);
const arriving = (pace: Partial<Pace> = {}, since = SINCE) =>
  arrived({ ...UNUSED_PACE, ...pace }, since, NOW);

describe('an address that mails reach since four minutes ago', () => {
  it.each([
    ['that never got a digest', {}],
    ['whose latest digest was before', { sentAt: plus(SINCE, -MINUTE) }],
    ['whose next digest is tomorrow', { due: plus(NOW, DAY), sentAt: plus(SINCE, -DAY) }],
    ['that was reached anew a day ago', { arrivedAt: plus(NOW, -DAY) }],
    ['of which somebody wrote times in the future', { sentAt: plus(NOW, DAY), arrivedAt: plus(NOW, DAY) }],
  ])('(%s) gets one now', (_, pace) => {
    expect(arriving(pace)).toEqual({ ...UNUSED_PACE, ...pace, due: NOW, arrivedAt: NOW, arriving: true });
  });

  it.each([
    ['that got a digest since', { sentAt: SINCE }],
    ['for which one was made due since', { arrivedAt: SINCE }],
    [
      'that was reached anew earlier on this day',
      { arrivedAt: plus(NOW, 1 - DAY), sentAt: plus(NOW, -HOUR) },
    ],
  ])('(%s) gets none', (_, pace) => {
    const before = { ...UNUSED_PACE, ...pace };
    expect(arrived(before, SINCE, NOW)).toBe(before);
  });

  it('gets the one that is due within ten minutes, when a survey has filled it', () => {
    const soon = plus(NOW, 10 * MINUTE);
    expect(arriving({ due: soon })).toMatchObject({ due: soon, arriving: true });
    expect(arriving({ due: plus(NOW, 11 * MINUTE) })).toMatchObject({ due: NOW, arriving: true });
  });
});
