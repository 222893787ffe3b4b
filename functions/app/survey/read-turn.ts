import { isOpen } from '../../core/case/case.ts';
import type { CredentialReport, ReportRow } from '../../core/config/survey.ts';
import { type KeysRead, turnOf } from '../../core/inventory/turn.ts';
import { isViolation } from '../../core/model/compliance.ts';
import type { CaseReader } from '../config-ports.ts';
import type { TurnRead } from '../inventory-ports.ts';
import { type Clock, type IamReader, Unreadable, type WakeSender } from '../ports.ts';
import { wakeAll } from './read-live.ts';

export interface ReadTurnWorld {
  readonly iam: Pick<IamReader, 'user' | 'keys'>;
  readonly cases: CaseReader;
  readonly wakes: WakeSender;
  readonly clock: Pick<Clock, 'now'>;
  readonly pause: (seconds: number) => Promise<void>;
}

/** Result of reading one turn. */
export interface TurnReading {
  readonly read: TurnRead;
  /** Number of users who could not be read. Nothing is known about them until their turn comes again. */
  readonly unread: number;
  /** Number of violations without an open case, which were woken. */
  readonly woken: number;
}

/** Seconds between two users: about three calls a second, because IAM's rate is shared with the customer's own tools. */
export const PAUSE = 0.3;

/**
 * Reads the keys of the users in one turn, one call each, whatever the credential report says about them: it lags by
 * hours and has columns for two keys only. Violations without an open case are woken.
 */
export async function readTurn(
  world: ReadTurnWorld,
  account: string,
  { rows }: CredentialReport,
  turn: number,
): Promise<TurnReading> {
  const asOf = world.clock.now();
  const users: KeysRead[] = [];
  const violators: Violator[] = [];
  let unread = 0;
  for (const row of [...rows.values()].filter(({ arn }) => turnOf(arn) === turn)) {
    await world.pause(PAUSE);
    const found = await readKeys(world, row);
    if (found === 'unread') {
      unread += 1;
    } else if (found !== 'gone') {
      users.push(found.read);
      violators.push(...found.violator);
    }
  }
  const woken = await withoutCase(world.cases, account, violators);
  await wakeAll(world, account, woken);
  return { read: { turn, asOf, users }, unread, woken: woken.length };
}

interface Found {
  readonly read: KeysRead;
  readonly violator: readonly Violator[];
}

interface Violator {
  readonly userId: string;
  readonly userName: string;
}

async function readKeys(
  { iam, clock }: ReadTurnWorld,
  { arn, created }: ReportRow,
): Promise<Found | 'gone' | 'unread'> {
  const userName = arn.slice(arn.lastIndexOf('/') + 1);
  const asOf = clock.now();
  try {
    const keys = await iam.keys(userName);
    if (keys === null) {
      return 'gone';
    }
    const read = {
      arn,
      created,
      asOf,
      keys: keys.map(({ id, status, created }) => ({ id, status, created })),
    };
    if (!isViolation(keys)) {
      return { read, violator: [] };
    }
    const user = await iam.user(userName);
    return user === null ? 'gone' : { read, violator: [{ userId: user.userId, userName }] };
  } catch (error) {
    if (error instanceof Unreadable) {
      return 'unread';
    }
    throw error;
  }
}

/** Those who have no open case, or one that this release leaves alone, which a person may be waiting for. */
async function withoutCase(
  cases: CaseReader,
  account: string,
  users: readonly Violator[],
): Promise<Violator[]> {
  if (users.length === 0) {
    return [];
  }
  const found = await cases.cases(
    account,
    users.map(({ userId }) => userId),
  );
  return users.filter(({ userId }) => !isOpen(found.cases.get(userId) ?? null));
}
