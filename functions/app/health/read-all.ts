import { type Check, checksOf, type NotReadWhy } from '../../core/health/checks.ts';
import type { Readings } from '../../core/health/readings.ts';
import type { Policy } from '../../core/model/policy.ts';
import type { Instant } from '../../core/model/time.ts';
import { type HealthReaders, NotRead } from '../health-ports.ts';
import type { Log } from '../ports.ts';

/** The reading of a check, or why there is none. */
export type Read<C extends Check> = { readonly read: Readings[C] } | { readonly why: NotReadWhy };

/** The readings of all checks that apply to the deployment. */
export type AllRead = { readonly [C in Check]?: Read<C> };

/** Reads for all checks at the same time. A reading that fails stops no other. */
export async function readAll(
  readers: HealthReaders,
  policy: Pick<Policy, 'config'>,
  now: Instant,
  log: Log,
): Promise<AllRead> {
  const pairs = await Promise.all(
    checksOf(policy).map(async (check) => [check, await readOne(readers, check, now, log)] as const),
  );
  return Object.fromEntries(pairs);
}

async function readOne<C extends Check>(
  readers: HealthReaders,
  check: C,
  now: Instant,
  log: Log,
): Promise<Read<C>> {
  try {
    return { read: await readers[check](now) };
  } catch (error) {
    log.warn('A check could not be done', { check, error });
    return { why: error instanceof NotRead ? error.why : 'no-answer' };
  }
}
