import type { Resource, Template } from './assembly.ts';
import type { Literals } from './config-rule.ts';
import type { Pace } from './pace.ts';
import { DROPPED, DROPPED_SECTIONS, judge } from './supported.ts';

/** In AWS every function has processors of its own; here all of them share this machine with the emulators and the tests. */
const FUNCTION_SECONDS = 60;

export interface LocaliseOptions {
  /** Visibility timeout for every queue that a function reads. */
  readonly visibilitySeconds: number;
  /** Replaces the schedules of at most five minutes in the template, e.g. by `rate(1 minute)`. */
  readonly schedule?: string;
  /** Limits of mail to an address; left out: those of AWS. */
  readonly pace?: Pace;
  /** Replacements for references to resources that are left out, by logical id. */
  readonly literals?: Readonly<Record<string, Literals>>;
}

/** A difference between the sandbox and AWS. */
export interface Difference {
  readonly kind: 'left out' | 'changed' | 'without effect';
  readonly what: string;
  readonly why: string;
}

const differs = (kind: Difference['kind'], what: string, why: string): Difference => ({ kind, what, why });

export interface Localised {
  readonly template: Template;
  readonly differences: readonly Difference[];
}

/** Formats differences as lines, with those that have the same reason on one line. */
export function linesOf(differences: readonly Difference[]): string[] {
  const lines = new Map<
    string,
    { readonly kind: string; readonly whats: Set<string>; readonly why: string }
  >();
  for (const { kind, what, why } of differences) {
    const line = lines.get(`${kind} ${why}`) ?? { kind, whats: new Set(), why };
    lines.set(`${kind} ${why}`, line);
    line.whats.add(what);
  }
  return [...lines.values()].map(({ kind, whats, why }) => `${kind}: ${[...whats].join(', ')}: ${why}`);
}

type Resources = Template['Resources'];

/**
 * Turns the synthesised template into one that the emulator can deploy. Every difference comes from an explicit list
 * and is reported. A resource type or property on no list is an error, because leaving it out silently would make the
 * sandbox prove less than it seems to.
 */
export function localise(template: Template, options: LocaliseOptions): Localised {
  const sections = Object.entries(DROPPED_SECTIONS).filter(([section]) => section in template);
  const dropped = Object.entries(template.Resources).filter(([, { Type }]) => Type in DROPPED);
  const kept = Object.entries(template.Resources).filter(([, { Type }]) => !(Type in DROPPED));
  const { withoutEffect, unknown } = judge(kept.map(([, resource]) => resource));
  if (unknown.size > 0) {
    throw new Error(
      `The sandbox does not know ${[...unknown].join(', ')}: try it on the emulator, then add it to sandbox/launch/supported.ts.`,
    );
  }
  const names = new Set(dropped.map(([name]) => name));
  const changes: Difference[] = [];
  const resources = kept.map(([name, resource]) => {
    const independent = withoutDependenciesOn(names, resource);
    const changed = paced(
      name,
      adjusted(name, independent, template.Resources, options, changes),
      options.pace,
      changes,
    );
    return [name, changed] as const;
  });
  const left = Object.entries(template).filter(([section]) => !(section in DROPPED_SECTIONS));
  const cut = { ...Object.fromEntries(left), Resources: Object.fromEntries(resources) };
  const localised = withLiterals(cut, options.literals ?? {}) as Template;
  refuseDangling(localised, names);
  return {
    template: localised,
    differences: [
      ...sections.map(([section, why]) => differs('left out', section, why)),
      ...dropped.map(([, { Type }]) => differs('left out', Type, DROPPED[Type] ?? '')),
      ...Object.entries(options.literals ?? {}).map(([name, literals]) =>
        differs(
          'changed',
          name,
          `what refers to it gets ${[...new Set(Object.values(literals))].join(', ')}`,
        ),
      ),
      ...changes,
      ...[...withoutEffect].map(([what, why]) => differs('without effect', what, why)),
    ],
  };
}

function withoutDependenciesOn(names: ReadonlySet<string>, resource: Resource): Resource {
  const { DependsOn, Metadata: _metadata, ...rest } = resource;
  const all = typeof DependsOn === 'string' ? [DependsOn] : (DependsOn ?? []);
  const left = all.filter((name) => !names.has(name));
  return left.length === 0
    ? { ...rest, Type: resource.Type }
    : { ...rest, Type: resource.Type, DependsOn: left };
}

function adjusted(
  name: string,
  resource: Resource,
  all: Resources,
  options: LocaliseOptions,
  changes: Difference[],
): Resource {
  const { Properties } = resource;
  const change = (property: string, value: string | number, why: string): Resource => {
    const what = `${name}.${property} is ${value} instead of ${String(Properties?.[property])}`;
    changes.push(differs('changed', what, why));
    return { ...resource, Properties: { ...Properties, [property]: value } };
  };
  // Not of a FIFO queue: its reader takes its time, and a message that became visible meanwhile would be read twice.
  if (resource.Type === 'AWS::SQS::Queue' && Properties?.FifoQueue !== true && isReadByFunction(name, all)) {
    return change(
      'VisibilityTimeout',
      options.visibilitySeconds,
      'a second try is not worth minutes of waiting here',
    );
  }
  if (resource.Type === 'AWS::Lambda::Function' && Number(Properties?.Timeout) < FUNCTION_SECONDS) {
    return change('Timeout', FUNCTION_SECONDS, 'all functions share the processors of one machine here');
  }
  if (resource.Type === 'AWS::Events::Rule' && isOften(Properties?.ScheduleExpression) && options.schedule) {
    return change('ScheduleExpression', options.schedule, 'as this run asked for');
  }
  return resource;
}

/** Gives the function that mails another pace than in AWS, where nothing sets one. */
function paced(name: string, resource: Resource, pace: Pace | undefined, changes: Difference[]): Resource {
  const { Environment } = resource.Properties ?? {};
  const { Variables } = (Environment ?? {}) as { readonly Variables?: Readonly<Record<string, unknown>> };
  if (
    pace === undefined ||
    resource.Type !== 'AWS::Lambda::Function' ||
    !('MAIL_TOPIC_ARN' in (Variables ?? {}))
  ) {
    return resource;
  }
  const what = `${name}.Environment.Variables.PACE_TERMS`;
  changes.push(differs('changed', what, 'the mails of weeks are sent in a minute here'));
  const all = { ...Variables, PACE_TERMS: JSON.stringify(pace) };
  return { ...resource, Properties: { ...resource.Properties, Environment: { Variables: all } } };
}

/** True for a schedule of at most five minutes: any other is for work that a run of the sandbox asks for itself. */
function isOften(schedule: unknown): boolean {
  return typeof schedule === 'string' && /^rate\([1-5] minutes?\)$/.test(schedule);
}

function isReadByFunction(queue: string, all: Resources): boolean {
  return Object.values(all).some(
    ({ Type, Properties }) =>
      Type === 'AWS::Lambda::EventSourceMapping' &&
      JSON.stringify(Properties?.EventSourceArn).includes(JSON.stringify(queue)),
  );
}

/** The value with all references to these resources replaced. */
function withLiterals(value: unknown, literals: Readonly<Record<string, Literals>>): unknown {
  if (Array.isArray(value)) {
    return value.map((one) => withLiterals(one, literals));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const { Ref, 'Fn::GetAtt': attribute } = value as {
    readonly Ref?: string;
    readonly 'Fn::GetAtt'?: readonly string[];
  };
  const literal =
    Ref === undefined ? literals[attribute?.[0] ?? '']?.[attribute?.[1] ?? ''] : literals[Ref]?.Ref;
  const entries = Object.entries(value).map(([key, one]) => [key, withLiterals(one, literals)] as const);
  return literal ?? Object.fromEntries(entries);
}

/** Throws if something still refers to a resource that is left out: the list must give a replacement for it. */
function refuseDangling(template: Template, dropped: ReadonlySet<string>): void {
  for (const name of dropped) {
    const text = JSON.stringify(template);
    if (text.includes(`{"Ref":"${name}"}`) || text.includes(`{"Fn::GetAtt":["${name}"`)) {
      throw new Error(`${name} is left out in the sandbox, but something in the template refers to it.`);
    }
  }
}
