import { describe, expect, it } from 'vitest';
import { alteredCase, maybeOff, withNewerAnswer } from '../../../functions/core/case/unread.ts';
import { ACCOUNT, aCase, NEWER, newer, OLDER, older, USER_ID } from '../../fakes/cases.ts';

const current = aCase({ keys: [newer(), older('Inactive')] });
const known = {
  account: ACCOUNT,
  userId: USER_ID,
  userName: current.userName,
  number: current.number,
  keys: [
    { id: NEWER, status: 'Active' },
    { id: OLDER, status: 'Inactive' },
  ],
};

describe('a case that this release leaves alone', () => {
  it('because of an answer of a newer one says of which kind', () => {
    expect(withNewerAnswer(current, 'postpone')).toEqual({
      ...known,
      why: 'newer',
      reason: 'the stored answer is of the kind "postpone"',
    });
  });

  it('because somebody changed it says so', () => {
    expect(alteredCase(current)).toEqual({
      ...known,
      why: 'broken',
      reason: 'it is not what its latest history entry says',
    });
  });

  it('names the keys that a person may want to reactivate', () => {
    expect(maybeOff(alteredCase(current))).toEqual([OLDER]);
  });
});
