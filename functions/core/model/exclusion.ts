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
export function matchesRule(user: NamedUser, rule: UserRule): boolean {
  return (rule.tag !== null && hasTag(user.tags, rule.tag)) || globFor(user, rule) !== undefined;
}

/** The first glob of a rule that a user's name or path matches. */
function globFor({ userName, path }: Omit<NamedUser, 'tags'>, { users }: UserRule): string | undefined {
  const full = `${path.slice(1)}${userName}`;
  return users.find((glob) => globMatches(glob, full) || globMatches(`*/${glob}`, full));
}

/** The part of a rule by which a user is excluded, as the settings have it. */
export type ExcludedBy =
  | { readonly by: 'name'; readonly glob: string }
  | { readonly by: 'tag'; readonly key: string };

/**
 * The part of a rule by which a user is excluded; null if neither applies. A name comes first: it says more than a tag, which
 * anybody who can tag users may have set.
 */
export function excludedBy(user: NamedUser, rule: UserRule): ExcludedBy | null {
  return matchesRule(user, rule) ? excludedAs(user, rule) : null;
}

/**
 * The same for a user who is known to be excluded, without tags: by the tag if not by the name. A record does not say which part
 * it was. Null if the rule does not apply any more.
 */
export function excludedAs(user: Omit<NamedUser, 'tags'>, rule: UserRule): ExcludedBy | null {
  const glob = globFor(user, rule);
  if (glob !== undefined) {
    return { by: 'name', glob };
  }
  return rule.tag === null ? null : { by: 'tag', key: rule.tag.key };
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
