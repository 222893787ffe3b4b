import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Exposed,
  exposedHow,
  exposedKeys,
  exposureOf,
  isNothing,
  mergedExposure,
  NOTHING_EXPOSED,
  recordedExposure,
  unexplained,
  withFewOtherKeys,
} from '../../../functions/core/case/exposure.ts';
import { DAY, HOUR, MINUTE, plus } from '../../../functions/core/model/time.ts';
import { key, NEWER, NOW, newer, OLDER, older, THIRD } from '../../fakes/cases.ts';

const reported = (keyId: string, at = NOW) => exposureOf({ kind: 'key', keyId, at });
const quarantined = (at = NOW) => exposureOf({ kind: 'user', at });

describe('evidence of exposure', () => {
  it('is of one key, or of a user, or nothing', () => {
    expect(reported(NEWER)).toEqual({ keys: { [NEWER]: { at: NOW } } });
    expect(quarantined()).toEqual({ keys: {}, quarantined: { at: NOW } });
    expect(exposureOf(null)).toBe(NOTHING_EXPOSED);
    expect([reported(NEWER), quarantined(), NOTHING_EXPOSED].map(isNothing)).toEqual([false, false, true]);
  });

  it('keeps the first report of a key and the last quarantine, in whatever order they come', () => {
    const [early, late] = [plus(NOW, -HOUR), NOW];
    const all = [
      reported(NEWER, early),
      reported(NEWER, late),
      quarantined(early),
      quarantined(late),
      reported(OLDER),
      undefined,
    ];
    const expected = {
      keys: { [NEWER]: { at: early }, [OLDER]: { at: NOW } },
      quarantined: { at: late },
    };
    fc.assert(
      fc.property(fc.shuffledSubarray([...all, ...all], { minLength: 12 }), (some) => {
        expect(mergedExposure(...some)).toEqual(expected);
      }),
    );
  });

  it('keeps the fields that a newer release stored', () => {
    const later = { keys: { [NEWER]: { at: NOW, by: 'x' } }, later: 1 } as Exposed;
    expect(mergedExposure(later, reported(NEWER, plus(NOW, MINUTE)), quarantined())).toEqual({
      ...later,
      quarantined: { at: NOW },
    });
  });

  it('does not grow without end where keys come and go', () => {
    const keys = Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`AKIA${n}`, { at: NOW }]));
    const few = withFewOtherKeys([newer()], { keys: { [NEWER]: { at: NOW }, ...keys } });
    expect(Object.keys(few.keys)).toHaveLength(21);
    expect(few.keys[NEWER]).toEqual({ at: NOW });
  });

  it('is recorded only if there is some', () => {
    expect(recordedExposure({}, undefined, [newer()])).toEqual({});
    expect(recordedExposure({}, reported(NEWER), [newer()])).toEqual({ exposed: reported(NEWER) });
    expect(recordedExposure({ exposed: NOTHING_EXPOSED }, undefined, [])).toEqual({
      exposed: NOTHING_EXPOSED,
    });
  });
});

describe('a suspect key', () => {
  const both = [newer(), older('Inactive'), key(THIRD)];

  it('is the one that AWS Health names, whatever its status', () => {
    expect(exposedHow(reported(OLDER), older('Inactive'))).toBe('reported');
    expect(exposedHow(reported(OLDER), newer())).toBeNull();
    expect(exposedKeys({ keys: both, exposed: reported(OLDER) })).toEqual({});
    expect(exposedKeys({ keys: both, exposed: reported(NEWER) })).toEqual({ [NEWER]: 'reported' });
    expect(exposedKeys({ keys: both })).toEqual({});
  });

  it('is each that existed when AWS quarantined the user, and none that was created later', () => {
    const { created } = newer();
    expect(exposedHow(quarantined(created), newer())).toBe('quarantined');
    expect(exposedHow(quarantined(plus(created, -1)), newer())).toBeNull();
    expect(exposedKeys({ keys: [newer(), older()], exposed: quarantined() })).toEqual({
      [NEWER]: 'quarantined',
      [OLDER]: 'quarantined',
    });
  });

  it.each([
    [-DAY, null],
    [DAY, null],
    [-DAY - 1, NOW],
    [DAY + 1, NOW],
  ])('is only the reported one if a report within a day tells which key was meant (%i s)', (after, at) => {
    const exposed = mergedExposure(quarantined(), reported(NEWER, plus(NOW, after)));
    expect(unexplained(exposed)).toBe(at);
    expect(exposedHow(exposed, older())).toBe(at === null ? null : 'quarantined');
    expect(exposedHow(exposed, newer())).toBe('reported');
  });

  it('is none without a quarantine or a report', () => {
    expect(unexplained(NOTHING_EXPOSED)).toBeNull();
    expect(exposedHow(NOTHING_EXPOSED, newer())).toBeNull();
  });
});
