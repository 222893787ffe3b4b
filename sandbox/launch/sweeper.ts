import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { Say } from '../world/say.ts';
import type { Clients } from './clients.ts';

export interface Sweeper {
  /** Runs the deployed sweep once. */
  sweep(): Promise<void>;
  stop(): Promise<void>;
}

export interface SweeperOptions {
  readonly clients: Clients;
  readonly functionName: string;
  /** Interval between invocations; 0: on request only. */
  readonly everyMs: number;
  readonly say: Say;
}

/**
 * Invokes the deployed sweep more often than its schedule would, because the product's times are short here. This is
 * the sandbox's only influence on the deployed stack. A beat that finds an invocation running is skipped.
 */
export function startSweeper({ clients, functionName, everyMs, say }: SweeperOptions): Sweeper {
  const lambda = clients.make(LambdaClient);
  let running: Promise<void> | undefined;
  let lastProblem = '';
  const sweep = async () => {
    const answer = await lambda.send(new InvokeCommand({ FunctionName: functionName }));
    if (answer.FunctionError !== undefined) {
      throw new Error(Buffer.from(answer.Payload ?? []).toString('utf8'));
    }
  };
  const beat = () => {
    running ??= sweep()
      .catch((error: unknown) => {
        const problem = `the sweep failed: ${String(error)}`;
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
    sweep,
    async stop() {
      clearInterval(timer);
      await running;
      lambda.destroy();
    },
  };
}
