import { DAY, type Instant, plus, type Seconds } from '../model/time.ts';
import type { ChangedUsers, SignOffFile } from './file.ts';
import { isOverdue } from './state.ts';

/** Everything that the mail about a sign-off says. The survey stores it for reconcile, which reads no bucket. */
export interface SignOffAsk {
  /** True if approvers are to be asked. */
  readonly asked: boolean;
  readonly due: Instant;
  readonly changed: ChangedUsers;
  /** Numbers of open concerns, and of those whose target date is past. */
  readonly open: number;
  readonly overdue: number;
}

/** Half a day less than a week, so that the mail stays on its day. */
const AGAIN: Seconds = 6.5 * DAY;

/** The mail's content according to the state of sign-offs. */
export function askOf({ asked, due, changed, open }: SignOffFile, now: Instant): SignOffAsk {
  const overdue = open.filter((one) => isOverdue(one, now)).length;
  return { asked, due, changed, open: open.length, overdue };
}

/** True if somebody is asked for this sign-off now. `toldAt`: when they were asked last for any; null if they never were. */
export function isToAsk({ asked, due }: SignOffAsk, toldAt: Instant | null, now: Instant): boolean {
  const before = toldAt === null || toldAt < due || now >= plus(toldAt, AGAIN);
  return asked && before;
}
