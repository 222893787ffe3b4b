import { agentOf } from './agent.ts';
import type { UsageEvent } from './event.ts';
import { sourceOf, sourceText } from './source.ts';
import type { Family } from './usage.ts';

/**
 * The most families that are kept of a key. Most keys have fewer than ten; a key with more is used from everywhere, and the
 * latest ones tell as much.
 */
export const MOST_FAMILIES = 40;

/** Families, most recent first, and the number of older ones that were left out. */
export interface Families {
  readonly families: readonly Family[];
  readonly leftOut: number;
}

/** The identity of a family: all calls that have it are alike. */
export function familyText({ source, agent, service, region }: Family): string {
  return [sourceText(source), agent, service, region].join(' | ');
}

/** The families of these events, most recent first. All of them, however many. */
export function familiesOf(events: readonly UsageEvent[]): readonly Family[] {
  return joined(
    events.map((event) => ({
      source: sourceOf(event.sourceIp, event.invokedBy),
      agent: agentOf(event.userAgent),
      service: event.service,
      region: event.region,
      first: event.at,
      last: event.at,
      count: 1,
      errors: event.errorCode === null ? 0 : 1,
      writes: event.readOnly === false ? 1 : 0,
    })),
  );
}

/** The families from several windows or Regions as one list, whatever their order. Each event must be in one list only. */
export function merged(...lists: readonly (readonly Family[])[]): Families {
  const all = joined(lists.flat());
  return { families: all.slice(0, MOST_FAMILIES), leftOut: Math.max(0, all.length - MOST_FAMILIES) };
}

function joined(families: readonly Family[]): readonly Family[] {
  const found = new Map<string, Family>();
  for (const family of families) {
    const text = familyText(family);
    const known = found.get(text);
    found.set(text, known === undefined ? family : together(known, family));
  }
  return [...found].sort(latestFirst).map(([, family]) => family);
}

function together(a: Family, b: Family): Family {
  return {
    ...a,
    first: a.first < b.first ? a.first : b.first,
    last: a.last > b.last ? a.last : b.last,
    count: a.count + b.count,
    errors: a.errors + b.errors,
    writes: a.writes + b.writes,
  };
}

function latestFirst([textA, a]: readonly [string, Family], [textB, b]: readonly [string, Family]): number {
  return a.last === b.last ? (textA < textB ? -1 : 1) : a.last > b.last ? -1 : 1;
}
