import type { Family, Source } from '../usage/usage.ts';
import type { Origin, UsageReason, Weighed } from './reason.ts';

/** The different origins of these families, in their order. */
export function originsOf(families: readonly Family[]): Origin[] {
  const seen = new Map(families.map(({ source, agent }) => [`${agent} ${place(source)}`, { source, agent }]));
  return [...seen.values()];
}

/** The network or the service, as text. */
export function place(source: Source): string {
  switch (source.kind) {
    case 'network':
      return source.network;
    case 'service':
      return source.service;
  }
}

/** Families that have not been seen with the other key since: same source, program, service and Region. */
export function notMoved(from: readonly Family[], to: readonly Family[]): Family[] {
  const since = new Map<string, string>();
  for (const family of to) {
    const known = since.get(nameOf(family)) ?? '';
    since.set(nameOf(family), family.last > known ? family.last : known);
  }
  return from.filter((family) => (since.get(nameOf(family)) ?? '') <= family.last);
}

/** The explanation that all families have moved. It leaves every confidence as it is. */
export function moved(keyId: string, to: string): Weighed<UsageReason> {
  return { reason: { code: 'moved', keyId, to }, confidence: 'high' };
}

function nameOf({ source, agent, service, region }: Family): string {
  return [place(source), agent, service, region].join(' ');
}
