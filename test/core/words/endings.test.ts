import { expect, it } from 'vitest';
import { endingSentences } from '../../../functions/core/words/endings.ts';
import { PAGE, PLAIN } from '../../../functions/core/words/style.ts';
import { aCase, NOW, OLDER, older, POLICY } from '../../fakes/cases.ts';

const restored = aCase({
  keys: [older()],
  askedAgain: { code: 'restored', by: 'sec-lead' },
  former: [{ digest: '', keys: [{ id: OLDER, status: 'Inactive' }], until: NOW }],
});

it.each(['by-owner', 'by-restore'] as const)(
  'a restore that ended the case is told alike: %s',
  (closedAs) => {
    expect(endingSentences(closedAs, restored, POLICY, 'The user', PAGE)).toEqual([
      '…3QXK is active again, as Security lead asked.',
      'No other key is active.',
    ]);
  },
);

it('names a user who is gone as the text does', () => {
  expect(endingSentences('user-gone', restored, POLICY, 'IAM user ci-deploy', PLAIN)[0]).toBe(
    'IAM user ci-deploy no longer exists.',
  );
});
