import { randomUUID } from 'node:crypto';
import { Results } from './results.ts';

/** A custom rule as it was deployed. */
export interface RuleDescription {
  readonly name: string;
  readonly arn: string;
  readonly id: string;
  /** The function that the rule runs. */
  readonly functionName: string;
}

/** Runs a deployed function with an event and waits for its end; rejects when the function fails. */
export type Invoke = (functionName: string, event: object) => Promise<void>;

/** One run of the rule. */
export interface Run {
  readonly at: string;
  readonly trigger: 'schedule' | 'start';
  readonly ok: boolean;
  readonly error: string | null;
}

/** What a run was given to put its evaluations with. */
interface Ticket {
  readonly invokedTime: number;
}

/** A rule, what Config holds of it, and its runs. One run at a time. */
export class Rule {
  readonly description: RuleDescription;
  readonly results = new Results();
  readonly #account: string;
  readonly #invoke: Invoke;
  readonly #tickets = new Map<string, Ticket>();
  #running: Promise<Run> | undefined;
  #runs: readonly Run[] = [];
  /** When somebody last started it beside its schedule, in milliseconds since 1970. */
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

  /** The run that this token was handed out for; undefined when there was none. */
  ticket(token: string): Ticket | undefined {
    return this.#tickets.get(token);
  }

  /** Whether a start so soon after the last one is too many. */
  mayStart(everySeconds: number): boolean {
    return !this.isRunning && Date.now() - this.#startedAt >= everySeconds * 1_000;
  }

  /** Starts it beside its schedule; whoever asked does not wait for the run. */
  start(): void {
    this.#startedAt = Date.now();
    void this.#run('start');
  }

  /** Runs it as its schedule would, after a run that is under way. */
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

  /** What AWS Config invokes a periodic rule's function with. */
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
