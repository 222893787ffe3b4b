import type { Work } from '../proposal/unproved.ts';
import type { Family } from '../usage/usage.ts';
import { byNumber, keyList, type Style } from './style.ts';
import { NONE_KEPT, SEVERAL_KEPT } from './take-over.ts';
import { consumerWords } from './usage.ts';

/** The limits of the event history in a mail. They stand wherever "seen" or "not seen" does. */
const LIMITS = 'CloudTrail does not show S3 reads or assumed roles.';

/** A deactivated key, and if the kept key was seen doing its work. */
type Moved = Pick<Work, 'id' | 'verdict'>;

/** `onlyMissing`: nothing is said unless some consumers are known to be missing. `named`: the most that are named. */
interface Extent {
  readonly onlyMissing: boolean;
  readonly named: number;
}

/**
 * Sentences for a mail about the consumers of deactivated keys that have not been seen with the kept key, one for the keys of which
 * the same is true. `kept`: null if no single key was kept.
 */
export function takeOverInMail(
  moved: readonly Moved[],
  kept: string | null,
  { onlyMissing, named }: Extent,
  style: Style,
): string[] {
  const now = kept === null ? 'any key' : style.key(kept);
  const told = onlyMissing ? moved.filter(isMissing) : moved;
  const rest = told.filter((one) => !isMissing(one));
  const hidden = told.filter(({ verdict }) => verdict.kind === 'partly' && verdict.hidden > 0);
  const families = consumers(told.flatMap(missingOf), named, style);
  const compared = [
    ...about(
      told.filter(isMissing),
      style,
      (ids) => `Seen with ${ids} but not with ${now} since: calls ${families}.`,
    ),
    ...about(
      rest.filter(says('seen')),
      style,
      (ids) => `Everything seen of ${ids} has since been seen with ${now}.`,
    ),
    ...about(hidden, style, () => `Not all of ${byNumber(hidden, 'its', 'their')} uses are known.`),
    ...about(
      rest.filter(says('no-use')),
      style,
      (ids) => `CloudTrail shows no use of ${ids}, so there is nothing to compare with ${now}.`,
    ),
  ];
  const unread = rest.filter(says('unknown'));
  return [
    ...compared,
    ...about(unread, style, (ids) => `It is not known if ${now} does the work of ${ids}.`),
    ...about(rest.filter(says('none-kept')), style, () => NONE_KEPT),
    ...about(rest.filter(says('several-kept')), style, () => SEVERAL_KEPT),
    ...(compared.length === 0 ? [] : [LIMITS]),
  ];
}

/** A sentence about some keys; none about no key. */
function about(some: readonly Moved[], style: Style, sentence: (ids: string) => string): string[] {
  return some.length === 0
    ? []
    : [
        sentence(
          keyList(
            some.map(({ id }) => id),
            style,
          ),
        ),
      ];
}

const missingOf = ({ verdict }: Moved): readonly Family[] => ('missing' in verdict ? verdict.missing : []);
const isMissing = (one: Moved): boolean => missingOf(one).length > 0;

/** For each verdict, the meaning that it has where no consumer is known to be missing. */
const SAYS = {
  'taken-over': 'seen',
  partly: 'seen',
  'not-seen': 'no-use',
  'not-looked-up': 'unknown',
  'none-kept': 'none-kept',
  'several-kept': 'several-kept',
} as const satisfies Record<Work['verdict']['kind'], string>;

function says(meaning: (typeof SAYS)[Work['verdict']['kind']]): (one: Moved) => boolean {
  return ({ verdict }) => SAYS[verdict.kind] === meaning;
}

function consumers(missing: readonly Family[], most: number, style: Style): string {
  const words = [...new Set(missing.map((family) => consumerWords(family, style)))];
  const named = words.slice(0, most);
  const more = words.length - named.length;
  return [...named, ...(more === 0 ? [] : [`and ${more} more`])].join('; ');
}
