import type { Instant } from '../model/time.ts';
import type { Zone } from '../model/zone.ts';
import type { Work } from '../proposal/unproved.ts';
import type { Family } from '../usage/usage.ts';
import type { Style } from './style.ts';
import { calledService, HISTORY_LIMITS, notLookedUpWords, originWords } from './usage.ts';
import { whenUsed } from './words.ts';

/** The verdict where no key was kept, of one key or of several. */
export const NONE_KEPT = 'No key was kept, so nothing can show if something still needs access.';

/** The verdict where an exception left several keys Active. */
export const SEVERAL_KEPT =
  'Several keys stay active, so nothing can show if something still needs access with a deactivated one.';

/** Most missing families that a sentence names, unless a page wants all. */
const MOST_MISSING = 3;

/** The verdict on a take-over, always with what the history cannot show. `named`: the most missing families that are named. */
export function takeOverWords(
  verdict: Work['verdict'],
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
        : `Not seen with the kept key since: ${missingWords(missing, named, now, zone, style)}.${unknown} ${HISTORY_LIMITS}`;
    }
    case 'not-seen':
      return verdict.missing.length === 0
        ? `No use of the deactivated key was seen, so there is nothing to compare. ${HISTORY_LIMITS}`
        : `None of the uses of the deactivated key was seen with the kept key since: ${missingWords(verdict.missing, named, now, zone, style)}. ${HISTORY_LIMITS}`;
    case 'none-kept':
      return NONE_KEPT;
    case 'several-kept':
      return SEVERAL_KEPT;
    case 'not-looked-up':
      return `The event history was ${notLookedUpWords(verdict.why)}, so nobody can say if the kept key does the work.`;
  }
}

function missingWords(
  families: readonly Family[],
  most: number,
  now: Instant,
  zone: Zone,
  style: Style,
): string {
  const named = families.slice(0, most).map((family) => {
    return `${originWords(family, style)}, ${calledService(family)}, last ${whenUsed(family.last, now, zone)}`;
  });
  const more = families.length - named.length;
  return [...named, ...(more === 0 ? [] : [`${more} more`])].join('; ');
}
