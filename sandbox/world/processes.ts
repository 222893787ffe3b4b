import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * Child processes run under sandbox/python/guard.py, which holds the reading end of a pipe from this process. When
 * this process ends, in whatever way, the pipe closes and the guard stops the child with all its descendants. So
 * clean-up needs no call from here; `stop` only does it now and waits for it.
 */
const GUARD = fileURLToPath(new URL('../python/guard.py', import.meta.url));

/** The guard needs at most 1.5 s for a child that ignores TERM. */
const STOP_LIMIT_MS = 4_000;

export interface GuardedOptions {
  /** The Python (3.10 or newer) that runs the guard. */
  readonly python: string;
  readonly name: string;
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The child's working directory. The guard removes it when the child has ended. */
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
  child.stdin?.on('error', () => undefined); // the guard has ended already, which `ended` reports
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

/**
 * A second signal within this time counts as the first one again: npm forwards to us what the terminal has already
 * sent us.
 */
const ECHO_MS = 500;

/**
 * On Ctrl-C, TERM or a closed terminal, stops in order and then exits with the code that a shell expects. A second
 * signal exits immediately (the guards still clean up). Returns a function that removes the handlers.
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
