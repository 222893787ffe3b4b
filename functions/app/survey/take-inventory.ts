import { planned } from '../../core/config/plan.ts';
import { recordedKeys } from '../../core/config/recorded-keys.ts';
import type { ListedUser, ReportRow, Survey } from '../../core/config/survey.ts';
import { surveyedUser } from '../../core/config/surveyed-user.ts';
import { aboutUser } from '../../core/inventory/about.ts';
import { privilegeOf } from '../../core/inventory/privilege.ts';
import { inventoryRow } from '../../core/inventory/row.ts';
import type { KeysRead } from '../../core/inventory/turn.ts';
import { ownerOf } from '../../core/model/owners.ts';
import { DAY, HOUR, type Instant, plus } from '../../core/model/time.ts';
import type { KeyUsage } from '../../core/usage/usage.ts';
import type { LiveOrder } from '../../core/validation/order.ts';
import type { SurveyTaker } from '../config-ports.ts';
import type { AccountReader, Inventory, InventoryStore } from '../inventory-ports.ts';
import type { Clock } from '../ports.ts';
import { problemsOfReading } from './evaluate.ts';
import { noEvaluationBatch } from './evaluation-batch.ts';
import { type FoundAbout, type KeepAboutWorld, keepAbout } from './keep-about.ts';
import { type LiveReading, type ReadLiveWorld, readLive, wakeAll } from './read-live.ts';
import { NOTHING_SHOWN, takeSurvey } from './take-survey.ts';

/** The ports for an inventory. */
export interface TakeInventoryWorld extends ReadLiveWorld, KeepAboutWorld {
  readonly census: SurveyTaker;
  readonly account: AccountReader;
  readonly store: InventoryStore;
  readonly clock: Clock;
}

/** Result of taking an inventory. */
export interface InventoryTaken {
  readonly users: number;
  /** Number of users read individually. */
  readonly read: number;
  readonly woken: number;
  /** Number of users with several active keys. */
  readonly violations: number;
  /** Sentences about what is missing in it; empty if nothing is. */
  readonly problems: readonly string[];
}

/** An hour less than a day, because the run that is to take it begins up to an hour later. */
const EVERY = DAY - HOUR;

/** True if the latest inventory is a day old, or if there is none. */
export function isInventoryDue(latest: Instant | null, now: Instant): boolean {
  return latest === null || latest <= plus(now, -EVERY);
}

/** The users to read live whatever else is known of them, and the time of the order that names them. */
export interface Ordered {
  readonly at: Instant | null;
  readonly users: LiveOrder['users'];
}

const NOTHING_ORDERED: Ordered = { at: null, users: [] };

/**
 * Takes and stores the inventory of the account, and beside the cases the facts that people who decide must see. On the
 * way, it wakes every user whose case does not agree with what it finds, as a run of the rule in AWS Config does; it needs
 * no rule. Users who could not be read are in it as not read.
 */
export async function takeInventory(
  world: TakeInventoryWorld,
  account: string,
  ordered = NOTHING_ORDERED,
): Promise<InventoryTaken> {
  const { inventory, about, taken } = await readAccount(world, account, ordered);
  // Before the inventory, so that a run that dies on the way is repeated within the hour.
  const notKept = await keepAbout(world, account, about);
  await world.store.keep(inventory);
  return { ...taken, problems: [...taken.problems, ...notKept] };
}

interface AccountRead {
  readonly inventory: Inventory;
  readonly about: readonly FoundAbout[];
  readonly taken: InventoryTaken;
}

/** Reads everything. A function of its own, so that the policies of the account are not held while its results are written. */
async function readAccount(
  world: TakeInventoryWorld,
  account: string,
  ordered: Ordered,
): Promise<AccountRead> {
  const asOf = world.clock.now();
  const { users, policies } = await world.account.details();
  const listed = users.map(({ permissions: _, ...user }) => user);
  const { census } = await takeSurvey(
    {
      ...world,
      census: { users: async () => listed, report: () => world.census.report() },
      rule: { shown: async () => NOTHING_SHOWN },
    },
    account,
  );
  const plan = planned(census, world.policy);
  await wakeAll(
    world,
    account,
    plan.gone.map((userId) => ({ userId })),
  );
  const wanted = wantedLive(plan.live, listed, ordered);
  const reading = await readLive(world, account, census, wanted, noEvaluationBatch({ error: null }));
  const surveyed = surveyedFrom(census, wanted, reading, await world.store.readings());
  const usage = await usageOf(world, account, [...census.cases.keys()]);
  const found = users.flatMap((judged) => {
    const { permissions: _, ...user } = judged;
    const one = surveyed(user, privilegeOf(judged, policies));
    if (one === null) {
      return [];
    }
    const owner = ownerOf(one.tags, world.policy.ownerTags);
    const row = inventoryRow(one, { account, fullIds: true, usage, owner });
    const several = one.keys.length > 1;
    return [{ row, about: { userId: user.userId, about: aboutUser(one, asOf), several } }];
  });
  const rows = found.map(({ row }) => row);
  return {
    inventory: {
      account,
      takenAt: census.now,
      listedAt: asOf,
      reportOf: census.report.generated,
      ordered: ordered.at,
      rows,
    },
    about: found.map(({ about }) => about),
    taken: {
      users: rows.length,
      read: reading.read,
      woken: reading.woken + plan.gone.length,
      violations: rows.filter(({ activeKeys }) => activeKeys > 1).length,
      problems: problemsOfReading(reading),
    },
  };
}

/** The users to read live: first those about whom the report is not enough, then those who were ordered. */
function wantedLive(
  planned: readonly ListedUser[],
  listed: readonly ListedUser[],
  { users }: Ordered,
): readonly ListedUser[] {
  const ids = users === 'everybody' ? null : new Set(users);
  const already = new Set(planned.map(({ userId }) => userId));
  const more = listed.filter(({ userId }) => !already.has(userId) && (ids === null || ids.has(userId)));
  return [...planned, ...more];
}

/** The usage of keys that was looked up, by key id. Without the setting there is none. */
async function usageOf(
  { cases, policy }: Pick<TakeInventoryWorld, 'cases' | 'policy'>,
  account: string,
  userIds: readonly string[],
): Promise<ReadonlyMap<string, KeyUsage>> {
  const found = policy.usage === null ? [] : await cases.usage(account, userIds);
  return new Map(found.flatMap(({ keys }) => keys.map((one) => [one.keyId, one] as const)));
}

type Read = Awaited<ReturnType<InventoryStore['readings']>>;

/** For each user all that is known; null for one who is gone by now. */
function surveyedFrom(
  { cases, report, now }: Survey,
  wanted: readonly ListedUser[],
  { found }: LiveReading,
  readings: Read,
) {
  const live = new Map(found.map((one) => [one.user.userId, one]));
  const asked = new Set(wanted.map(({ userId }) => userId));
  const read = new Map<string, KeysRead>(
    readings.flatMap(({ users }) => users.map((user) => [user.arn, user] as const)),
  );
  const rowOf = ({ arn, created }: { readonly arn: string; readonly created: Instant }): ReportRow | null => {
    const row = report.rows.get(arn);
    return row?.created === created ? row : null;
  };
  return (user: Survey['users'][number], privilege: ReturnType<typeof privilegeOf>) => {
    const reading = live.get(user.userId);
    if (reading?.found === 'gone') {
      return null;
    }
    const row = rowOf(user);
    return surveyedUser(user, {
      row,
      generated: report.generated,
      live: reading?.found === 'keys' ? reading : undefined,
      unreadAt: asked.has(user.userId) && reading?.found !== 'keys' ? now : undefined,
      recorded: recordedKeys(cases.get(user.userId), row, report),
      read: read.get(user.arn),
      privilege,
    });
  };
}
