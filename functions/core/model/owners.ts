/** A tag of an IAM user that says who is responsible for them. Other people wrote it: it is evidence, never authority (S15). */
export interface OwnerTag {
  readonly key: string;
  readonly value: string;
}

/** The keys of such tags unless the settings name others, in the order in which they are believed. */
export const OWNER_TAGS: readonly string[] = ['Owner', 'Team', 'Application'];

/** Maximum number of keys that the settings can name, and so of tags that are stored with a case. */
export const MOST_OWNER_TAGS = 10;

/** IAM's limits, in characters. */
export const LONGEST_TAG = { key: 128, value: 256 } as const;

/**
 * The tags of a user with one of these keys, in the order of the keys. IAM compares keys without regard to case. Tags
 * without text are left out, and so are longer ones than IAM accepts: cut in two, an address is another address.
 */
export function ownerTagsIn(tags: Readonly<Record<string, string>>, wanted: readonly string[]): OwnerTag[] {
  const entries = Object.entries(tags).filter(([key, value]) => value.trim() !== '' && fits(key, value));
  const keys = [...new Set(wanted.map((key) => key.toLowerCase()))];
  return keys
    .flatMap((wantedKey) => entries.filter(([key]) => key.toLowerCase() === wantedKey))
    .map(([key, value]) => ({ key, value }))
    .slice(0, MOST_OWNER_TAGS);
}

function fits(key: string, value: string): boolean {
  return [...key].length <= LONGEST_TAG.key && [...value].length <= LONGEST_TAG.value;
}

/** The owner according to the tag that is believed first; null without such a tag, or if tags were not read (null). */
export function ownerOf(
  tags: Readonly<Record<string, string>> | null,
  wanted: readonly string[] = OWNER_TAGS,
): string | null {
  return ownerTagsIn(tags ?? {}, wanted)[0]?.value ?? null;
}
