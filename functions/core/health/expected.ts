/** The deployment as the template made it. The stack tells it to health, so that health can see what was changed since. */
export interface Expected {
  /** The Region in which IAM's events appear. */
  readonly region: string;
  /** The rule that sends IAM's events to the event queue. */
  readonly keyRule: ExpectedRule & { readonly pattern: unknown };
  /**
   * Name of the rule that sends what AWS Health says of exposed keys to the event queue. Its pattern is the same in every
   * deployment, and a function's environment has little room.
   */
  readonly exposureRule: string;
  readonly sweepRule: ExpectedRule;
  readonly surveyRule: ExpectedRule;
  readonly eventQueue: { readonly url: string; readonly policy: unknown };
  /** The event source mappings, by the queue that each reads. */
  readonly mappings: readonly ExpectedMapping[];
  /** The names of the dead-letter queues, by the alarm that watches each. */
  readonly deadLetters: Readonly<Record<string, string>>;
  /** The rule in AWS Config; null without the view. */
  readonly configRule: string | null;
}

export interface ExpectedRule {
  readonly name: string;
  readonly target: string;
  /** The constant input of the target; null if it gets the event. */
  readonly input: unknown;
}

export interface ExpectedMapping {
  readonly id: string;
  readonly queue: string;
  /** Name of the function that reads the queue. A mapping's function can be changed, its queue cannot (UpdateEventSourceMapping). */
  readonly reader: string;
}
