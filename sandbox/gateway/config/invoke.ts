import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { Invoke } from './rule.ts';

export interface LambdaInvoker {
  readonly invoke: Invoke;
  stop(): void;
}

/**
 * Invokes deployed functions as AWS Config does, directly on the emulator, so that the gateway does not count the
 * call. Returns when the function has ended, because the compliance view is complete only then.
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
