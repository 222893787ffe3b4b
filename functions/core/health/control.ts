import { sameValue } from '../model/digest.ts';
import type { ControlReading } from './readings.ts';

/**
 * One sentence if the control item is not what the last entry of its ledger left; null if it is. An item that was
 * never written by a release with a ledger has nothing to be compared with.
 */
export function controlProblem({ content, last }: ControlReading): string | null {
  const noted = content?.entry;
  if (last === null) {
    return noted === undefined
      ? null
      : 'The control item names an entry of its ledger, and there is no ledger: somebody deleted it.';
  }
  return content !== null && noted === last.number && sameValue(content, last.after)
    ? null
    : 'The control item (pauses, revoked approvers) is not what its ledger says: somebody changed it by hand.';
}
