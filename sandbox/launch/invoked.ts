import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { Say } from '../world/say.ts';
import type { Clients } from './clients.ts';

/** A function of the deployed stack that the sandbox runs. */
export interface Invoked {
  /** Runs it once. Throws if it fails. */
  run(): Promise<void>;
  stop(): Promise<void>;
}

export interface InvokeOptions {
  readonly clients: Clients;
  readonly functionName: string;
  /** Interval between invocations; 0: on request only. */
  readonly everyMs: number;
  readonly say: Say;
}

/**
 * Invokes a function more often than its schedule would, because the product's times are short here. This is the
 * sandbox's only influence on the deployed stack. A beat that finds an invocation running is skipped.
 */
export function startInvoking({ clients, functionName, everyMs, say }: InvokeOptions): Invoked {
  const lambda = clients.make(LambdaClient);
  let running: Promise<void> | undefined;
  let lastProblem = '';
  const run = async () => {
    const answer = await lambda.send(new InvokeCommand({ FunctionName: functionName }));
    if (answer.FunctionError !== undefined) {
      throw new Error(Buffer.from(answer.Payload ?? []).toString('utf8'));
    }
  };
  const beat = () => {
    running ??= run()
      .catch((error: unknown) => {
        const problem = `${functionName} failed: ${String(error)}`;
        if (problem !== lastProblem) {
          say(problem);
        }
        lastProblem = problem;
      })
      .finally(() => {
        running = undefined;
      });
  };
  const timer = everyMs > 0 ? setInterval(beat, everyMs) : undefined;
  return {
    run,
    async stop() {
      clearInterval(timer);
      await running;
      lambda.destroy();
    },
  };
}
