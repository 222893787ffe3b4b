import type { ObservedKey } from '../model/observation.ts';
import type { Weighed } from './reason.ts';

/** Words for things that are unused on purpose, until they are needed. */
const RARE =
  /\b(dr|disaster([ -]?recovery)?|break[ -]?glass|emergency|contingency|stand-?by|fail-?over|fall-?back|roll-?back|blue[ /-]?green|reserve|spare|seasonal|yearly|annual)\b/i;

/**
 * Doubts from tags of the user, and from descriptions of the other keys, which the console keeps in tags that have the
 * key's id as their name. They say nothing of whoever wrote them, so all they can do is to have the owner asked.
 */
export function doubtsFromTags(
  others: readonly ObservedKey[],
  tags: Readonly<Record<string, string>> = {},
): Weighed[] {
  const about = Object.entries(tags).filter(([, value]) => RARE.test(value));
  return others
    .filter(({ id }) => about.some(([name]) => name === id || !isKeyId(name)))
    .map(({ id: keyId }) => ({ reason: { code: 'in-reserve', keyId }, confidence: 'low' }));
}

function isKeyId(name: string): boolean {
  return /^AKIA[A-Z0-9]{12,}$/.test(name);
}
