/** The fields of the settings document, each with its limits and what is said when it is refused. */
import * as z from 'zod';
import { announcementLead } from '../core/case/dates.ts';
import { LONGEST_TAG, MOST_OWNER_TAGS, OWNER_TAGS } from '../core/model/owners.ts';
import { COUNTABLE } from '../core/model/policy.ts';
import { DAY, HOUR, MINUTE, type Seconds } from '../core/model/time.ts';
import { WEEKDAYS } from '../core/model/window.ts';
import { isZone } from '../core/model/zone.ts';
import { isRegion } from '../core/usage/regions.ts';
import { clockTime } from './clock-time.ts';
import { didYouMean } from './did-you-mean.ts';
import { secondsOf } from './duration.ts';
import { LEAST_RETENTION_DAYS } from './fixed-names.ts';

const TIME_OF_DAY = /^(?:[01]\d|2[0-3]):[0-5]\d$/;

/** A longer duration is probably a typing error, and would leave a case unattended for too long. */
const LONGEST = 366 * DAY;

type Wrong = { readonly input?: unknown };

/**
 * The error for a wrong value, which differs from that for a missing one. It suggests one of the choices if the value is
 * similar.
 */
export const must =
  (what: string, choices: readonly string[] = []) =>
  ({ input }: Wrong): string =>
    input === undefined
      ? 'is missing'
      : `must be ${what}, not ${JSON.stringify(input)}${didYouMean(input, choices)}`;

export const text = (what: string, pattern: RegExp, choices: readonly string[] = []) =>
  z.string({ error: must(what, choices) }).regex(pattern, { error: must(what, choices) });

/** One of these values. */
export const oneOf = <const Value extends string>(what: string, values: readonly Value[]) =>
  z.enum(values, { error: must(what, values) });

/** A duration of at least no time or one second, with its default. */
export function duration(least: 0 | 1, fallback: string, most = { seconds: LONGEST, words: '366 days' }) {
  return z
    .string({ error: must('a duration') })
    .superRefine((iso, context) => {
      const seconds = secondsOf(iso);
      const quoted = JSON.stringify(iso);
      if (seconds === undefined) {
        const instead = durationMeant(iso);
        const meant = instead === null ? '' : ` (did you mean "${instead}"?)`;
        context.addIssue(`must be a duration (ISO 8601: PnDTnHnMnS), not ${quoted}${meant}`);
      } else if (seconds < least) {
        context.addIssue(`must be at least one second, not ${quoted}`);
      } else if (seconds > most.seconds) {
        context.addIssue(`must be at most ${most.words}, not ${quoted}`);
      }
    })
    .default(fallback);
}

/** Longest time for which records are kept. A year more than the longest that the trade asks for. */
const MOST_RETENTION_DAYS = 11 * 365 + 3;

/** How long records are kept: a whole number of days, with its default. */
export const retention = z
  .string({ error: must('a duration') })
  .superRefine((iso, context) => {
    const days = (secondsOf(iso) ?? Number.NaN) / DAY;
    if (!Number.isInteger(days) || days < LEAST_RETENTION_DAYS || days > MOST_RETENTION_DAYS) {
      context.addIssue(
        `must be a number of days from "P${LEAST_RETENTION_DAYS}D" to "P${MOST_RETENTION_DAYS}D" (11 years), not ${JSON.stringify(iso)}`,
      );
    }
  })
  .default(`P${LEAST_RETENTION_DAYS}D`);

/** A single length of time in everyday notation, or with a unit on the wrong side of the `T`. */
const EVERYDAY =
  /^(P?)T?\s*(\d{1,6})\s*(?:(w)(?:eeks?)?|(d)(?:ays?)?|(h)(?:ours?)?|(m)(?:in(?:ute)?s?)?|(s)(?:ec(?:ond)?s?)?)$/i;

/** The duration that somebody seems to have meant: `P7D` for `7 days`; null if that is not clear, as for `P1M`. */
function durationMeant(written: string): string | null {
  const [, period, count, weeks, days, hours, minutes, seconds] = EVERYDAY.exec(written) ?? [];
  if (weeks !== undefined) {
    return `P${Number(count) * 7}D`;
  }
  if (days !== undefined) {
    return `P${count}D`;
  }
  const unit = hours ?? (period === '' ? minutes : undefined) ?? seconds;
  return unit === undefined ? null : `PT${count}${unit.toUpperCase()}`;
}

/**
 * The deletionNotice that goes with a grace period if none is written: the least one, which is also the default; undefined
 * for a grace period that cannot be read.
 */
export function noticeFor(grace: unknown): string | undefined {
  const seconds = typeof grace === 'string' ? secondsOf(grace) : undefined;
  return seconds === undefined ? undefined : isoOf(Math.ceil(announcementLead(seconds)));
}

function isoOf(seconds: Seconds): string {
  if (seconds === DAY) {
    return 'P1D';
  }
  if (seconds % HOUR === 0) {
    return `PT${seconds / HOUR}H`;
  }
  return seconds % MINUTE === 0 ? `PT${seconds / MINUTE}M` : `PT${seconds}S`;
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

/** A person acts under a user, a few roles, and their sessions in some accounts. */
const MOST_PRINCIPALS = 20;

/** The end of an ARN's name must say who it is: with wildcards alone everybody would be that person. */
const PRINCIPAL =
  /^arn:aws[\w-]*:(?:iam::(?:\d{12}|\*):(?:root|(?:user|role)\/(?=.*[\w+=,.@-])[\w+=,.@/*?-]{1,600})|sts::(?:\d{12}|\*):(?:assumed-role|federated-user)\/(?=.*[\w+=,.@-])[\w+=,.@/*?-]{1,200})$/;

/** A glob of the ARNs of a user, a role, or the sessions of a role. */
const principal = text('a glob of ARNs of users, roles or role sessions that names somebody', PRINCIPAL);

/** One approver. */
export const approver = z.strictObject(
  {
    id: text('an approver id (1 to 40 of a-z, 0-9 and -)', /^[a-z0-9-]{1,40}$/),
    name: text('a name (1 to 60 characters on one line)', /^(?=\S)[^\p{Cc}\p{Zl}\p{Zp}]{1,60}(?<=\S)$/u),
    email: z.email({ error: must('an e-mail address') }).max(254, { error: must('an e-mail address') }),
    /** `none`: may decide, and is not mailed ordinary notices or digests. */
    mail: oneOf('"all" or "none"', ['all', 'none']).default('all'),
    /** Globs of the ARNs under which this person acts in AWS, in any case. Empty: not known. */
    principals: z
      .array(principal, { error: must('a list of globs of ARNs') })
      .refine((globs) => globs.length <= MOST_PRINCIPALS, {
        error: `must have at most ${MOST_PRINCIPALS} globs`,
      })
      .default([]),
  },
  { error: must('an approver') },
);

/** The characters that IAM accepts in tags: keys have at most 128 of them, values at most 256. */
const TAG_TEXT = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]+$/u;

/** The key of a tag. */
const tagKey = text('a tag key', TAG_TEXT).max(LONGEST_TAG.key, {
  error: must(`a tag key (at most ${LONGEST_TAG.key} characters)`),
});

/** Exactly this tag. IAM compares its key without regard to case. */
const tag = z.strictObject(
  {
    key: tagKey,
    value: text('a tag value', TAG_TEXT).max(LONGEST_TAG.value, {
      error: must(`a tag value (at most ${LONGEST_TAG.value} characters)`),
    }),
  },
  { error: must('a tag') },
);

/** Globs for the name or the path with the name: `*` is any number of characters, `?` exactly one. Case matters. */
const globs = (most: number) =>
  z
    .array(text('a glob of user names (letters, digits and +=,.@_-/*?)', /^[\w+=,.@/*?-]{1,128}$/), {
      error: must('a list of globs'),
    })
    .max(most, { error: `must have at most ${most} globs: an IAM policy cannot hold more` })
    .default([]);

/** The users whose keys are changed, all others being observed; null: everybody. */
export const only = z
  .strictObject(
    {
      users: globs(12),
      tag: tag.nullable().default(null),
    },
    { error: must('an object with "users", "tag" or both, or null') },
  )
  .refine(({ users, tag }) => users.length > 0 || tag !== null, {
    error: 'must name some users by globs or by a tag; null stands for everybody',
  })
  .nullable()
  .default(null);

/** The users that are never changed. */
export const exclusion = z.strictObject(
  {
    /**
     * Users with exactly this tag are never changed; null: tags do not matter. Anyone who may tag users can exclude
     * them.
     */
    tag: tag.nullable().default({ key: 'solekey:exclude', value: 'true' }),
    users: globs(40),
  },
  { error: must('an exclusion') },
);

/** The keys of the tags that say who is responsible for a user. Empty: nobody is named. */
export const ownerTags = z
  .array(tagKey, { error: must('a list of tag keys') })
  .max(MOST_OWNER_TAGS, { error: `must have at most ${MOST_OWNER_TAGS} tag keys` })
  .default([...OWNER_TAGS]);

/** Most further Regions. With the home Region and that of a last use, the keys of a user take minutes to look up. */
const MOST_REGIONS = 4;

const LOOKS_UP = ['on', 'off'] as const;

const usageWanted = { error: must(`"on", "off" or a list of 1 to ${MOST_REGIONS} regions`, LOOKS_UP) };

/** If, and in which Regions besides the usual ones, the use of keys is looked up in CloudTrail. */
export const usage = z
  .union(
    [
      z.enum(LOOKS_UP),
      z
        .array(z.string().refine(isRegion, { error: must('an AWS region') }))
        .min(1, usageWanted)
        .max(MOST_REGIONS, usageWanted),
    ],
    usageWanted,
  )
  .default('on');

/** More people than this are better reached through a list of their own. SNS bills each mail. */
const MOST_OPERATORS = 20;

/** The addresses of those who keep Solekey itself running; null: those of the approvers. */
export const operators = z
  .array(z.email({ error: must('an e-mail address') }).max(254, { error: must('an e-mail address') }), {
    error: must('a list of e-mail addresses'),
  })
  .min(1, { error: 'must name at least one operator' })
  .max(MOST_OPERATORS, { error: `must have at most ${MOST_OPERATORS} addresses` })
  .nullable()
  .default(null);
/** A window that is open for less is gone before every check and call that a change needs. */
const SHORTEST_WINDOW = 15 * MINUTE;

/** The times at which keys are deactivated and deleted, on the clocks of `digest.zone`; null: at any time. */
export const changeWindow = z
  .strictObject(
    {
      days: z
        .array(oneOf(`a day of the week (${WEEKDAYS.join(', ')})`, WEEKDAYS), {
          error: must('a list of days'),
        })
        .min(1, { error: 'must name at least one day: a window without days never opens' }),
      from: text('a time of day (HH:MM, 00:00 to 23:59)', TIME_OF_DAY),
      /** The end of the day is 24:00. */
      to: text('a time of day (HH:MM, 00:01 to 24:00)', /^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/),
    },
    { error: must('an object with "days", "from" and "to", or null') },
  )
  .superRefine(({ from, to }, context) => {
    if (!TIME_OF_DAY.test(from)) {
      return;
    }
    const open = clockSeconds(to) - clockSeconds(from);
    const said = (message: string) => context.addIssue({ code: 'custom', path: ['to'], message });
    if (open <= 0) {
      said(
        `must be later than "from" ("${from}"), not "${to}": a window ends on the day on which it begins, at "24:00" at the latest`,
      );
    } else if (open < SHORTEST_WINDOW) {
      said(`must be at least 15 minutes after "from" ("${from}"), not "${to}"`);
    }
  })
  .nullable()
  .default(null);

/** Seconds from the beginning of the day to a time of it, on a day without a change of the clocks. */
export function clockSeconds(time: string): Seconds {
  const { hour, minute } = clockTime(time);
  return hour * HOUR + minute * MINUTE;
}

const zoneWanted = must('a time zone of the IANA database', ['UTC', ...Intl.supportedValuesOf('timeZone')]);

/** When digests are mailed, and the zone whose times people are shown. */
export const digest = z
  .strictObject(
    {
      /** Time of day on the zone's clocks. */
      at: text('a time of day (HH:MM, 00:00 to 23:59)', TIME_OF_DAY).default('07:00'),
      zone: z.string({ error: zoneWanted }).refine(isZone, { error: zoneWanted }).default('UTC'),
    },
    { error: must('an object with "at" and "zone"') },
  )
  .prefault({});

/** Users with several Active keys whom AWS Config shows as compliant anyway. */
export const countAsCompliant = z
  .array(oneOf('"exceptions" or "exclusions"', COUNTABLE), {
    error: must('a list of "exceptions", "exclusions" or both'),
  })
  .default([]);

/** The intervals at which AWS Config can run a periodic rule. It offers no others. */
const CONFIG_FREQUENCIES = ['PT1H', 'PT3H', 'PT6H', 'PT12H', 'PT24H'] as const;

/** The view in AWS Config. */
export const configView = z
  .strictObject(
    {
      /** `on` creates the rule in AWS Config, which needs a configuration recorder in the account. */
      rule: oneOf('"on" or "off"', ['on', 'off']).default('on'),
      /** Interval at which AWS Config runs the rule by its own schedule. */
      every: oneOf(`one of ${CONFIG_FREQUENCIES.join(', ')}`, CONFIG_FREQUENCIES).default('PT24H'),
      /**
       * Regions in one of which the configuration recorder records IAM users; null: the stack's Region. AWS records global
       * types in chosen Regions only.
       */
      recorderRegions: z
        .array(z.string().refine(isRegion, { error: must('an AWS region') }), {
          error: must('a list of regions'),
        })
        .min(1, { error: must('a list of 1 to 4 regions') })
        .max(MOST_REGIONS, { error: must('a list of 1 to 4 regions') })
        .nullable()
        .default(null),
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
