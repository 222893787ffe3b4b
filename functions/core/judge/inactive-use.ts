import type { Case } from '../case/case.ts';
import type { Decision } from '../case/decision.ts';
import { ECHO } from '../case/deletion.ts';
import { knownUse, type ObservedKey } from '../model/observation.ts';
import { type Instant, latest, plus } from '../model/time.ts';
import { inPhase, telling, voided } from './draft.ts';
import type { Draft, Ending, Seen } from './situation.ts';

/** True if it is not known when the key was last used. */
export function isUnread({ keys }: Case, keyId: string): boolean {
  return keys.some(({ id, lastUsed }) => id === keyId && lastUsed.kind === 'not-read');
}

/**
 * S6: true if a key was used after its deactivation (and `ECHO`). It is not deleted, unless the person who decided
 * was shown that use.
 */
export function usedAfterwards(
  current: Case,
  keyId: string,
  deactivated: Instant | undefined,
  decision: Decision,
): boolean {
  const key: ObservedKey | undefined = current.keys.find((candidate) => candidate.id === keyId);
  const used = key === undefined ? null : knownUse(key.lastUsed);
  if (used === null || deactivated === undefined) {
    return false;
  }
  return used > latest(plus(deactivated, ECHO), decision.shownUse[keyId] ?? '');
}

/** The hold for a key that was used after its deactivation: nothing is deleted, and people decide anew. */
export function heldForUse(situation: Seen, draft: Draft, keyId: string): Ending {
  const asked = voided(draft, { code: 'in-use', keyId });
  const turned = inPhase(asked, 'held', situation.now, { heldFor: 'used-after-deactivation' });
  return { go: 'end', rule: 'carry-on', draft: telling(turned, situation, 'held') };
}
