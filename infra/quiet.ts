/**
 * CDK prints "Bundling asset …" on stderr for every function, regardless of flags and log levels (aws-cdk issue
 * #23092). These lines need no action, and a warning among them would be overlooked.
 */
const PROGRESS = /^Bundling asset \S+\.\.\.\n$/;

/** Runs `work` without printing those lines. Everything else, including esbuild's warnings, is printed as usual. */
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
