/**
 * Names that code on both sides of a deployment must spell alike. Constants only: `infra/` reads this file at synth, and
 * nothing here may depend on what runs in a function.
 */
import type { LinkPurpose } from '../core/case/requests.ts';

/**
 * Where CloudTrail records IAM's API calls, one region per partition (domain facts 1.6). A rule in any other region never
 * sees an event, so Solekey would deploy well and stay blind: it can be deployed to these regions only.
 */
export const REGIONS: readonly string[] = ['us-east-1', 'us-gov-west-1', 'cn-north-1'];

/** The IAM calls after which a user may have other active keys, another name, no existence, or be excluded or not. */
export const WATCHED_CALLS = [
  'CreateAccessKey',
  'UpdateAccessKey',
  'DeleteAccessKey',
  'DeleteUser',
  // Renames: the keys stay, but code that knows the user by name looks in the wrong place.
  'UpdateUser',
  // Tags may exclude a user, or end that.
  'TagUser',
  'UntagUser',
] as const;

/** The index of cases that are due, and its keys: an item without the attribute `at` is not in it. */
export const DUE_INDEX = { name: 'due', shard: 'dueShard', at: 'wakeAt' } as const;

/** How many partitions the due index is spread over: one busy day must not make one hot key. */
export const DUE_SHARD_COUNT = 8;

/** The letter that stands in a signed link for what it allows. Links live for weeks: no letter ever changes its meaning. */
export const LINK_LETTERS = { decide: 'd', restore: 'r', view: 'l' } as const satisfies Record<
  LinkPurpose,
  string
>;

/** The first part of the path of a link. As with the letters, none ever changes its meaning. */
export const LINK_PATHS = { decide: 'c', restore: 'r', view: 'v' } as const satisfies Record<
  LinkPurpose,
  string
>;
