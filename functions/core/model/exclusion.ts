import type { SeenUser } from './observation.ts';
import type { ExclusionRule } from './policy.ts';

/**
 * True if a glob matches the whole text: `*` is any number of characters, `?` exactly one, as in an IAM policy's
 * resource.
 */
export function globMatches(glob: string, text: string): boolean {
  const pattern = [...glob]
    .map((c) => (c === '*' ? '.*' : c === '?' ? '.' : c.replace(/[.+^${}()|[\]\\]/g, '\\$&')))
    .join('');
  return new RegExp(`^${pattern}$`, 's').test(text);
}

/**
 * *Exclusion*: a user who is never changed, but still seen. A glob is compared with the name and with every tail of
 * `path/name`, just as `user/<glob>` and `user/<path>/<glob>` in the policy's Deny. Case matters, as in IAM's ARNs.
 */
export function isExcluded(user: Pick<SeenUser, 'userName' | 'path' | 'tags'>, rule: ExclusionRule): boolean {
  if (rule.tag !== null && hasTag(user.tags, rule.tag)) {
    return true;
  }
  const full = `${user.path.slice(1)}${user.userName}`;
  return rule.users.some((glob) => globMatches(glob, full) || globMatches(`*/${glob}`, full));
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
