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

/** Why there is no reading. `denied`: a permission is missing. `no-answer`: anything else, such as throttling. */
export type NotReadWhy = 'denied' | 'no-answer';

/** The result of a check. What could not be checked is never fine (law 9). */
export type Result =
  | { readonly result: 'fine' }
  | { readonly result: 'broken'; readonly findings: readonly Finding[] }
  | { readonly result: 'could-not-check'; readonly why: NotReadWhy };

/** The results of one run. A check that does not apply to the deployment is missing. */
export type Results = Readonly<Partial<Record<Check, Result>>>;

interface About {
  /** The subject of the check, as in "Solekey could not check …". */
  readonly subject: string;
  /** The heading in docs/operate.md. */
  readonly heading: string;
}

/** For each check its name in sentences and its section in the runbook. */
export const CHECKS = {
  trail: { subject: 'the CloudTrail trails', heading: 'The trail' },
  rule: { subject: 'the rule for IAM events', heading: 'The rule for IAM events' },
  'queue-policy': { subject: 'the policy of the event queue', heading: 'The policy of the event queue' },
  mappings: { subject: 'the event source mappings', heading: 'The event source mappings' },
  'key-events': { subject: 'the events that wait', heading: 'Events that wait' },
  sweep: { subject: 'the sweep', heading: 'The sweep' },
  survey: { subject: 'the survey', heading: 'The survey' },
  'dead-letters': { subject: 'the dead-letter queues', heading: 'Alarms' },
  subscriptions: { subject: "the approvers' subscriptions", heading: "Approvers' subscriptions" },
  operators: { subject: "the operators' subscriptions", heading: "Operators' subscriptions" },
  approvers: { subject: 'the approvers', heading: 'No approver' },
  control: { subject: 'the control item', heading: 'The control item' },
  recorder: { subject: "AWS Config's recorder", heading: 'The recorder of AWS Config' },
  'config-rule': { subject: 'the rule in AWS Config', heading: 'The rule in AWS Config' },
  unannounced: { subject: 'the events of new keys', heading: 'Keys that no event announced' },
} as const satisfies Record<Check, About>;

/** The section about a check that could not be done. */
export const NOT_CHECKED_HEADING = 'A check that could not be done';

/** The checks of the view in AWS Config. Without the view they do not apply. */
const OF_THE_VIEW = { recorder: true, 'config-rule': true } as const satisfies Partial<Record<Check, true>>;

/** The checks of a deployment, in the order in which they are told. */
export function checksOf({ config }: { readonly config: unknown }): Check[] {
  return (Object.keys(CHECKS) as Check[]).filter((check) => config !== null || !(check in OF_THE_VIEW));
}

/** The only finding of a check. */
export function one(check: Check, words: string): Finding {
  return { about: '', words, heading: CHECKS[check].heading };
}

/** One of several findings of a check. */
export function oneAbout(check: Check, about: string, words: string): Finding {
  return { about, words, heading: CHECKS[check].heading };
}
