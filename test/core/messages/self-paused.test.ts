import { expect, it } from 'vitest';
import { renderSelfPaused } from '../../../functions/core/messages/self-paused.ts';
import { reasonFor } from '../../../functions/core/words/self-pause.ts';
import { ACCOUNT, NOW, POLICY } from '../../fakes/cases.ts';
import { MOST_WORDS, wordsIn } from './words-in.ts';

it('operators get one mail without a link, with what to do', async () => {
  const about = {
    account: ACCOUNT,
    entry: 3,
    pause: { from: NOW, reason: reasonFor({ kind: 'restore', users: 5 }) },
  };
  const { subject, body } = renderSelfPaused(POLICY, about);
  await expect(`Subject: ${subject}\n\n${body}`).toMatchFileSnapshot('golden/operators-self-paused.txt');
  expect(wordsIn(body)).toBeLessThanOrEqual(MOST_WORDS);
  const named = renderSelfPaused({ ...POLICY, accountName: 'login.example.com' }, about);
  expect(named.body).toContain('login[.]example[.]com');
  expect(named.body).toContain('[.] stands for a dot');
});
