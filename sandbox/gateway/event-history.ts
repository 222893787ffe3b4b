import { randomUUID } from 'node:crypto';
import type { AwsCall, ServiceHandler } from './call.ts';
import type { TrailRecord } from './cloudtrail.ts';
import type { WebAnswer } from './http.ts';
import { identify } from './identity.ts';
import { HistoryRefusal, type Lookup, pageOf, readLookup } from './lookup.ts';
import { refuse } from './refusal.ts';
import type { Rights } from './rights.ts';

const RETENTION_MS = 90 * 86_400_000;

/** LookupEvents allows this many calls a second for each account and Region. */
const CALLS_A_SECOND = 2;

/** One event to be put into the history, as a record without what every record has. */
export interface SeededEvent {
  readonly accessKeyId: string;
  readonly userName: string;
  /** UTC, ISO 8601, whole seconds. */
  readonly eventTime: string;
  readonly eventSource: string;
  readonly eventName: string;
  readonly awsRegion: string;
  readonly sourceIPAddress: string;
  readonly userAgent: string;
  readonly readOnly: boolean;
  readonly errorCode?: string;
  readonly invokedBy?: string;
}

/** One answered call of LookupEvents: the key that it was about, if any, and its Region. */
export interface LookedUp {
  readonly keyId: string | null;
  readonly region: string;
}

/**
 * CloudTrail's event history with its one call, LookupEvents: management events of 90 days, each in the history of its Region,
 * newest first. It holds what a test seeds and what the gateway's own trail recorded.
 */
export class EventHistory {
  readonly #account: string;
  readonly #recorded: () => readonly TrailRecord[];
  readonly #now: () => number;
  readonly #calls = new Map<string, number[]>();
  #seeded: readonly TrailRecord[] = [];
  readonly #lookups: LookedUp[] = [];

  constructor(account: string, recorded: () => readonly TrailRecord[], now: () => number = Date.now) {
    this.#account = account;
    this.#recorded = recorded;
    this.#now = now;
  }

  /** Adds events of users to the history. */
  seed(events: readonly SeededEvent[]): void {
    this.add(events.map((event) => recordOf(event, this.#account)));
  }

  /** Adds whole records, for example real ones or odd ones. */
  add(records: readonly TrailRecord[]): void {
    this.#seeded = [...this.#seeded, ...records];
  }

  /** The calls that were answered so far, in order. */
  lookups(): readonly LookedUp[] {
    return this.#lookups;
  }

  /** Handles the gateway's calls to the service `cloudtrail`. */
  readonly handler: ServiceHandler = async (call) => {
    if (call.action !== 'LookupEvents') {
      return refuse(
        call,
        400,
        'UnknownOperationException',
        `The sandbox's CloudTrail has no ${call.action}.`,
      );
    }
    const { region } = call.credential;
    if (!this.#admits(region)) {
      return refuse(call, 400, 'ThrottlingException', 'Rate exceeded');
    }
    try {
      const lookup = readLookup(bodyOf(call));
      this.#lookups.push({ keyId: lookup.keyId, region });
      return answer(this.#page(region, lookup));
    } catch (error) {
      if (error instanceof HistoryRefusal) {
        return refuse(call, 400, error.code, error.message);
      }
      throw error;
    }
  };

  /** False if there were too many calls in this Region within a second. A refused call counts, too. */
  #admits(region: string): boolean {
    const now = this.#now();
    const recent = (this.#calls.get(region) ?? []).filter((at) => now - at < 1_000);
    this.#calls.set(region, [...recent, now]);
    return recent.length < CALLS_A_SECOND;
  }

  #page(region: string, lookup: Lookup): object {
    const oldest = this.#now() - RETENTION_MS;
    const events = [...this.#seeded, ...this.#recorded()].filter(
      (record) =>
        record.awsRegion === region &&
        record.managementEvent === true &&
        Date.parse(record.eventTime) >= oldest,
    );
    return pageOf(events, lookup);
  }
}

/**
 * CloudTrail as deployed functions see it, for roles whose policies allow the call: the history, and the emulator's trails
 * (`trails`).
 */
export function historyService(
  history: EventHistory,
  rights: Rights,
  trails: ServiceHandler = history.handler,
): ServiceHandler {
  return async (call) => {
    const caller = await identify(call.credential, call.request, async () => undefined);
    const refusal = await rights.refusalOfAll(call, caller);
    if (refusal === undefined) {
      return (call.action === 'LookupEvents' ? history.handler : trails)(call);
    }
    return refuse(call, 400, 'AccessDeniedException', refusal);
  };
}

function recordOf(event: SeededEvent, account: string): TrailRecord {
  const { accessKeyId, userName, invokedBy, ...rest } = event;
  return {
    eventVersion: '1.10',
    userIdentity: {
      type: 'IAMUser',
      principalId: `AIDA${userName.toUpperCase()}`,
      arn: `arn:aws:iam::${account}:user/${userName}`,
      accountId: account,
      accessKeyId,
      userName,
      ...(invokedBy === undefined ? {} : { invokedBy }),
    },
    ...rest,
    requestParameters: null,
    responseElements: null,
    requestID: randomUUID(),
    eventID: randomUUID(),
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: account,
    eventCategory: 'Management',
  };
}

function bodyOf(call: AwsCall): Readonly<Record<string, unknown>> {
  const text = call.request.body.toString('utf8');
  return text === '' ? {} : (JSON.parse(text) as Readonly<Record<string, unknown>>);
}

const answer = (value: object): WebAnswer => ({
  status: 200,
  headers: { 'content-type': 'application/x-amz-json-1.1' },
  body: Buffer.from(JSON.stringify(value)),
});
