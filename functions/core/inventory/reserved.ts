/** Words for things that are unused on purpose, until they are needed. */
const RARE =
  /\b(dr|disaster([ -]?recovery)?|break[ -]?glass|emergency|contingency|stand-?by|fail-?over|fall-?back|roll-?back|blue[ /-]?green|reserve|spare|seasonal|yearly|annual)\b/i;

/** The things of a user that are for rare use according to tags. The texts of the tags are not in it. */
export interface Reserved {
  /** True if a tag of the user says so. */
  readonly user: boolean;
  /** Ids of the keys whose description says so. The console keeps it in a tag that has the key's id as its name. */
  readonly keys: readonly string[];
}

/** The things that these tags say are for rare use. Null: they were not read, so they say nothing. */
export function reservedIn(tags: Readonly<Record<string, string>> | null): Reserved {
  const rare = Object.entries(tags ?? {}).flatMap(([name, value]) => (RARE.test(value) ? [name] : []));
  return { user: !rare.every(isKeyId), keys: rare.filter(isKeyId).sort() };
}

function isKeyId(name: string): boolean {
  return /^AKIA[A-Z0-9]{12,}$/.test(name);
}
