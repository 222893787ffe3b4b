import type { Instant } from '../model/time.ts';
import type { Zone } from '../model/zone.ts';
import type { Agent, Family, KeyUsage, NotLookedUp, Source } from '../usage/usage.ts';
import { serviceName } from './service-names.ts';
import { PAGE, type Style } from './style.ts';
import { unlinked } from './unlinked.ts';
import { list, moment, printable, whenUsed } from './words.ts';

/** The usual name of each kind of program. */
export const AGENT: Readonly<Record<Agent, string>> = {
  'aws-cli': 'AWS CLI',
  boto3: 'boto3',
  'sdk-java': 'SDK for Java',
  'sdk-javascript': 'SDK for JavaScript',
  'sdk-go': 'SDK for Go',
  'sdk-dotnet': 'SDK for .NET',
  'sdk-php': 'SDK for PHP',
  'sdk-ruby': 'SDK for Ruby',
  'sdk-rust': 'SDK for Rust',
  'sdk-cpp': 'SDK for C++',
  terraform: 'Terraform',
  cloudformation: 'CloudFormation',
  cdk: 'AWS CDK',
  pulumi: 'Pulumi',
  ansible: 'Ansible',
  'github-actions': 'GitHub Actions',
  gitlab: 'GitLab',
  jenkins: 'Jenkins',
  circleci: 'CircleCI',
  serverless: 'Serverless Framework',
  kubernetes: 'Kubernetes',
  lambda: 'Lambda',
  ecs: 'ECS',
  ec2: 'EC2',
  cloudshell: 'CloudShell',
  console: 'a browser',
  hadoop: 'Hadoop',
  rclone: 'rclone',
  's3-browser': 'an S3 browser',
  scanner: 'a security scanner',
  other: 'an unknown program',
};

/** Programs that run in one known place, so that the network adds nothing. */
const SAYS_WHERE: ReadonlySet<Agent> = new Set(['github-actions', 'circleci', 'lambda', 'ecs', 'cloudshell']);

/** Longest network or service name. It comes from AWS, but also from storage. */
const LONGEST = 60;

function sourceWords(source: Source, { foreign }: Style): string {
  switch (source.kind) {
    case 'network':
      return source.network === 'unknown'
        ? 'an unknown address'
        : foreign(printable(source.network, LONGEST));
    case 'service':
      return source.service === 'aws' ? 'AWS' : serviceWords(source.service);
  }
}

/** A service that called. It is text of an event, and a host name would become a link in a mail. */
function serviceWords(service: string): string {
  const short = service.replace(/\.amazonaws\.com$/, '');
  return /^[a-z0-9-]{1,40}$/.test(short) ? serviceName(short) : 'a service of AWS';
}

/** Where calls came from: `GitHub Actions`, `203.0.113.0/24 (boto3)`, `CloudFormation`. */
export function originWords({ source, agent }: Pick<Family, 'source' | 'agent'>, style: Style): string {
  if (source.kind === 'service') {
    return sourceWords(source, style);
  }
  return SAYS_WHERE.has(agent) ? AGENT[agent] : `${sourceWords(source, style)} (${AGENT[agent]})`;
}

/**
 * A consumer as part of a sentence: `by GitHub Actions (S3, eu-west-1)`, `from 203.0.113.0/24 (boto3, STS)`. Where the
 * program does not say where it runs, it takes the place of the Region.
 */
export function consumerWords(family: Family, style: Style): string {
  const { source, agent, region } = family;
  const service = calledService(family);
  if (source.kind === 'network' && !SAYS_WHERE.has(agent)) {
    return `from ${sourceWords(source, style)} (${AGENT[agent]}, ${service})`;
  }
  return `by ${originWords(family, style)} (${service}, ${unlinked(printable(region, LONGEST))})`;
}

const WHY: Readonly<Record<NotLookedUp, string>> = {
  off: 'usage is off',
  waiting: 'not yet',
  throttled: 'throttled',
  denied: 'not permitted',
  failed: 'CloudTrail gave no answer',
};

/** `not looked up (throttled)`, and if only a part was read, that too. It never means that the key is unused. */
export function notLookedUpWords(why: NotLookedUp, partly = false): string {
  return `not looked up (${WHY[why]}${partly ? '; only a part was read' : ''})`;
}

/** The limits of CloudTrail's event history. They stand wherever "not seen" or "taken over" does. */
export const HISTORY_LIMITS =
  'The event history does not show data events (for example reading objects in S3), or what is done with an assumed role or a session token.';

/** Most origins that are named in one line. */
const MOST_ORIGINS = 2;

/**
 * The usage of a key in one line: `GitHub Actions: ECS and STS, today 14:02 UTC; 203.0.113.0/24 (boto3): S3, 2 Aug 2026 (116
 * days ago); 2 more`. Where it says "not seen", {@link HISTORY_LIMITS} must stand nearby.
 */
export function usageInShort({ lookup, families, leftOut = 0 }: KeyUsage, now: Instant, zone: Zone): string {
  switch (lookup.kind) {
    case 'not-looked-up':
      return notLookedUpWords(lookup.why, lookup.partly);
    case 'looked-up': {
      const origins = new Map<string, Family[]>();
      for (const family of families) {
        const origin = originWords(family, PAGE);
        origins.set(origin, [...(origins.get(origin) ?? []), family]);
      }
      const lines = [...origins]
        .slice(0, MOST_ORIGINS)
        .map(([origin, of]) => originLine(origin, of, now, zone));
      const more = origins.size - lines.length;
      const rest = leftOut > 0 ? ['many more'] : more > 0 ? [`${more} more`] : [];
      return lines.length === 0
        ? `not seen since ${whenUsed(lookup.back, now, zone)}`
        : [...lines, ...rest].join('; ');
    }
  }
}

/** Most services that are named for one origin. */
const MOST_SERVICES = 3;

/** The name of a service of AWS that a call went to. It may be any text, if it comes from storage. */
export function calledService({ service }: Pick<Family, 'service'>): string {
  return serviceName(unlinked(printable(service, LONGEST)));
}

function originLine(origin: string, families: readonly Family[], now: Instant, zone: Zone): string {
  const services = [...new Set(families.map(calledService))];
  const named = services.slice(0, MOST_SERVICES);
  const more = services.length > named.length ? [`${services.length - named.length} more`] : [];
  const last = families.map((family) => whenUsed(family.last, now, zone))[0];
  return `${origin}: ${list([...named, ...more])}, ${last}`;
}

/** One family: `203.0.113.0/24 (boto3): S3 in eu-west-1, today 14:02 UTC; 12 calls seen, 3 of them failed`. */
export function familyWords(family: Family, now: Instant, zone: Zone): string {
  const { region, last, count, errors } = family;
  const where = `${calledService(family)} in ${printable(region, LONGEST)}`;
  const failed = errors === 0 ? '' : errors === count ? ', which failed' : `, ${errors} of them failed`;
  return `${originWords(family, PAGE)}: ${where}, ${whenUsed(last, now, zone)}; ${count} call${count === 1 ? '' : 's'} seen${failed}`;
}

/** How far a reading reaches, in a sentence; null if nothing was read. */
export function coverageSentence({ lookup, leftOut = 0, unread = 0 }: KeyUsage, zone: Zone): string | null {
  if (lookup.kind === 'not-looked-up') {
    return null;
  }
  const { at, back, regions = [] } = lookup;
  const where =
    regions.length === 0 ? '' : ` in ${list(regions.map((region) => printable(region, LONGEST)))}`;
  const older = leftOut === 0 ? '' : ` ${leftOut} older kinds of use are left out.`;
  const odd = unread === 0 ? '' : ` ${unread} event${unread === 1 ? '' : 's'} could not be read.`;
  return `Read ${moment(at, zone)}${where}: complete back to ${moment(back, zone)}, samples before that.${older}${odd}`;
}
