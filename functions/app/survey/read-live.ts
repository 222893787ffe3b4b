import { type Case, isOpen } from '../../core/case/case.ts';
import type { UnreadCase } from '../../core/case/unread.ts';
import type { VerdictContext } from '../../core/config/judged-user.ts';
import { needsUpdate } from '../../core/config/needs-update.ts';
import type { ListedUser, Survey, UserEvaluation } from '../../core/config/survey.ts';
import { NOT_APPLICABLE, verdictOf } from '../../core/config/verdict.ts';
import { reachedAddresses } from '../../core/health/reach.ts';
import { isViolation } from '../../core/model/compliance.ts';
import { excludedBy } from '../../core/model/exclusion.ts';
import type { Policy } from '../../core/model/policy.ts';
import type { StoredEvidence } from '../../core/proposal/context.ts';
import type { CaseReader } from '../config-ports.ts';
import type { Clock, Log, WakeSender } from '../ports.ts';
import type { Wake } from '../wake.ts';
import type { EvaluationBatch } from './evaluation-batch.ts';
import {
  type ReadUsers,
  type ReadUserWorld,
  readingAgain,
  readingUsers,
  type UserReading,
} from './read-user.ts';

export interface ReadLiveWorld extends ReadUserWorld {
  readonly cases: CaseReader;
  readonly wakes: WakeSender;
  readonly clock: Clock;
  readonly policy: Policy;
  readonly log: Log;
}

/** Result of reading users individually. */
export interface LiveReading {
  // biome-ignore lint/plugin: counted as the run goes on
  read: number;
  /** Number of users among `read` who could not be read. */
  // biome-ignore lint/plugin: counted as the run goes on
  unread: number;
  // biome-ignore lint/plugin: counted as the run goes on
  woken: number;
  /** Number of users for whom no time was left. */
  // biome-ignore lint/plugin: counted as the run goes on
  left: number;
  /** The readings, the last one of a user last. */
  readonly found: UserReading[];
}

/** Number of users read, woken and reported together, so that the completed groups are safe if the run dies. */
const GROUP = 100;

/** No group starts with less time than this left, in milliseconds. */
const ENOUGH_MS = 60_000;

/** Reads these users in groups. The wakes and evaluations of each group are sent before the next one starts. */
export async function readLive(
  world: ReadLiveWorld,
  account: string,
  { shown: held, evidence, now }: Pick<Survey, 'shown' | 'evidence' | 'now'>,
  users: readonly ListedUser[],
  out: Pick<EvaluationBatch, 'put'>,
): Promise<LiveReading> {
  const sum: LiveReading = { read: 0, unread: 0, woken: 0, left: 0, found: [] };
  const missing: ListedUser[] = [];

  const readGroup = async (group: readonly ListedUser[], lookAt: ReadUsers) => {
    const ids = group.map(({ userId }) => userId);
    const { control, subscriptions, cases, unread } = await world.cases.cases(account, ids);
    const reached = reachedAddresses(subscriptions, now);
    const looks = await lookAt(group);
    missing.push(...looks.flatMap(({ found, user }) => (found === 'missing' ? [user] : [])));
    const judged = looks.flatMap((look) => {
      const { userId } = look.user;
      return judgedLook(look, unread.get(userId) ?? cases.get(userId) ?? null, evidence.get(userId), {
        policy: world.policy,
        control: { ...control, reached },
        now,
      });
    });
    for (const { userId, why, reason } of unread.values()) {
      world.log.warn('A case cannot be read: AWS Config is told what a live look shows', {
        userId,
        why,
        reason,
      });
    }
    const woken = judged.filter(({ wakes }) => wakes).map(({ user }) => user);
    await wakeAll(world, account, woken);
    const evaluations = judged.map(({ evaluation }) => evaluation);
    await out.put(evaluations.filter((one) => needsUpdate(one, held.get(one.userId), now)));
    sum.read += looks.filter(({ found }) => found !== 'missing').length;
    sum.unread += looks.filter(({ found }) => found === 'unread').length;
    sum.woken += woken.length;
    sum.found.push(...looks);
  };

  const readAll = async (all: readonly ListedUser[], lookAt: ReadUsers) => {
    for (let from = 0; from < all.length; from += GROUP) {
      const group = all.slice(from, from + GROUP);
      if (world.clock.remaining() < ENOUGH_MS) {
        sum.left += group.length;
      } else {
        await readGroup(group, lookAt);
      }
    }
  };

  await readAll(users, readingUsers(world));
  await readAll(missing.splice(0), readingAgain(world));
  return sum;
}

/**
 * The evaluation of one reading, and whether the user should be woken; empty if nothing is known about the user. If
 * the case cannot be read, the evaluation follows from the reading alone, and the user is always woken.
 */
function judgedLook(
  look: UserReading,
  stored: Case | UnreadCase | null,
  evidence: StoredEvidence | undefined,
  context: VerdictContext,
): { readonly user: Named; readonly evaluation: UserEvaluation; readonly wakes: boolean }[] {
  if (look.found === 'unread' || look.found === 'missing') {
    return [];
  }
  const { userId, userName } = look.user;
  const unread = stored !== null && 'why' in stored;
  const current = unread ? null : stored;
  if (look.found === 'gone') {
    const evaluation = { ...NOT_APPLICABLE, userId, factsAt: look.began };
    return [{ user: { userId }, evaluation, wakes: unread || isOpen(current) }];
  }
  const { keys, began, listed } = look;
  const by = excludedBy(look.as, context.policy.exclude);
  const judged = { keys, excluded: by !== null, excludedBy: by, current, evidence };
  const verdict = verdictOf({ ...judged, ...(unread ? { unread } : {}) }, context);
  // Two concurrent runs may end in another order than they started. The later time makes the one that found a
  // violation win.
  const factsAt = verdict.compliance === 'NON_COMPLIANT' ? listed : began;
  const evaluation = { ...verdict, userId, factsAt };
  const wakes = unread || isViolation(keys) !== isOpen(current);
  return [{ user: { userId, userName }, evaluation, wakes }];
}

/** The user to wake. For a user without a case the name saves reconcile a search through the list of all users. */
export type Named = Pick<Wake, 'userId' | 'userName'>;

/** Users found at once about whom approvers get single mails. Notices about more of them wait for a digest. */
const MOST_SINGLY = 3;

/** Has these users re-evaluated. */
export async function wakeAll(
  { wakes }: Pick<ReadLiveWorld, 'wakes'>,
  account: string,
  users: readonly Named[],
): Promise<void> {
  const pool = users.length > MOST_SINGLY ? { pool: true } : {};
  await wakes.send(users.map((user) => ({ kind: 'user', account, ...user, ...pool, attempt: 0 })));
}
