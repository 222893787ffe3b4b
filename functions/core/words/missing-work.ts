import type { Case } from '../case/case.ts';
import type { Instant } from '../model/time.ts';
import type { Zone } from '../model/zone.ts';
import type { Evidence } from '../proposal/context.ts';
import { unproved } from '../proposal/unproved.ts';
import type { Style } from './style.ts';
import { takeOverWords } from './take-over.ts';

/**
 * Sentences for whoever confirms a deletion: who used each key before, and was not seen with the kept key since (S14). `named`:
 * the most consumers of a key that are named; a page names all. Empty if nothing is missing. With usage off, one sentence says
 * that nobody looked.
 */
export function missingWork(
  current: Case,
  evidence: Evidence,
  now: Instant,
  zone: Zone,
  style: Style,
  named?: number,
): string[] {
  if (evidence.usage === undefined) {
    return ['The setting usage is off, so Solekey did not check if the kept key does the work.'];
  }
  return unproved(current, evidence).map(({ id, verdict }) => {
    const before = `${style.key(id)} was in use in the 30 days before it was deactivated.`;
    return `${before} ${takeOverWords(verdict, now, zone, style, named)}`;
  });
}
