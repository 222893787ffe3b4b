import { randomInt } from 'node:crypto';
import { SandboxError } from '../world/say.ts';

/** Options of a story run. */
export interface Wishes {
  /** The seed for random disturbances of events; undefined means none. */
  readonly seed: number | undefined;
}

const USAGE = 'Usage: npm run story -- [--disturb [--seed N]], N a whole number from 0 on';

/** Reads the command line of `npm run story`. */
export function readArguments(args: readonly string[]): Wishes {
  const [disturb, option, number, ...more] = args;
  if (disturb === undefined) {
    return { seed: undefined };
  }
  const seeded = option === '--seed' && /^\d{1,9}$/.test(number ?? '');
  if (disturb !== '--disturb' || more.length > 0 || !(seeded || option === undefined)) {
    throw new SandboxError(USAGE);
  }
  return { seed: seeded ? Number(number) : randomInt(1_000_000) };
}
