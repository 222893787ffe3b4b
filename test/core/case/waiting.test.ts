import { describe, expect, it } from 'vitest';
import { turnFrom } from '../../../functions/core/case/dates.ts';
import { deletionDate, undoDate } from '../../../functions/core/case/deletion.ts';
import { struckOff } from '../../../functions/core/case/notices.ts';
import { waitsForWindow } from '../../../functions/core/case/waiting.ts';
import { UNRESTRICTED } from '../../../functions/core/model/policy.ts';
import { DAY, HOUR, plus } from '../../../functions/core/model/time.ts';
import { waitsUntil } from '../../../functions/core/words/window.ts';
import {
  aCase,
  aDecision,
  confirmedAt,
  inGrace,
  NOW,
  OLDER,
  POLICY,
  toConfirm,
  toldOf,
} from '../../fakes/cases.ts';

const changeWindow = {
  days: ['tue', 'thu'],
  from: { hour: 10, minute: 0 },
  to: { hour: 12, minute: 0 },
  zone: 'Europe/Berlin',
} as const;
const policy = { ...POLICY, changeWindow, digest: { ...POLICY.digest, zone: 'Europe/Berlin' } };
const OPENS = '2026-11-24T09:00:00.000Z';

const approved = aCase({ phase: 'approved', decision: aDecision({ carriedOutAt: null }) });
const over = { deactivated: plus(NOW, -8 * DAY), graceEnds: plus(NOW, -DAY), ...toldOf(plus(NOW, -2 * DAY)) };
const paused = { pauses: [{ from: NOW, to: null }], revoked: [] };

describe('a case waits for the window', () => {
  it.each([
    ['with keys to deactivate', approved, OPENS],
    ['with a deletion that is due', inGrace(over), OPENS],
    ['with one that a person confirmed', toConfirm({ confirmed: confirmedAt(NOW) }), OPENS],
    ['not with one that nobody confirmed', toConfirm(), null],
    ['not in its grace period', inGrace(), null],
    ['not before a decision', aCase(), null],
    ['not while excluded', { ...approved, excluded: true }, null],
    ['not with a compromised key', { ...approved, decision: aDecision({ reason: 'compromised' }) }, null],
  ])('%s', (_when, current, opens) => {
    expect(waitsForWindow(current, policy, UNRESTRICTED, NOW)).toBe(opens);
  });

  it('and for nothing else: not while paused, in observe mode, open, or without one', () => {
    expect(waitsForWindow(approved, policy, paused, NOW)).toBeNull();
    expect(waitsForWindow(approved, { ...policy, mode: 'observe' }, UNRESTRICTED, NOW)).toBeNull();
    expect(waitsForWindow(approved, policy, UNRESTRICTED, OPENS)).toBeNull();
    expect(waitsForWindow(approved, POLICY, UNRESTRICTED, NOW)).toBeNull();
  });

  it('and people are told until when, on both clocks', () => {
    const words = waitsUntil(approved, policy, UNRESTRICTED, NOW);
    expect(words).toBe('waits for the change window: Tue 24 Nov, 09:00 UTC (10:00 in Europe/Berlin)');
    expect(waitsUntil(aCase(), policy, UNRESTRICTED, NOW)).toBeNull();
  });
});

describe('the date of a deletion', () => {
  // The grace period ends on Friday 27 Nov; the window opens on the next Tuesday.
  const ends = '2026-11-27T20:00:00.000Z';
  const current = inGrace({ deactivated: plus(ends, -7 * DAY), graceEnds: ends });
  const TUESDAY = '2026-12-01T09:00:00.000Z';
  const FRIDAY = '2026-11-27T20:00:00.000Z';
  const at = (more = current, now = NOW) => deletionDate(more, policy, UNRESTRICTED, now);

  it('is the first at or after the grace period at which the window is open', () => {
    expect(at()).toBe(TUESDAY);
    expect(undoDate(current, policy, UNRESTRICTED, NOW)).toBe(TUESDAY);
    const inside = '2026-12-01T10:30:00.000Z';
    expect(at(inGrace({ deactivated: plus(inside, -7 * DAY), graceEnds: inside }))).toBe(inside);
    expect(at({ ...current, decision: aDecision({ reason: 'compromised' }) })).toBe(ends);
  });

  it('moves on if it was missed', () => {
    expect(at(current, '2026-12-01T11:30:00.000Z')).toBe('2026-12-03T09:00:00.000Z');
  });

  it('is the one that people are told, and nothing is deleted before it if the window then changes', () => {
    const accepted = [{ kind: 'deletion-announced', recipient: 'sec-lead' }] as const;
    const told = struckOff(current, accepted, FRIDAY, policy, UNRESTRICTED);
    expect(told.progress[OLDER]?.announcedFor).toBe(TUESDAY);
    expect(deletionDate(told, POLICY, UNRESTRICTED, FRIDAY)).toBe(TUESDAY);
  });
});

describe('turns', () => {
  it('of one minute at the opening, the oldest decision first; the time is that of the opening', () => {
    const ages = [36 * DAY, 5 * DAY, HOUR].map((age) =>
      turnFrom(NOW, aDecision({ at: plus(NOW, -age) }), policy),
    );
    expect(ages).toEqual([...ages].sort());
    expect(new Set(ages.map((turn) => turn.slice(0, 16)))).toEqual(new Set(['2026-11-24T09:00']));
    expect(turnFrom(NOW, aDecision({ reason: 'compromised' }), policy) < OPENS).toBe(true);
  });
});
