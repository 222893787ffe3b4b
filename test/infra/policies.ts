/** Reads policy documents out of a synthesised template into rows that can be compared with a table. */
import { all, at, flat, type Json, type Synthesised } from './synth.ts';

export interface Row {
  readonly effect: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly principal?: string;
  readonly conditions?: Json;
}

const listOf = (value: Json | undefined): Json[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

/** Each statement by its sid. */
export function rowsOf(made: Synthesised, document: Json | undefined): Record<string, Row> {
  const statements = listOf((document as { readonly Statement: Json }).Statement) as Record<string, Json>[];
  return Object.fromEntries(
    statements.map((statement): [string, Row] => [
      String(statement.Sid),
      {
        effect: String(statement.Effect),
        actions: listOf(statement.Action).map(String).sort(),
        resources: listOf(statement.Resource)
          .map((resource) => flat(made, resource))
          .sort(),
        ...(statement.Principal === undefined ? {} : { principal: principal(made, statement.Principal) }),
        ...(statement.Condition === undefined ? {} : { conditions: statement.Condition }),
      },
    ]),
  );
}

function principal(made: Synthesised, value: Json): string {
  if (typeof value === 'string') {
    return value;
  }
  return Object.values(value as Record<string, Json>)
    .map((who) => flat(made, who))
    .join(',');
}

/** Everything that a function's role may do, from all policies attached to it in any way. */
export function rightsOf(made: Synthesised, fn: string): Record<string, Row> {
  const rows: Record<string, Row> = {};
  for (const { document } of policiesOf(made, fn)) {
    Object.assign(rows, rowsOf(made, document));
  }
  return rows;
}

export interface Attached {
  /** The construct that made it. */
  readonly path: string;
  readonly managed: boolean;
  readonly document: Json;
}

/** Every policy attached to a function's role: its own, and those into which the CDK moves what is too long for one. */
export function policiesOf(made: Synthesised, fn: string): Attached[] {
  const role = at(made, `${fn}/Role`);
  const attached = ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'].flatMap((type) =>
    all(made, type)
      .filter(({ resource }) =>
        listOf(resource.Properties.Roles).some((name) => flat(made, name) === `<${fn}/Role>`),
      )
      .map(({ path, resource }) => ({
        path,
        managed: type === 'AWS::IAM::ManagedPolicy',
        document: resource.Properties.PolicyDocument ?? null,
      })),
  );
  const unread = [...listOf(role.Properties.Policies), ...listOf(role.Properties.ManagedPolicyArns)]
    .map((one) => flat(made, one))
    .filter((one) => !attached.some(({ path }) => one === `<${path}>`));
  if (unread.length > 0) {
    throw new Error(`${fn} has policies that this table does not show`);
  }
  return attached;
}
