import { isInVpc, sourceText } from './source.ts';
import type { Agent, Family, Source } from './usage.ts';

/**
 * The kind of place or person that uses a key. `machine`: EC2 or anything else in a VPC. `service`: AWS on the user's behalf.
 * `deployment`: a tool that deploys infrastructure, wherever it runs. `program`: software with an SDK, outside of AWS or
 * behind a public address. `person`: somebody with a command line or a browser.
 */
export type Workload =
  | 'ci'
  | 'lambda'
  | 'container'
  | 'machine'
  | 'deployment'
  | 'program'
  | 'person'
  | 'service'
  | 'scanner'
  | 'unknown';

const KIND: Readonly<Record<Agent, Workload>> = {
  'aws-cli': 'person',
  boto3: 'program',
  'sdk-java': 'program',
  'sdk-javascript': 'program',
  'sdk-go': 'program',
  'sdk-dotnet': 'program',
  'sdk-php': 'program',
  'sdk-ruby': 'program',
  'sdk-rust': 'program',
  'sdk-cpp': 'program',
  terraform: 'deployment',
  cloudformation: 'deployment',
  cdk: 'deployment',
  pulumi: 'deployment',
  ansible: 'deployment',
  serverless: 'deployment',
  'github-actions': 'ci',
  gitlab: 'ci',
  jenkins: 'ci',
  circleci: 'ci',
  kubernetes: 'container',
  ecs: 'container',
  lambda: 'lambda',
  ec2: 'machine',
  cloudshell: 'person',
  console: 'person',
  hadoop: 'program',
  rclone: 'program',
  's3-browser': 'person',
  scanner: 'scanner',
  other: 'unknown',
};

/** How much each kind says about where calls come from, and if it counts when a key is shared by several kinds. */
const WEIGHT: Readonly<Record<Workload, { readonly rank: number; readonly counts: boolean }>> = {
  ci: { rank: 0, counts: true },
  lambda: { rank: 1, counts: true },
  container: { rank: 2, counts: true },
  machine: { rank: 3, counts: true },
  deployment: { rank: 4, counts: true },
  program: { rank: 5, counts: true },
  person: { rank: 6, counts: true },
  scanner: { rank: 7, counts: false },
  service: { rank: 8, counts: false },
  unknown: { rank: 9, counts: false },
};

/** Kinds that name a place, so that the network they are seen in tells nothing more. */
const LAST_PLACE = WEIGHT.machine.rank;

/** The users of a key, as far as its families tell. */
export interface Consumers {
  /** One kind for each source, without repetition, the source that was active last first. */
  readonly kinds: readonly Workload[];
  /** True if two kinds use the same key, so that replacing it takes two changes in two places. */
  readonly shared: boolean;
  /** The tools among them by which infrastructure is managed as code. The key is then probably written in a configuration. */
  readonly managedByCode: readonly Agent[];
}

/**
 * The kinds of consumers in these families, most recent first. Programs at one source count as one consumer, of the kind that
 * says most: the command line in a CI job is that job.
 */
export function consumersOf(families: readonly Family[]): Consumers {
  const sources = new Map(families.map(({ source }) => [sourceText(source), source]));
  const kindAt = ([text, source]: readonly [string, Source]) =>
    kindOf(
      source,
      families.filter((family) => sourceText(family.source) === text).map(({ agent }) => agent),
    );
  const kinds = [...new Set([...sources].map(kindAt))];
  const tools = families.flatMap(toolOf);
  return {
    kinds,
    shared: kinds.filter((kind) => WEIGHT[kind].counts).length > 1,
    managedByCode: [...new Set(tools)],
  };
}

function kindOf(source: Source, agents: readonly Agent[]): Workload {
  if (source.kind === 'service') {
    return 'service';
  }
  const best = agents
    .map((agent) => KIND[agent])
    .reduce<Workload>((a, b) => (WEIGHT[b].rank < WEIGHT[a].rank ? b : a), 'unknown');
  return isInVpc(source) && WEIGHT[best].rank > LAST_PLACE ? 'machine' : best;
}

function toolOf({ source, agent }: Family): readonly Agent[] {
  if (source.kind === 'service' && source.service === 'cloudformation') {
    return ['cloudformation'];
  }
  return KIND[agent] === 'deployment' ? [agent] : [];
}
