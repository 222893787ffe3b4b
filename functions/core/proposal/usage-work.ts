import type { Agent, Family, KeyUsage } from '../usage/usage.ts';
import type { UsageReason, Weighed } from './reason.ts';
import { originsOf, place } from './usage-families.ts';

/** Reasons from the families alone: by which programs each key is used, and if the kept one does any work. */
export function aboutWork(kept: KeyUsage, others: readonly KeyUsage[]): Weighed<UsageReason>[] {
  return [...aboutFamilies(kept), ...[kept, ...others].flatMap((one) => [...shared(one), ...byCode(one)])];
}

/** The origins of the kept key's calls, and if it seems to do any work. */
function aboutFamilies({ keyId, families }: KeyUsage): Weighed<UsageReason>[] {
  if (families.length === 0) {
    return [];
  }
  const worked = families.filter(({ count, errors }) => errors < count);
  const seen = {
    reason: { code: 'seen-with', keyId, origins: originsOf(families) },
    confidence: 'high',
  } as const;
  if (worked.length === 0) {
    return [seen, { reason: { code: 'only-errors', keyId }, confidence: 'low' }];
  }
  return worked.every(isCheck)
    ? [seen, { reason: { code: 'only-checks', keyId }, confidence: 'medium' }]
    : [seen];
}

/** Calls that do nothing themselves: they open a session, ask who the caller is, or read. */
function isCheck({ service, writes }: Family): boolean {
  return service === 'sts' || writes === 0;
}

/** Two programs that were never seen in the same place. One program in many places is a laptop or a cluster. */
function shared({ keyId, families }: KeyUsage): Weighed<UsageReason>[] {
  const places = (agent: Agent) =>
    families.filter((one) => one.agent === agent).map(({ source }) => place(source));
  const agents = [...new Set(families.map(({ agent }) => agent))];
  const apart = agents.some((one) =>
    agents.some(
      (another) => one !== another && !places(one).some((where) => places(another).includes(where)),
    ),
  );
  return apart
    ? [{ reason: { code: 'shared', keyId, origins: originsOf(families) }, confidence: 'medium' }]
    : [];
}

/** Tools that manage infrastructure as code. */
const CODE: ReadonlySet<Agent> = new Set<Agent>([
  'terraform',
  'cloudformation',
  'cdk',
  'pulumi',
  'ansible',
  'serverless',
]);

function byCode({ keyId, families }: KeyUsage): Weighed<UsageReason>[] {
  const origins = originsOf(families.filter(({ agent }) => CODE.has(agent)));
  return origins.length === 0
    ? []
    : [{ reason: { code: 'managed-by-code', keyId, origins }, confidence: 'medium' }];
}
