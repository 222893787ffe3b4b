import { describe, expect, it } from 'vitest';
import type { Case, HeldReason, Phase } from '../../../functions/core/case/case.ts';
import { OVERDUE_AFTER } from '../../../functions/core/case/dates.ts';
import { asksSomebody, overdueSince } from '../../../functions/core/case/overdue.ts';
import type { Policy } from '../../../functions/core/model/policy.ts';
import { DAY, plus } from '../../../functions/core/model/time.ts';
import { aCase, NOW, POLICY } from '../../fakes/cases.ts';

/** A question of which people were told so many days ago. */
const asked = (days: number, more: Partial<Case> = {}) => aCase({ toldAt: plus(NOW, -days * DAY), ...more });
const since = (current: Case, policy: Policy = POLICY) => overdueSince(current, policy, NOW);

describe('a question', () => {
  it('is overdue 30 days after people were told of it', () => {
    expect(OVERDUE_AFTER).toBe(30 * DAY);
    expect(since(asked(29))).toBeNull();
    expect(since(asked(30))).toBe(NOW);
    expect(since(asked(45))).toBe(plus(NOW, -15 * DAY));
  });

  it('is not before the escalation list is told', () => {
    const policy = { ...POLICY, escalateAfter: 40 * DAY };
    expect(since(asked(39), policy)).toBeNull();
    expect(since(asked(41), policy)).toBe(plus(NOW, -DAY));
  });

  it('begins anew if it was resolved in the meantime', () => {
    expect(since(asked(45, { reopenedAt: plus(NOW, -10 * DAY) }))).toBeNull();
    expect(since(asked(45, { reopenedAt: plus(NOW, -31 * DAY) }))).toBe(plus(NOW, -DAY));
  });

  it('is none while nobody was told, and none where Solekey only observes', () => {
    expect(since(aCase({ toldAt: null }))).toBeNull();
    expect(since(asked(45), { ...POLICY, mode: 'observe' })).toBeNull();
    const some: Policy = { ...POLICY, mode: { only: { tag: null, users: ['svc/*'] } } };
    expect(since(asked(45, { outside: true }), some)).toBeNull();
  });

  const ASKS = {
    rotating: false,
    'awaiting-decision': true,
    exception: false,
    approved: false,
    grace: false,
    'awaiting-confirmation': true,
    deleting: false,
    held: true,
    excluded: false,
    closed: false,
  } as const satisfies Record<Phase, boolean>;

  it.each(Object.entries(ASKS))('is asked while %s: %s', (phase, asks) => {
    const current = asked(45, { phase: phase as Phase });
    expect([asksSomebody(current), since(current) !== null]).toEqual([asks, asks]);
  });

  const HOLDS = {
    'used-after-deactivation': true,
    'no-active-key': true,
    'restore-by-hand': true,
    unknown: false,
  } as const satisfies Record<HeldReason, boolean>;

  it.each(Object.entries(HOLDS))('of a hold for %s is overdue from its own beginning: %s', (reason, asks) => {
    const hold = (days: number) =>
      asked(90, { phase: 'held', heldFor: reason as HeldReason, phaseSince: plus(NOW, -days * DAY) });
    expect(since(hold(29))).toBeNull();
    expect(since(hold(30))).toBe(asks ? NOW : null);
  });
});
