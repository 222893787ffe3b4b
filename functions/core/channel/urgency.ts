import type { Case, NoticeKind, Pool } from '../case/case.ts';
import { isCompromised } from '../case/decision.ts';
import { isQuestion } from '../case/notices.ts';
import { isSuspicious } from '../case/unexpected-creators.ts';
import { activeKeys } from '../model/compliance.ts';
import { onlyObserves, type Scoped } from '../model/only.ts';
import type { Policy } from '../model/policy.ts';
import type { MailClass } from './pace-terms.ts';

/**
 * The class of a notice that is mailed by itself. Urgent are a key from an unexpected creator, keys deactivated as
 * compromised, one of these that was restored, and a case that is held, where a person must act.
 */
export function mailClass(
  kind: NoticeKind,
  current: Case,
  policy: Pick<Policy, 'trustedCreators'>,
): Extract<MailClass, 'ordinary' | 'urgent'> {
  const alarms = isQuestion(kind, current) && isSuspicious(current, policy);
  return alarms || kind === 'held' || tellsOfCompromised(kind, current) ? 'urgent' : 'ordinary';
}

/** True for the notice that keys were deactivated as compromised, and for the one that such a key was restored. */
export function tellsOfCompromised(kind: NoticeKind, current: Case): boolean {
  if (kind === 'restored') {
    return compromisedActive(current).length > 0;
  }
  const { decision } = current;
  return kind === 'deactivated' && decision !== null && isCompromised(decision);
}

/** The Active keys that a person once decided to deactivate as compromised. */
export function compromisedActive({ keys, compromised = [] }: Pick<Case, 'keys' | 'compromised'>): string[] {
  return activeKeys(keys).flatMap(({ id }) => (compromised.includes(id) ? [id] : []));
}

/** The way of an ordinary notice that is not mailed by itself. Where nothing is changed, once a week is enough. */
export function poolFor(policy: Pick<Policy, 'mode'>, user: Scoped): Extract<Pool, 'new' | 'weekly'> {
  return onlyObserves(policy, user) ? 'weekly' : 'new';
}
