/**
 * The settings document: the only definition of what can be configured.
 *
 * `infra/` parses it at synth, refuses invalid settings, and ships the result inside each function's bundle. The
 * functions parse the same document with the same schema, so a setting means the same on both sides.
 */
import * as z from 'zod';
import { REGIONS } from './fixed-names.ts';
import { contradictionsIn } from './settings-contradictions.ts';
import {
  approver,
  changeWindow,
  configView,
  countAsCompliant,
  digest,
  duration,
  exclusion,
  isPublicUrl,
  must,
  noticeFor,
  oneOf,
  only,
  operators,
  ownerTags,
  retention,
  text,
  urlWanted,
  usage,
} from './settings-fields.ts';
import { withPresentNames } from './settings-former.ts';
import { linesOf, nameOf, problem } from './settings-refusals.ts';

export { filterOf } from '../core/health/subscription-filter.ts';
export { durationSeconds } from './duration.ts';
export { operatorAddresses } from './operators.ts';
export { formerSettingsIn } from './settings-former.ts';
export { approversInReserve, uncheckedApprovers } from './unchecked.ts';

export const settingsSchema = z.strictObject(
  {
    /** The region in which IAM's events appear, and so Solekey must be deployed. */
    region: text('an AWS region', /^[a-z]{2}(-[a-z]+)+-\d$/, REGIONS),
    /** The account's name for people. Printable ASCII, because it is used in mail subjects. */
    accountName: text(
      'an account name (1 to 40 of letters, digits, space and ._-)',
      /^[A-Za-z0-9](?:[\w .-]{0,38}[\w.-])?$/,
    ),
    /** `observe` only reads and proposes; then no role has the permission to change a key. */
    mode: oneOf('"observe" or "enforce"', ['observe', 'enforce']),
    /** The users whose keys are changed in the mode `enforce`, while all others are observed; null: everybody. */
    only,
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
    /**
     * The addresses of the people who keep Solekey itself running: they are told of alarms and of what health finds. null:
     * the approvers' addresses.
     */
    operators,
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
    /** Time between the last announcement of a deletion and the deletion. Half of a grace period under two days. */
    deletionNotice: duration(1, 'P1D'),
    /** A key used within this time is deactivated only if the decision acknowledges that use. */
    quietPeriod: duration(0, 'PT24H'),
    /** Maximum time for which an answer may leave several keys active, or put off the deletion of a key. */
    exceptionMaximum: duration(1, 'P90D'),
    /** Ids of approvers who are also notified if nobody decides within `escalateAfter`. May be empty. */
    escalation: z
      .array(z.string({ error: must('an approver id') }), { error: must('a list of approver ids') })
      .default([]),
    escalateAfter: duration(1, 'P7D'),
    /** How deactivated keys are deleted after their grace period. */
    deletion: oneOf('"after-grace", "on-confirmation" or "never"', [
      'after-grace',
      'on-confirmation',
      'never',
    ]).default('after-grace'),
    /** Maximum number of keys deactivated or deleted per account and clock hour. Restores are never limited. */
    changesPerHour: z
      .int({ error: must('a whole number') })
      .min(1, { error: must('a number of 1 or more') })
      .max(1000, { error: must('a number up to 1000') })
      .default(20),
    /** The times at which keys are deactivated and deleted, on the clocks of `digest.zone`; null: at any time. Restores never wait. */
    changeWindow,
    /** Users that are never changed, but still seen. The role's policy denies changing them as well. */
    exclude: exclusion.default({ tag: { key: 'solekey:exclude', value: 'true' }, users: [] }),
    /** Users with several active keys whom AWS Config shows as compliant anyway. */
    countAsCompliant,
    /** True if an approver may decide to keep a key that they created themselves, as far as `principals` tells. */
    selfApproval: z.boolean({ error: must('true or false') }).default(false),
    /**
     * Globs of the principals (`user/<name>`, `role/<name>`, `root`) that are expected to create keys for others. A
     * key that anybody else except its owner creates has no rotation window, and its notice is urgent.
     */
    trustedCreators: z
      .array(text('a glob of principals (letters, digits and +=,.@_-/*?)', /^[\w+=,.@/*?-]{1,140}$/), {
        error: must('a list of globs'),
      })
      .default(['role/*']),
    /** Keys of the tags that say who is responsible for a user, those believed first first. Nothing is decided by them. */
    ownerTags,
    /** Looks up who uses the keys of open cases: `on`, `off`, or `on` with further Regions. */
    usage,
    /** How long records, packs and inventories are kept, and at least the comments that people typed. */
    retention,
    /** `governance`: what is in the bucket of records cannot be deleted within `retention`, not even by its administrator. */
    objectLock: oneOf('"off" or "governance"', ['off', 'governance']).default('off'),
    /** Time after which approvers are asked for the next sign-off. */
    signOffEvery: duration(1, 'P90D'),
    /** When digests are mailed, and the zone whose times people are shown beside UTC. */
    digest,
    /** The view in AWS Config. `"on"` and `"off"` are short for an object with that `rule`. */
    config: z.preprocess((given) => (typeof given === 'string' ? { rule: given } : given), configView),
  },
  { error: must('a settings object') },
);

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

/**
 * Parses a settings document of unknown origin. If it is not valid, each problem is one line for people. Unknown settings
 * are a problem, unless they are to be ignored: the document may be that of a newer release.
 */
export function parseSettings(document: unknown, unknown: 'refuse' | 'ignore' = 'refuse'): Parsed {
  const present = withPresentNames(document);
  const written = writtenIn(present.document);
  const result = settingsSchema.safeParse(withNotice(present.document, written));
  const former = present.problems.map(problem);
  if (result.success) {
    const problems = [...former, ...contradictionsIn(result.data, written).map(problem)];
    return problems.length > 0 ? { ok: false, problems } : { ok: true, settings: result.data, ignored: [] };
  }
  const paths = result.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [],
  );
  if (unknown === 'ignore' && paths.length > 0) {
    const rest = parseSettings(without(document, paths));
    return rest.ok ? { ...rest, ignored: paths.map(nameOf).sort() } : rest;
  }
  return { ok: false, problems: [...new Set([...former, ...result.error.issues.flatMap(linesOf)])] };
}

/** The names of the settings in the document. */
function writtenIn(document: unknown): string[] {
  const entries = typeof document === 'object' && document !== null ? Object.entries(document) : [];
  return entries.flatMap(([name, value]) => (value === undefined ? [] : [name]));
}

/** The document with the deletionNotice that follows from its grace, unless it has one of its own. */
function withNotice(document: unknown, written: readonly string[]): unknown {
  if (!written.includes('grace') || written.includes('deletionNotice')) {
    return document;
  }
  const { grace, ...rest } = document as Readonly<Record<string, unknown>>;
  return { ...rest, grace, deletionNotice: noticeFor(grace) };
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
  approvers: readonly Pick<Approver, 'id' | 'email'>[],
): { readonly address: string; readonly ids: string[] }[] {
  const byAddress = new Map<string, string[]>();
  for (const { id, email } of approvers) {
    const address = email.toLowerCase();
    byAddress.set(address, [...(byAddress.get(address) ?? []), id]);
  }
  return [...byAddress].map(([address, ids]) => ({ address, ids }));
}
