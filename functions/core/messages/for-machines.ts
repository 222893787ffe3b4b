import type { Case } from '../case/case.ts';
import { keptBy } from '../case/decision.ts';
import { exposedHow, NOTHING_EXPOSED } from '../case/exposure.ts';
import { unexpectedCreators } from '../case/unexpected-creators.ts';
import { type KeyStatus, lastFour } from '../model/observation.ts';
import type { Policy } from '../model/policy.ts';
import type { Instant } from '../model/time.ts';

/** A key as machines are told of it, by its last four characters. */
export interface KeyForMachines {
  readonly endsIn: string;
  readonly status: KeyStatus;
  /** The creator according to CloudTrail, such as `role/deployer`; null if it is not known. */
  readonly createdBy: string | null;
  readonly unexpectedCreator: boolean;
  /** True if AWS reported the key as exposed, or quarantined its user for a key that is not known. */
  readonly exposed: boolean;
  /** End of the grace period; null if it has none. */
  readonly graceEnds: Instant | null;
  /** When the key was seen deleted; null if it was not. */
  readonly deleted: Instant | null;
}

/** A decision as machines are told of it. `by` is the id of an approver. */
export interface DecisionForMachines {
  readonly by: string;
  readonly at: Instant;
  /** The key that is kept; null if the decision keeps none. */
  readonly keepEndsIn: string | null;
  /** The confirmation of the deletion; null if there is none. */
  readonly confirmed: { readonly by: string; readonly at: Instant } | null;
}

/** The user's keys, without a full key id. */
export function keysForMachines(current: Case, policy: Policy): readonly KeyForMachines[] {
  const unexpected = unexpectedCreators(current, policy);
  const { exposed = NOTHING_EXPOSED } = current;
  return current.keys.map((key) => {
    const { graceEnds, deleted } = current.progress[key.id] ?? {};
    return {
      endsIn: lastFour(key.id),
      status: key.status,
      createdBy: current.origins[key.id]?.createdBy ?? null,
      unexpectedCreator: key.id in unexpected,
      exposed: exposedHow(exposed, key) !== null,
      graceEnds: graceEnds ?? null,
      deleted: deleted ?? null,
    };
  });
}

/** The decision without marks of addresses and proofs; null if there is none. */
export function decisionForMachines({ decision }: Pick<Case, 'decision'>): DecisionForMachines | null {
  if (decision === null) {
    return null;
  }
  const { by, at, confirmed } = decision;
  const keep = keptBy(decision);
  return {
    by,
    at,
    keepEndsIn: keep === null ? null : lastFour(keep),
    confirmed: confirmed === null ? null : { by: confirmed.by, at: confirmed.at },
  };
}
