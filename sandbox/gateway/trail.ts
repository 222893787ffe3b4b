import type { TrailRecord } from './cloudtrail.ts';
import type { EventFault, Faults } from './faults.ts';

const REMEMBERED = 2_000;

/**
 * Delivers CloudTrail records to the default bus of us-east-1, where IAM's events arrive regardless of the region in
 * use. Delivery is best effort, as in AWS: the IAM call does not wait for it, and faults may lose, double or delay an
 * event.
 */
export class Trail {
  readonly #ministackUrl: string;
  readonly #account: string;
  readonly #faults: Faults;
  readonly #onProblem: (line: string) => void;
  readonly #underWay = new Set<Promise<void>>();
  readonly #timers = new Set<NodeJS.Timeout>();
  #records: TrailRecord[] = [];

  constructor(ministackUrl: string, account: string, faults: Faults, onProblem: (line: string) => void) {
    this.#faults = faults;
    this.#onProblem = onProblem;
    this.#ministackUrl = ministackUrl;
    this.#account = account;
  }

  /** All records of CloudTrail, oldest first, including those whose event was not delivered. */
  records(): readonly TrailRecord[] {
    return this.#records;
  }

  /** Resolves when every event sent so far is on the bus. Delayed events are not waited for. */
  async settled(): Promise<void> {
    while (this.#underWay.size > 0) {
      await Promise.all(this.#underWay);
    }
  }

  /** Puts a record on the bus, possibly again, as at-least-once delivery and replays do. */
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

  /** Puts an event of AWS Health on the bus, where it arrives like an event of IAM: both are of a global service. */
  async health(detail: Readonly<Record<string, unknown>>): Promise<void> {
    await this.#onBus({
      Source: 'aws.health',
      DetailType: 'AWS Health Event',
      Detail: JSON.stringify(detail),
    });
  }

  stop(): void {
    for (const timer of this.#timers) {
      clearTimeout(timer);
    }
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

  #put(record: TrailRecord): Promise<void> {
    return this.#onBus({
      Source: 'aws.iam',
      DetailType: 'AWS API Call via CloudTrail',
      Detail: JSON.stringify(record),
    });
  }

  /**
   * Calls PutEvents without the SDK: AWS reserves sources that begin with `aws.`, so ministack accepts one only together with a
   * field that no SDK sends (see ministack_world.py). This way deployed code cannot forge such an event in the
   * sandbox either.
   */
  async #onBus(entry: Readonly<Record<'Source' | 'DetailType' | 'Detail', string>>): Promise<void> {
    const scope = `${new Date().toISOString().slice(0, 10).replaceAll('-', '')}/us-east-1/events/aws4_request`;
    const answer = await fetch(this.#ministackUrl, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': 'AWSEvents.PutEvents',
        authorization: `AWS4-HMAC-SHA256 Credential=${this.#account}/${scope}, SignedHeaders=host, Signature=0`,
      },
      body: JSON.stringify({ Entries: [entry], SandboxCloudTrail: true }),
    });
    const text = await answer.text();
    if (!answer.ok || (JSON.parse(text) as { readonly FailedEntryCount?: number }).FailedEntryCount) {
      throw new Error(text);
    }
  }
}
