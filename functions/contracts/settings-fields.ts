/** The fields of the settings document, each with its limits and what is said when it is refused. */
import * as z from 'zod';
import { DAY, HOUR, type Seconds } from '../core/model/time.ts';

const DURATION = /^P(?=\d|T\d)(?:(\d{1,9})D)?(?:T(?=\d)(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})S)?)?$/;

/** A longer duration is probably a typing error, and would leave a case unattended for too long. */
const LONGEST = 366 * DAY;

function secondsOf(iso: string): Seconds | undefined {
  const match = DURATION.exec(iso);
  if (match === null) {
    return undefined;
  }
  const [days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0));
  return (days ?? 0) * DAY + (hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0);
}

/**
 * The length of an ISO 8601 duration in seconds. Days are 24 hours. Years, months and weeks are not accepted, because
 * their length, or their use together with days, is ambiguous.
 * @throws RangeError for anything that the schema below refuses as a duration
 */
export function durationSeconds(iso: string): Seconds {
  const seconds = secondsOf(iso);
  if (seconds === undefined) {
    throw new RangeError(`${JSON.stringify(iso)} is not an ISO 8601 duration`);
  }
  return seconds;
}

type Wrong = { readonly input?: unknown };

/** The error for a value of the wrong type, which differs from that for a missing value. */
export const must =
  (what: string) =>
  ({ input }: Wrong): string =>
    input === undefined ? 'is missing' : `must be ${what}, not ${JSON.stringify(input)}`;

export const text = (what: string, pattern: RegExp) =>
  z.string({ error: must(what) }).regex(pattern, { error: must(what) });

/** A duration of at least no time or one second, with its default. */
export function duration(least: 0 | 1, fallback: string, most = { seconds: LONGEST, words: '366 days' }) {
  return z
    .string({ error: must('a duration') })
    .superRefine((iso, context) => {
      const seconds = secondsOf(iso);
      const quoted = JSON.stringify(iso);
      if (seconds === undefined) {
        context.addIssue(`must be a duration (ISO 8601: PnDTnHnMnS), not ${quoted}`);
      } else if (seconds < least) {
        context.addIssue(`must be at least one second, not ${quoted}`);
      } else if (seconds > most.seconds) {
        context.addIssue(`must be at most ${most.words}, not ${quoted}`);
      }
    })
    .default(fallback);
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** True for an address that may be put in front of mailed links. Plain http is allowed only for the local machine. */
export function isPublicUrl(value: string): boolean {
  if (!URL.canParse(value) || /[?#\s]|\/$/.test(value)) {
    return false;
  }
  const { protocol, hostname, username, password } = new URL(value);
  if (username !== '' || password !== '') {
    return false;
  }
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.has(hostname));
}

/** The error for an address that cannot stand in front of links. */
export const urlWanted = must(
  'an https address without a trailing slash (http is allowed for localhost only)',
);

/** One approver. */
export const approver = z.strictObject(
  {
    id: text('an approver id (1 to 40 of a-z, 0-9 and -)', /^[a-z0-9-]{1,40}$/),
    name: text('a name (1 to 60 characters on one line)', /^(?=\S)[^\p{Cc}\p{Zl}\p{Zp}]{1,60}(?<=\S)$/u),
    email: z.email({ error: must('an e-mail address') }).max(254, { error: must('an e-mail address') }),
  },
  { error: must('an approver') },
);

/** The characters that IAM accepts in tags: keys have at most 128 of them, values at most 256. */
const TAG_TEXT = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]+$/u;

/** The users that are never changed. */
export const exclusion = z.strictObject(
  {
    /**
     * Users with exactly this tag are never changed; null: tags do not matter. Anyone who may tag users can exclude
     * them.
     */
    tag: z
      .strictObject(
        {
          key: text('a tag key', TAG_TEXT).max(128, { error: must('a tag key (at most 128 characters)') }),
          value: text('a tag value', TAG_TEXT).max(256, {
            error: must('a tag value (at most 256 characters)'),
          }),
        },
        { error: must('a tag') },
      )
      .nullable()
      .default({ key: 'solekey:exclude', value: 'true' }),
    /** Globs for the name or the path with the name: `*` is any number of characters, `?` exactly one. Case matters. */
    users: z
      .array(text('a glob of user names (letters, digits and +=,.@_-/*?)', /^[\w+=,.@/*?-]{1,128}$/), {
        error: must('a list of globs'),
      })
      .max(40, { error: 'must have at most 40 globs: an IAM policy cannot hold more' })
      .default([]),
  },
  { error: must('an exclusion') },
);

/** The intervals at which AWS Config can run a periodic rule. It offers no others. */
const CONFIG_FREQUENCIES = ['PT1H', 'PT3H', 'PT6H', 'PT12H', 'PT24H'] as const;

/** The view in AWS Config. */
export const configView = z
  .strictObject(
    {
      /** `on` creates the rule in AWS Config, which needs a configuration recorder in the account. */
      rule: z.enum(['on', 'off'], { error: must('"on" or "off"') }).default('on'),
      /** Interval at which AWS Config runs the rule by its own schedule. */
      every: z
        .enum(CONFIG_FREQUENCIES, { error: must(`one of ${CONFIG_FREQUENCIES.join(', ')}`) })
        .default('PT24H'),
      /** Minimum time between two runs that Solekey requests. AWS Config accepts one a minute. */
      refreshEvery: duration(1, 'PT1M', { seconds: HOUR, words: 'one hour' }),
      /** Maximum number of runs that Solekey requests per day (UTC). */
      maxRunsPerDay: z
        .int({ error: must('a whole number') })
        .min(0, { error: must('a number of 0 or more') })
        .max(1440, { error: must('a number up to 1440') })
        .default(24),
    },
    { error: must('"on", "off" or an object') },
  )
  .prefault({});
