import { describe, expect, it } from 'vitest';
import type { Totals } from '../../../functions/core/validation/validation.ts';
import {
  headline,
  sourceSentence,
  tookSentence,
  totalSentences,
} from '../../../functions/core/validation/words.ts';
import { NOW } from '../../fakes/cases.ts';
import { aReport } from '../../fakes/report.ts';

const NOBODY = { ok: 0, 'other-key': 0, none: 0, several: 0, 'not-read': 0, gone: 0 };

/** The numbers of a quiet account of ten users, changed. */
function totals(more: Partial<Totals> = {}): Totals {
  return {
    ...aReport().totals,
    users: 10,
    counts: { none: 1, one: 9, more: 0, unknown: 0, gone: 0 },
    doubtful: 0,
    remaining: NOBODY,
    pendingKeys: 0,
    excluded: 0,
    observed: 0,
    sources: { live: 10, report: 0, unread: 0 },
    ...more,
  };
}

describe('the numbers of a validation in words', () => {
  it('are as few as they can be', () => {
    expect(totalSentences(totals())).toEqual([
      'Of 10 users, 9 have one active key, 1 has none and 0 have more than one.',
    ]);
    const counts = { none: 2, one: 1, more: 1, unknown: 6, gone: 3 };
    expect(totalSentences(totals({ counts }))).toEqual([
      'Of 10 users, 1 has one active key, 2 have none, 1 has more than one and 6 could not be checked.',
    ]);
  });

  it.each<[Partial<Totals>, string]>([
    [{ doubtful: 1 }, '1 user cannot be vouched for, and the rows say why. They are never counted as fine.'],
    [{ pendingKeys: 1 }, '1 key waits to be deactivated or deleted.'],
    [{ pendingKeys: 1_200 }, '1,200 keys wait to be deactivated or deleted.'],
    [{ excluded: 1 }, '1 user is excluded: counted here, and never changed.'],
    [{ excluded: 2 }, '2 users are excluded: counted here, and never changed.'],
    [{ observed: 1 }, '1 user is only observed: counted here, and never changed.'],
    [{ observed: 2 }, '2 users are only observed: counted here, and never changed.'],
    [
      { remaining: { ...NOBODY, ok: 1 } },
      'Of 1 user whose keys were reduced, 1 has exactly the keys that were decided.',
    ],
    [
      { remaining: { ...NOBODY, ok: 5, none: 1, several: 1, gone: 4 } },
      'Of 7 users whose keys were reduced, 5 have exactly the keys that were decided; 2 have other keys.',
    ],
    [
      { remaining: { ...NOBODY, 'not-read': 1 } },
      'Of 1 user whose keys were reduced, 0 have exactly the keys that were decided; 1 could not be compared.',
    ],
    [{ remaining: { ...NOBODY, gone: 1 } }, '1 user whose keys were reduced no longer exists.'],
    [{ remaining: { ...NOBODY, gone: 2 } }, '2 users whose keys were reduced no longer exist.'],
  ])('say of %o: %s', (more, sentence) => {
    expect(totalSentences(totals(more)).slice(1)).toEqual([sentence]);
  });

  it('never call an account compliant where something is unknown', () => {
    const counts = (more: number, unknown: number) => ({ ...totals().counts, more, unknown });
    expect(headline(totals())).toBe('Every user has at most one active key');
    expect(headline(totals({ counts: counts(1, 0) }))).toBe('1 user has more than one active key');
    expect(headline(totals({ counts: counts(2, 9) }))).toBe('2 users have more than one active key');
    for (const unsure of [totals({ counts: counts(0, 1) }), totals({ doubtful: 1 })]) {
      expect(headline(unsure)).toMatch(/^Nobody is known to have .*, but not everybody could be checked$/);
    }
  });

  it('say where the facts are from', () => {
    const at = { takenAt: NOW, reportOf: NOW };
    expect(sourceSentence(totals(), at, 'UTC')).toBe(
      'Taken from IAM on 23 Nov 2026, 16:10 UTC: 10 users read one by one and 0 from the credential report of 23 Nov 2026, 16:10 UTC.',
    );
    expect(sourceSentence(totals({ sources: { live: 0, report: 0, unread: 1 } }), at, 'UTC')).toMatch(
      /and 1 not read\.$/,
    );
  });

  it('say how long it took', () => {
    expect(tookSentence('decided', 1)).toBe('Half of the cases were decided within 1 day of the detection.');
    expect(tookSentence('deleted', 8.1)).toBe(
      'Half of the keys were deleted within 8.1 days of the decision.',
    );
    expect(tookSentence('decided', null)).toBe('No case has been decided yet.');
    expect(tookSentence('deleted', null)).toBe('No key has been deleted yet.');
  });
});
