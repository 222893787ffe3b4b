/** Everything outside the commands, as ports. `aws.ts` has them for AWS, tests have fakes. */
import type { Changed, ControlStore } from '../../functions/adapters/control-store.ts';
import type { RecordReader } from '../../functions/adapters/record-reader.ts';
import type { Mail, WakeSender } from '../../functions/app/ports.ts';
import type { Case } from '../../functions/core/case/case.ts';
import type { UnreadCase } from '../../functions/core/case/unread.ts';
import type { RecorderReading, TrailReading } from '../../functions/core/health/readings.ts';
import type { HealthState } from '../../functions/core/health/state.ts';
import type { FilterState, Mailbox } from '../../functions/core/health/subscription-filter.ts';
import type { Instant } from '../../functions/core/model/time.ts';
import type { LeftSignOff } from '../../functions/core/signoff/ask.ts';

export type { Changed, ControlStore };

/** The stack as CloudFormation describes it. */
export interface Deployed {
  readonly account: string;
  readonly region: string;
  readonly stack: string;
  /** Values of the stack's outputs by name. */
  readonly outputs: Readonly<Record<string, string>>;
}

/** The e-mail subscription of the template for one address. */
export interface Subscriber extends Mailbox {
  /** The filter in the template, compared with ours. */
  readonly filter: FilterState;
  /** ARN of the subscription that CloudFormation made; null if it names none. */
  readonly made: string | null;
}

/** The resources of the stack. */
export interface StackParts {
  /** ARNs of its topics. */
  topics(): Promise<readonly string[]>;
  /** Addresses of the approvers, from the template that is deployed. */
  subscribers(): Promise<readonly Subscriber[]>;
  /** URL of the queue whose logical id begins with this; null if the stack has none. */
  queue(logicalId: string): Promise<string | null>;
  /** Names of its roles that have a permissions boundary. */
  boundaries(): Promise<readonly string[]>;
}

/**
 * State of a mail address. `confirmed`: only somebody with AWS credentials can unsubscribe it · `unprotected`: anybody with one of
 * its mails can · `former-filter`: as `confirmed`, but with the filter of a release before 0.6.0 · `other-filter`: confirmed,
 * but with another filter than ours · `pending`: not confirmed yet · `missing`: not subscribed.
 */
export type SubscriptionState =
  | 'confirmed'
  | 'unprotected'
  | 'former-filter'
  | 'other-filter'
  | 'pending'
  | 'missing';

/** A subscription as SNS shows it. */
export interface Subscription {
  readonly state: SubscriptionState;
  /** Null unless it is confirmed. */
  readonly arn: string | null;
}

/** The subscriptions of the mail topic. */
export interface Subscriptions {
  of(subscriber: Subscriber): Promise<Subscription>;
  /** Confirms with the token of a mail; null if SNS does not accept it (any more). */
  confirm(
    topicArn: string,
    token: string,
  ): Promise<{ readonly address: string; readonly protected: boolean } | null>;
  unsubscribe(arn: string): Promise<void>;
  /**
   * Subscribes an address with its filter; SNS sends the confirmation mail. Returns the ARN; null while SNS says that there is
   * a subscription with another filter, which it also does for some seconds after that one is gone.
   */
  subscribe(subscriber: Subscriber): Promise<string | null>;
  /** Gives a subscription the filter of its mailbox. It takes effect within 15 minutes. */
  setFilter(arn: string, subscriber: Subscriber): Promise<void>;
  /** True if SNS shows the subscription with the filter that it was to have. */
  hasFilter(arn: string, subscriber: Subscriber): Promise<boolean>;
  /** False if SNS does not know this ARN, or not any more. */
  exists(arn: string): Promise<boolean>;
}

/** A message of a dead-letter queue, hidden from other readers for half a minute. */
export interface Letter {
  readonly id: string;
  readonly body: string;
  readonly receipt: string;
}

/** Queues by URL. */
export interface Queues {
  /** Number of messages, those being processed included. */
  depth(url: string): Promise<number>;
  /** At most ten messages; none if the queue is empty. */
  receive(url: string): Promise<readonly Letter[]>;
  send(url: string, body: string): Promise<void>;
  remove(url: string, receipt: string): Promise<void>;
}

/** The bucket of records, to read only. */
export interface RecordObjects {
  /** Content of an object; null if there is none. */
  read(key: string): Promise<Uint8Array | null>;
  /** The folders directly below this one, each with the slash at its end. */
  folders(prefix: string): Promise<readonly string[]>;
}

/** The place of a comment in the table. */
export interface TextKey {
  readonly pk: string;
  readonly sk: string;
}

/** The comments that people typed. Nobody reads them here. */
export interface Texts {
  /** Those that were given before this day. */
  before(day: string): Promise<readonly TextKey[]>;
  /** Removes one. Nothing happens if it is not there any more. */
  erase(key: TextKey, at: Instant): Promise<void>;
}

/** Numbers of items that were written and removed. */
export interface Copied {
  readonly written: number;
  readonly removed: number;
}

/** The files on the operator's machine. */
export interface LocalFiles {
  exists(path: string): Promise<boolean>;
  /** Writes a file that nobody but the operator may read, with the folders above it. */
  write(path: string, content: Uint8Array): Promise<void>;
}

/** An open case with its rank in the list; null if it has none there. */
export interface ListedCase {
  readonly case: Case | UnreadCase;
  readonly rank: string | null;
}

/** The account before a deployment. */
export interface Account {
  readonly account: string;
  /** Version of CDK's bootstrap stack; null if there is none. */
  bootstrap(): Promise<number | null>;
  /** The trails whose events reach the Region. */
  trails(): Promise<readonly TrailReading[]>;
  /** AWS Config's recorder. */
  recorder(): Promise<RecorderReading>;
}

export interface World {
  readonly deployed: Deployed;
  readonly parts: StackParts;
  readonly control: ControlStore;
  readonly records: RecordReader;
  /** The bucket of records; null if the stack has none. */
  readonly objects: RecordObjects | null;
  readonly files: LocalFiles;
  readonly texts: Texts;
  /** Puts the items of another table in the place of those of the stack's table. Partitions in `keep` stay as they are. */
  copyFrom(source: string, keep: readonly string[]): Promise<Copied>;
  /** The memory of the function `health`; null before its first run. */
  health(): Promise<HealthState | null>;
  /** The state of sign-offs as the survey left it; null if there is none yet, or none that this release can read. */
  signOff(): Promise<LeftSignOff | null>;
  /** The public key of the records in DER; null if the stack has none. */
  publicKey(): Promise<Uint8Array | null>;
  readonly wakes: WakeSender;
  readonly subscriptions: Subscriptions;
  readonly queues: Queues;
  /** The open cases, the most urgent first. */
  cases(): Promise<readonly ListedCase[]>;
  mail(mail: Mail): Promise<void>;
  /** Tells the operators; null if the stack has no topic for them. */
  readonly operators: ((subject: string, text: string) => Promise<void>) | null;
  /** ARN of the caller, as AWS tells it. */
  caller(): Promise<string>;
  now(): Instant;
  pause(seconds: number): Promise<void>;
}
