import { expect, test } from 'vitest';
import { UTC } from '../../../functions/core/model/zone.ts';
import { reasonFor, selfPauseSentence } from '../../../functions/core/words/self-pause.ts';
import { NOW } from '../../fakes/cases.ts';

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
