import { sameValue } from '../model/digest.ts';
import { DAY, type Instant, plus, type Seconds } from '../model/time.ts';
import type { ChangedUsers, SignOffFile } from './file.ts';
import { isOverdue } from './state.ts';

/** Everything that the mail about a sign-off says. The survey stores it for reconcile and health, which read no such file. */
export interface SignOffAsk {
  /** True if approvers are to be asked. */
  readonly asked: boolean;
  readonly due: Instant;
  readonly changed: ChangedUsers;
  /** Numbers of open concerns, and of those whose target date is past. */
  readonly open: number;
  readonly overdue: number;
  /** The earliest target date of an open concern, as YYYY-MM-DD; null if none is open. */
  readonly firstTarget: string | null;
}

/** The same as the survey left it. */
export interface LeftSignOff extends SignOffAsk {
  /** When the survey last found it as it is, to half a day; null if that is not known. */
  readonly leftAt: Instant | null;
}

/** Half a day less than a week, so that the mail stays on its day. */
const AGAIN: Seconds = 6.5 * DAY;

/** The survey says so often that it is still as it was. */
const LEFT_AGAIN: Seconds = DAY / 2;

/** The mail's content according to the state of sign-offs. */
export function askOf({ asked, due, changed, open }: SignOffFile, now: Instant): SignOffAsk {
  const overdue = open.filter((one) => isOverdue(one, now)).length;
  const [firstTarget = null] = open.map(({ target }) => target).sort();
  return { asked, due, changed, open: open.length, overdue, firstTarget };
}

/** The state for the table; null if what is there says the same, and has said so lately. */
export function toLeave(ask: SignOffAsk, before: LeftSignOff | null, now: Instant): LeftSignOff | null {
  const { leftAt = null, ...known } = before ?? {};
  const isRecent = leftAt !== null && leftAt > plus(now, -LEFT_AGAIN) && leftAt <= now;
  return isRecent && sameValue(ask, known) ? null : { ...ask, leftAt: now };
}

/** True if somebody is asked for this sign-off now. `toldAt`: when they were asked last for any; null if they never were. */
export function isToAsk({ asked, due }: SignOffAsk, toldAt: Instant | null, now: Instant): boolean {
  const before = toldAt === null || toldAt < due || now >= plus(toldAt, AGAIN);
  return asked && before;
}
