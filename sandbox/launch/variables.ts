import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda';
import type { Launched } from './launched.ts';

/** Adds these environment variables to a deployed function. Returns once new invocations have them. */
export async function setVariables(
  { clients, deployed }: Pick<Launched, 'clients' | 'deployed'>,
  variables: Readonly<Record<string, string>>,
  of: 'Reconcile' | 'Health' = 'Reconcile',
): Promise<void> {
  const lambda = clients.make(LambdaClient);
  const FunctionName = deployed.outputs[`${of}FunctionName`];
  const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  const Variables = { ...Environment?.Variables, ...variables };
  await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } }));
  await waitUntilFunctionUpdatedV2({ client: lambda, maxWaitTime: 30 }, { FunctionName });
  lambda.destroy();
}
