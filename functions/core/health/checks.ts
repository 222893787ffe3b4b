import type { Readings } from './readings.ts';

/** Everything that is watched. The number of checks that people are told is counted from this union. */
export type Check = keyof Readings;

/** A sign that a promise cannot be kept. */
export interface Finding {
  /** Tells two findings of one check apart; empty for a check that can have one finding only. */
  readonly about: string;
  /** The finding in one sentence. */
  readonly words: string;
  /** The heading in docs/operate.md that says what to do. */
  readonly heading: string;
}

/**
 * The reason why there is no reading. `denied`: a permission is missing. `not-left`: the survey should have left newer facts.
 * `no-answer`: anything else, such as throttling.
 */
export type NotReadWhy = 'denied' | 'not-left' | 'no-answer';

/** The result of a check. A check that could not be done is never fine (law 9). */
export type Result =
  | { readonly result: 'fine' }
  | { readonly result: 'broken'; readonly findings: readonly Finding[] }
  | { readonly result: 'could-not-check'; readonly why: NotReadWhy };

/** The results of one run. A check that does not apply to the deployment is missing. */
export type Results = { readonly [C in Check]?: Result };

interface About {
  /** The subject of the check, as in "Solekey could not check …". */
  readonly subject: string;
  /** The heading in docs/operate.md. */
  readonly heading: string;
  /** True if the check applies only with the view in AWS Config. */
  readonly ofTheView: boolean;
}

/** For each check its name in sentences and its section in the runbook. */
export const CHECKS = {
  trail: { subject: 'the CloudTrail trails', heading: 'The trail', ofTheView: false },
  rule: { subject: 'the rule for IAM events', heading: 'The rule for IAM events', ofTheView: false },
  'exposure-rule': {
    subject: 'the rule for AWS Health',
    heading: 'The rule for AWS Health',
    ofTheView: false,
  },
  'queue-policy': {
    subject: 'the policy of the event queue',
    heading: 'The policy of the event queue',
    ofTheView: false,
  },
  mappings: { subject: 'the event source mappings', heading: 'The event source mappings', ofTheView: false },
  'key-events': { subject: 'the events that wait', heading: 'Events that wait', ofTheView: false },
  sweep: { subject: 'the sweep', heading: 'The sweep', ofTheView: false },
  survey: { subject: 'the survey', heading: 'The survey', ofTheView: false },
  'dead-letters': { subject: 'the dead-letter queues', heading: 'Alarms', ofTheView: false },
  subscriptions: {
    subject: "the approvers' subscriptions",
    heading: "Approvers' subscriptions",
    ofTheView: false,
  },
  operators: {
    subject: "the operators' subscriptions",
    heading: "Operators' subscriptions",
    ofTheView: false,
  },
  approvers: { subject: 'the approvers', heading: 'No approver', ofTheView: false },
  pause: { subject: 'the automatic pause', heading: 'Solekey paused itself', ofTheView: false },
  control: { subject: 'the control item', heading: 'The control item', ofTheView: false },
  recorder: { subject: "AWS Config's recorder", heading: 'The recorder of AWS Config', ofTheView: true },
  'config-rule': { subject: 'the rule in AWS Config', heading: 'The rule in AWS Config', ofTheView: true },
  unannounced: {
    subject: 'the events of new keys',
    heading: 'Keys that no event announced',
    ofTheView: false,
  },
  records: { subject: 'a sample of the records', heading: 'The records', ofTheView: false },
  'sign-off': { subject: 'sign-offs and concerns', heading: 'Sign-offs and concerns', ofTheView: false },
} as const satisfies Record<Check, About>;

/** The section about a check that could not be done. */
export const NOT_CHECKED_HEADING = 'A check that could not be done';

/** The checks of a deployment, in the order in which they are told. */
export function checksOf({ config }: { readonly config: unknown }): Check[] {
  return (Object.keys(CHECKS) as Check[]).filter((check) => config !== null || !CHECKS[check].ofTheView);
}

/** The only finding of a check. */
export function one(check: Check, words: string): Finding {
  return { about: '', words, heading: CHECKS[check].heading };
}

/** One of several findings of a check. */
export function oneAbout(check: Check, about: string, words: string): Finding {
  return { about, words, heading: CHECKS[check].heading };
}
