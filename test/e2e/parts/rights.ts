import { expect, it } from 'vitest';
import type { Stack } from '../stack.ts';

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
}

/** Calls whose right has another name than the call. */
const RIGHTS: Readonly<Record<string, readonly string[]>> = {
  'dynamodb:TransactWriteItems': ['dynamodb:PutItem'],
  's3:ListObjectsV2': ['s3:ListBucket'],
  'sqs:SendMessageBatch': ['sqs:SendMessage'],
};

/** Given by resource policies instead of the role's own. */
const BY_RESOURCE = /^kms:/;

/** The gateway refuses what IAM's writes may not do; for all other calls this compares what was called and what roles allow. */
export function rights(stack: () => Stack): void {
  it.each(['Reconcile', 'Approve', 'Sweep', 'Evaluate', 'Witness', 'Health'])(
    '%s called nothing that its role does not allow',
    (name) => {
      const { assembly, world } = stack().launched;
      const policies = Object.entries(assembly.template.Resources).filter(
        ([, { Type, Properties }]) =>
          Type === 'AWS::IAM::Policy' && JSON.stringify(Properties?.Roles).includes(`"${name}Role`),
      );
      const statements = policies.flatMap(([, { Properties }]) => statementsOf(Properties?.PolicyDocument));
      const allowed = new Set(
        statements.filter(({ Effect }) => Effect === 'Allow').flatMap(({ Action }) => Action),
      );
      const called = world.gateway.counts
        .calls({ caller: stack().output(`${name}FunctionName`) })
        .map(({ service, action }) => `${service}:${action}`);
      const missing = [...new Set(called)]
        .filter((call) => !BY_RESOURCE.test(call))
        .flatMap((call) => RIGHTS[call] ?? [call])
        .filter((right) => !allowed.has(right));
      expect(called.length).toBeGreaterThan(0);
      expect(missing).toEqual([]);
    },
  );
}

function statementsOf(document: unknown): readonly Statement[] {
  return (document as { readonly Statement: readonly Statement[] }).Statement;
}
