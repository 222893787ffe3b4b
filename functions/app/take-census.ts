import { type Census, type ListedUser, unshown } from '../core/evaluation.ts';
import type { Instant } from '../core/time.ts';
import type { CaseReader, CensusTaker, Clock, ConfigRule } from './ports.ts';

export interface CensusWorld {
  census: CensusTaker;
  cases: CaseReader;
  rule: Pick<ConfigRule, 'held'>;
  clock: Pick<Clock, 'now'>;
}

/** Everything that one run knows before it reads single users. */
export async function takeCensus(world: CensusWorld, account: string): Promise<Census> {
  const { census, cases, rule, clock } = world;
  const held = await rule.held();
  const report = await census.report();
  const open = new Set(await cases.open(account));
  const listedAt = clock.now();
  const users = await census.users();
  const keysSeenAt = await lastLooks(cases, account, unshown({ users, report, held }));
  return { users, listedAt, report, held, open, keysSeenAt, now: clock.now() };
}

/** When the keys in these users' cases were seen, by UserId. */
async function lastLooks(
  reader: CaseReader,
  account: string,
  users: readonly ListedUser[],
): Promise<Map<string, Instant>> {
  if (users.length === 0) return new Map();
  const ids = users.map(({ userId }) => userId);
  const { cases } = await reader.cases(account, ids);
  return new Map([...cases].map(([userId, known]) => [userId, known.keysSeenAt]));
}
