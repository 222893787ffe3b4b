import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda';
import type { Launched } from './launched.ts';

/** Adds these environment variables to the deployed reconcile. Returns once new invocations have them. */
export async function setVariables(
  { clients, deployed }: Pick<Launched, 'clients' | 'deployed'>,
  variables: Readonly<Record<string, string>>,
): Promise<void> {
  const lambda = clients.make(LambdaClient);
  const FunctionName = deployed.outputs.ReconcileFunctionName;
  const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  const Variables = { ...Environment?.Variables, ...variables };
  await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } }));
  await waitUntilFunctionUpdatedV2({ client: lambda, maxWaitTime: 30 }, { FunctionName });
  lambda.destroy();
}
