import { describe, expect, it } from 'vitest';
import { isSuperseded, type KeyEvent, withKeyEvent } from '../../../functions/core/model/key-events.ts';
import { MINUTE, plus } from '../../../functions/core/model/time.ts';
import { NEWER, NOW } from '../../fakes/cases.ts';

const LATER = plus(NOW, MINUTE);
const off: KeyEvent = { status: 'Inactive', at: NOW };
const on: KeyEvent = { status: 'Active', at: LATER };
const gone: KeyEvent = { status: 'Deleted', at: NOW };

describe('the latest change of a key', () => {
  it('is the one with the latest time, in whatever order the events come', () => {
    expect(withKeyEvent(withKeyEvent({}, NEWER, off), NEWER, on)).toEqual({ [NEWER]: on });
    const known = { [NEWER]: on };
    expect(withKeyEvent(known, NEWER, off)).toBe(known);
    expect(withKeyEvent(known, NEWER, on)).toBe(known);
  });

  it('is its deletion, whatever comes later', () => {
    const known = { [NEWER]: gone };
    expect(withKeyEvent(known, NEWER, on)).toBe(known);
  });

  it('is kept for the latest few keys', () => {
    let events = {};
    for (let n = 0; n < 30; n += 1) {
      events = withKeyEvent(events, `AKIA${n}`, off);
    }
    expect(Object.keys(events)).toEqual(Array.from({ length: 20 }, (_, n) => `AKIA${n + 10}`));
  });
});

it.each<[string, KeyEvent | undefined, { status: KeyEvent['status']; at?: string }, boolean]>([
  ['nothing is known', undefined, { status: 'Active', at: NOW }, false],
  ['a later change is known', on, { status: 'Inactive', at: NOW }, true],
  ['a change within the same second is known', off, { status: 'Active', at: NOW }, false],
  ['an earlier change is known', off, { status: 'Active', at: LATER }, false],
  ['nobody knows when it was expected', on, { status: 'Inactive' }, false],
  ['its deletion is known', gone, { status: 'Active', at: LATER }, true],
  ['its deletion is what is expected', gone, { status: 'Deleted', at: NOW }, false],
])('where %s, an expectation is superseded: %s', (_what, known, expected, superseded) => {
  const events = known === undefined ? {} : { [NEWER]: known };
  expect(isSuperseded(events, { keyId: NEWER, ...expected })).toBe(superseded);
});
