import { describe, expect, test } from 'vitest';
import { isGoing } from '../../../functions/core/case/deletion.ts';
import type { KeyProgress } from '../../../functions/core/case/progress.ts';
import { DAY, HOUR, MINUTE, plus } from '../../../functions/core/model/time.ts';
import { inGrace, NOW, OLDER, POLICY } from '../../fakes/cases.ts';

/** Now is a Monday. */
const TOMORROW = {
  days: ['tue'],
  from: { hour: 9, minute: 0 },
  to: { hour: 16, minute: 0 },
  zone: 'UTC',
} as const;

const committed = plus(NOW, -HOUR);

/** Whether a restore comes too late that was asked for then, for a key whose deletion is committed since an hour. */
function tooLate(asked: string, more: KeyProgress = {}, policy = POLICY): boolean {
  const current = inGrace({ deactivated: plus(NOW, -8 * DAY), deleting: committed, ...more });
  return isGoing(current, OLDER, asked, policy, NOW);
}

describe('a restore of a key whose deletion is committed', () => {
  const called = { deletionClaimed: plus(NOW, -MINUTE) };

  test.each<[string, string, KeyProgress, boolean]>([
    ['asked for before the commitment, it is in time', plus(committed, -MINUTE), {}, false],
    ['asked for at the moment of it or later, it is not', committed, {}, true],
    [
      'once the call was claimed, it is too late whenever it was asked for',
      plus(committed, -DAY),
      called,
      true,
    ],
    ['while IAM refuses the deletion, it is in time', NOW, { ...called, refused: NOW }, false],
  ])('%s', (_what, asked, more, late) => {
    expect(tooLate(asked, more)).toBe(late);
  });

  test('it is in time while the change window is closed, unless the call was claimed', () => {
    const closed = { ...POLICY, changeWindow: TOMORROW };
    expect(tooLate(NOW, {}, closed)).toBe(false);
    expect(tooLate(NOW, called, closed)).toBe(true);
  });

  test('a key whose deletion is not committed can always be restored', () => {
    expect(isGoing(inGrace(), OLDER, NOW, POLICY, NOW)).toBe(false);
  });
});
