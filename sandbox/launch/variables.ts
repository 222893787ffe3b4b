import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda';
import type { Launched } from './launched.ts';

/** Adds these environment variables to a deployed function. Returns once new invocations have them. */
export function setVariables(
  launched: Pick<Launched, 'clients' | 'deployed'>,
  variables: Readonly<Record<string, string>>,
  of: 'Reconcile' | 'Health' = 'Reconcile',
): Promise<void> {
  return setVariablesOf(launched, launched.deployed.outputs[`${of}FunctionName`] ?? '', variables);
}

/** The same for a function by its physical name. */
export async function setVariablesOf(
  { clients }: Pick<Launched, 'clients'>,
  FunctionName: string,
  variables: Readonly<Record<string, string>>,
): Promise<void> {
  const lambda = clients.make(LambdaClient);
  const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  const Variables = { ...Environment?.Variables, ...variables };
  await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } }));
  await waitUntilFunctionUpdatedV2({ client: lambda, maxWaitTime: 30 }, { FunctionName });
  lambda.destroy();
}
