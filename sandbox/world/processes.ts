import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * Children of the sandbox run under sandbox/python/guard.py, which holds the reading end of a pipe from this process.
 * When this process ends, in whatever way, the pipe closes and the guard takes the child and everything below it
 * down. So nothing here must be called for clean-up to happen; `stop` only makes it happen now and waits for it.
 */
const GUARD = fileURLToPath(new URL('../python/guard.py', import.meta.url));

/** The guard needs 1.5 s at most for a child that ignores TERM. */
const STOP_LIMIT_MS = 4_000;

export interface GuardedOptions {
  /** The Python (3.10 or newer) that runs the guard. */
  readonly python: string;
  readonly name: string;
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The child's working directory, which the guard removes when the child is gone. */
  readonly scratch?: string;
  /** A file descriptor for the child's output, or a function that gets it as text. */
  readonly output: number | ((text: string) => void);
}

export interface Guarded {
  readonly name: string;
  /** The guard's process id; the child's is its only child. */
  readonly pid: number;
  /** Resolves with the exit code when guard and child are gone. Never rejects. */
  readonly ended: Promise<number>;
  /** Ends the child and all its descendants. Safe to call twice. */
  stop(): Promise<void>;
}

function whenEnded(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    child.once('error', () => resolve(127));
    child.once('close', (code) => resolve(code ?? 1));
  });
}

/** Starts a command under a guard. */
export function startGuarded(options: GuardedOptions): Guarded {
  const { output } = options;
  const sink = typeof output === 'number' ? output : 'pipe';
  const child = spawn(options.python, ['-I', GUARD, options.scratch ?? '-', ...options.command], {
    stdio: ['pipe', sink, sink],
    env: options.env,
    ...(options.scratch === undefined ? {} : { cwd: options.scratch }),
  });
  child.stdin?.on('error', () => undefined); // the guard went first; `ended` tells
  if (typeof output === 'function') {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', output);
    }
  }
  const ended = whenEnded(child);
  return {
    name: options.name,
    pid: child.pid ?? -1,
    ended,
    async stop() {
      child.stdin?.end();
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
      await ended;
      clearTimeout(timer);
    },
  };
}

const ENDINGS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/** Within this time of the first, a signal is the same one: npm hands on to us what the terminal has sent us already. */
const ECHO_MS = 500;

/**
 * For a launcher: on Ctrl-C, TERM or a closed terminal stop in order, then exit the way a shell expects. A second
 * signal exits at once (the guards still clean up). Returns a function that takes the handlers away again.
 */
export function stopOnSignals(stop: () => Promise<void>): () => void {
  let stoppingSince: number | undefined;
  const handlers = Object.entries(ENDINGS).map(([signal, code]) => {
    const handler = () => {
      if (stoppingSince !== undefined) {
        if (Date.now() - stoppingSince > ECHO_MS) {
          process.exit(code);
        }
        return;
      }
      stoppingSince = Date.now();
      stop().then(
        () => process.exit(code),
        () => process.exit(code),
      );
    };
    process.on(signal, handler);
    return () => process.off(signal, handler);
  });
  return () => {
    for (const remove of handlers) {
      remove();
    }
  };
}
