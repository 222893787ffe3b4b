import type { Resource, Template } from './assembly.ts';
import type { Literals } from './config-rule.ts';
import { DROPPED, DROPPED_SECTIONS, SUPPORTED, WITHOUT_EFFECT } from './supported.ts';

export interface LocaliseOptions {
  /** How long a message that is being read stays invisible, for every queue that a function reads. */
  readonly visibilitySeconds: number;
  /** Instead of the schedules in the template, e.g. `rate(1 minute)`. */
  readonly schedule?: string;
  /** What references to resources that are left out become, by logical id. */
  readonly literals?: Readonly<Record<string, Literals>>;
}

export interface Localised {
  readonly template: Template;
  /** Each difference to what would be deployed to AWS, with its reason, one line each. */
  readonly differences: readonly string[];
}

type Resources = Template['Resources'];

/**
 * Makes the synthesised template one that the emulator can deploy. Every difference comes from an explicit list and is
 * told; a resource type that no list names is an error, because silently leaving it out would prove nothing.
 */
export function localise(template: Template, options: LocaliseOptions): Localised {
  const types = [...new Set(Object.values(template.Resources).map(({ Type }) => Type))].sort();
  const unknown = types.filter(
    (type) => !SUPPORTED.has(type) && !(type in WITHOUT_EFFECT) && !(type in DROPPED),
  );
  if (unknown.length > 0) {
    throw new Error(
      `The sandbox does not know ${unknown.join(', ')}: try it on the emulator, then add it to sandbox/launch/supported.ts.`,
    );
  }
  const sections = Object.entries(DROPPED_SECTIONS).filter(([section]) => section in template);
  const dropped = Object.entries(template.Resources).filter(([, { Type }]) => Type in DROPPED);
  const kept = Object.entries(template.Resources).filter(([, { Type }]) => !(Type in DROPPED));
  const names = new Set(dropped.map(([name]) => name));
  const changes: string[] = [];
  const resources = kept.map(([name, resource]) => {
    const independent = withoutDependenciesOn(names, resource);
    const changed = adjusted(name, independent, template.Resources, options, changes);
    return [name, changed] as const;
  });
  const left = Object.entries(template).filter(([section]) => !(section in DROPPED_SECTIONS));
  const cut = { ...Object.fromEntries(left), Resources: Object.fromEntries(resources) };
  const localised = withLiterals(cut, options.literals ?? {}) as Template;
  refuseDangling(localised, names);
  return {
    template: localised,
    differences: [
      ...sections.map(([section, why]) => `left out: ${section}: ${why}`),
      ...dropped.map(([name, { Type }]) => `left out: ${Type} ${name}: ${DROPPED[Type]}`),
      ...Object.entries(options.literals ?? {}).map(
        ([name, literals]) => `changed: what refers to ${name} gets ${Object.values(literals).join(', ')}`,
      ),
      ...changes,
      ...types.flatMap((type) =>
        type in WITHOUT_EFFECT ? [`without effect: ${type}: ${WITHOUT_EFFECT[type]}`] : [],
      ),
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
  changes: string[],
): Resource {
  const { Properties } = resource;
  const change = (property: string, value: string | number, why: string): Resource => {
    changes.push(
      `changed: ${name}.${property} is ${value} instead of ${String(Properties?.[property])}: ${why}`,
    );
    return { ...resource, Properties: { ...Properties, [property]: value } };
  };
  if (resource.Type === 'AWS::SQS::Queue' && isReadByFunction(name, all)) {
    return change(
      'VisibilityTimeout',
      options.visibilitySeconds,
      'a second try is not worth minutes of waiting here',
    );
  }
  if (resource.Type === 'AWS::Events::Rule' && Properties?.ScheduleExpression && options.schedule) {
    return change('ScheduleExpression', options.schedule, 'as this run asked for');
  }
  return resource;
}

function isReadByFunction(queue: string, all: Resources): boolean {
  return Object.values(all).some(
    ({ Type, Properties }) =>
      Type === 'AWS::Lambda::EventSourceMapping' &&
      JSON.stringify(Properties?.EventSourceArn).includes(JSON.stringify(queue)),
  );
}

/** The same with these resources' references replaced, wherever they are. */
function withLiterals(value: unknown, literals: Readonly<Record<string, Literals>>): unknown {
  if (Array.isArray(value)) {
    return value.map((one) => withLiterals(one, literals));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const { Ref, 'Fn::GetAtt': attribute } = value as { Ref?: string; 'Fn::GetAtt'?: readonly string[] };
  const literal =
    Ref === undefined ? literals[attribute?.[0] ?? '']?.[attribute?.[1] ?? ''] : literals[Ref]?.Ref;
  const entries = Object.entries(value).map(([key, one]) => [key, withLiterals(one, literals)] as const);
  return literal ?? Object.fromEntries(entries);
}

/** A resource that others need cannot just be left out: the list must say what happens to those. */
function refuseDangling(template: Template, dropped: ReadonlySet<string>): void {
  for (const name of dropped) {
    const text = JSON.stringify(template);
    if (text.includes(`{"Ref":"${name}"}`) || text.includes(`{"Fn::GetAtt":["${name}"`)) {
      throw new Error(`${name} is left out in the sandbox, but something in the template refers to it.`);
    }
  }
}
