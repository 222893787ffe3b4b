import { expect, it, test } from 'vitest';
import { renderSelfPaused } from '../../../functions/core/messages/self-paused.ts';
import { UTC } from '../../../functions/core/model/zone.ts';
import { reasonFor, selfPauseSentence } from '../../../functions/core/words/self-pause.ts';
import { ACCOUNT, NOW, POLICY } from '../../fakes/cases.ts';
import { MOST_WORDS, wordsIn } from '../messages/words-in.ts';

const pause = (reason: string) => ({ from: NOW, reason });

test('the sentence says since when and why', () => {
  expect(selfPauseSentence(pause(reasonFor({ kind: 'refused', users: 5 })), UTC)).toBe(
    'Solekey paused itself on 23 Nov 2026, 16:10 UTC: IAM refused to change keys of 5 users within an hour.',
  );
  expect(selfPauseSentence(pause(reasonFor({ kind: 'restore', users: 12 })), UTC)).toBe(
    'Solekey paused itself on 23 Nov 2026, 16:10 UTC: approvers asked to reactivate keys of 12 users within an hour.',
  );
});

test('a reason that somebody wrote into the table stays one short printable sentence', () => {
  expect(selfPauseSentence(pause('odd\nö\u202e.. '), UTC)).toMatch(/: odd o\.$/);
  expect(selfPauseSentence(pause('x'.repeat(500)), UTC).length).toBeLessThan(180);
});

it('operators get one mail without a link, with what to do', async () => {
  const about = { account: ACCOUNT, entry: 3, pause: pause(reasonFor({ kind: 'restore', users: 5 })) };
  const { subject, body } = renderSelfPaused(POLICY, about);
  await expect(`Subject: ${subject}\n\n${body}`).toMatchFileSnapshot(
    '../messages/golden/operators-self-paused.txt',
  );
  expect(wordsIn(body)).toBeLessThanOrEqual(MOST_WORDS);
  const named = renderSelfPaused({ ...POLICY, accountName: 'login.example.com' }, about);
  expect(named.body).toContain('login[.]example[.]com');
  expect(named.body).toContain('[.] stands for a dot');
});
