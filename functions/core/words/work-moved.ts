import type { Case } from '../case/case.ts';
import type { Instant } from '../model/time.ts';
import type { Zone } from '../model/zone.ts';
import type { Evidence } from '../proposal/context.ts';
import { verdicts } from '../proposal/unproved.ts';
import type { Style } from './style.ts';
import { NONE_KEPT, SEVERAL_KEPT, takeOverWords } from './take-over.ts';

/**
 * A sentence or more for each key that we deactivated: if its work was seen with the kept key since. Nothing if usage is
 * off, or if nobody decided.
 */
export function workMoved(
  current: Case,
  evidence: Evidence,
  now: Instant,
  zone: Zone,
  style: Style,
): string[] {
  const work = verdicts(current, evidence);
  if (work.some(({ verdict }) => verdict.kind === 'none-kept')) {
    return [NONE_KEPT];
  }
  if (work.some(({ verdict }) => verdict.kind === 'several-kept')) {
    return [SEVERAL_KEPT];
  }
  return work.map(({ id, verdict }) => {
    const words = takeOverWords(verdict, now, zone, style);
    return work.length === 1 ? words : `${style.key(id)}: ${words}`;
  });
}
