import type { Case } from '../case/case.ts';
import { escalatesAt } from '../case/dates.ts';
import { overdueSince } from '../case/overdue.ts';
import { deciders, type Policy } from '../model/policy.ts';
import { PLAIN, personName } from '../words/style.ts';
import { isoDay } from './days.ts';
import type { VerdictContext } from './judged-user.ts';
import type { Room } from './room.ts';

/** `Security lead or Platform lead or 2 more`, `4 approvers`: those who may decide about a case now. */
export function decidersNamed(current: Case, { policy, control }: VerdictContext, { people }: Room): string {
  const ids = deciders(policy, control, current).map(({ id }) => id);
  if (ids.length === 0) {
    return 'an approver';
  }
  if (people === 0) {
    return ids.length === 1 ? '1 approver' : `${ids.length} approvers`;
  }
  const more = ids.length - people;
  const named = ids.slice(0, people).map((id) => personNamed(policy, id));
  return [...named, ...(more > 0 ? [`${more} more`] : [])].join(' or ');
}

/** The name of an approver in the settings; the id of one who is not there any more. */
export function personNamed(policy: Policy, id: string): string {
  return personName(policy, id, PLAIN);
}

/** The same if there is room, otherwise that it was a person. */
export function decidedBy(policy: Policy, id: string, { people }: Room): string {
  return people === 0 ? 'an approver' : personNamed(policy, id);
}

/** `; escalates 2026-11-30`, `; escalated 2026-11-30`: when the escalation list is asked; empty if it is not. */
export function escalationWords({ toldAt, escalatedAt }: Case, { policy }: VerdictContext): string {
  if (toldAt === null || policy.escalation.length === 0) {
    return '';
  }
  return escalatedAt === null
    ? `; escalates ${isoDay(escalatesAt(toldAt, policy))}`
    : `; escalated ${isoDay(escalatedAt)}`;
}

/** `Overdue since 2026-12-23. `, before the state; empty if the question is not overdue. */
export function overdueWords(current: Case, { policy, now }: VerdictContext): string {
  const since = overdueSince(current, policy, now);
  return since === null ? '' : `Overdue since ${isoDay(since)}. `;
}
