/**
 * The settings document: the only definition of what can be configured.
 *
 * `infra/` parses it at synth, refuses invalid settings, and ships the result inside each function's bundle. The
 * functions parse the same document with the same schema, so a setting means the same on both sides.
 */
import * as z from 'zod';
import { announcementLead } from '../core/case/dates.ts';
import { DAY, HOUR, type Seconds } from '../core/model/time.ts';

/** An example of a valid value for each setting, shown when that setting is refused. */
const EXAMPLES: Readonly<Record<string, string>> = {
  region: '"us-east-1"',
  accountName: '"prod-payments"',
  mode: '"enforce", or "observe" to make proposals and never change a key',
  publicUrl: '"https://keys.example.com", or null for the address of the API',
  approvers: '[{"id": "sec-lead", "name": "Security lead", "email": "security@example.com"}]',
  id: '"sec-lead"',
  name: '"Security lead"',
  email: '"security@example.com"',
  notifyAfter: '"PT1M"',
  settle: '"PT1M"',
  rotationWindow: '"P7D"',
  remindEvery: '"P3D"',
  linkValidity: '"P14D"',
  decisionValid: '"P7D"',
  grace: '"P7D"',
  deletionNotice: '"P1D"',
  quietPeriod: '"PT24H"',
  escalation: '["sec-lead"]',
  escalateAfter: '"P7D"',
  deletion: '"after-grace", "on-confirmation" or "never"',
  changesPerHour: '20',
  exclude: '{"tag": {"key": "solekey:exclude", "value": "true"}, "users": ["break-glass-*"]}',
  tag: '{"key": "solekey:exclude", "value": "true"}, or null',
  users: '["break-glass-*", "svc/legacy/*"]',
  key: '"solekey:exclude"',
  value: '"true"',
  trustedCreators: '["role/*"], or ["role/deployer", "user/admin-*"]',
  exclusionsCountAsCompliant: 'false',
  config: '"on", "off", or {"every": "PT24H", "refreshEvery": "PT1M", "maxRunsPerDay": 24}',
  rule: '"on" or "off"',
  every: '"PT24H"',
  refreshEvery: '"PT1M", or up to "PT1H"',
  maxRunsPerDay: '24',
};

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
const must =
  (what: string) =>
  ({ input }: Wrong): string =>
    input === undefined ? 'is missing' : `must be ${what}, not ${JSON.stringify(input)}`;

const text = (what: string, pattern: RegExp) =>
  z.string({ error: must(what) }).regex(pattern, { error: must(what) });

function duration(least: 0 | 1, fallback: string, most = { seconds: LONGEST, words: '366 days' }) {
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
function isPublicUrl(value: string): boolean {
  if (!URL.canParse(value) || /[?#\s]|\/$/.test(value)) {
    return false;
  }
  const { protocol, hostname, username, password } = new URL(value);
  if (username !== '' || password !== '') {
    return false;
  }
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.has(hostname));
}

const urlWanted = must('an https address without a trailing slash (http is allowed for localhost only)');

const approver = z.strictObject(
  {
    id: text('an approver id (1 to 40 of a-z, 0-9 and -)', /^[a-z0-9-]{1,40}$/),
    name: text('a name (1 to 60 characters on one line)', /^(?=\S)[^\p{Cc}\p{Zl}\p{Zp}]{1,60}(?<=\S)$/u),
    email: z.email({ error: must('an e-mail address') }).max(254, { error: must('an e-mail address') }),
  },
  { error: must('an approver') },
);

/** The characters that IAM accepts in tags: keys have at most 128 of them, values at most 256. */
const TAG_TEXT = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]+$/u;

const exclusion = z.strictObject(
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

const configView = z
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

type Times = Record<'grace' | 'deletionNotice' | 'remindEvery' | 'linkValidity', string>;
type Contradiction = {
  readonly path: (string | number)[];
  readonly message: string;
  readonly example: string;
};

/** Problems of settings that are valid by themselves but contradict each other. */
function contradictionsIn(
  settings: Times & {
    readonly approvers: readonly { readonly id: string }[];
    readonly escalation: readonly string[];
  },
): Contradiction[] {
  const found: Contradiction[] = [];
  const { deletionNotice, grace, remindEvery, linkValidity } = settings;
  const notice = durationSeconds(deletionNotice);
  const graceTime = durationSeconds(grace);
  const noticeTogether = { path: ['deletionNotice'], example: '"PT12H" with grace "P1D"' };
  if (notice >= graceTime) {
    found.push({
      ...noticeTogether,
      message: `must be shorter than grace ("${grace}"), not "${deletionNotice}"`,
    });
  } else if (notice < announcementLead(graceTime)) {
    // Safety rule S13 would delay every deletion beyond the date announced to people.
    const message = `must be at least a day or half of grace ("${grace}"), whichever is shorter, not "${deletionNotice}"`;
    found.push({ ...noticeTogether, message });
  }
  if (durationSeconds(remindEvery) > durationSeconds(linkValidity)) {
    const message = `must be at most linkValidity ("${linkValidity}"), not "${remindEvery}": links would expire before the next mail`;
    found.push({ path: ['remindEvery'], message, example: '"P3D" with linkValidity "P14D"' });
  }
  for (const [index, { id }] of settings.approvers.entries()) {
    if (settings.approvers.findIndex((other) => other.id === id) < index) {
      const message = `"${id}" is already used by another approver`;
      found.push({ path: ['approvers', index, 'id'], message, example: `"${id.slice(0, 38)}-2"` });
    }
  }
  for (const [index, id] of settings.escalation.entries()) {
    if (!settings.approvers.some((approver) => approver.id === id)) {
      const message = `no approver has the id ${JSON.stringify(id)}`;
      found.push({ path: ['escalation', index], message, example: `"${settings.approvers[0]?.id ?? ''}"` });
    }
  }
  return found;
}

export const settingsSchema = z
  .strictObject(
    {
      /** The region in which IAM's events appear, and so Solekey must be deployed. */
      region: text('an AWS region', /^[a-z]{2}(-[a-z]+)+-\d$/),
      /** The account's name for people. Printable ASCII, because it is used in mail subjects. */
      accountName: text(
        'an account name (1 to 40 of letters, digits, space and ._-)',
        /^[A-Za-z0-9](?:[\w .-]{0,38}[\w.-])?$/,
      ),
      /** `observe` only reads and proposes; then no role has the permission to change a key. */
      mode: z.enum(['enforce', 'observe'], { error: must('"enforce" or "observe"') }),
      /** The address in front of every link's path; null: the URL of the API itself. */
      publicUrl: z
        .string({ error: urlWanted })
        .refine(isPublicUrl, { error: urlWanted })
        .nullable()
        .default(null),
      /** The people with permission to decide. At most 200, the limit of SNS (fact sns-filter-policies). */
      approvers: z
        .array(approver, { error: must('a list of approvers') })
        .min(1, { error: 'must name at least one approver' })
        .max(200, { error: 'must have at most 200 approvers, the limit of SNS filter policies' }),
      /** Time from detection to the first notice, so that a rotation within seconds sends no mail. */
      notifyAfter: duration(0, 'PT1M'),
      /** Maximum time by which IAM's reads lag its writes. Absence is confirmed by two observations this far apart. */
      settle: duration(1, 'PT1M'),
      /** Time during which a new second key counts as a rotation under way. */
      rotationWindow: duration(0, 'P7D'),
      remindEvery: duration(1, 'P3D'),
      linkValidity: duration(1, 'P14D'),
      /** Maximum time from a decision until it is first carried out. */
      decisionValid: duration(1, 'P7D'),
      /** Time from the deactivation of a key to its deletion. */
      grace: duration(1, 'P7D'),
      /** Time between the last announcement of a deletion and the deletion. */
      deletionNotice: duration(1, 'P1D'),
      /** A key used within this time is deactivated only if the decision acknowledges that use. */
      quietPeriod: duration(0, 'PT24H'),
      /** Ids of approvers who are also notified if nobody decides within `escalateAfter`. May be empty. */
      escalation: z
        .array(z.string({ error: must('an approver id') }), { error: must('a list of approver ids') })
        .default([]),
      escalateAfter: duration(1, 'P7D'),
      /** How deactivated keys are deleted after their grace period. */
      deletion: z
        .enum(['after-grace', 'on-confirmation', 'never'], {
          error: must('"after-grace", "on-confirmation" or "never"'),
        })
        .default('after-grace'),
      /** Maximum number of keys deactivated or deleted per account and clock hour. Restores are never limited. */
      changesPerHour: z
        .int({ error: must('a whole number') })
        .min(1, { error: must('a number of 1 or more') })
        .max(1000, { error: must('a number up to 1000') })
        .default(20),
      /** Users that are never changed, but still seen. The role's policy denies changing them as well. */
      exclude: exclusion.default({ tag: { key: 'solekey:exclude', value: 'true' }, users: [] }),
      /** True if AWS Config shows excluded users with several active keys as compliant anyway. */
      exclusionsCountAsCompliant: z.boolean({ error: must('true or false') }).default(false),
      /**
       * Globs of the principals (`user/<name>`, `role/<name>`, `root`) that are expected to create keys for others. A
       * key that anybody else except its owner creates has no rotation window, and its notice is urgent.
       */
      trustedCreators: z
        .array(text('a glob of principals (letters, digits and +=,.@_-/*?)', /^[\w+=,.@/*?-]{1,140}$/), {
          error: must('a list of globs'),
        })
        .default(['role/*']),
      /** The view in AWS Config. `"on"` and `"off"` are short for an object with that `rule`. */
      config: z.preprocess((given) => (typeof given === 'string' ? { rule: given } : given), configView),
    },
    { error: must('a settings object') },
  )
  .superRefine((settings, context) => {
    for (const { path, message, example } of contradictionsIn(settings)) {
      context.addIssue({ code: 'custom', path, message, params: { example } });
    }
  });

/** The document as shipped: complete with all defaults, durations still in ISO 8601. */
export type Settings = z.infer<typeof settingsSchema>;
export type Approver = Settings['approvers'][number];

type Parsed =
  | {
      readonly ok: true;
      readonly settings: Settings;
      /** Settings that this release does not know and that therefore have no effect. */
      readonly ignored: readonly string[];
    }
  | { readonly ok: false; readonly problems: string[] };

/** The path of a setting as a user would write it: `['approvers', 0, 'email']` becomes `approvers[0].email`. */
function nameOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>((name, part) => {
    if (typeof part === 'number') {
      return `${name}[${part}]`;
    }
    return name === '' ? String(part) : `${name}.${String(part)}`;
  }, '');
}

function linesOf(issue: z.core.$ZodIssue): string[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => `${nameOf([...issue.path, key])}: there is no such setting; remove it`);
  }
  const name = nameOf(issue.path);
  if (name === '') {
    return [`settings: ${issue.message}; for example an object like the one in cdk.json`];
  }
  const own: unknown = issue.code === 'custom' ? issue.params?.example : undefined;
  const example = own ?? EXAMPLES[String(issue.path.findLast((part) => typeof part === 'string'))];
  return [`${name}: ${issue.message}${example === undefined ? '' : `; for example ${example}`}`];
}

/**
 * Parses a settings document of unknown origin. If it is not valid, each problem is one line for people. Unknown settings
 * are a problem, unless they are to be ignored: the document may be that of a newer release.
 */
export function parseSettings(document: unknown, unknown: 'refuse' | 'ignore' = 'refuse'): Parsed {
  const result = settingsSchema.safeParse(document);
  if (result.success) {
    return { ok: true, settings: result.data, ignored: [] };
  }
  const paths = result.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [],
  );
  if (unknown === 'ignore' && paths.length > 0) {
    const rest = parseSettings(without(document, paths));
    return rest.ok ? { ...rest, ignored: paths.map(nameOf).sort() } : rest;
  }
  return { ok: false, problems: [...new Set(result.error.issues.flatMap(linesOf))] };
}

/** The document without what stands at these paths. */
function without(document: unknown, paths: readonly (readonly PropertyKey[])[]): unknown {
  const gone = new Set(paths.map((path) => JSON.stringify(path)));
  const kept = (value: unknown, path: readonly PropertyKey[]): unknown => {
    if (Array.isArray(value)) {
      return value.map((inner, index) => kept(inner, [...path, index]));
    }
    if (typeof value !== 'object' || value === null) {
      return value;
    }
    return Object.fromEntries(
      Object.entries(value).flatMap(([name, inner]) => {
        const here = [...path, name];
        return gone.has(JSON.stringify(here)) ? [] : [[name, kept(inner, here)]];
      }),
    );
  };
  return kept(document, []);
}

/** Each e-mail address once, in lower case, with the ids of the approvers who use it, in the order given. */
export function distinctAddresses(
  approvers: readonly Approver[],
): { readonly address: string; readonly ids: string[] }[] {
  const byAddress = new Map<string, string[]>();
  for (const { id, email } of approvers) {
    const address = email.toLowerCase();
    byAddress.set(address, [...(byAddress.get(address) ?? []), id]);
  }
  return [...byAddress].map(([address, ids]) => ({ address, ids }));
}
