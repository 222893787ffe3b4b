import { plus, type Seconds } from '../../../../functions/core/model/time.ts';
import { AGENTS, type Agent, type Family, type Source } from '../../../../functions/core/usage/usage.ts';
import type { Draw } from './random.ts';
import { A, B, C } from './spec.ts';
import { type Clock, seconds, WINDOW } from './timing.ts';

/** What is drawn once for a history and then holds for all of it. */
export interface Setting {
  readonly draw: Draw;
  readonly clock: Clock;
  /** The network that stands for one of the prose. */
  readonly network: (named: string) => string;
  /** The Region where the prose names none. */
  readonly region: string;
}

const SERVICES = [
  'ec2',
  'sqs',
  'kms',
  'sns',
  'rds',
  'ecs',
  'ecr',
  'iam',
  'logs',
  'ssm',
  'lambda',
  'glue',
] as const;
export const REGIONS = ['eu-west-1', 'us-east-1', 'eu-central-1', 'us-west-2', 'ap-southeast-2'] as const;
const MORE_REGIONS = [
  ...REGIONS,
  'sa-east-1',
  'ca-central-1',
  'eu-north-1',
  'ap-south-1',
  'us-east-2',
  'eu-west-3',
];
const PROGRAMS = ['boto3', 'sdk-java', 'aws-cli', 'sdk-go', 'sdk-javascript'] as const;

/** The families of one text (spec.ts), for a key of this age; none if it is open whether CloudTrail shows them. */
export function familiesOf(text: string, age: Seconds, setting: Setting): Family[] {
  const { draw, region } = setting;
  if (text.startsWith('maybe ')) {
    return draw.share() < 0.5 ? [] : familiesOf(text.slice('maybe '.length), age, setting);
  }
  const [agent = '', source = '', services = '', regions = '', span = '', ...more] = text.split(' ');
  const named = agentOf(agent, draw);
  const cells = several(regions, (n) => MORE_REGIONS[n % MORE_REGIONS.length] ?? region, region).flatMap(
    (where) =>
      several(services, (n) => SERVICES[n % SERVICES.length] ?? 'ec2', draw.oneOf(SERVICES)).map(
        (service) => ({ service, where }),
      ),
  );
  const sources = several(source, (n) => `2001:db8:${(n + 256).toString(16)}::/48`, '?');
  const spread =
    sources.length > 1
      ? sources.map((from, n) => ({
          from,
          cells: [cells[n % cells.length] ?? { service: 'ec2', where: region }],
        }))
      : sources.map((from) => ({ from: from === '?' ? draw.oneOf([A, B, C]) : from, cells }));
  const total = events(more, draw);
  const each = Math.max(1, Math.round(total / sources.length / cells.length));
  return spread.flatMap(({ from, cells }) =>
    cells.map(({ service, where }, n): Family => {
      const [name = '', share] = service.split(':');
      const count = share === undefined ? each : Math.max(1, Math.round((total * Number(share)) / 100));
      return {
        source: sourceOf(from, setting),
        agent: named,
        service: name,
        region: where,
        ...times(span, age, n, setting),
        count,
        ...outcome(more, count, draw),
      };
    }),
  );
}

/** `a,b` as it stands, `*12` as so many drawn ones, `?` as the one that was drawn. */
function several(text: string, nth: (n: number) => string, open: string): string[] {
  if (text.startsWith('*')) {
    return Array.from({ length: Number(text.slice(1)) }, (_, n) => nth(n));
  }
  return text.split(',').map((one) => (one === '?' ? open : one));
}

function agentOf(name: string, draw: Draw): Agent {
  const wanted = name === '?' ? draw.oneOf(PROGRAMS) : name;
  const agent = AGENTS.find((one) => one === wanted);
  if (agent === undefined) {
    throw new Error(`no agent "${name}"`);
  }
  return agent;
}

function sourceOf(from: string, { network }: Setting): Source {
  return from.endsWith('.amazonaws.com')
    ? { kind: 'service', service: from }
    : { kind: 'network', network: network(from) };
}

/** `90d..6d`, or `..6d` where the first call is open. Of several services, the first is the one called last. */
function times(
  span: string,
  age: Seconds,
  n: number,
  { clock, draw }: Setting,
): Pick<Family, 'first' | 'last'> {
  const [from = '', to = ''] = span.split('..');
  const oldest = Math.min(WINDOW, age);
  const last = clock.ago(seconds(to));
  const open = last + Math.max(0, oldest - last) * draw.between(0.5, 1);
  const first = Math.max(last, from === '' ? open : Math.min(clock.ago(seconds(from)), oldest));
  const later = n === 0 ? last : last + (first - last) * draw.between(0, 0.02);
  return { first: plus(clock.now, -Math.floor(first)), last: plus(clock.now, -Math.floor(later)) };
}

/** Sampled events: as told, with a quarter more or less, or any number. */
function events(more: readonly string[], draw: Draw): number {
  const told = numberIn(more, 'n');
  return Math.round(
    told === null ? 10 ** draw.between(1.5, 3.5) : told < 50 ? told : told * draw.between(0.75, 1.25),
  );
}

/** Errors as told, else below 1 %. Writes are open, but for `ro`: one family in ten only reads. */
function outcome(more: readonly string[], count: number, draw: Draw): Pick<Family, 'errors' | 'writes'> {
  const told = numberIn(more, 'e');
  const errors = Math.floor(told === null ? count * draw.between(0, 0.0099) : (count * told) / 100);
  const reads = more.includes('ro') || draw.share() < 0.1;
  return { errors, writes: reads ? 0 : Math.max(1, Math.round(count * draw.between(0.02, 0.6))) };
}

function numberIn(more: readonly string[], name: string): number | null {
  const found = more.find((one) => one.startsWith(`${name}=`));
  return found === undefined ? null : Number(found.slice(name.length + 1));
}
