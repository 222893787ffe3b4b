import { randomUUID } from 'node:crypto';
import { Results } from './results.ts';

/** A deployed custom rule. */
export interface RuleDescription {
  readonly name: string;
  readonly arn: string;
  readonly id: string;
  /** Name of the Lambda function that evaluates the rule. */
  readonly functionName: string;
}

/** Invokes a deployed function with an event and waits until it ends. Rejects if the function fails. */
export type Invoke = (functionName: string, event: object) => Promise<void>;

/** A finished run of the rule. `at` is when it started (UTC, ISO 8601). */
export interface Run {
  readonly at: string;
  readonly trigger: 'schedule' | 'start';
  readonly ok: boolean;
  readonly error: string | null;
}

/** Stored for the result token of a run, so that PutEvaluations can be matched to it. */
interface Ticket {
  readonly invokedTime: number;
}

/** A rule with its results and its runs. Only one run is active at a time. */
export class Rule {
  readonly description: RuleDescription;
  readonly results = new Results();
  /** In milliseconds since 1970. */
  readonly registeredAt = Date.now();
  readonly #account: string;
  readonly #invoke: Invoke;
  readonly #tickets = new Map<string, Ticket>();
  #running: Promise<Run> | undefined;
  #runs: readonly Run[] = [];
  /** Time of the last start on request, in milliseconds since 1970. */
  #startedAt = Number.NEGATIVE_INFINITY;

  constructor(description: RuleDescription, account: string, invoke: Invoke) {
    this.description = description;
    this.#account = account;
    this.#invoke = invoke;
  }

  get runs(): readonly Run[] {
    return this.#runs;
  }

  get isRunning(): boolean {
    return this.#running !== undefined;
  }

  /** The run for which this result token was issued; undefined if the token is unknown. */
  ticket(token: string): Ticket | undefined {
    return this.#tickets.get(token);
  }

  /** True if no run is active and the last start on request is at least `everySeconds` ago. */
  mayStart(everySeconds: number): boolean {
    return !this.isRunning && Date.now() - this.#startedAt >= everySeconds * 1_000;
  }

  /** Starts a run on request and returns immediately. */
  start(): void {
    this.#startedAt = Date.now();
    void this.#run('start');
  }

  /** Runs the rule as its schedule would, after any active run has finished. */
  async runScheduled(): Promise<Run> {
    while (this.#running !== undefined) {
      await this.#running;
    }
    return this.#run('schedule');
  }

  #run(trigger: Run['trigger']): Promise<Run> {
    const token = randomUUID().replaceAll('-', '');
    const now = new Date();
    this.#tickets.set(token, { invokedTime: now.getTime() });
    const work = this.#invoke(this.description.functionName, this.#event(token, now));
    const running = work
      .then(
        () => ({ ok: true, error: null }),
        (error: unknown) => ({ ok: false, error: error instanceof Error ? error.message : String(error) }),
      )
      .then((end) => {
        const run = { at: now.toISOString(), trigger, ...end };
        this.#runs = [...this.#runs, run];
        this.#running = undefined;
        return run;
      });
    this.#running = running;
    return running;
  }

  /** The event with which AWS Config invokes the function of a periodic rule. */
  #event(resultToken: string, now: Date): object {
    const { name, arn, id } = this.description;
    return {
      invokingEvent: JSON.stringify({
        awsAccountId: this.#account,
        notificationCreationTime: now.toISOString(),
        messageType: 'ScheduledNotification',
        recordVersion: '1.0',
      }),
      ruleParameters: '{}',
      resultToken,
      eventLeftScope: false,
      executionRoleArn: `arn:aws:iam::${this.#account}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`,
      configRuleArn: arn,
      configRuleName: name,
      configRuleId: id,
      accountId: this.#account,
      version: '1.0',
    };
  }
}
