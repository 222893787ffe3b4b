import type { SeenUser } from './observation.ts';
import type { UserRule } from './policy.ts';

/** The data about a user that a rule needs. */
export type NamedUser = Pick<SeenUser, 'userName' | 'path' | 'tags'>;

/**
 * True if a glob matches the whole text: `*` is any number of characters, `?` exactly one, as in an IAM policy's
 * resource.
 */
export function globMatches(glob: string, text: string): boolean {
  return globPattern(glob).test(text);
}

/** A glob as a regular expression for the whole text, for a glob that is compared with many texts. */
export function globPattern(glob: string): RegExp {
  const pattern = [...glob]
    .map((c) => (c === '*' ? '.*' : c === '?' ? '.' : c.replace(/[.+^${}()|[\]\\]/g, '\\$&')))
    .join('');
  return new RegExp(`^${pattern}$`, 's');
}

/**
 * *Exclusion*: a user who is never changed, but still seen. A glob is compared with the name and with every tail of
 * `path/name`, just as `user/<glob>` and `user/<path>/<glob>` in the policy's Deny. Case matters, as in IAM's ARNs.
 */
export function isExcluded(user: NamedUser, rule: UserRule): boolean {
  return matchesRule(user, rule);
}

/** True if the user has the tag of a rule or matches one of its globs. */
export function matchesRule({ userName, path, tags }: NamedUser, { tag, users }: UserRule): boolean {
  if (tag !== null && hasTag(tags, tag)) {
    return true;
  }
  const full = `${path.slice(1)}${userName}`;
  return users.some((glob) => globMatches(glob, full) || globMatches(`*/${glob}`, full));
}

/**
 * True if the user has this tag. IAM compares a tag's key without regard to case and its value with (also in
 * `aws:ResourceTag/key` conditions; fact tag-keys).
 */
function hasTag(
  tags: Readonly<Record<string, string>>,
  { key, value }: { readonly key: string; readonly value: string },
): boolean {
  return Object.entries(tags).some(
    ([name, held]) => name.toLowerCase() === key.toLowerCase() && held === value,
  );
}
