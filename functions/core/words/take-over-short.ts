import type { TakeOver } from '../usage/take-over.ts';
import type { Family } from '../usage/usage.ts';
import type { Style } from './style.ts';
import { consumerWords } from './usage.ts';

/** Most missing consumers that a mail names. */
const MOST_MISSING = 2;

/** The limits of the event history in a mail. They stand wherever "seen" or "not seen" does. */
const LIMITS = 'CloudTrail does not show S3 reads or work through assumed roles.';

/**
 * Sentences for a mail about the consumers of a deactivated key that have not been seen with the kept key. `onlyMissing`: nothing
 * is said unless some are known to be missing.
 */
export function takeOverInMail(
  verdict: TakeOver,
  { off, kept }: { readonly off: string; readonly kept: string },
  onlyMissing: boolean,
  style: Style,
): string[] {
  const [was, now] = [style.key(off), style.key(kept)];
  const missing = 'missing' in verdict ? verdict.missing : [];
  const hidden = verdict.kind === 'partly' && verdict.hidden > 0 ? ['Not all of its uses are known.'] : [];
  if (missing.length > 0) {
    return [
      `Seen with ${was} but not with ${now} since: calls ${consumers(missing, style)}.`,
      ...hidden,
      LIMITS,
    ];
  }
  if (onlyMissing) {
    return [];
  }
  switch (verdict.kind) {
    case 'taken-over':
    case 'partly':
      return [`Everything seen of ${was} has since been seen with ${now}.`, ...hidden, LIMITS];
    case 'not-seen':
      return [`CloudTrail shows no use of ${was}, so there is nothing to compare with ${now}.`, LIMITS];
    case 'not-looked-up':
      return [`It is not known who used ${was}.`];
  }
}

function consumers(missing: readonly Family[], style: Style): string {
  const words = [...new Set(missing.map((family) => consumerWords(family, style)))];
  const named = words.slice(0, MOST_MISSING);
  const more = words.length - named.length;
  return [...named, ...(more === 0 ? [] : [`and ${more} more`])].join('; ');
}
