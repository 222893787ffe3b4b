/** The approvers to whom notices go, by the setting `approvers[].mail` (ADR 035). */
import { activeKeys } from '../model/compliance.ts';
import { type Approver, type Control, currentApprovers, type Policy } from '../model/policy.ts';
import type { Case, NoticeKind } from './case.ts';
import { isReached } from './dates.ts';
import { isForEverybody } from './for-everybody.ts';
import { ownKeyRule } from './own-key.ts';

/** True if an approver gets the ordinary notices and digests. */
export function isMailed({ mail = 'all' }: Approver): boolean {
  return mail === 'all';
}

/**
 * The approvers who are asked about a case: those who are mailed, as long as mails reach some of them, and of each Active key
 * one who may decide that it stays. Otherwise all of them, so that no setting leaves a case to nobody.
 */
export function askedAbout(
  current: Pick<Case, 'account' | 'keys' | 'origins'>,
  policy: Policy,
  control: Control,
): readonly Approver[] {
  const all = currentApprovers(policy, control);
  const mailed = all.filter(isMailed);
  const reached = mailed.filter((one) => isReached(one, control));
  const maySayOfEach = activeKeys(current.keys).every(({ id }) => {
    const ruleFor = ownKeyRule(current, id, policy, control);
    return reached.some((one) => ruleFor(one) !== 'withheld');
  });
  return reached.length > 0 && maySayOfEach ? mailed : all;
}

/**
 * The approvers who may get a notice of this kind. `privileged`: the user is known to be an administrator or to be able to
 * become one. An escalation goes to those of them who are on its list.
 */
export function recipientsOf(
  kind: NoticeKind,
  current: Case,
  policy: Policy,
  control: Control,
  privileged: boolean,
): readonly Approver[] {
  return kind === 'escalated' || isForEverybody(kind, current, privileged)
    ? currentApprovers(policy, control)
    : askedAbout(current, policy, control);
}
