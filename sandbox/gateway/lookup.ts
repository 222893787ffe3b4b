import type { TrailRecord } from './cloudtrail.ts';

/** A request of LookupEvents, checked. Times are milliseconds since 1970; null if there is no bound. */
export interface Lookup {
  readonly from: number | null;
  readonly to: number | null;
  /** The whole id of the key whose events are wanted; null for all events. */
  readonly keyId: string | null;
  readonly size: number;
  /** The number of events that earlier pages have shown. */
  readonly shown: number;
}

/** An error answer of CloudTrail. `code` is the error's name in the API. */
export class HistoryRefusal extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

type Input = Readonly<Record<string, unknown>>;

const MOST = 50;

/** Reads the input of LookupEvents. Throws HistoryRefusal as CloudTrail refuses it. */
export function readLookup(input: Input): Lookup {
  const size = input.MaxResults === undefined ? MOST : Number(input.MaxResults);
  if (!Number.isInteger(size) || size < 1 || size > MOST) {
    throw new HistoryRefusal('InvalidMaxResultsException', `MaxResults must be between 1 and ${MOST}.`);
  }
  const [from, to] = [milliseconds(input.StartTime), milliseconds(input.EndTime)];
  if (from !== null && to !== null && from > to) {
    throw new HistoryRefusal('InvalidTimeRangeException', 'The start time is after the end time.');
  }
  const lookup = { from, to, keyId: keyOf(input.LookupAttributes), size };
  return { ...lookup, shown: shownBefore(lookup, input.NextToken) };
}

/** One page: events of the wanted key and time, newest first. */
export function pageOf(records: readonly TrailRecord[], lookup: Lookup): object {
  const { from, to, keyId, size, shown } = lookup;
  const found = records
    .filter((record) => {
      const at = Date.parse(record.eventTime);
      return (
        (from === null || at >= from) &&
        (to === null || at <= to) &&
        (keyId === null || keyIn(record) === keyId)
      );
    })
    .sort((a, b) => (a.eventTime === b.eventTime ? 0 : a.eventTime < b.eventTime ? 1 : -1));
  const more = found.length > shown + size;
  return {
    Events: found.slice(shown, shown + size).map(onWire),
    ...(more ? { NextToken: tokenOf(lookup, shown + size) } : {}),
  };
}

/** CloudTrail writes times as seconds since 1970. */
const milliseconds = (time: unknown): number | null => (time === undefined ? null : Number(time) * 1_000);

function keyOf(attributes: unknown): string | null {
  const [attribute, ...more] = (attributes ?? []) as readonly Input[];
  if (attribute === undefined) {
    return null;
  }
  if (more.length > 0 || attribute.AttributeKey !== 'AccessKeyId') {
    const message = 'The sandbox looks events up by one attribute, AccessKeyId.';
    throw new HistoryRefusal('InvalidLookupAttributesException', message);
  }
  return String(attribute.AttributeValue);
}

/** A token is good for the very same request only. */
function tokenOf({ from, to, keyId, size }: Omit<Lookup, 'shown'>, shown: number): string {
  return Buffer.from(JSON.stringify([from, to, keyId, size, shown])).toString('base64url');
}

function shownBefore(lookup: Omit<Lookup, 'shown'>, token: unknown): number {
  if (token === undefined) {
    return 0;
  }
  const text = Buffer.from(String(token), 'base64url').toString('utf8');
  const shown = Number(/,(\d+)\]$/.exec(text)?.[1]);
  if (token !== tokenOf(lookup, shown)) {
    throw new HistoryRefusal('InvalidNextTokenException', 'The token is not valid for this request.');
  }
  return shown;
}

const identityIn = (record: TrailRecord) =>
  (record.userIdentity ?? {}) as { readonly accessKeyId?: string; readonly userName?: string };

const keyIn = (record: TrailRecord): string | undefined => identityIn(record).accessKeyId;

/** Beside the record as a text, CloudTrail repeats some of it; `ReadOnly` is a text. */
function onWire(record: TrailRecord): object {
  return {
    EventId: record.eventID,
    EventName: record.eventName,
    ReadOnly: String(record.readOnly),
    AccessKeyId: keyIn(record),
    EventTime: Date.parse(record.eventTime) / 1_000,
    EventSource: record.eventSource,
    Username: identityIn(record).userName,
    Resources: [],
    CloudTrailEvent: JSON.stringify(record),
  };
}
