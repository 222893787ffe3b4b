import { type Control, isPaused, onlyObserves, type Policy } from '../model/policy.ts';
import type { Instant } from '../model/time.ts';
import {
  type Case,
  type HeldReason,
  type KeyProgress,
  keysOfOurs,
  MACHINES,
  type NoticeKind,
  type OwedNotice,
} from './case.ts';
import { deletionDate } from './deletion.ts';
import type { LinkPurpose } from './requests.ts';

/** What a notice lets its reader do. */
interface Offer {
  /** What its link is for, unless the case is held; null: it has none. */
  readonly link: Exclude<LinkPurpose, 'view'> | null;
  /** Whether it is about keys of which only one is allowed; `as-asked`: where that is what people are asked now. */
  readonly question: boolean | 'as-asked';
}

const OFFERS = {
  detected: { link: 'decide', question: true },
  rotation: { link: 'decide', question: true },
  'asked-again': { link: 'decide', question: true },
  restored: { link: 'decide', question: true },
  reminder: { link: 'decide', question: 'as-asked' },
  escalated: { link: 'decide', question: 'as-asked' },
  'confirm-deletion': { link: 'decide', question: false },
  held: { link: 'decide', question: false },
  deactivated: { link: 'restore', question: false },
  'deletion-announced': { link: 'restore', question: false },
  closed: { link: null, question: false },
} as const satisfies Record<NoticeKind, Offer>;

/** What the link in a notice is for; null where there is nothing left to do. */
export function linkPurpose(kind: NoticeKind, current: Case, mode: Policy['mode']): LinkPurpose | null {
  const { link } = OFFERS[kind];
  if (onlyObserves({ mode })) {
    return isQuestion(kind, current) ? 'view' : null;
  }
  return link !== null && current.phase === 'held' ? purposeWhenHeld(current) : link;
}

/** Whether a notice offers to bring keys back, and nothing else. */
export function offersRestore(kind: NoticeKind): boolean {
  return OFFERS[kind].link === 'restore';
}

/** Whether a notice is about keys of which only one is allowed; all others tell what there is to do by hand. */
function isQuestion(kind: NoticeKind, { phase }: Case): boolean {
  const { question } = OFFERS[kind];
  return question === 'as-asked' ? phase !== 'held' && phase !== 'awaiting-confirmation' : question;
}

/** Where IAM or the settings bind our hands, a page could not help. */
const WHEN_HELD = {
  'used-after-deactivation': 'decide',
  'no-active-key': 'restore',
  'restore-by-hand': null,
  unknown: null,
} as const satisfies Record<HeldReason, LinkPurpose | null>;

/** Nor could it where nothing is left to bring back. */
function purposeWhenHeld(current: Case): LinkPurpose | null {
  const purpose = current.heldFor === null ? null : WHEN_HELD[current.heldFor];
  return purpose === 'restore' && keysOfOurs(current).length === 0 ? null : purpose;
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
