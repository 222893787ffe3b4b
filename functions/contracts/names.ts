/**
 * Names that a later release writes, and what this one calls the same. Both are read, the old one is written: so the release
 * before can be brought back at any time. Where both stand, the new name is the one that was written last.
 */
const CASE_NAMES = { questionNumber: 'asking', reopenedBecause: 'askedAgain' } as const;

/** The same for the hidden field of every form: the digest of the page it stands on. */
const FORM_NAMES = { digest: 'facts' } as const;

/** The same for a wake: how often it was sent on. */
const WAKE_NAMES = { attempt: 'look' } as const;

/** A stored case, or the changes in a history entry, under the names of this release. */
export const presentNames = <T>(content: T): T => renamed(content, CASE_NAMES);

/** The fields of a posted form under the names of this release. */
export const formNames = <T>(fields: T): T => renamed(fields, FORM_NAMES);

/** A wake from the queue under the names that release 0.1.0 writes. */
export const wakeNames = <T>(wake: T): T => renamed(wake, WAKE_NAMES);

function renamed<T>(content: T, names: Readonly<Record<string, string>>): T {
  if (
    typeof content !== 'object' ||
    content === null ||
    !Object.keys(names).some((name) => name in content)
  ) {
    return content;
  }
  const later = Object.entries(content).filter(([name]) => name in names);
  const rest = Object.entries(content).filter(([name]) => !(name in names));
  return Object.fromEntries([...rest, ...later.map(([name, value]) => [names[name], value])]) as T;
}
