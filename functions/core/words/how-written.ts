import { list } from './words.ts';

/** The signs that `unlinked` writes, by name. */
const SIGNS = { '[.]': 'a dot', '[@]': 'an at sign', '[//]': 'two slashes' } as const;

/**
 * The sentences that a mail has once if it contains a text written by `unlinked`: `[.] stands for a dot, so that no name
 * or address becomes a link.` None if it does not.
 */
export function howWritten(mail: string, hasPage: boolean): string[] {
  const used = Object.entries(SIGNS).filter(([sign]) => mail.includes(sign));
  if (used.length === 0) {
    return [];
  }
  const signs = used.map(([sign, name], index) => `${sign}${index === 0 ? ' stands' : ''} for ${name}`);
  const why = `${list(signs)}, so that no name or address becomes a link.`;
  return hasPage ? [why, 'The page shows them unchanged.'] : [why];
}
