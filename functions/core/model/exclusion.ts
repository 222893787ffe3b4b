import type { SeenUser } from './observation.ts';
import type { ExclusionRule } from './policy.ts';

/** Whether a glob matches all of a text: `*` is any run of characters, `?` exactly one, as in an IAM policy resource. */
export function globMatches(glob: string, text: string): boolean {
  const pattern = [...glob]
    .map((c) => (c === '*' ? '.*' : c === '?' ? '.' : c.replace(/[.+^${}()|[\]\\]/g, '\\$&')))
    .join('');
  return new RegExp(`^${pattern}$`, 's').test(text);
}

/**
 * *Exclusion*: a user never changed, but seen. A glob is held against the name and against every tail of
 * `path/name`, which is what `user/<glob>` and `user/<path>/<glob>` mean in the policy's Deny. Case counts, as in IAM's ARNs.
 */
export function isExcluded(user: Pick<SeenUser, 'userName' | 'path' | 'tags'>, rule: ExclusionRule): boolean {
  if (rule.tag !== null && hasTag(user.tags, rule.tag)) {
    return true;
  }
  const full = `${user.path.slice(1)}${user.userName}`;
  return rule.users.some((glob) => globMatches(glob, full) || globMatches(`*/${glob}`, full));
}

/** IAM compares the key of a tag without case and its value with case (the same in `aws:ResourceTag/key` conditions). */
function hasTag(
  tags: Readonly<Record<string, string>>,
  { key, value }: { readonly key: string; readonly value: string },
): boolean {
  return Object.entries(tags).some(
    ([name, held]) => name.toLowerCase() === key.toLowerCase() && held === value,
  );
}
