/** Sentences for what happens seldom. */
import { describe, expect, test } from 'vitest';
import { MINUTE, plus } from '../../../functions/core/model/time.ts';
import { endingSentences } from '../../../functions/core/words/endings.ts';
import { holdSentences } from '../../../functions/core/words/holds.ts';
import { PAGE } from '../../../functions/core/words/style.ts';
import { termSentence } from '../../../functions/core/words/terms.ts';
import { aCase, inGrace, NOW, newer, OLDER, older, POLICY, restoringSince } from '../../fakes/cases.ts';

test('a changed mode is said both ways', () => {
  expect(termSentence({ term: 'mode', now: 'observe' })).toContain('only observes this user');
  expect(termSentence({ term: 'mode', now: 'enforce' })).toContain('no longer only observes');
});

describe('a hold that waits', () => {
  const waiting = {
    restoring: restoringSince(plus(NOW, -MINUTE)),
    deletionUnanswered: plus(NOW, -MINUTE),
  };
  const held = { phase: 'held', heldFor: 'unknown' } as const;

  test('for an unanswered deletion names whoever asked, if that is on record', () => {
    const says = (askedAgain: ReturnType<typeof aCase>['askedAgain']) =>
      holdSentences('unknown', inGrace(waiting, { ...held, askedAgain }), POLICY, 'this user', PAGE)[0];
    expect(says({ code: 'restored', by: 'sec-lead' })).toMatch(/^Security lead asked to reactivate/);
    expect(says({ code: 'restored', by: '' })).toMatch(/^Someone asked to reactivate/);
    expect(says(null)).toMatch(/^Someone asked to reactivate/);
  });

  test('for a last use says since when', () => {
    const unread = { ...older('Inactive'), lastUsed: { kind: 'not-read' as const } };
    const current = inGrace({}, { ...held, keys: [newer(), unread], unknownSince: NOW, keysSeenAt: NOW });
    expect(holdSentences('unknown', current, POLICY, 'this user', PAGE)[0]).toMatch(
      /^Since 23 Nov 2026, 16:10 UTC IAM has not said when .* last used/,
    );
  });
});

test('a restore that came too late is told without a name if none is on record', () => {
  const current = aCase({
    askedAgain: { code: 'restored', by: '' },
    progress: { [OLDER]: { deleted: NOW } },
  });
  expect(endingSentences('remediated', current, POLICY, 'The IAM user', PAGE).join(' ')).toMatch(
    /^Someone asked/,
  );
});
