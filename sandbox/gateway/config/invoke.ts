import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { Invoke } from './rule.ts';

export interface LambdaInvoker {
  readonly invoke: Invoke;
  stop(): void;
}

/**
 * Runs deployed functions as AWS Config does, straight on the emulator: the call is the service's own, so the gateway
 * does not count it. It waits for the function's end, because the view is only worth a look afterwards.
 */
export function lambdaInvoker(ministackUrl: string, region: string): LambdaInvoker {
  const lambda = new LambdaClient({
    region,
    endpoint: ministackUrl,
    credentials: { accessKeyId: 'config.amazonaws.com', secretAccessKey: 'sandbox' },
    maxAttempts: 1,
  });
  return {
    async invoke(functionName, event) {
      const { FunctionError, Payload } = await lambda.send(
        new InvokeCommand({ FunctionName: functionName, Payload: Buffer.from(JSON.stringify(event)) }),
      );
      if (FunctionError !== undefined) {
        throw new Error(Buffer.from(Payload ?? []).toString('utf8'));
      }
    },
    stop: () => lambda.destroy(),
  };
}
