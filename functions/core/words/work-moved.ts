import { type Case, keysOff } from '../case/case.ts';
import type { Instant } from '../model/time.ts';
import type { Zone } from '../model/zone.ts';
import { type Evidence, usageOf } from '../proposal/context.ts';
import { takeOver } from '../usage/take-over.ts';
import type { Style } from './style.ts';
import { takeOverWords } from './take-over.ts';

/**
 * A sentence or more for each key that we deactivated: if its work was seen with the kept key since. Nothing if usage is
 * off, or if no key was kept.
 */
export function workMoved(
  current: Case,
  { usage }: Evidence,
  now: Instant,
  zone: Zone,
  style: Style,
): string[] {
  const keep = current.decision?.keep;
  if (usage === undefined || keep === undefined) {
    return [];
  }
  const off = keysOff(current);
  return off.map(({ id, since }) => {
    const words = takeOverWords(takeOver(usageOf(usage, id), usageOf(usage, keep), since), now, zone, style);
    return off.length === 1 ? words : `${style.key(id)}: ${words}`;
  });
}
