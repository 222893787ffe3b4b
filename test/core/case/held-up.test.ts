import { expect, test } from 'vitest';
import { heldUpUntil, secondsHeldUp } from '../../../functions/core/case/held-up.ts';
import { withLaterUses } from '../../../functions/core/case/later-uses.ts';
import { UNRESTRICTED } from '../../../functions/core/model/policy.ts';
import { HOUR, plus } from '../../../functions/core/model/time.ts';
import { aCase, NEWER, NOW, used } from '../../fakes/cases.ts';

test('a decision that waits no longer keeps the time for which it has waited', () => {
  expect(secondsHeldUp({ since: null, seconds: HOUR }, UNRESTRICTED, NOW)).toBe(HOUR);
  expect(secondsHeldUp({ since: plus(NOW, -HOUR), seconds: HOUR }, UNRESTRICTED, NOW)).toBe(2 * HOUR);
});

test('a decision that did not wait before this pass either is not written anew', () => {
  const waited = { since: null, seconds: HOUR };
  expect(heldUpUntil(waited, false, UNRESTRICTED, NOW)).toBe(waited);
  expect(heldUpUntil(undefined, false, UNRESTRICTED, NOW)).toBeUndefined();
});

test('of the time for which a decision is held up, a pause in it counts once: as a pause', () => {
  const control = { ...UNRESTRICTED, pauses: [{ from: plus(NOW, -HOUR), to: plus(NOW, -HOUR / 2) }] };
  const held = { since: plus(NOW, -2 * HOUR), seconds: 60 };
  expect(secondsHeldUp(held, control, NOW)).toBe(60 + 1.5 * HOUR);
});

test('a key whose use no later pass has read keeps the one on record', () => {
  const current = aCase();
  const later = { version: current.version, at: NOW, uses: { [NEWER]: used(NOW) } };
  const shown = withLaterUses(current, later).keys;
  expect(shown.map(({ lastUsed }) => lastUsed)).toEqual([used(NOW), current.keys[1]?.lastUsed]);
});
