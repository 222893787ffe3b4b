/** The budget of mails that people ask for on a page. */
import { describe, expect, it } from 'vitest';
import { paceItemSchema } from '../../../functions/contracts/pace-item.ts';
import { type Pace, turnFor, UNUSED_PACE } from '../../../functions/core/channel/pace.ts';
import { type MailClass, PACE_TERMS } from '../../../functions/core/channel/pace-terms.ts';
import { HOUR, plus } from '../../../functions/core/model/time.ts';
import { NOW } from '../../fakes/cases.ts';

const slot = () => plus(NOW, 12 * HOUR);

/** The pace after so many mails of a class, a second apart, or as many as it admits. */
function sentMails(mail: MailClass, times: number, from: Pace = UNUSED_PACE) {
  let pace = from;
  let sent = 0;
  for (let second = 0; second < times; second += 1) {
    const turn = turnFor(pace, mail, plus(NOW, second), slot);
    if (turn.kind === 'go') {
      pace = turn.next;
      sent += 1;
    }
  }
  return { pace, sent };
}

describe('mails that people ask for', () => {
  it('are at most 30 a clock hour', () => {
    const { pace, sent } = sentMails('requested', 40);
    expect(sent).toBe(PACE_TERMS.perHour.requested);
    const until = '2026-11-23T17:00:00.000Z';
    expect(turnFor(pace, 'requested', plus(NOW, 60), slot)).toEqual({ kind: 'full', until });
    expect(turnFor(pace, 'requested', until, slot).kind).toBe('go');
  });

  it('are at most one a second, with all others', () => {
    const requested = sentMails('requested', 1).pace;
    expect(turnFor(requested, 'ordinary', NOW, slot).kind).toBe('wait');
    expect(turnFor(sentMails('ordinary', 1).pace, 'requested', NOW, slot).kind).toBe('wait');
  });

  it('take nothing from other mails, and other mails nothing from them', () => {
    const requested = sentMails('requested', 30).pace;
    expect(sentMails('ordinary', 60, { ...requested, nextAt: '' }).sent).toBe(PACE_TERMS.perHour.ordinary);
    const urgent = sentMails('digest', 20).pace;
    expect(sentMails('requested', 60, { ...urgent, nextAt: '' }).sent).toBe(PACE_TERMS.perHour.requested);
  });

  it('make no digest due, and count as no urgent one', () => {
    expect(sentMails('requested', 5).pace).toMatchObject({ due: null, urgentDue: null, urgent: [], used: 0 });
  });

  it('have a count of zero in an item that was stored before', () => {
    const { requestedHour: _hour, requestedUsed: _used, ...before } = UNUSED_PACE;
    expect(paceItemSchema.parse({ pace: before, revision: 1 }).pace).toEqual(UNUSED_PACE);
  });
});
