import { type Case, keysOff } from '../case/case.ts';
import { keptBy } from '../case/decision.ts';
import type { Instant } from '../model/time.ts';
import type { Zone } from '../model/zone.ts';
import { type Evidence, usageOf } from '../proposal/context.ts';
import { takeOver } from '../usage/take-over.ts';
import { byNumber, type Style } from './style.ts';
import { takeOverWords } from './take-over.ts';

/**
 * A sentence or more for each key that we deactivated: if its work was seen with the kept key since. Nothing if usage is
 * off, or if nobody decided.
 */
export function workMoved(
  current: Case,
  { usage }: Evidence,
  now: Instant,
  zone: Zone,
  style: Style,
): string[] {
  const { decision } = current;
  const off = keysOff(current);
  if (usage === undefined || decision === null || off.length === 0) {
    return [];
  }
  const keep = keptBy(decision);
  if (keep === null) {
    const them = byNumber(off, 'this key', 'these keys');
    return [`No key was kept, so nothing can show if something still needs ${them}.`];
  }
  return off.map(({ id, since }) => {
    const words = takeOverWords(takeOver(usageOf(usage, id), usageOf(usage, keep), since), now, zone, style);
    return off.length === 1 ? words : `${style.key(id)}: ${words}`;
  });
}
