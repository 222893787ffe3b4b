import { unshown } from '../../core/config/plan.ts';
import type { ListedUser, ShownResults, Survey } from '../../core/config/survey.ts';
import type { Instant } from '../../core/model/time.ts';
import type { CaseReader, ConfigRule, SurveyTaker } from '../config-ports.ts';
import type { Clock } from '../ports.ts';
import type { Trouble } from './evaluation-batch.ts';

/** The results of a rule that shows none. */
export const NOTHING_SHOWN: ShownResults = { users: new Map(), account: null };

export interface SurveyWorld {
  readonly census: SurveyTaker;
  readonly cases: CaseReader;
  readonly rule: Pick<ConfigRule, 'shown'>;
  readonly clock: Pick<Clock, 'now'>;
}

/**
 * Everything that a run knows before it reads single users. If AWS Config gives no answer, `trouble` has the error
 * and no user counts as shown: which users are woken does not depend on AWS Config.
 */
export async function takeSurvey(
  world: SurveyWorld,
  account: string,
): Promise<{ readonly census: Survey; readonly trouble: Trouble | null }> {
  const { census, cases, clock } = world;
  const { held, trouble } = await shownBy(world);
  const report = await census.report();
  const open = await cases.open(account);
  const storedAt = clock.now();
  const stored = await cases.cases(account, open);
  const listedAt = clock.now();
  const users = await census.users();
  const keysSeenAt = await lastLooks(cases, account, unshown({ users, report, shown: held.users }));
  const cased = [...stored.cases].filter(([userId]) => !stored.unread.has(userId));
  const asked = cased.filter(([, { phase }]) => phase === 'awaiting-decision').map(([userId]) => userId);
  const evidence = await cases.evidence(account, asked);
  const { control, subscriptions } = stored;
  const known = {
    open: new Set(open),
    cases: new Map(cased),
    evidence,
    control,
    subscriptions,
    storedAt,
    keysSeenAt,
  };
  const now = clock.now();
  const shown = { shown: held.users, shownOfAccount: held.account };
  return { census: { users, listedAt, report, ...shown, ...known, now }, trouble };
}

async function shownBy({
  rule,
}: Pick<SurveyWorld, 'rule'>): Promise<{ readonly held: ShownResults; readonly trouble: Trouble | null }> {
  try {
    return { held: await rule.shown(), trouble: null };
  } catch (error) {
    return { held: NOTHING_SHOWN, trouble: { error } };
  }
}

/** Time of the latest observation in each of these users' cases, by UserId. */
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
  return new Map([...cases].map(([userId, current]) => [userId, current.keysSeenAt]));
}
