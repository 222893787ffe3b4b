import { type Control, isPaused, type Policy } from '../model/policy.ts';
import type { Instant } from '../model/time.ts';
import {
  type Case,
  type KeyProgress,
  keysOfOurs,
  MACHINES,
  type NoticeKind,
  type OwedNotice,
} from './case.ts';
import { deletionDate } from './deletion.ts';
import type { LinkPurpose } from './requests.ts';

/** What the link in a notice is for; null where there is nothing left to do. */
export function linkPurpose(kind: NoticeKind, current: Case, mode: Policy['mode']): LinkPurpose | null {
  if (kind === 'closed') {
    return null;
  }
  if (mode === 'observe') {
    return isQuestion(kind, current) ? 'view' : null;
  }
  if (current.phase === 'held') {
    return purposeWhenHeld(current);
  }
  return kind === 'deactivated' || kind === 'deletion-announced' ? 'restore' : 'decide';
}

/** Whether a notice is about keys of which one may stay; all others tell what there is to do by hand. */
function isQuestion(kind: NoticeKind, { phase }: Case): boolean {
  if (kind === 'reminder' || kind === 'escalated') {
    return phase !== 'held' && phase !== 'awaiting-confirmation';
  }
  return ['detected', 'rotation', 'asked-again', 'restored'].includes(kind);
}

/** Where IAM or the settings bind our hands, or where nothing is left to bring back, a page could not help. */
function purposeWhenHeld(current: Case): LinkPurpose | null {
  if (current.heldFor === 'used-after-deactivation') {
    return 'decide';
  }
  return current.heldFor === 'no-active-key' && keysOfOurs(current).length > 0 ? 'restore' : null;
}

/** The case once SNS accepted some notices: struck off, and an announced deletion is stamped on its keys (S13). */
export function struckOff(
  current: Case,
  accepted: readonly OwedNotice[],
  now: Instant,
  policy: Policy,
  control: Control,
): Case {
  const isAccepted = (notice: OwedNotice) =>
    accepted.some((done) => done.kind === notice.kind && done.recipient === notice.recipient);
  const announced = accepted.some(
    (done) => done.kind === 'deletion-announced' && done.recipient !== MACHINES,
  );
  return {
    ...current,
    owed: current.owed.filter((notice) => !isAccepted(notice)),
    progress:
      announced && !isPaused(control)
        ? announcedKeys(current, now, deletionDate(current, policy, control, now))
        : current.progress,
    lease: null,
    version: current.version + 1,
  };
}

/** `date`: of the deletion, as the notice named it; null where a person's word is still wanted. */
function announcedKeys(current: Case, now: Instant, date: Instant | null): Case['progress'] {
  const told = date === null ? { announced: now } : { announced: now, announcedFor: date };
  const stamped = keysOfOurs(current).map((id): [string, KeyProgress] => [
    id,
    { ...current.progress[id], ...told },
  ]);
  return { ...current.progress, ...Object.fromEntries(stamped) };
}
