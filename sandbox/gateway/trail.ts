import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { TrailRecord } from './cloudtrail.ts';
import type { EventFault, Faults } from './faults.ts';

const REMEMBERED = 2_000;

/**
 * Brings CloudTrail records to the default bus of us-east-1, where IAM's events arrive whatever region anything else
 * is in. Best effort, as in AWS: the IAM call does not wait for it, and faults may lose, double or delay an event.
 */
export class Trail {
  readonly #client: EventBridgeClient;
  readonly #faults: Faults;
  readonly #onProblem: (line: string) => void;
  readonly #underWay = new Set<Promise<void>>();
  readonly #timers = new Set<NodeJS.Timeout>();
  #records: TrailRecord[] = [];

  constructor(ministackUrl: string, account: string, faults: Faults, onProblem: (line: string) => void) {
    this.#faults = faults;
    this.#onProblem = onProblem;
    this.#client = new EventBridgeClient({
      region: 'us-east-1',
      endpoint: ministackUrl,
      credentials: { accessKeyId: account, secretAccessKey: 'sandbox' },
    });
  }

  /** What CloudTrail recorded, oldest first, whether or not the event was delivered. */
  records(): readonly TrailRecord[] {
    return this.#records;
  }

  /** Resolves when every event that is due has been put on the bus; delayed ones are not waited for. */
  async settled(): Promise<void> {
    while (this.#underWay.size > 0) {
      await Promise.all(this.#underWay);
    }
  }

  /** Puts a record on the bus (again): what at-least-once delivery and replays do. */
  deliver(record: TrailRecord): void {
    const sending = this.#put(record)
      .catch((error: unknown) =>
        this.#onProblem(`event ${record.eventName} was not delivered: ${String(error)}`),
      )
      .finally(() => this.#underWay.delete(sending));
    this.#underWay.add(sending);
  }

  record(record: TrailRecord, userName: string | undefined): void {
    this.#records = [...this.#records.slice(1 - REMEMBERED), record];
    this.#send(record, this.#faults.takeForEvent({ eventName: record.eventName, userName }));
  }

  stop(): void {
    for (const timer of this.#timers) {
      clearTimeout(timer);
    }
    this.#client.destroy();
  }

  #send(record: TrailRecord, fault: EventFault | undefined): void {
    if (fault === 'lose') {
      return;
    }
    if (typeof fault === 'object') {
      const timer = setTimeout(() => {
        this.#timers.delete(timer);
        this.deliver(record);
      }, fault.delayMs);
      this.#timers.add(timer);
      return;
    }
    this.deliver(record);
    if (fault === 'double') {
      this.deliver(record);
    }
  }

  async #put(record: TrailRecord): Promise<void> {
    const answer = await this.#client.send(
      new PutEventsCommand({
        Entries: [
          {
            Source: 'aws.iam',
            DetailType: 'AWS API Call via CloudTrail',
            Time: new Date(record.eventTime),
            Detail: JSON.stringify(record),
          },
        ],
      }),
    );
    if (answer.FailedEntryCount) {
      throw new Error(answer.Entries?.[0]?.ErrorMessage ?? 'refused by the bus');
    }
  }
}
