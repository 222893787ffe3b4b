import { unshown } from '../../core/config/plan.ts';
import type { Census, ListedUser } from '../../core/config/survey.ts';
import type { Instant } from '../../core/model/time.ts';
import type { CaseReader, CensusTaker, Clock, ConfigRule } from '../ports.ts';
import type { Trouble } from './evaluation-batch.ts';

export interface CensusWorld {
  readonly census: CensusTaker;
  readonly cases: CaseReader;
  readonly rule: Pick<ConfigRule, 'held'>;
  readonly clock: Pick<Clock, 'now'>;
}

/**
 * Everything that one run knows before it reads single users. When Config does not say what it shows, nobody counts as
 * shown: who is to be woken does not depend on Config.
 */
export async function takeCensus(
  world: CensusWorld,
  account: string,
): Promise<{ readonly census: Census; readonly trouble: Trouble | null }> {
  const { census, cases, clock } = world;
  const { held, trouble } = await shownBy(world);
  const report = await census.report();
  const open = new Set(await cases.open(account));
  const listedAt = clock.now();
  const users = await census.users();
  const keysSeenAt = await lastLooks(cases, account, unshown({ users, report, held }));
  const now = clock.now();
  return { census: { users, listedAt, report, held, open, keysSeenAt, now }, trouble };
}

async function shownBy({
  rule,
}: Pick<CensusWorld, 'rule'>): Promise<{ readonly held: Census['held']; readonly trouble: Trouble | null }> {
  try {
    return { held: await rule.held(), trouble: null };
  } catch (error) {
    return { held: new Map(), trouble: { error } };
  }
}

/** When the keys in these users' cases were seen, by UserId. */
async function lastLooks(
  reader: CaseReader,
  account: string,
  users: readonly ListedUser[],
): Promise<Map<string, Instant>> {
  if (users.length === 0) {
    return new Map();
  }
  const ids = users.map(({ userId }) => userId);
  const { cases } = await reader.cases(account, ids);
  return new Map([...cases].map(([userId, known]) => [userId, known.keysSeenAt]));
}
