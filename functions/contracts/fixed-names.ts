/**
 * Names that the deployment and the functions must spell alike. Constants only: `infra/` reads this file at synth, so
 * nothing here may depend on code that runs in a function.
 */
import type { AnyPurpose, LinkPurpose, ListPurpose, ReportPurpose } from '../core/case/requests.ts';

/**
 * The regions in which Solekey can be deployed: those where CloudTrail records IAM's API calls, one per partition
 * (fact iam-events-region). A rule in any other region receives no event, so Solekey would deploy successfully but detect
 * nothing.
 */
export const REGIONS: readonly string[] = ['us-east-1', 'us-gov-west-1', 'cn-north-1'];

/** The IAM calls that may change a user's active keys, name, existence or exclusion. */
export const WATCHED_CALLS = [
  'CreateAccessKey',
  'UpdateAccessKey',
  'DeleteAccessKey',
  'DeleteUser',
  // A rename: the keys stay, but code that knows the user by name would not find them.
  'UpdateUser',
  // Tags may exclude a user, or end an exclusion.
  'TagUser',
  'UntagUser',
] as const;

/**
 * The call by which AWS quarantines a user, and the beginning of the names of its policies: `AWSCompromisedKeyQuarantine`,
 * `...V2`, `...V3`.
 */
export const QUARANTINE = { call: 'AttachUserPolicy', policy: 'AWSCompromisedKeyQuarantine' } as const;

/** All IAM calls that a trail must record, and of which the rule for IAM events sends the successful ones. */
export const RECORDED_CALLS = [...WATCHED_CALLS, QUARANTINE.call] as const;

/** The events of AWS Health that name exposed keys: the service, and the beginning of their codes. */
export const EXPOSURE = { service: 'RISK', code: 'AWS_RISK_' } as const;

/** The pattern of the rule for them. The kind of the event is left open, because its code says all. */
export const EXPOSURE_PATTERN = {
  source: ['aws.health'],
  detail: { service: [EXPOSURE.service], eventTypeCode: [{ prefix: EXPOSURE.code }] },
} as const;

/** The index of due cases and its key attributes. An item without the attribute `at` is not in it. */
export const DUE_INDEX = { name: 'due', shard: 'dueShard', at: 'wakeAt' } as const;

/**
 * The index of open cases by approver group and rank, and its keys. Every write of a case keeps it; it is read from a later
 * release on.
 */
export const LIST_INDEX = { name: 'list', group: 'listGroup', rank: 'listRank' } as const;

/** The one approver group of an account today: all approvers of the settings. */
export const APPROVER_GROUP = 'approvers';

/** Number of partitions of the due index, so that a busy day does not overload a single one. */
export const DUE_SHARD_COUNT = 8;

/**
 * The letter for a link's purpose in its signed payload of version 1. Links are valid for weeks, so a letter never
 * changes its meaning. There were no links to delete then.
 */
export const LINK_LETTERS = { decide: 'd', restore: 'r', view: 'l' } as const satisfies Record<
  Exclude<LinkPurpose, 'delete'>,
  string
>;

/** The number for the purpose of a link to a case in a payload of version 2. It never changes its meaning either. */
export const LINK_KINDS = { decide: 1, restore: 2, view: 3, delete: 6 } as const satisfies Record<
  LinkPurpose,
  number
>;

/** The number for the purpose of a link to a list. Numbers are below 8, and none is in two of these tables. */
export const LIST_KINDS = { list: 4, 'list-view': 5 } as const satisfies Record<ListPurpose, number>;

/** The number for a link to a report. */
export const REPORT_KINDS = { report: 7 } as const satisfies Record<ReportPurpose, number>;

/**
 * The first part of a link's path, by purpose. Like the letters, it never changes its meaning. Both links to a list have
 * the same one.
 */
export const LINK_PATHS = {
  decide: 'c',
  restore: 'r',
  view: 'v',
  delete: 'd',
  list: 'l',
  'list-view': 'l',
  report: 'p',
} as const satisfies Record<AnyPurpose, string>;

/**
 * The source of our events on the account's default event bus. Rules of others name it, so it never changes. None of our own
 * rules may match it: a pass that woke itself would never end.
 */
export const EVENT_SOURCE = 'solekey';

/** The input with which the schedule invokes evaluate, so that it can be told from an invocation by AWS Config. */
export const SURVEY_INPUT = { solekey: 'survey' } as const;

/** Days for which records and texts are kept at least, so that an audit that asks about last year finds them. */
export const LEAST_RETENTION_DAYS = 400;
