import type { ClockTime } from '../core/model/zone.ts';

/** The time of day that a setting names as `HH:MM`. Only its format must have been checked. */
export function clockTime(text: string): ClockTime {
  const [hour = 0, minute = 0] = text.split(':').map(Number);
  return { hour, minute };
}
