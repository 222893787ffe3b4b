import { stopOnSignals } from '../world/processes.ts';
import { SandboxError, type Say } from '../world/say.ts';
import type { Launched } from './launch.ts';

/** A launcher's work. It tells what it does by `tell`, which is silent once stopping has begun. */
export type Work = (tell: Say, remember: (launched: Launched) => void) => Promise<number>;

/**
 * Runs a launcher's work to its end and ends the process with its exit code. Whatever happens (an error, Ctrl-C, a closed
 * terminal), what was launched is stopped first; what was not launched completely is the guards' business.
 */
export function runToEnd(say: Say, work: Work): void {
  let stopping = false;
  let stopWorld: () => Promise<void> = async () => undefined;
  // What still runs then finds its world gone, one failure after the other, and that is no news.
  const tell: Say = (line) => {
    if (!stopping) {
      say(line);
    }
  };
  const stop = async () => {
    stopping = true;
    await stopWorld();
    say('Stopped.');
  };
  // With the terminal gone nobody listens, but there is still something to stop.
  process.stdout.on('error', (error) => {
    if (!stopping) {
      throw error;
    }
  });
  stopOnSignals(stop);
  stopWithParent(stop);
  const remember = (launched: Launched) => {
    stopWorld = () => launched.stop();
  };
  work(tell, remember)
    .catch((error: unknown) => {
      tell(
        error instanceof SandboxError ? error.message : String(error instanceof Error ? error.stack : error),
      );
      return 1;
    })
    .then(async (code) => {
      if (stopping) {
        return; // whoever stops the world ends the process when it is gone
      }
      stopping = true;
      await stopWorld();
      process.exit(code);
    });
}

/** How often a launcher looks whether whoever started it still lives. */
const PARENT_LOOK_MS = 500;

/** When npm is killed outright no signal reaches us; being handed to another parent tells the same. */
function stopWithParent(stop: () => Promise<void>): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) {
      return;
    }
    clearInterval(timer);
    stop().finally(() => process.exit(129));
  }, PARENT_LOOK_MS);
  timer.unref();
}
