/** Where the sandbox's own lines go: injected, so that tests can listen and the launcher can decide on the form. */
export type Say = (line: string) => void;

/** The launcher's default: one line on standard output. */
export const sayOnTerminal: Say = (line) => {
  process.stdout.write(`${line}\n`);
};

/**
 * Something the reader can put right: the message says what is missing and what to do, in one line, and the launcher
 * shows nothing else (no stack). Any other error is a defect of the sandbox.
 */
export class SandboxError extends Error {
  override readonly name = 'SandboxError';
}
