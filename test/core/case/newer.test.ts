import { describe, expect, it } from 'vitest';
import { firstGiven, type NewerRequest, unsignedRequest } from '../../../functions/core/case/requests.ts';
import { maybeOff, withNewerAnswer } from '../../../functions/core/case/unread.ts';
import { MINUTE, plus } from '../../../functions/core/model/time.ts';
import { inGrace, NEWER, NOW, OLDER } from '../../fakes/cases.ts';

describe('of several answers to one question', () => {
  const known = { ...unsignedRequest('a'), at: NOW };
  const newer = (seconds: number): NewerRequest => ({
    newer: 'spare',
    sealed: { ...unsignedRequest('b'), at: plus(NOW, seconds) },
  });

  it.each([
    ['of none, none', [], null],
    ['a known one before a newer one', [newer(MINUTE), known], known],
    ['a known one given first and found first', [known, newer(MINUTE)], known],
    ['a newer one before a known one', [known, newer(-MINUTE)], newer(-MINUTE)],
    ['the earlier of two newer ones', [newer(MINUTE), newer(-MINUTE)], newer(-MINUTE)],
  ])('the first counts: %s', (_what, answers, first) => {
    expect(firstGiven(answers)).toEqual(first);
  });
});

it('the keys that may be off are those not recorded as active', () => {
  const unread = withNewerAnswer(inGrace(), 'spare');
  expect(maybeOff(unread)).toEqual([OLDER]);
  expect(maybeOff({ ...unread, keys: [{ id: NEWER, status: null }] })).toEqual([NEWER]);
});
