import type { KeyDifference } from '../case/facts.ts';
import { activeKeys } from '../model/compliance.ts';
import type { KeyStatus, ObservedKey } from '../model/observation.ts';
import type { Style } from './style.ts';

/** The status of a key in AWS's own words. */
export const STATUS: Readonly<Record<KeyStatus, string>> = {
  Active: 'active',
  Inactive: 'inactive',
  Expired: 'expired',
};

/** `no active access key`, `1 active access key`, `2 active access keys`. */
export function activeCount(keys: readonly ObservedKey[]): string {
  const count = activeKeys(keys).length;
  return `${count === 0 ? 'no' : count} active access key${count < 2 ? '' : 's'}`;
}

/** One sentence for each key that changed between two listings. */
export function differenceSentences(differences: readonly KeyDifference[], { key }: Style): string[] {
  return differences.map(({ keyId, was, now }) => {
    if (now === null) {
      return `${key(keyId)} no longer exists.`;
    }
    return was === null
      ? `${key(keyId)} is new and ${STATUS[now]}.`
      : `${key(keyId)} was ${STATUS[was]} and is now ${STATUS[now]}.`;
  });
}
