import type { Case, NoticeKind, Pool } from '../case/case.ts';
import { isForEverybody } from '../case/for-everybody.ts';
import { isQuestion } from '../case/notices.ts';
import { isSuspicious } from '../case/unexpected-creators.ts';
import { onlyObserves, type Scoped } from '../model/only.ts';
import type { Policy } from '../model/policy.ts';
import type { MailClass } from './pace-terms.ts';

export { compromisedActive, tellsOfCompromised } from '../case/for-everybody.ts';

/**
 * The class of a notice that is mailed by itself. Urgent are a key from an unexpected creator, the news that every approver
 * gets, and a case that is held, where a person must act. `privileged`: the user is known to be privileged.
 */
export function mailClass(
  kind: NoticeKind,
  current: Case,
  policy: Pick<Policy, 'trustedCreators'>,
  privileged = false,
): Extract<MailClass, 'ordinary' | 'urgent'> {
  const alarms = isQuestion(kind, current) && isSuspicious(current, policy);
  return alarms || kind === 'held' || isForEverybody(kind, current, privileged) ? 'urgent' : 'ordinary';
}

/** The way of an ordinary notice that is not mailed by itself. Where nothing is changed, once a week is enough. */
export function poolFor(policy: Pick<Policy, 'mode'>, user: Scoped): Extract<Pool, 'new' | 'weekly'> {
  return onlyObserves(policy, user) ? 'weekly' : 'new';
}
