import { type Case, isOpen } from '../../core/case/case.ts';
import type { Decision } from '../../core/case/decision.ts';
import { entryHash, historyEntry } from '../../core/case/history.ts';
import { type LaterUses, withLaterUses } from '../../core/case/later-uses.ts';
import { listRank } from '../../core/case/list-rank.ts';
import { owesMail } from '../../core/case/notices.ts';
import { dueAfterBudget } from '../../core/judge/due.ts';
import { seenAgain } from '../../core/judge/recorded.ts';
import type { Action, ActionKind, Attempt, Judgement, Situation } from '../../core/judge/situation.ts';
import { sameValue } from '../../core/model/digest.ts';
import type { Control } from '../../core/model/policy.ts';
import { hourOf, type Instant, plus, type Seconds } from '../../core/model/time.ts';
import type { Commit, StoredUser } from '../store-ports.ts';
import { leftBehind } from './stored-request.ts';
import type { World } from './world.ts';

/** Maximum delay after failed passes in a row (1, 2, 4 … times `settle`), as a multiple of `settle`. */
const BACK_OFF_CAP = 60;

/** Delay before the next evaluation after this many failures in a row. */
export function backOff(failures: number, settle: Seconds): Seconds {
  return Math.min(BACK_OFF_CAP, 2 ** (failures - 1)) * settle;
}

/**
 * True if the user could not be read, a claimed write was not made, or a change waits for a last use that could not be
 * read. Probably only time helps, so the next evaluations are delayed.
 */
export function lookFailed({ observed, last, current }: Situation, { next }: Judgement): boolean {
  const waits = (next ?? current)?.unknownSince != null;
  return observed.kind === 'unknown' || waits || (last !== null && last.outcome !== 'done');
}

/**
 * True if the pass has not ended: only the result of a claimed write or unsent notice tells whether this pass failed
 * like those before it.
 */
function isUnderWay({ next, action, rule }: Judgement): boolean {
  return action !== null || rule === 'leased' || (next !== null && owesMail(next));
}

/**
 * Due time of the next evaluation: as judged, or later after failures in a row. Null remains null, because then
 * nothing is left to do.
 */
export function lookAfter(
  world: Pick<World, 'policy'>,
  now: Instant,
  due: Instant | null,
  failures: number,
): Instant | null {
  return due === null || failures === 0 ? due : plus(now, backOff(failures, world.policy.settle));
}

/**
 * Writes the judgement and the next due time. `unanswered` are the digests under which no answer was stored when they
 * were read. `stale`: somebody else wrote first. `over-budget`: the claim exceeds this hour's budget. In both cases nothing
 * was written.
 */
export async function record(
  world: World,
  stored: StoredUser,
  situation: Situation,
  judged: Judgement,
  unanswered: readonly string[],
): Promise<StoredUser | 'stale' | 'over-budget'> {
  const failed = lookFailed(situation, judged) && judged.rule !== 'leased';
  const failures = failed ? stored.failures + 1 : isUnderWay(judged) ? stored.failures : 0;
  const spent = situation.budgetSpent === true && judged.dueAt !== null;
  const due = spent ? dueAfterBudget(judged.next ?? stored.case, world.policy, situation.now) : judged.dueAt;
  const wakeAt = lookAfter(world, situation.now, due, failed ? failures : 0);
  if (judged.next !== null) {
    const why = { at: situation.now, rule: judged.rule, events: judged.events };
    const claim = {
      budget: budgetFor(world, situation, judged),
      givenBack: givenBackBy(situation),
      control: dependsOn(stored.control, judged),
      unanswered: leftBehind(unanswered, situation, judged.next),
    };
    return commit(world, { ...stored, failures }, judged.next, why, wakeAt, claim);
  }
  const { case: current } = stored;
  const moved = wakeAt !== null && (wakeAt !== stored.wakeAt || failures !== stored.failures);
  // A release that could not read the closed case had scheduled another try.
  const done = wakeAt === null && stored.wakeAt !== null && current?.phase === 'closed';
  const later = laterUses(stored, situation);
  if ((isOpen(current) && (moved || later !== null)) || done) {
    await world.cases.reschedule(current, wakeAt, failures, later);
  }
  return stored;
}

/** The last uses in this observation, if pages show others; null otherwise. */
function laterUses(
  { case: current, laterUses: shown }: StoredUser,
  { observed }: Situation,
): LaterUses | null {
  if (current === null || observed.kind !== 'user' || observed.lag !== undefined) {
    return null;
  }
  const before = withLaterUses(current, shown).keys;
  const keys = seenAgain(before, observed.keys);
  if (
    keys.every((key) => before.some(({ id, lastUsed }) => id === key.id && sameValue(lastUsed, key.lastUsed)))
  ) {
    return null;
  }
  const uses = Object.fromEntries(keys.map(({ id, lastUsed }) => [id, lastUsed]));
  return { version: current.version, at: observed.at, uses };
}

/** S8: a claim to deactivate or delete takes one change from its hour's budget. A restore never waits for a budget. */
const COUNTS = {
  deactivate: true,
  delete: true,
  reactivate: false,
} as const satisfies Record<ActionKind, boolean>;

/** True for an action that S8 binds: any but a restore. */
export function isChange(action: Action | null): action is Action {
  return action !== null && COUNTS[action.kind];
}

function budgetFor(world: World, { now }: Situation, { action }: Judgement): Commit['budget'] {
  return isChange(action) ? { hour: hourOf(now), limit: world.policy.changesPerHour } : null;
}

/** True for results of a write after which the key is certainly as before, so that its change was not used. */
const UNUSED = {
  done: false,
  absent: false,
  refused: true,
  'not-made': true,
} as const satisfies Record<Attempt['outcome'], boolean>;

/** Otherwise a key that IAM refuses to change would use up the budget of all others. */
function givenBackBy({ last }: Situation): Commit['givenBack'] {
  return last !== null && COUNTS[last.action.kind] && UNUSED[last.outcome] ? (last.hour ?? null) : null;
}

/**
 * The parts of the control item on which a claim depends: an operator may pause Solekey or revoke an approver between
 * the read and the claim, or restore the table from a backup. A pause does not stop a restore.
 */
function dependsOn({ pauses, revoked, answersFrom = '' }: Control, { action }: Judgement): Commit['control'] {
  if (action === null) {
    return null;
  }
  return COUNTS[action.kind] ? { pauses, revoked, answersFrom } : { revoked, answersFrom };
}

/** A write that is no claim and follows none. */
const NO_CLAIM = { budget: null, givenBack: null, control: null, unanswered: [] } as const;

/**
 * True if the decision was just made or just confirmed. Each of these is stored permanently, by the number of the
 * question it answers.
 */
function isNews(decision: Decision, before: Decision | null): boolean {
  return decision.digest !== before?.digest || (decision.confirmed !== null && before.confirmed === null);
}

/** Writes one version with its history entry. */
export async function commit(
  world: World,
  stored: StoredUser,
  next: Case,
  why: Parameters<typeof historyEntry>[2],
  wakeAt: Instant | null,
  claim: Pick<Commit, keyof typeof NO_CLAIM> = NO_CLAIM,
): Promise<StoredUser | 'stale' | 'over-budget'> {
  const { case: current, failures, lastHash } = stored;
  const entry = historyEntry(current, next, why, lastHash);
  const adopted = next.decision !== null && isNews(next.decision, current?.decision ?? null);
  const written = await world.cases.commit({
    from: current?.version ?? 0,
    next,
    entry,
    wakeAt,
    failures,
    decided: adopted ? next.decision : null,
    rank: listRank(next, world.policy),
    named: isOpen(next) && (!isOpen(current) || current.userName !== next.userName),
    ...claim,
  });
  if (written !== 'done') {
    return written;
  }
  return { ...stored, case: next, wakeAt, lastHash: entryHash(entry), state: entry.state ?? null };
}
