/**
 * *Usage*: who used a key, from where, for what, as CloudTrail's event history tells. The history has management events of
 * 90 days. It has no data events (a key that only reads S3 objects never shows up), and nothing of what happens under a
 * session token or an assumed role. So usage may lower the confidence in a proposal, and never raises it (S15).
 */
import type { Instant } from '../model/time.ts';

/** The origin of calls: a network, as in `203.0.113.0/24` or `2001:db8::/48`, or a service of AWS that called on the user's behalf. */
export type Source =
  | { readonly kind: 'network'; readonly network: string }
  | { readonly kind: 'service'; readonly service: string };

/** The kind of program that made calls, from its user agent. A closed list, because a user agent is any text. */
export const AGENTS = [
  'aws-cli',
  'boto3',
  'sdk-java',
  'sdk-javascript',
  'sdk-go',
  'sdk-dotnet',
  'sdk-php',
  'sdk-ruby',
  'sdk-rust',
  'sdk-cpp',
  'terraform',
  'cloudformation',
  'cdk',
  'pulumi',
  'ansible',
  'github-actions',
  'gitlab',
  'jenkins',
  'circleci',
  'serverless',
  'kubernetes',
  'lambda',
  'ecs',
  'ec2',
  'cloudshell',
  'console',
  'hadoop',
  'rclone',
  's3-browser',
  'scanner',
  'other',
] as const;
export type Agent = (typeof AGENTS)[number];

/** Calls that are alike: same source, program, service and Region. */
export interface Family {
  readonly source: Source;
  readonly agent: Agent;
  /** The service's short name, for example `s3` or `sts`. */
  readonly service: string;
  /** For example `eu-west-1`. */
  readonly region: string;
  /** The first and last call among the samples. */
  readonly first: Instant;
  readonly last: Instant;
  /** Number of calls among the samples. It is no rate, because of busy times only a part is read. */
  readonly count: number;
  /** How many of them failed. */
  readonly errors: number;
  /** How many of them were writes. 0: reads only, as a scanner or an inventory makes them. */
  readonly writes: number;
}

/** The outcome of reading the event history. Anything but `looked-up` is never called "unused". */
export type Lookup =
  /** All Regions that were to be read answered at `at`. `back`: the earliest time that the samples cover without a gap. */
  | {
      readonly kind: 'looked-up';
      readonly at: Instant;
      readonly back: Instant;
      /** The Regions that were read; absent in what an earlier release stored. Use elsewhere stays unseen. */
      readonly regions?: readonly string[];
    }
  /** `partly`: some pages were read, and are not used, because half a picture looks like a whole one. */
  | { readonly kind: 'not-looked-up'; readonly why: NotLookedUp; readonly partly?: true };

/** `off`: by setting. `waiting`: not yet. `failed`: CloudTrail gave another error, or no answer. */
export type NotLookedUp = 'off' | 'waiting' | 'throttled' | 'denied' | 'failed';

/** The usage of one key. Without a lookup there are no families. */
export interface KeyUsage {
  readonly keyId: string;
  readonly lookup: Lookup;
  /** Most recent first. */
  readonly families: readonly Family[];
  /** The number of older families that were left out, because a key has too many. Absent: none. */
  readonly leftOut?: number;
  /** The number of events that could not be read and are in no family. Absent: none. */
  readonly unread?: number;
}

/** The usage of a key that waits for its lookup. */
export function notYetLookedUp(keyId: string): KeyUsage {
  return { keyId, lookup: { kind: 'not-looked-up', why: 'waiting' }, families: [] };
}
