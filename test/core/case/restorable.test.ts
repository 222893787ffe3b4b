import { describe, expect, test } from 'vitest';
import { isGoing } from '../../../functions/core/case/deletion.ts';
import type { KeyProgress } from '../../../functions/core/case/progress.ts';
import { DAY, HOUR, MINUTE, plus } from '../../../functions/core/model/time.ts';
import { inGrace, NOW, OLDER } from '../../fakes/cases.ts';

const committed = plus(NOW, -HOUR);

/** Whether a restore comes too late that was asked for then, for a key whose deletion is committed since an hour. */
function tooLate(asked: string, more: KeyProgress = {}): boolean {
  return isGoing(inGrace({ deactivated: plus(NOW, -8 * DAY), deleting: committed, ...more }), OLDER, asked);
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

  test('a key whose deletion is not committed can always be restored', () => {
    expect(isGoing(inGrace(), OLDER, NOW)).toBe(false);
  });
});
