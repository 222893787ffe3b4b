import type { Case } from '../case/case.ts';
import { exposedKeys } from '../case/exposure.ts';
import { unexpectedCreators } from '../case/unexpected-creators.ts';
import { activeKeys } from '../model/compliance.ts';
import type { ObservedKey } from '../model/observation.ts';
import type { Policy } from '../model/policy.ts';
import { byNumber } from '../words/style.ts';

/** Active keys with the same alarm, and what it says of them. */
export interface Alarm {
  readonly keys: readonly ObservedKey[];
  readonly words: string;
}

/**
 * The alarms about the Active keys of a user, the most serious first; each key is in one of them. They do not name the creator
 * of a key, because somebody else chose that text, and tell no reason that a person gave.
 */
export function alarmsAbout(
  keys: readonly ObservedKey[],
  current: Case | null,
  policy: Pick<Policy, 'trustedCreators'>,
): Alarm[] {
  if (current === null) {
    return [];
  }
  const exposed = exposedKeys({ ...current, keys });
  const created = unexpectedCreators({ ...current, keys }, policy);
  const active = activeKeys(keys);
  return [
    alarm(
      active.filter(({ id }) => id in exposed),
      'may be exposed, according to AWS',
      'may be exposed, according to AWS',
    ),
    alarm(
      active.filter(({ id }) => id in created && !(id in exposed)),
      'was created by an unexpected creator',
      'were created by unexpected creators',
    ),
  ].filter(({ keys: about }) => about.length > 0);
}

function alarm(keys: readonly ObservedKey[], one: string, more: string): Alarm {
  return { keys, words: byNumber(keys, one, more) };
}
