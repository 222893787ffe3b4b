/**
 * Fields that a later release renames. Both names are read and the old one is written, so that a deployment can be
 * rolled back at any time. If both are present, the new name was written last.
 */
const CASE_NAMES = { questionNumber: 'asking', reopenedBecause: 'askedAgain' } as const;

/** The renamed hidden field of every form: the digest of its page. */
const FORM_NAMES = { digest: 'facts' } as const;

/** The renamed field of a wake: the number of times it was sent again. */
const WAKE_NAMES = { attempt: 'look' } as const;

/** A stored case, or the changes in a history entry, with the field names of this release. */
export const presentNames = <T>(content: T): T => renamed(content, CASE_NAMES);

/** The fields of a posted form with the names of this release. */
export const formNames = <T>(fields: T): T => renamed(fields, FORM_NAMES);

/** A wake from the queue with the field names of release 0.1.0. */
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
