import { ownerTagsIn } from '../model/owners.ts';
import type { Policy } from '../model/policy.ts';
import type { Case } from './case.ts';

/**
 * The owner tags to record with an observation. The field is empty, not gone, after the last tag went, because a
 * history can say what changed, not what went. A tag keeps the fields that only a newer release knows.
 */
export function recordedOwners(
  before: Pick<Case, 'owners'> | null,
  tags: Readonly<Record<string, string>>,
  { ownerTags }: Pick<Policy, 'ownerTags'>,
): Pick<Case, 'owners'> {
  const found = ownerTagsIn(tags, ownerTags);
  const was = before?.owners;
  if (was === undefined && found.length === 0) {
    return {};
  }
  return { owners: found.map((tag) => ({ ...was?.find(({ key }) => key === tag.key), ...tag })) };
}
