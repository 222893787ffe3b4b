import { type Case, keysOfOurs } from '../case/case.ts';
import { changeFrom, windowOpens } from '../case/change-window.ts';
import { announcedAt, announcementDue, graceEnd, isAnybodyReached } from '../case/dates.ts';
import type { Decision } from '../case/decision.ts';
import { allDue, deletionMode } from '../case/deletion.ts';
import { isOutside, onlyObserves } from '../model/only.ts';
import { isPaused } from '../model/policy.ts';
import { workOf } from '../proposal/unproved.ts';
import { HELD } from '../words/holds.ts';
import { byNumber, keyList, PLAIN } from '../words/style.ts';
import { isoDay } from './days.ts';
import type { VerdictContext } from './judged-user.ts';
import { decidedBy, decidersNamed, overdueWords } from './people.ts';
import type { Room } from './room.ts';

/** The state of a case that does not fit the keys, until the next evaluation. */
export const RECHECKED = 'No longer as decided; Solekey is checking again.';

/** `...3QXK is inactive and will be deleted 2026-11-30. Decided by Security lead on 2026-11-23.`: the keys that we deactivated. */
export function inactiveWords(current: Case, context: VerdictContext, room: Room): string {
  const off = keysOfOurs(current);
  const named = room.keys ? `${keyList(off, PLAIN)} ${byNumber(off, 'is', 'are')}` : 'Others are';
  return `${named} inactive${pendingState(current, context, room)}`;
}

/** The safety rule that stopped a case. */
export function heldWords({ heldFor }: Case): string {
  return heldFor === null ? RECHECKED : HELD[heldFor];
}

/** The state of these keys, as the continuation of "... is inactive", with who decided. */
function pendingState(current: Case, context: VerdictContext, room: Room): string {
  const { decision, phase } = current;
  const overdue = overdueWords(current, context);
  if (phase === 'held') {
    return `. ${overdue}${heldWords(current)}`;
  }
  if (decision === null) {
    return phase === 'awaiting-decision'
      ? `. ${overdue}Waiting for ${decidersNamed(current, context, room)} to decide what happens next.`
      : '; there is no decision yet on what happens next.';
  }
  const by = `${decidedBy(context.policy, decision.by, room)} on ${isoDay(decision.at)}`;
  const who = room.decided ? ` Decided by ${by}.` : '';
  return `${deletion(current, decision, context, room)}.${overdue === '' ? '' : ` ${overdue.trim()}`}${who}`;
}

/** The fate of the keys. A date that has passed is never given, but the reason why the deletion waits. */
function deletion(current: Case, decision: Decision, context: VerdictContext, room: Room): string {
  const { policy, control, now } = context;
  const mode = deletionMode(decision, policy);
  if (mode === 'never') {
    return ' and will not be deleted';
  }
  if (onlyObserves(policy, current)) {
    return waits(isOutside(policy, current) ? 'user is outside the setting "only"' : 'observe mode');
  }
  if (isPaused(control)) {
    return waits('paused');
  }
  if (current.phase === 'awaiting-confirmation' && decision.confirmed === null) {
    return waits(`confirmation by ${decidersNamed(current, context, room)}`);
  }
  if (mode === 'on-confirmation' && decision.confirmed === null) {
    return ' and will be deleted only if a person confirms it';
  }
  if (current.phase === 'deleting') {
    return ' and about to be deleted';
  }
  if (isUnannounced(current, decision, context) && !isAnybodyReached(policy, control)) {
    return waits('nobody reachable');
  }
  const due = allDue(current, decision, policy, control, now);
  if (due === '') {
    return '; no date of deletion yet';
  }
  if (due > now) {
    return ` and will be deleted ${isoDay(changeFrom(due, decision, policy))}`;
  }
  if (windowOpens(decision, policy, now) !== null) {
    return waits('change window');
  }
  return awaitsLookup(current, decision, context) ? waits('usage lookup') : ' and due for deletion';
}

/** True if a deletion that should be announced by now is not, or not to anybody who is still reached (S13). */
function isUnannounced(current: Case, decision: Decision, { policy, control, now }: VerdictContext): boolean {
  const ours = keysOfOurs(current);
  return Object.entries(current.progress).some(([id, progress]) => {
    const ends = graceEnd(progress, policy, control, now);
    const late =
      ends !== null && announcementDue(changeFrom(ends, decision, policy), decision, policy) <= now;
    return ours.includes(id) && late && announcedAt(progress, policy, control) === null;
  });
}

/** True if keys were in use before they were deactivated, and nobody has seen yet who goes on with the kept key (S14). */
function awaitsLookup(current: Case, decision: Decision, { policy }: VerdictContext): boolean {
  const moved = decision.workMoved !== undefined || decision.confirmed !== null;
  return policy.usage !== null && !moved && workOf(current, { usage: {} }).length > 0;
}

function waits(reason: string): string {
  return `; deletion waits: ${reason}`;
}
