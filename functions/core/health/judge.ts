import { isMailed } from '../case/recipients.ts';
import { selfPause } from '../model/control.ts';
import { controlFinding } from '../model/ledger.ts';
import { shortKey } from '../model/observation.ts';
import { currentApprovers, type Policy } from '../model/policy.ts';
import { DAY, HOUR, type Instant, MINUTE, plus } from '../model/time.ts';
import { UTC } from '../model/zone.ts';
import { CONTROL_FINDING } from '../words/control-finding.ts';
import { selfPauseSentence } from '../words/self-pause.ts';
import { dayAndMonth, fromNow, printable } from '../words/words.ts';
import { mappingProblem, ruleProblem, samePolicy } from './as-deployed.ts';
import { type Check, type Finding, one, oneAbout, type Result } from './checks.ts';
import type { Expected } from './expected.ts';
import { OVERDUE_MINUTES, type Readings, type RecorderReading } from './readings.ts';
import { isNotLeft, signOffFindings } from './sign-offs.ts';
import { operatorFindings, subscriptionFindings } from './subscriptions.ts';
import { trailProblem } from './trail.ts';

/** The facts that a reading is compared with. */
export interface HealthContext {
  readonly expected: Expected;
  readonly policy: Pick<Policy, 'approvers'>;
  /** The addresses of the operators, in lower case. */
  readonly operators: readonly string[];
  /** The IAM calls that must arrive as events. */
  readonly watchedCalls: readonly string[];
  /** The event pattern of the rule for AWS Health. */
  readonly exposurePattern: unknown;
  /** Time of health's first run. */
  readonly watchingSince: Instant;
  /** Since when every run has found events waiting in the queue; null if the last one found none. */
  readonly waitingSince: Instant | null;
  /** Since when no run has found a state of sign-offs; null if the last one found it. */
  readonly noSignOffSince: Instant | null;
  readonly now: Instant;
}

/** A survey or a run of the rule is daily, and may take an hour. */
const DAILY = DAY + 2 * HOUR;
/** An event that nobody takes for this long waits in vain: a pass takes seconds. */
const WAITS = 10 * MINUTE;
/** CloudTrail may deliver an event late; AWS says about five minutes on average. */
const EVENT_DELAY = HOUR;
const NOTHING_CHANGES = 'No key is deactivated or deleted until someone resumes it.';
/** How many users a sentence names. */
const NAMED = 3;

const ALL_REVOKED = 'Every approver is revoked, so nobody is asked and nothing is deleted.';
const NONE_MAILED =
  'Every approver with "mail": "all" is revoked, so those with "mail": "none" are asked about everything.';

const maybe = (check: Check, words: string | null): Finding[] => (words === null ? [] : [one(check, words)]);

/** The findings of a reading; none if the check is fine. `not-left`: what the survey left says nothing about today. */
type Judged<C extends Check> = readonly Finding[] | (C extends 'sign-off' ? 'not-left' : never);

/** The judge of each check. */
export const JUDGES: {
  readonly [C in Check]: (reading: Readings[C], context: HealthContext) => Judged<C>;
} = {
  trail: (trails, { expected, watchedCalls }) =>
    maybe('trail', trailProblem(trails, expected.region, watchedCalls)),

  rule: (rule, { expected }) =>
    maybe(
      'rule',
      ruleProblem(
        rule,
        expected.keyRule,
        'The EventBridge rule for IAM events',
        'new keys are not noticed until the next survey',
      ),
    ),

  'exposure-rule': (rule, { expected, exposurePattern: pattern }) =>
    maybe(
      'exposure-rule',
      ruleProblem(
        rule,
        { name: expected.exposureRule, target: expected.keyRule.target, input: null, pattern },
        'The EventBridge rule for AWS Health',
        'nobody is told of keys that AWS reports as exposed',
      ),
    ),

  'queue-policy': (policy, { expected }) =>
    samePolicy(policy, expected.eventQueue.policy)
      ? []
      : maybe(
          'queue-policy',
          'The policy of the event queue is not the one that was deployed, so events may be lost or forged.',
        ),

  mappings: (mappings) =>
    mappings.flatMap((mapping) => {
      const words = mappingProblem(mapping);
      return words === null ? [] : [oneAbout('mappings', mapping.queue, words)];
    }),

  'key-events': ({ handledAt }, { waitingSince, now }) => {
    const stuck =
      waitingSince !== null && waitingSince <= plus(now, -WAITS) && (handledAt ?? '') < waitingSince;
    return stuck
      ? maybe(
          'key-events',
          'IAM events are waiting in the event queue and none of them is being processed, so new keys are not noticed.',
        )
      : [];
  },

  sweep: ({ rule, overdue }, { expected }) => {
    const follows = 'mails and deletions are late';
    return maybe(
      'sweep',
      ruleProblem(rule, expected.sweepRule, 'The EventBridge rule that starts the sweep', follows) ??
        (overdue
          ? `A case has been due for more than ${OVERDUE_MINUTES} minutes and was not re-evaluated, so ${follows}.`
          : null),
    );
  },

  survey: ({ rule, takenAt }, { expected, watchingSince, now }) => {
    const follows = 'violations whose events were lost are not found';
    const old = latestOf(takenAt, watchingSince) < plus(now, -DAILY);
    const when =
      takenAt === null ? 'No survey has been completed yet' : `The last survey was ${fromNow(takenAt, now)}`;
    return maybe(
      'survey',
      ruleProblem(rule, expected.surveyRule, 'The EventBridge rule that starts the survey', follows) ??
        (old ? `${when}, so ${follows}.` : null),
    );
  },

  'dead-letters': (queues) =>
    Object.entries(queues).flatMap(([alarm, messages]) =>
      messages === 0
        ? []
        : [
            {
              about: alarm,
              words: `The dead-letter queue of ${alarm.split('/')[0]} is not empty.`,
              heading: alarm,
            },
          ],
    ),

  subscriptions: (all, { policy }) => subscriptionFindings(policy.approvers, all),

  operators: (all, { operators }) => operatorFindings(operators, all),

  approvers: (control, { policy }) => {
    const left = currentApprovers(policy, control);
    return maybe('approvers', left.length === 0 ? ALL_REVOKED : left.some(isMailed) ? null : NONE_MAILED);
  },

  pause: (control) => {
    const itself = selfPause(control);
    return maybe('pause', itself === null ? null : `${selfPauseSentence(itself, UTC)} ${NOTHING_CHANGES}`);
  },

  control: ({ content, last }) => {
    const finding = controlFinding(content, last);
    return maybe('control', finding === null ? null : CONTROL_FINDING[finding]);
  },

  recorder: (regions) => maybe('recorder', recorderProblem(regions)),

  'config-rule': (rule, { now }) => {
    if (rule === null || !rule.active) {
      return maybe('config-rule', 'The rule in AWS Config does not exist or is not active.');
    }
    const { activatedAt, succeededAt, failedAt } = rule;
    if (failedAt !== null && failedAt > (succeededAt ?? '')) {
      return maybe(
        'config-rule',
        `The last run of the rule in AWS Config failed (${fromNow(failedAt, now)}).`,
      );
    }
    return latestOf(succeededAt, activatedAt ?? now) < plus(now, -DAILY)
      ? maybe('config-rule', 'The rule in AWS Config has had no successful run for more than a day.')
      : [];
  },

  unannounced: (keys, { watchingSince, now }) =>
    keys
      .filter(
        ({ announced, created }) =>
          !announced && created > watchingSince && created < plus(now, -EVENT_DELAY),
      )
      .slice(0, NAMED)
      .map(({ keyId, userName, created }) =>
        oneAbout(
          'unannounced',
          keyId.slice(-8),
          `Key ${shortKey(keyId).replace('…', '...')} of ${printable(userName, 64)} was created on ${dayAndMonth(created)}, and no event announced it: events are lost.`,
        ),
      ),

  records: ({ wrong }) => wrong.slice(0, NAMED).map(({ about, words }) => oneAbout('records', about, words)),

  'sign-off': (state, { now, noSignOffSince }) => {
    if (isNotLeft(state, noSignOffSince, now)) {
      return 'not-left';
    }
    return state === null ? [] : signOffFindings(state, now);
  },
};

/** The result of a check whose reading succeeded. */
export function resultOf<C extends Check>(check: C, reading: Readings[C], context: HealthContext): Result {
  const findings: readonly Finding[] | 'not-left' = JUDGES[check](reading, context);
  if (findings === 'not-left') {
    return { result: 'could-not-check', why: findings };
  }
  return findings.length === 0 ? { result: 'fine' } : { result: 'broken', findings };
}

/** Since when events have been waiting without interruption, with this run. */
export function waitingFrom(
  before: Instant | null,
  { waiting, handledAt }: Readings['key-events'],
  now: Instant,
): Instant | null {
  if (waiting === 0) {
    return null;
  }
  return before === null || (handledAt ?? '') > before ? now : before;
}

function latestOf(at: Instant | null, other: Instant): Instant {
  return at !== null && at > other ? at : other;
}

function recorderProblem(regions: readonly RecorderReading[]): string | null {
  if (regions.some(({ recording, users }) => recording && users)) {
    return null;
  }
  return regions.some(({ recording }) => recording)
    ? "AWS Config's recorder does not record AWS::IAM::User, so Solekey's results may not be shown."
    : "AWS Config's recorder is off, so Solekey's results may not be shown.";
}
