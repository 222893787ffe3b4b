import type { Case } from '../case/case.ts';
import { waitsForWindow } from '../case/waiting.ts';
import type { Control, Policy } from '../model/policy.ts';
import { type Instant, weekdayOf } from '../model/time.ts';
import type { Zone } from '../model/zone.ts';
import { clock, dayAndMonth } from './words.ts';

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** The time at which the change window opens, days away at most: `Tue 24 Nov, 09:00 UTC (10:00 in Europe/Berlin)`. */
export function openingWords(opens: Instant, zone: Zone): string {
  return `${DAYS[weekdayOf(opens)]} ${dayAndMonth(opens)}, ${clock(opens, zone)}`;
}

/** The wait of a change as part of a sentence: `waits for the change window: Tue 24 Nov, 09:00 UTC`. */
export function waitsForOpening(opens: Instant, zone: Zone): string {
  return `waits for the change window: ${openingWords(opens, zone)}`;
}

/** The wait of the next change of a case for the change window, in the same words; null if it does not wait for it. */
export function waitsUntil(current: Case, policy: Policy, control: Control, now: Instant): string | null {
  const opens = waitsForWindow(current, policy, control, now);
  return opens === null ? null : waitsForOpening(opens, policy.digest.zone);
}

/** A sentence about decisions that are made while the window is closed. The exception is one that is urgent. */
export function outsideWindow(opens: Instant, zone: Zone): string {
  return `No key is deactivated or deleted before the change window opens on ${openingWords(opens, zone)}, unless the reason is “compromised”. Decisions are recorded, and reactivating keys works at any time.`;
}
