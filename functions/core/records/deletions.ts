import { type Case, isOpen } from '../case/case.ts';
import { announcedAt } from '../case/dates.ts';
import { type Decision, keptKeys } from '../case/decision.ts';
import { deletionDate, deletionMode } from '../case/deletion.ts';
import type { EventCode } from '../case/history.ts';
import type { KeyProgress } from '../case/progress.ts';
import type { ObservedKey } from '../model/observation.ts';
import { onlyObserves } from '../model/only.ts';
import { isPaused } from '../model/policy.ts';
import type { DeletionRow, Fate, Gone, Pending, Stays } from './deletion-row.ts';
import { reignsOf } from './reign.ts';
import { type Course, headOf, type RecordContext } from './row.ts';

/** One row for each key that a decision of this case removes, whatever became of the decision. */
export function deletionRows(course: Course, context: RecordContext): DeletionRow[] {
  const removed = reignsOf(course).flatMap(({ decision }) => decision.remove);
  return [...new Set(removed)].map((keyId) => deletionRow(course, keyId, context));
}

function deletionRow(course: Course, keyId: string, context: RecordContext): DeletionRow {
  const { case: current } = course.last;
  const { progress, keys, decision, heldFor } = current;
  const { deactivated, announced } = progress[keyId] ?? {};
  const fate = fateOf(course, keyId, context);
  const confirmed = decision?.remove.includes(keyId) === true ? decision.confirmed : null;
  return {
    ...headOf(course, keyId),
    keyId,
    state: fate.state,
    deletedAt: fate.state === 'deleted' ? fate.at : null,
    deletedBy: fate.state === 'deleted' ? fate.by : null,
    why: fate.state === 'deleted' ? null : fate.why,
    due: fate.state === 'pending' ? fate.due : null,
    heldFor: fate.state === 'pending' ? heldFor : null,
    status: keys.find(({ id }) => id === keyId)?.status ?? null,
    deactivatedAt: deactivated ?? lastOf(course, keyId, ['deactivated'])?.at ?? null,
    announcedAt: announced ?? null,
    confirmedBy: confirmed?.by ?? null,
    confirmedAt: confirmed?.at ?? null,
  };
}

function fateOf(course: Course, keyId: string, context: RecordContext): Fate {
  const { case: current } = course.last;
  const key = current.keys.find(({ id }) => id === keyId);
  const progress = current.progress[keyId] ?? {};
  const gone = goneOf(course, keyId, key, progress);
  if (gone !== null) {
    return gone;
  }
  if (key?.status === 'Expired') {
    return stays('expired');
  }
  const { decision } = current;
  if (decision === null || !decision.remove.includes(keyId)) {
    return stays(whyNot(course, keyId, decision));
  }
  const mode = deletionMode(decision, context.policy);
  return !isOpen(current) || mode === 'never'
    ? stays('deletion-never')
    : pendingOf(current, decision, progress, context);
}

const stays = (why: Stays['why']): Stays => ({ state: 'remaining', why });

/** The end of a key that IAM does not list; null if it does. */
function goneOf(
  course: Course,
  keyId: string,
  key: ObservedKey | undefined,
  { deleted }: KeyProgress,
): Gone | null {
  const { closedAs, phaseSince, keysSeenAt } = course.last.case;
  if (closedAs === 'user-gone') {
    return {
      state: 'deleted',
      at: deleted ?? phaseSince,
      by: deleted === undefined ? 'others' : byOf(course, keyId),
    };
  }
  const event = lastOf(course, keyId, ['deleted', 'gone-without-us']);
  return key === undefined || deleted !== undefined
    ? { state: 'deleted', at: deleted ?? event?.at ?? keysSeenAt, by: byOf(course, keyId) }
    : null;
}

function byOf(course: Course, keyId: string): Gone['by'] {
  return lastOf(course, keyId, ['deleted', 'gone-without-us'])?.code === 'deleted' ? 'solekey' : 'others';
}

/** The reason why no decision in force deletes a key that is still there. */
function whyNot(course: Course, keyId: string, decision: Decision | null): Stays['why'] {
  if (decision !== null && keptKeys(decision).includes(keyId)) {
    return 'kept';
  }
  const last = lastOf(
    course,
    keyId,
    CHANGED_BACK.map(([code]) => code),
  );
  return CHANGED_BACK.find(([code]) => code === last?.code)?.[1] ?? 'not-decided';
}

/** The events that change the status of a key, with the reason why it stays after each. */
const CHANGED_BACK: readonly (readonly [code: EventCode, why: Stays['why']])[] = [
  ['restored', 'restored'],
  ['reactivated-by-hand', 'by-hand'],
  ['deactivated', 'not-decided'],
];

function pendingOf(
  current: Case,
  decision: Decision,
  progress: KeyProgress,
  { policy, control, now }: RecordContext,
): Pending {
  const due = deletionDate(current, policy, control, now);
  const { deactivated, deleting, inactiveUntil = '' } = progress;
  const pending = (why: Pending['why'], at = due): Pending => ({ state: 'pending', why, due: at });
  if (onlyObserves(policy, current)) {
    return pending('observe-mode', null);
  }
  if (current.phase === 'held') {
    return pending('held', null);
  }
  if (deactivated === undefined) {
    return pending('to-deactivate', null);
  }
  if (isPaused(control)) {
    return pending('paused', null);
  }
  if (current.phase === 'awaiting-confirmation' && decision.confirmed === null) {
    return pending('confirmation', null);
  }
  if (deleting !== undefined) {
    return pending('deleting');
  }
  if (inactiveUntil > now) {
    return pending('put-off');
  }
  return pending(announcedAt(progress, policy, control) === null ? 'grace' : 'announced');
}

/** The last event of these about a key, with its time. */
function lastOf({ versions }: Course, keyId: string, codes: readonly EventCode[]) {
  const wanted: readonly string[] = codes;
  return versions
    .flatMap(({ entry: { at, events } }) =>
      events.flatMap((event) =>
        event.keyId === keyId && wanted.includes(event.code) ? [{ code: event.code, at }] : [],
      ),
    )
    .at(-1);
}
