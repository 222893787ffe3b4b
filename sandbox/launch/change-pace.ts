import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda';
import type { Launched } from './launched.ts';
import type { Pace } from './pace.ts';

/** Gives the deployed function that mails another pace. Returns once new invocations have it. */
export async function changePace({ clients, deployed }: Launched, pace: Pace): Promise<void> {
  const lambda = clients.make(LambdaClient);
  const FunctionName = deployed.outputs.ReconcileFunctionName;
  const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  const Variables = { ...Environment?.Variables, PACE_TERMS: JSON.stringify(pace) };
  await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } }));
  await waitUntilFunctionUpdatedV2({ client: lambda, maxWaitTime: 30 }, { FunctionName });
  lambda.destroy();
}
