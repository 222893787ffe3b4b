import { isAnybodyReached } from '../case/dates.ts';
import { addressMark } from '../case/requests.ts';
import { type CheckedSubscriptions, isFresh, reachChangedAt, reachedAddresses } from '../health/reach.ts';
import { currentApprovers, type Policy } from '../model/policy.ts';
import { earliest, HOUR, type Instant, MINUTE, plus, type Seconds } from '../model/time.ts';
import type { VerdictContext } from './judged-user.ts';
import type { AccountEvaluation, Survey } from './survey.ts';
import { PLAINLY_COMPLIANT, type Verdict } from './verdict.ts';

/**
 * A reason for which nobody can be asked: every approver is revoked; no fresh check says which addresses mails reach;
 * such a check found none that they reach.
 */
type NobodyBecause = 'revoked' | 'not-checked' | 'not-reached';

/** The next command to type. */
const NEXT = 'Run: npm run control -- doctor. Solekey';

const SAYS: Readonly<Record<NobodyBecause, string>> = {
  revoked: `Every approver is revoked, so nobody is asked to decide, and no key is deleted. ${NEXT}`,
  'not-checked': `In the last 45 minutes Solekey could not check if mail reaches any approver. Until it can, no key is deleted. ${NEXT}`,
  'not-reached': `Mail reaches no approver: none has a confirmed subscription. So nobody is asked to decide, and no key is deleted. ${NEXT}`,
};

/**
 * The evaluation of the account. Its facts are what was stored when the run read it, because a check of 45 minutes ago still
 * counts then: with the time of the check, a result about a check that had become too old would be later than the next one.
 */
export function accountEvaluation(
  { subscriptions, control, storedAt }: Pick<Survey, 'subscriptions' | 'control' | 'storedAt'>,
  policy: Policy,
  account: string,
): AccountEvaluation {
  const verdict = accountVerdict(subscriptions, { policy, control, now: storedAt });
  return { ...verdict, account, factsAt: storedAt };
}

/**
 * The verdict on the account (S11): NON_COMPLIANT unless a fresh check found that mails reach at least one approver of today.
 * A check that is missing or too old counts like one that found nobody (law 3).
 */
export function accountVerdict(checked: CheckedSubscriptions | null, context: VerdictContext): Verdict {
  const because = nobodyBecause(checked, context);
  return because === null ? PLAINLY_COMPLIANT : { compliance: 'NON_COMPLIANT', annotation: SAYS[because] };
}

/** Null if somebody can be asked. */
function nobodyBecause(
  checked: CheckedSubscriptions | null,
  { policy, control, now }: VerdictContext,
): NobodyBecause | null {
  const people = currentApprovers(policy, control);
  if (people.length === 0) {
    return 'revoked';
  }
  if (checked === null || !isFresh(checked, now)) {
    return 'not-checked';
  }
  const reached = reachedAddresses(checked, now);
  if (isAnybodyReached(policy, { ...control, reached })) {
    return null;
  }
  // Health has not seen an address that only the present settings have.
  const known = people.every(({ email }) => checked.addresses[addressMark(email)] !== undefined);
  return known ? 'not-reached' : 'not-checked';
}

/** Maximum time from the start of a check until its result is stored: the timeout of health's function. */
const STORED_WITHIN: Seconds = MINUTE;

/**
 * No run of the rule is requested for a change that is older: one was requested then. Longer than the time between two
 * surveys, of which each asks for the last change.
 */
const RECENT: Seconds = 2 * HOUR;

/**
 * When the verdict on the account last changed, for requests to run the rule; null if that was not within the last two hours.
 * More than a minute after the change it is always the same instant, so that many requests lead to one run.
 */
export function accountChangedAt(
  checked: CheckedSubscriptions | null,
  { policy, control, now }: VerdictContext,
): Instant | null {
  const at = reachChangedAt(checked, policy, control, now);
  return at === null || at <= plus(now, -RECENT) ? null : earliest(now, plus(at, STORED_WITHIN));
}
