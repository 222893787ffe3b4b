import { activeKeys } from '../model/compliance.ts';
import type { Case, NoticeKind } from './case.ts';
import { isCompromised } from './decision.ts';

/** The Active keys that a person once decided to deactivate as compromised. */
export function compromisedActive({ keys, compromised = [] }: Pick<Case, 'keys' | 'compromised'>): string[] {
  return activeKeys(keys).flatMap(({ id }) => (compromised.includes(id) ? [id] : []));
}

/** True for the notice that keys were deactivated as compromised, and for the one that such a key was restored. */
export function tellsOfCompromised(kind: NoticeKind, current: Case): boolean {
  if (kind === 'restored') {
    return compromisedActive(current).length > 0;
  }
  const { decision } = current;
  return kind === 'deactivated' && decision !== null && isCompromised(decision);
}

/** The notices that tell of a decision: what was deactivated, or until when keys are left as they are. */
const TELLS_OF_A_DECISION: readonly NoticeKind[] = ['deactivated', 'exception-ending'];

/** True for a notice of a decision that keeps a key which its author created. */
export function tellsOfSelfApproval(kind: NoticeKind, { decision }: Case): boolean {
  return TELLS_OF_A_DECISION.includes(kind) && decision?.selfApproved === true;
}

/**
 * True for the news that every approver gets at once, whatever `mail` says, so that others can check what one person decided:
 * about compromised keys, about a key that its creator kept, and about a privileged user.
 */
export function isForEverybody(kind: NoticeKind, current: Case, privileged: boolean): boolean {
  return (
    tellsOfCompromised(kind, current) ||
    tellsOfSelfApproval(kind, current) ||
    (TELLS_OF_A_DECISION.includes(kind) && privileged)
  );
}
