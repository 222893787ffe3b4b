import { stopOnSignals } from '../world/processes.ts';
import { SandboxError, type Say } from '../world/say.ts';
import type { Launched } from './launch.ts';

/**
 * The work of a launcher. Returns the exit code. `tell` prints progress and is silent once stopping has begun;
 * `remember` registers the world to stop at the end.
 */
export type Work = (tell: Say, remember: (launched: Launched) => void) => Promise<number>;

/**
 * Runs a launcher's work and exits with its exit code. In any case (an error, Ctrl-C, a closed terminal) the launched
 * world is stopped first; guards stop what was only partly launched.
 */
export function runToEnd(say: Say, work: Work): void {
  let stopping = false;
  let stopWorld: () => Promise<void> = async () => undefined;
  // Work still running during the stop fails one step after the other, and these errors tell nothing new.
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
  // With the terminal closed nobody reads the output, but the world must still be stopped.
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
        return; // the code that stops the world also ends the process
      }
      stopping = true;
      await stopWorld();
      process.exit(code);
    });
}

/** Interval at which a launcher checks that its parent process still lives. */
const PARENT_LOOK_MS = 500;

/**
 * Stops when the parent process is gone. No signal arrives if npm is killed with SIGKILL, but the parent id changes.
 */
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
