/**
 * Prints a line of the sandbox. It is passed in, so that tests can capture lines and the launcher decides on the
 * form.
 */
export type Say = (line: string) => void;

/** The launcher's default: one line on standard output. */
export const sayOnTerminal: Say = (line) => {
  process.stdout.write(`${line}\n`);
};

/**
 * A problem that the reader can fix. The message says in one line what is missing and what to do, and the launcher
 * prints nothing else (no stack trace). Any other error is a defect of the sandbox.
 */
export class SandboxError extends Error {
  override readonly name = 'SandboxError';
}
