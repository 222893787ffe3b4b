/** Evidence about single keys, by key id. */

/**
 * Maximum number of keys with evidence that no observation shows, which is more keys than any user has. Otherwise
 * somebody who keeps creating and deleting keys of a user that cannot be read would fill the item.
 */
const UNSEEN_KEPT = 20;

/** Only the evidence about these keys, so that it does not grow when somebody keeps creating and deleting keys. */
export function ofThese<One>(
  keys: readonly { readonly id: string }[],
  all: Readonly<Record<string, One>>,
): Readonly<Record<string, One>> {
  return Object.fromEntries(Object.entries(all).filter(([id]) => keys.some((key) => key.id === id)));
}

/** The evidence about these keys, and the latest about a limited number of others, which IAM may not show yet. */
export function withFewOthers<One>(
  keys: readonly { readonly id: string }[],
  all: Readonly<Record<string, One>>,
): Readonly<Record<string, One>> {
  const seen = ofThese(keys, all);
  const others = Object.entries(all).filter(([id]) => !(id in seen));
  return { ...seen, ...Object.fromEntries(others.slice(-UNSEEN_KEPT)) };
}
