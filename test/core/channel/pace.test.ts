import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  afterDigest,
  credible,
  digestDue,
  duesNow,
  isAnyDue,
  isWeeklyDue,
  type Pace,
  type Slot,
  turnFor,
  UNUSED_PACE,
  underWay,
  withDigest,
} from '../../../functions/core/channel/pace.ts';
import { type MailClass, PACE_TERMS } from '../../../functions/core/channel/pace-terms.ts';
import {
  DAY,
  HOUR,
  hourOf,
  type Instant,
  MINUTE,
  plus,
  secondsBetween,
} from '../../../functions/core/model/time.ts';
import { nextDaily } from '../../../functions/core/model/zone.ts';
import { NOW, POLICY } from '../../fakes/cases.ts';

const slot: Slot = (after) => nextDaily(after, { hour: 7, minute: 0 }, 'UTC');

/** Sends as many mails of these classes as the pace allows, with so many milliseconds between two attempts. */
function sending(classes: readonly MailClass[], gapsMs: readonly number[]) {
  const sent: { readonly at: Instant; readonly mail: MailClass }[] = [];
  let [pace, now]: [Pace, Instant] = [UNUSED_PACE, NOW];
  for (const [index, mail] of classes.entries()) {
    now = plus(now, (gapsMs[index] ?? 0) / 1_000);
    const turn = turnFor(pace, mail, now, slot);
    if (turn.kind === 'go') {
      sent.push({ at: now, mail });
      pace = turn.next;
    }
  }
  return sent;
}

describe('times in the future, which somebody else wrote', () => {
  const far = plus(NOW, 3_650 * DAY);
  const forged: Pace = {
    ...UNUSED_PACE,
    nextAt: far,
    urgentSentAt: far,
    sentAt: far,
    signOffAt: far,
    urgent: [far, far, far],
  };

  it.each<MailClass>(['ordinary', 'urgent', 'digest', 'requested'])('hold up no %s mail', (mail) => {
    expect(turnFor(forged, mail, NOW, slot).kind).toBe('go');
  });

  it('hold up no mail about a sign-off', () => {
    expect(credible(forged, NOW).signOffAt).toBeNull();
    expect(credible({ ...forged, signOffAt: NOW }, NOW).signOffAt).toBe(NOW);
  });

  it('hold up no digest', () => {
    expect(withDigest({ ...forged, urgentDue: far }, 'urgent', NOW, slot).urgentDue).toBe(plus(NOW, 30));
    expect(withDigest({ ...forged, due: far }, 'new', NOW, slot).due).toBe(plus(NOW, 10 * MINUTE));
  });
});

describe('the pace of an address', () => {
  const classes = fc.array(fc.constantFrom<MailClass>('ordinary', 'urgent', 'digest'), { maxLength: 200 });
  const gaps = fc.array(fc.integer({ min: 0, max: 400_000 }), { maxLength: 200 });

  it('is never more than one mail a second, nor more in an hour than its class allows', () => {
    fc.assert(
      fc.property(classes, gaps, (kinds, between) => {
        const sent = sending(kinds, between);
        for (const [index, { at, mail }] of sent.entries()) {
          const before = sent.slice(0, index);
          expect(before.every((one) => secondsBetween(one.at, at) >= 1)).toBe(true);
          const inHour = before.filter((one) => hourOf(one.at) === hourOf(at));
          expect(inHour.length).toBeLessThan(PACE_TERMS.perHour[mail]);
          const urgent = before.filter(
            (one) => one.mail === 'urgent' && secondsBetween(one.at, at) < 10 * MINUTE,
          );
          expect(mail === 'urgent' ? urgent.length : 0).toBeLessThan(3);
        }
      }),
    );
  });

  it('says until when to wait', () => {
    const first = turnFor(UNUSED_PACE, 'ordinary', NOW, slot);
    const pace = first.kind === 'go' ? first.next : UNUSED_PACE;
    expect(turnFor(pace, 'ordinary', plus(NOW, 0.4), slot)).toEqual({ kind: 'wait', until: plus(NOW, 1) });
    const full = { ...pace, used: 3 };
    expect(turnFor(full, 'ordinary', plus(NOW, 5), slot)).toEqual({
      kind: 'full',
      until: '2026-11-23T17:00:00.000Z',
    });
    expect(turnFor(full, 'ordinary', plus(NOW, HOUR), slot).kind).toBe('go');
    expect(turnFor(full, 'digest', plus(NOW, 5), slot).kind).toBe('go');
  });

  it('with its first mail has a daily time, which later mails do not change', () => {
    const first = turnFor(UNUSED_PACE, 'ordinary', NOW, slot);
    expect(first).toMatchObject({ next: { due: '2026-11-24T07:00:00.000Z' } });
    const soon = { ...UNUSED_PACE, due: plus(NOW, 5) };
    expect(turnFor(soon, 'ordinary', NOW, slot)).toMatchObject({ next: { due: plus(NOW, 5) } });
  });
});

describe('a digest becomes due', () => {
  it.each([
    ['new', null, plus(NOW, 10 * MINUTE)],
    ['new', plus(NOW, -DAY), plus(NOW, 10 * MINUTE)],
    ['new', plus(NOW, -HOUR), '2026-11-24T07:00:00.000Z'],
    ['reminder', null, '2026-11-24T07:00:00.000Z'],
    ['weekly', null, plus(NOW, 10 * MINUTE)],
    ['weekly', plus(NOW, -3 * DAY), '2026-11-24T07:00:00.000Z'],
  ] as const)('for a notice of the pool %s, after one that was sent %s, at %s', (pool, sentAt, due) => {
    expect(withDigest({ ...UNUSED_PACE, sentAt }, pool, NOW, slot).due).toBe(due);
  });

  it('never later than before', () => {
    const pace = { ...UNUSED_PACE, due: plus(NOW, MINUTE), urgentDue: plus(NOW, 1) };
    expect(withDigest(pace, 'new', NOW, slot)).toBe(pace);
    expect(withDigest(pace, 'urgent', NOW, slot)).toBe(pace);
  });

  it('for urgent notices within half a minute, and fifteen minutes after the last', () => {
    expect(withDigest(UNUSED_PACE, 'urgent', NOW, slot).urgentDue).toBe(plus(NOW, 30));
    const lately = { ...UNUSED_PACE, urgentSentAt: plus(NOW, -5 * MINUTE) };
    expect(withDigest(lately, 'urgent', NOW, slot).urgentDue).toBe(plus(NOW, 10 * MINUTE));
    expect(turnFor(lately, 'urgent', NOW, slot)).toEqual({ kind: 'gather' });
  });

  it('at the earlier of its two times', () => {
    expect(digestDue(UNUSED_PACE)).toBe(null);
    expect(digestDue({ due: plus(NOW, 5), urgentDue: plus(NOW, 1) })).toBe(plus(NOW, 1));
  });
});

describe('a run that writes digests', () => {
  const due = { ...UNUSED_PACE, due: plus(NOW, -1), urgentDue: plus(NOW, -1) };
  const claimed = underWay(due, NOW);
  const BOTH = { urgent: true, daily: true };

  it('keeps others away for five minutes, and leaves what is not due', () => {
    expect(duesNow(due, NOW)).toEqual({ urgent: true, daily: true });
    expect(duesNow(claimed, NOW)).toEqual({ urgent: false, daily: false });
    expect(digestDue(claimed)).toBe(plus(NOW, 5 * MINUTE));
    const later = { ...UNUSED_PACE, due: plus(NOW, HOUR) };
    expect(underWay(later, NOW)).toEqual(later);
  });

  it('sets the next daily time, whether or not there was something to say', () => {
    const sent = afterDigest(claimed, claimed, BOTH, 'sent', NOW, slot, POLICY);
    expect(sent).toMatchObject({
      due: '2026-11-24T07:00:00.000Z',
      sentAt: NOW,
      onlyShown: false,
      urgentDue: null,
      urgentSentAt: NOW,
    });
    const silent = afterDigest(claimed, claimed, BOTH, 'nothing-to-say', NOW, slot, POLICY);
    expect(silent).toMatchObject({
      due: '2026-11-24T07:00:00.000Z',
      sentAt: null,
      urgentSentAt: null,
    });
    const neither = { urgent: false, daily: false };
    expect(afterDigest(due, due, neither, 'sent', NOW, slot, POLICY)).toEqual(due);
  });

  it('remembers that it could only show its cases, and forgets that the address was reached anew', () => {
    const arriving = { ...claimed, arriving: true };
    const shown = afterDigest(arriving, claimed, BOTH, 'sent', NOW, slot, { mode: 'observe' });
    expect(shown).toMatchObject({ onlyShown: true, arriving: false });
    const silent = afterDigest(shown, claimed, BOTH, 'nothing-to-say', NOW, slot, POLICY);
    expect(silent.onlyShown).toBe(true);
    expect(afterDigest(shown, claimed, BOTH, 'sent', NOW, slot, POLICY).onlyShown).toBe(false);
    const refused = afterDigest(arriving, claimed, BOTH, 'refused', NOW, slot, POLICY);
    expect(refused.arriving).toBe(true);
  });

  it('writes again when the lease ends what had to wait', () => {
    expect(afterDigest(claimed, claimed, BOTH, 'refused', NOW, slot, POLICY)).toEqual(claimed);
    expect(afterDigest(claimed, claimed, BOTH, 'in-part', NOW, slot, POLICY)).toEqual({
      ...claimed,
      urgentDue: null,
      urgentSentAt: NOW,
    });
  });

  it('writes again sooner if digests are due more often, and leaves what was not due', () => {
    const soon: Slot = (after) => plus(after, 4);
    expect(afterDigest(claimed, claimed, BOTH, 'refused', NOW, soon, POLICY).due).toBe(plus(NOW, 4));
    const urgent = { urgent: true, daily: false };
    expect(afterDigest(claimed, claimed, urgent, 'refused', NOW, soon, POLICY)).toEqual(claimed);
  });

  it('leaves an urgent digest due that somebody requested meanwhile, because it may have missed the notice', () => {
    const asked = withDigest(claimed, 'urgent', NOW, slot);
    expect(asked.urgentDue).toBe(plus(NOW, 30));
    const silent = afterDigest(asked, claimed, BOTH, 'nothing-to-say', NOW, slot, POLICY);
    expect(silent.urgentDue).toBe(plus(NOW, 30));
    const sent = afterDigest(asked, claimed, BOTH, 'sent', NOW, slot, POLICY);
    expect(sent.urgentDue).toBe(plus(NOW, 15 * MINUTE));
  });

  it('may have been another one if a digest is due, and not otherwise', () => {
    expect(isAnyDue(due, NOW)).toBe(true);
    expect(isAnyDue({ ...due, due: null }, NOW)).toBe(true);
    expect(isAnyDue({ ...due, urgentDue: null }, NOW)).toBe(true);
    expect(isAnyDue(claimed, NOW)).toBe(false);
  });

  it('lists everything again after a week', () => {
    expect(isWeeklyDue({ sentAt: null }, NOW)).toBe(false);
    expect(isWeeklyDue({ sentAt: plus(NOW, -6 * DAY) }, NOW)).toBe(false);
    expect(isWeeklyDue({ sentAt: plus(NOW, -7 * DAY + HOUR) }, NOW)).toBe(true);
  });
});
