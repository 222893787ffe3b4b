import { stopOnSignals } from '../world/processes.ts';
import { SandboxError, type Say } from '../world/say.ts';
import type { Launched } from './launch.ts';

/**
 * Runs a launcher's work to its end and ends the process with its exit code. Whatever happens (an error, Ctrl-C, a closed
 * terminal), what was launched is stopped first; what was not launched completely is the guards' business.
 */
export function runToEnd(say: Say, work: (remember: (launched: Launched) => void) => Promise<number>): void {
  let stop: () => Promise<void> = async () => undefined;
  stopOnSignals(() => stop());
  stopWithParent(() => stop());
  const remember = (launched: Launched) => {
    stop = () => launched.stop();
  };
  work(remember)
    .catch((error: unknown) => {
      say(
        error instanceof SandboxError ? error.message : String(error instanceof Error ? error.stack : error),
      );
      return 1;
    })
    .then(async (code) => {
      await stop();
      process.exit(code);
    });
}

/** How often a launcher looks whether whoever started it still lives. */
const PARENT_LOOK_MS = 500;

/** When npm is killed outright no signal reaches us; being handed to another parent tells the same. */
function stopWithParent(stop: () => Promise<void>): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    stop().finally(() => process.exit(129));
  }, PARENT_LOOK_MS);
  timer.unref();
}
