import type { Instant } from '../model/time.ts';
import type { Zone } from '../model/zone.ts';
import type { TakeOver } from '../usage/take-over.ts';
import type { Family } from '../usage/usage.ts';
import type { Style } from './style.ts';
import { calledService, HISTORY_LIMITS, notLookedUpWords, originWords } from './usage.ts';
import { whenUsed } from './words.ts';

/** Most missing families that a sentence names, unless a page wants all. */
const MOST_MISSING = 3;

/** The verdict on a take-over, always with what the history cannot show. `named`: the most missing families that are named. */
export function takeOverWords(
  verdict: TakeOver,
  now: Instant,
  zone: Zone,
  style: Style,
  named = MOST_MISSING,
): string {
  switch (verdict.kind) {
    case 'taken-over':
      return `Every use seen of the deactivated key was seen with the kept key since. ${HISTORY_LIMITS}`;
    case 'partly': {
      const { missing, hidden } = verdict;
      const unknown = hidden === 0 ? '' : ' Not all of its uses are known.';
      return missing.length === 0
        ? `The uses seen of the deactivated key were seen with the kept key since.${unknown} ${HISTORY_LIMITS}`
        : `Not seen with the kept key since: ${missingWords(missing.slice(0, named), missing.length, now, zone, style)}.${unknown} ${HISTORY_LIMITS}`;
    }
    case 'not-seen':
      return verdict.missing.length === 0
        ? `No use of the deactivated key was seen, so there is nothing to compare. ${HISTORY_LIMITS}`
        : `None of the uses of the deactivated key was seen with the kept key since: ${missingWords(verdict.missing.slice(0, named), verdict.missing.length, now, zone, style)}. ${HISTORY_LIMITS}`;
    case 'not-looked-up':
      return `The event history was ${notLookedUpWords(verdict.why)}, so nobody can say if the kept key does the work.`;
  }
}

function missingWords(
  families: readonly Family[],
  count: number,
  now: Instant,
  zone: Zone,
  style: Style,
): string {
  const named = families.map((family) => {
    return `${originWords(family, style)}, ${calledService(family)}, last ${whenUsed(family.last, now, zone)}`;
  });
  const more = count - named.length;
  return [...named, ...(more === 0 ? [] : [`${more} more`])].join('; ');
}
