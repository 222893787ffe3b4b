/**
 * CDK says "Bundling asset …" on stderr for every function, whatever its flags and log levels (aws-cdk issue #23092).
 * There is nothing to do about it, and a warning among such lines is read by nobody.
 */
const PROGRESS = /^Bundling asset \S+\.\.\.\n$/;

/** Runs `work` without those lines; everything else, esbuild's own warnings included, is written as ever. */
export function withoutBundlingLines<T>(work: () => T): T {
  const { stderr } = process;
  const { write } = stderr;
  stderr.write = (chunk: string | Uint8Array, ...rest: never[]): boolean =>
    typeof chunk === 'string' && PROGRESS.test(chunk) ? true : write.call(stderr, chunk, ...rest);
  try {
    return work();
  } finally {
    stderr.write = write;
  }
}
