import { type CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import type { UsageQuery, UsageReader } from '../app/usage-ports.ts';
import { type LookedUp, readLookup } from '../contracts/lookup-events.ts';
import type { Instant, Seconds } from '../core/model/time.ts';
import { familiesOf, merged } from '../core/usage/families.ts';
import type { KeyUsage, NotLookedUp } from '../core/usage/usage.ts';
import { coveredBack, coveredByAll, type Page, type Window, windowsAt } from '../core/usage/windows.ts';

/**
 * The pause before each call. AWS allows two calls a second for each account and Region, and other tools of the account need
 * some of them.
 */
export const PACE: Seconds = 1;

/** The pauses before another attempt, if CloudTrail throttles a call. They are for one key; then it is given up. */
const WHEN_THROTTLED: readonly Seconds[] = [2, 4];

/** The largest page that LookupEvents gives. */
const PAGE = 50;

export interface LookupOptions {
  /** The client of a Region. It must make one attempt (`maxAttempts: 1`): attempts of the SDK would not keep the pace. */
  readonly client: (region: string) => Pick<CloudTrailClient, 'send'>;
  readonly pause: (seconds: Seconds) => Promise<void>;
  readonly now: () => Instant;
}

/**
 * Reads one page of each window in each Region, at most five a key and Region. A key is looked up as a whole or not at all:
 * of a part nobody could say what is missing.
 */
export function usageReader(options: LookupOptions): UsageReader {
  // Shared by all keys, so that the pause is kept between two keys, too.
  const pace = pacer(options.pause);
  return {
    async of(query) {
      const at = options.now();
      const found: Reading[] = [];
      const waits = [...WHEN_THROTTLED];
      const windows = windowsAt(at, query.created, query.ended);
      for (const region of query.regions) {
        for (const window of windows) {
          const reading = await read({ ...options, pace, waits }, query, region, window);
          if (typeof reading === 'string') {
            return notLookedUp(query, reading, found.length > 0);
          }
          found.push(reading);
        }
      }
      return together(query, found, at);
    },
  };
}

/** One page, by its Region. */
interface Reading extends LookedUp {
  readonly region: string;
  readonly page: Page;
}

interface Access extends LookupOptions {
  readonly pace: () => Promise<void>;
  /** The pauses that are left for this key; used up. */
  readonly waits: Seconds[];
}

async function read(
  access: Access,
  query: UsageQuery,
  region: string,
  window: Window,
): Promise<Reading | NotLookedUp> {
  const { client, pace, pause, now, waits } = access;
  for (;;) {
    await pace();
    if (query.until !== null && now() >= query.until) {
      return 'waiting';
    }
    try {
      const answer = await client(region).send(
        new LookupEventsCommand({
          LookupAttributes: [{ AttributeKey: 'AccessKeyId', AttributeValue: query.keyId }],
          StartTime: new Date(window.from),
          EndTime: new Date(window.to),
          MaxResults: PAGE,
        }),
      );
      const texts = (answer.Events ?? []).map(({ CloudTrailEvent }) => CloudTrailEvent);
      const { events, unread } = readLookup(texts, query.keyId);
      const oldest = events.map(({ at }) => at).reduce<Instant | null>(earlier, null);
      const more = (answer.NextToken ?? '') !== '';
      return { region, events, unread, page: { window, oldest, more } };
    } catch (error) {
      const why = whyOf(error);
      const wait = why === 'throttled' ? waits.shift() : undefined;
      if (wait === undefined) {
        return why;
      }
      await pause(wait);
    }
  }
}

const earlier = (a: Instant | null, b: Instant): Instant => (a === null || b < a ? b : a);

function together({ keyId, regions }: UsageQuery, found: readonly Reading[], at: Instant): KeyUsage {
  const { families, leftOut } = merged(familiesOf(found.flatMap(({ events }) => events)));
  const backs = regions.map((region) =>
    coveredBack(
      found.filter((one) => one.region === region).map(({ page }) => page),
      at,
    ),
  );
  const unread = found.reduce((sum, one) => sum + one.unread, 0);
  return {
    keyId,
    lookup: { kind: 'looked-up', at, back: coveredByAll(backs, at), regions },
    families,
    ...(leftOut === 0 ? {} : { leftOut }),
    ...(unread === 0 ? {} : { unread }),
  };
}

function notLookedUp({ keyId }: UsageQuery, why: NotLookedUp, partly: boolean): KeyUsage {
  return { keyId, lookup: { kind: 'not-looked-up', why, ...(partly ? { partly } : {}) }, families: [] };
}

/** Pauses before every call but the first. */
function pacer(pause: LookupOptions['pause']): () => Promise<void> {
  let first = true;
  return async () => {
    if (!first) {
      await pause(PACE);
    }
    first = false;
  };
}

function whyOf(error: unknown): 'denied' | 'throttled' | 'failed' {
  const code = error instanceof Error ? error.name : '';
  if (/AccessDenied|UnauthorizedOperation/.test(code)) {
    return 'denied';
  }
  return /Throttl|TooManyRequests|RequestLimitExceeded/.test(code) ? 'throttled' : 'failed';
}
