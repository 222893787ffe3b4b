import type { RolePolicy } from '../gateway/rights.ts';
import type { World } from '../world/world.ts';
import type { Template } from './assembly.ts';
import type { Deployed } from './deploy.ts';

/** Values for CloudFormation's references: pseudo parameters, and physical ids by logical id. */
export interface Known {
  readonly account: string;
  readonly region: string;
  readonly resources: Readonly<Record<string, string>>;
}

interface Statement {
  readonly Action?: string | readonly string[];
  readonly NotAction?: unknown;
}

interface Attached {
  readonly PolicyName?: string;
  readonly PolicyDocument: { readonly Version: string; readonly Statement: readonly Statement[] };
}

/**
 * The emulator checks no permissions. From here on the gateway checks those for IAM, by the policies of this template as
 * synthesised. Returns the number of roles.
 */
export async function enforceRights(
  { account, region, gateway }: World,
  template: Template,
  { resources }: Deployed,
): Promise<number> {
  const policies = rolePolicies(template, { account, region, resources });
  for (const [role, own] of policies) {
    await gateway.rights.enforce(resources[role] ?? role, own);
  }
  return policies.size;
}

/**
 * The statements about IAM in the policies of every role in the synthesised template, by the role's logical id. They
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
      return [role, [...inline, ...attached].flatMap((one, index) => aboutIam(one, index, known))];
    }),
  );
}

const isAttached = (roles: unknown, role: string): boolean =>
  Array.isArray(roles) && roles.some((one) => (one as { readonly Ref?: unknown }).Ref === role);

/** Empty if no statement is about IAM, because such policies would only slow down the evaluation. */
function aboutIam({ PolicyName, PolicyDocument }: Attached, index: number, known: Known): RolePolicy[] {
  const statements = PolicyDocument.Statement.filter(
    ({ Action, NotAction }) =>
      NotAction !== undefined || [Action].flat().some((action) => /^(iam:|\*)/i.test(action ?? '')),
  );
  if (statements.length === 0) {
    return [];
  }
  const Statement = resolved(statements, known) as object[];
  return [{ name: PolicyName ?? `policy-${index}`, policy: { Version: PolicyDocument.Version, Statement } }];
}

/** Replaces CloudFormation's functions by their results. Throws for a function or reference that is not known here. */
function resolved(value: unknown, known: Known): unknown {
  if (Array.isArray(value)) {
    return value.map((one) => resolved(one, known));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const [[name, argument] = ['', undefined], ...more] = Object.entries(value);
  if (more.length === 0 && name === 'Ref') {
    return reference(String(argument), known);
  }
  if (more.length === 0 && name === 'Fn::Join') {
    const [separator, parts] = argument as [string, unknown[]];
    return parts.map((part) => String(resolved(part, known))).join(separator);
  }
  if (name.startsWith('Fn::')) {
    throw new Error(`the gateway cannot judge a policy about IAM with ${name}: see sandbox/launch/rights.ts`);
  }
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, resolved(one, known)]));
}

function reference(name: string, { account, region, resources }: Known): string {
  const pseudo: Readonly<Record<string, string>> = {
    'AWS::Partition': 'aws',
    'AWS::AccountId': account,
    'AWS::Region': region,
  };
  const found = pseudo[name] ?? resources[name];
  if (found === undefined) {
    throw new Error(`a policy refers to ${name}, which was not deployed`);
  }
  return found;
}
