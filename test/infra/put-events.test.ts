import { runSimulation } from '@cloud-copilot/iam-simulate';
import { expect, it } from 'vitest';
import { policiesOf } from './policies.ts';
import { flat, type Json, synth } from './synth.ts';

const ACCOUNT = '123456789012';
const DEFAULT = `arn:aws:events:us-east-1:${ACCOUNT}:event-bus/default`;
const made = synth();
const [statement] = policiesOf(made, 'Reconcile')
  .flatMap(({ document }) => (document as { readonly Statement: Record<string, Json>[] }).Statement)
  .filter(({ Action }) => Action === 'events:PutEvents');

/** What an evaluator that shares no code with us says to PutEvents by reconcile's role, with these sources. */
async function verdict(bus: string, sources: string[] | null): Promise<string> {
  const Resource = flat(made, statement?.Resource).replace('<AWS::AccountId>', ACCOUNT);
  const policy = { Version: '2012-10-17', Statement: [{ ...statement, Resource }] };
  const result = await runSimulation(
    {
      identityPolicies: [{ name: 'reconcile', policy }],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      request: {
        principal: `arn:aws:iam::${ACCOUNT}:role/reconcile`,
        action: 'events:PutEvents',
        resource: { resource: bus, accountId: ACCOUNT },
        contextVariables: sources === null ? {} : { 'events:source': sources },
      },
    },
    {},
  );
  return 'overallResult' in result ? result.overallResult : JSON.stringify(result);
}

it.each([
  ['its own source on the default bus', DEFAULT, ['solekey'], 'Allowed'],
  ['another source', DEFAULT, ['aws.iam'], 'ImplicitlyDenied'],
  ['another source beside its own', DEFAULT, ['solekey', 'solekey.relay'], 'ImplicitlyDenied'],
  ['no source', DEFAULT, null, 'ImplicitlyDenied'],
  ['another bus', DEFAULT.replace('default', 'other'), ['solekey'], 'ImplicitlyDenied'],
  ['the bus of another account', DEFAULT.replace(ACCOUNT, '999999999999'), ['solekey'], 'ImplicitlyDenied'],
])('reconcile may put events with %s: %s %s is %s', async (_what, bus, sources, wanted) => {
  expect(await verdict(bus, sources)).toBe(wanted);
});
