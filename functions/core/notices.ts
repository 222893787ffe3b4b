import { type Case, type KeyProgress, MACHINES, type OwedNotice } from './case.ts';
import type { NoticeKind } from './case.ts';
import { isPaused, type Control } from './policy.ts';
import type { LinkPurpose } from './requests.ts';
import type { Instant } from './time.ts';

/** What the link in a notice is for; null where there is nothing left to do. */
export function linkPurpose(kind: NoticeKind, known: Case): LinkPurpose | null {
  switch (kind) {
    case 'closed':
      return null;
    case 'deactivated':
    case 'deletion-announced':
      return 'restore';
    case 'held':
      return known.heldFor === 'used-after-deactivation'
        ? 'decide'
        : known.heldFor === 'no-active-key'
          ? 'restore'
          : null;
    default:
      return 'decide';
  }
}

/** The case once SNS accepted some notices: struck off, and an announced deletion is stamped on its keys (S13). */
export function struckOff(
  known: Case,
  accepted: readonly OwedNotice[],
  now: Instant,
  control: Control,
): Case {
  const isAccepted = (notice: OwedNotice) =>
    accepted.some((done) => done.kind === notice.kind && done.recipient === notice.recipient);
  const announced = accepted.some(
    (done) => done.kind === 'deletion-announced' && done.recipient !== MACHINES,
  );
  return {
    ...known,
    owed: known.owed.filter((notice) => !isAccepted(notice)),
    progress: announced && !isPaused(control) ? announcedKeys(known.progress, now) : known.progress,
    lease: null,
    version: known.version + 1,
  };
}

function announcedKeys(progress: Case['progress'], now: Instant): Case['progress'] {
  const stamped = Object.entries(progress).map(([id, key]): [string, KeyProgress] =>
    key.deactivated === undefined || key.deleted !== undefined ? [id, key] : [id, { ...key, announced: now }],
  );
  return Object.fromEntries(stamped);
}
