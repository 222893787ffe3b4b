import type { RolePolicy } from '../gateway/rights.ts';
import type { World } from '../world/world.ts';
import type { Template } from './assembly.ts';
import type { Deployed } from './deploy.ts';
import { guardedQueues } from './queues.ts';
import { type Known, resolved } from './resolve.ts';

interface Statement {
  readonly Action?: string | readonly string[];
  readonly NotAction?: unknown;
}

interface Attached {
  readonly PolicyName?: string;
  readonly PolicyDocument: { readonly Version: string; readonly Statement: readonly Statement[] };
}

/**
 * The emulator checks no permissions. From here on the gateway checks those for IAM and CloudTrail, and who sends to which queue, by the
 * policies of this template as synthesised. Returns the number of roles.
 */
export async function enforceRights(
  { account, region, gateway }: World,
  template: Template,
  { resources }: Deployed,
): Promise<number> {
  const known = { account, region, resources };
  await gateway.senders.guard(guardedQueues(template, known));
  const policies = rolePolicies(template, known);
  for (const [role, own] of policies) {
    await gateway.rights.enforce(resources[role] ?? role, own);
  }
  return policies.size;
}

/**
 * The statements about IAM and CloudTrail in the policies of every role in the synthesised template, by the role's logical id. They
 * are taken exactly as they would be deployed.
 */
export function rolePolicies(template: Template, known: Known): ReadonlyMap<string, readonly RolePolicy[]> {
  const resources = Object.entries(template.Resources);
  const roles = resources.filter(([, { Type }]) => Type === 'AWS::IAM::Role');
  const policies = resources.filter(([, { Type }]) => /^AWS::IAM::(Managed)?Policy$/.test(Type));
  return new Map(
    roles.map(([role, { Properties }]) => {
      const inline = (Properties?.Policies ?? []) as readonly Attached[];
      const attached = policies.flatMap(([, policy]) =>
        isAttached(policy.Properties?.Roles, role) ? [policy.Properties as unknown as Attached] : [],
      );
      return [role, [...inline, ...attached].flatMap((one, index) => judged(one, index, known))];
    }),
  );
}

const isAttached = (roles: unknown, role: string): boolean =>
  Array.isArray(roles) && roles.some((one) => (one as { readonly Ref?: unknown }).Ref === role);

/** Empty if no statement is about IAM or CloudTrail, because such policies would only slow down the evaluation. */
function judged({ PolicyName, PolicyDocument }: Attached, index: number, known: Known): RolePolicy[] {
  const statements = PolicyDocument.Statement.filter(
    ({ Action, NotAction }) =>
      NotAction !== undefined ||
      [Action].flat().some((action) => /^(iam:|cloudtrail:|\*)/i.test(action ?? '')),
  );
  if (statements.length === 0) {
    return [];
  }
  const Statement = resolved(statements, known) as object[];
  return [{ name: PolicyName ?? `policy-${index}`, policy: { Version: PolicyDocument.Version, Statement } }];
}
