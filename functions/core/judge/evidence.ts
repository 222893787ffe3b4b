import { ofThese, withFewOthers } from '../case/by-key.ts';
import { type Case, isOpen } from '../case/case.ts';
import {
  type Exposed,
  isNothing,
  mergedExposure,
  NOTHING_EXPOSED,
  withFewOtherKeys,
} from '../case/exposure.ts';
import type { HistoryEvent } from '../case/history.ts';
import { withOrigin } from '../case/origins.ts';
import { isExpected, isSuspicious } from '../case/unexpected-creators.ts';
import { sameValue } from '../model/digest.ts';
import type { Policy } from '../model/policy.ts';
import type { Situation } from './situation.ts';

/** The stored data of a user after a pass: the case, and beside it the creators of keys and those that AWS called exposed. */
interface After {
  readonly case: Case | null;
  readonly evidence: Case['origins'];
  readonly exposed?: Exposed;
}

/** Evidence to store beside a case: the parts that are new. */
export interface ToKeep {
  readonly origins?: Case['origins'];
  readonly exposed?: Exposed;
}

/** True if an unexpected creator is known of some key of the user, or an exposed key, so that a new case would be told at once. */
export function isAlarming(
  { origin, evidence, exposed }: Pick<Situation, 'origin' | 'evidence' | 'exposed'>,
  userName: string,
  policy: Pick<Policy, 'trustedCreators'>,
): boolean {
  if (exposed !== undefined && !isNothing(exposed)) {
    return true;
  }
  const creators = [...Object.values(evidence), ...(origin === null ? [] : [origin])];
  return creators.some(({ createdBy }) => !isExpected(createdBy, userName, policy));
}

/**
 * Evidence to store for a user without an open case; null if there is nothing new. Of the creators only evidence that would
 * make a case urgent is stored: an unexpected creator may make a key while the user's other key is inactive, and
 * reactivate that one later. That AWS called a key exposed is always stored: a second key may come any time.
 */
export function evidenceToKeep(situation: Situation, after: After): ToKeep | null {
  const { observed, origin, evidence, policy } = situation;
  if (isOpen(after.case) || observed.kind !== 'user') {
    return null;
  }
  const { keys, userName } = observed;
  const origins = ofThese(keys, withOrigin({ userName, origins: evidence }, origin, policy));
  const fresh = Object.entries(origins).filter(([id, one]) => !sameValue(one, after.evidence[id]));
  const alarms = isSuspicious({ userName, keys, origins: Object.fromEntries(fresh) }, policy);
  return parts(alarms ? { origins } : {}, exposureBeside(situation, after, keys));
}

/**
 * Evidence to store before a pass that must wait hands over to a later one; null if the case has what this event says, or it
 * says nothing. The later pass is woken by a message that cannot say it again.
 */
export function evidenceToHandOn(situation: Situation, after: After): ToKeep | null {
  const { case: current } = after;
  const keys = current?.keys ?? [];
  const recorded = isOpen(current) ? current.exposed : undefined;
  const exposed = sameValue(mergedExposure(recorded, situation.exposed), recorded ?? NOTHING_EXPOSED)
    ? {}
    : exposureBeside(situation, after, keys);
  return parts(originsToHandOn(situation, after), exposed);
}

function originsToHandOn(
  { observed, origin, policy }: Situation,
  { case: current, evidence }: After,
): Pick<ToKeep, 'origins'> {
  if (origin === null || (isOpen(current) && current.origins[origin.keyId] !== undefined)) {
    return {};
  }
  const userName = (observed.kind === 'user' ? observed.userName : current?.userName) ?? '';
  const origins = withOrigin({ userName, origins: evidence }, origin, policy);
  return sameValue(origins, evidence) ? {} : { origins: withFewOthers(current?.keys ?? [], origins) };
}

/** The exposure to store beside the case, with what is there already; nothing if it is the same. */
function exposureBeside(
  { exposed }: Situation,
  { exposed: kept = NOTHING_EXPOSED }: After,
  keys: readonly { readonly id: string }[],
): Pick<ToKeep, 'exposed'> {
  const all = withFewOtherKeys(keys, mergedExposure(kept, exposed));
  return sameValue(all, kept) ? {} : { exposed: all };
}

function parts(...all: readonly ToKeep[]): ToKeep | null {
  const together: ToKeep = Object.assign({}, ...all);
  return Object.keys(together).length === 0 ? null : together;
}

/** The events of a history entry that records more exposure than the one before. */
export function exposureEvents(
  before: Exposed | undefined = NOTHING_EXPOSED,
  after: Exposed | undefined = NOTHING_EXPOSED,
): HistoryEvent[] {
  const named = Object.keys(after.keys).filter((id) => !(id in before.keys));
  return [
    ...named.map((keyId): HistoryEvent => ({ code: 'exposed', keyId })),
    ...(sameValue(before.quarantined, after.quarantined) ? [] : [{ code: 'quarantined' as const }]),
  ];
}
