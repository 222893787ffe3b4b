import type { Case, OwedNotice } from '../../core/case/case.ts';
import { type DroppedAnswer, isSameAnswer, reasonsPooledIn } from '../../core/case/dropped.ts';
import { struckOff } from '../../core/case/notices.ts';
import { type Digest, waitingFor } from '../../core/channel/digest.ts';
import type { Dues } from '../../core/channel/pace.ts';
import { dueAt } from '../../core/judge/due.ts';
import { type DigestCase, namedInPart } from '../../core/messages/digest.ts';
import { earliest } from '../../core/model/time.ts';
import type { StoredUser } from '../store-ports.ts';
import type { World } from './world.ts';
import { commit } from './write-case.ts';

/** Cases from which a digest's notices are struck off at the same time. */
const AT_ONCE = 10;

/** Attempts to strike notices off a case that others write at the same time. */
const STRIKE_TRIES = 4;

/** Somebody else's pass ends within this time, in milliseconds, most of the time. */
const PASS_MS = 500;

/** A user with a case, as a digest lists it. */
export interface Listed extends DigestCase {
  readonly stored: StoredUser;
}

/**
 * Strikes off what one mail of a digest told: an announced deletion and a dropped answer only where this mail named it,
 * everything else with the first. `latest` are the users as the mails before left them.
 */
export async function strikeOff(
  world: World,
  digest: Digest<Listed>,
  part: number,
  ids: readonly string[],
  dues: Dues,
  latest: Map<string, StoredUser>,
): Promise<void> {
  const announced = namedInPart(digest.announced, part);
  const dropped = namedInPart(digest.dropped, part);
  const named = new Set(announced.map(({ current }) => current));
  const further = [...announced, ...dropped.map(({ about }) => about)];
  const all = [...digest.questions, ...digest.announced, ...digest.told.map(({ about }) => about)];
  const cases = [...new Set(part === 0 ? [...all, ...further] : further)];
  const isTold =
    (current: Case) =>
    ({ kind }: OwedNotice) =>
      kind === 'deletion-announced' ? named.has(current) : part === 0;
  for (let from = 0; from < cases.length; from += AT_ONCE) {
    const some = cases.slice(from, from + AT_ONCE);
    await Promise.all(
      some.map(({ stored, current }) => {
        const told = waitingFor(current, ids, dues.daily).filter(isTold(current));
        const reasons = dropped.flatMap(({ about, answer }) => (about.current === current ? answer : []));
        return told.length + reasons.length === 0 ? undefined : strike(world, stored, told, reasons, latest);
      }),
    );
  }
}

/** Writes that these notices and reasons were told. Somebody else's pass goes first. */
async function strike(
  world: World,
  first: StoredUser,
  told: readonly OwedNotice[],
  reasons: readonly DroppedAnswer[],
  latest: Map<string, StoredUser>,
): Promise<void> {
  const { cases, pause, clock, policy, log } = world;
  const userId = first.case?.userId ?? '';
  let stored = latest.get(userId) ?? first;
  for (let tries = 0; tries < STRIKE_TRIES; tries += 1) {
    const { case: current, control } = stored;
    if (current === null) {
      return;
    }
    const left = current.owed.filter((notice) => told.some((one) => isSame(one, notice)));
    const given = reasonsPooledIn(current).filter((one) => reasons.some((other) => isSameAnswer(one, other)));
    if (left.length + given.length === 0) {
      return;
    }
    const now = clock.now();
    if (current.lease === null) {
      const isGiven = (answer: DroppedAnswer) => given.includes(answer);
      const next = struckOff(current, left, now, policy, control, { given: isGiven });
      const events = [
        ...left.map(({ kind, recipient }) => ({ code: 'told' as const, by: recipient, detail: kind })),
        ...given.map(({ by }) => ({ code: 'told' as const, by, detail: 'answer-dropped' as const })),
      ];
      const why = { at: now, rule: 'notices' as const, events };
      // What was due before stays due.
      const judgedDue = dueAt(next, policy, control, now);
      const wakeAt = judgedDue === null ? null : earliest(stored.wakeAt, judgedDue);
      const written = await commit(world, stored, next, why, wakeAt);
      if (typeof written === 'object') {
        latest.set(userId, written);
        return;
      }
    }
    await pause(PASS_MS);
    const again = await cases.load(current.account, current.userId, null);
    if ('unread' in again) {
      return;
    }
    stored = again;
  }
  log.warn('A case is busy; its notices will be told again in the next digest', { tries: STRIKE_TRIES });
}

/** The notice that a digest told. One of the same kind that became due later is another one. */
function isSame(one: OwedNotice, other: OwedNotice): boolean {
  return one.kind === other.kind && one.recipient === other.recipient && one.since === other.since;
}
