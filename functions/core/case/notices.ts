import { onlyObserves } from '../model/only.ts';
import { type Approver, type Control, isPaused, type Policy } from '../model/policy.ts';
import type { Instant } from '../model/time.ts';
import { isAnyAlarmed } from './alarmed-key.ts';
import {
  type Case,
  type HeldReason,
  keysOfOurs,
  type NoticeKind,
  type OwedNotice,
  type Pool,
} from './case.ts';
import { deletionDate, deletionMode } from './deletion.ts';
import { type DroppedAnswer, owesReason, withReasonGiven } from './dropped.ts';
import type { Announcement, KeyProgress } from './progress.ts';
import { addressMark, type LinkPurpose } from './requests.ts';

/** The actions that a notice offers its reader. */
interface Offer {
  /** Purpose of its link, unless the case is held; null if it has none. */
  readonly link: Exclude<LinkPurpose, 'view'> | null;
  /** True if it is about keys of which only one is allowed. `as-asked`: true if that is the present question. */
  readonly question: boolean | 'as-asked';
}

const OFFERS = {
  detected: { link: 'decide', question: true },
  rotation: { link: 'decide', question: true },
  'asked-again': { link: 'decide', question: true },
  restored: { link: 'decide', question: true },
  reminder: { link: 'decide', question: 'as-asked' },
  escalated: { link: 'decide', question: 'as-asked' },
  'confirm-deletion': { link: 'delete', question: false },
  held: { link: 'decide', question: false },
  'exception-ending': { link: 'decide', question: false },
  deactivated: { link: 'restore', question: false },
  'deletion-announced': { link: 'restore', question: false },
  closed: { link: null, question: false },
} as const satisfies Record<NoticeKind, Offer>;

/**
 * Purpose of the link in a notice; null if nothing is left to do. In place of a link to restore an alarmed key there is the
 * one to its page, where the restore is typed. In place of a link to delete there is one to restore where the settings have
 * come to delete nothing.
 */
export function linkPurpose(kind: NoticeKind, current: Case, policy: Policy): LinkPurpose | null {
  const { link } = OFFERS[kind];
  if (onlyObserves(policy, current)) {
    return isQuestion(kind, current) ? 'view' : null;
  }
  const purpose = link !== null && current.phase === 'held' ? purposeWhenHeld(current) : link;
  const keeps = purpose === 'delete' && deletionMode(current.decision, policy) === 'never';
  return unlessAlarmed(keeps ? 'restore' : purpose, current, policy);
}

function unlessAlarmed(
  purpose: LinkPurpose | null,
  current: Case,
  policy: Pick<Policy, 'trustedCreators'>,
): LinkPurpose | null {
  return purpose === 'restore' && isAnyAlarmed(current, policy) ? 'decide' : purpose;
}

/** Purpose of the link in a mail only about a dropped answer; null if a page could not do anything. */
export function reasonLinkPurpose(current: Case, policy: Policy): LinkPurpose | null {
  if (onlyObserves(policy, current) || current.excluded || current.phase === 'closed') {
    return null;
  }
  return current.phase === 'held' ? unlessAlarmed(purposeWhenHeld(current), current, policy) : 'decide';
}

/** True if a notice offers a restore and nothing else. */
export function offersRestore(kind: NoticeKind): boolean {
  return OFFERS[kind].link === 'restore';
}

/** True if a notice is about keys of which only one is allowed. The others tell people what to do by hand. */
export function isQuestion(kind: NoticeKind, { phase }: Pick<Case, 'phase'>): boolean {
  const { question } = OFFERS[kind];
  return question === 'as-asked' ? phase !== 'held' && phase !== 'awaiting-confirmation' : question;
}

/**
 * Purpose of the link while a case is held; null where IAM or the settings do not let Solekey change the key, so that a
 * page would not help.
 */
const WHEN_HELD = {
  'used-after-deactivation': 'decide',
  'no-active-key': 'restore',
  'restore-by-hand': null,
  unknown: null,
} as const satisfies Record<HeldReason, LinkPurpose | null>;

/** Purpose of the link in a held case; also null if no key is left to restore. */
function purposeWhenHeld(current: Case): LinkPurpose | null {
  const purpose = current.heldFor === null ? null : WHEN_HELD[current.heldFor];
  return purpose === 'restore' && keysOfOurs(current).length === 0 ? null : purpose;
}

/** True if a notice or the reason for a dropped answer is still to be sent. One that waits for a digest does not count. */
export function owesMail(current: Case): boolean {
  return current.owed.some(({ pooled }) => pooled === undefined) || owesReason(current);
}

/** The notices of a case that wait for a digest. */
export function pooledIn({ owed }: Case): readonly OwedNotice[] {
  return owed.filter(({ pooled }) => pooled !== undefined);
}

/** A message that SNS accepted: a notice, or a mail only about a dropped answer. */
export interface Accepted {
  readonly kind: NoticeKind | 'answer-dropped';
  readonly recipient: string;
}

/** Notices that wait for a digest from now on. */
export type Pooled = ReadonlyMap<OwedNotice, Pool>;

const NONE: Pooled = new Map();

/** Everything else that becomes of a case when notices were accepted. */
interface Besides {
  /** Notices that wait for a digest from now on. */
  readonly pooled?: Pooled;
  /**
   * True for a dropped answer whose reason was given. A mail about a case gives its reader all reasons, a digest those it
   * names.
   */
  readonly given?: (answer: DroppedAnswer) => boolean;
}

/**
 * The case after SNS accepted some notices: they are removed, and an announced deletion is recorded with its keys and
 * with the people whom it reached (S13). `pooled` notices stay.
 */
export function struckOff(
  current: Case,
  accepted: readonly Accepted[],
  now: Instant,
  policy: Policy,
  control: Control,
  { pooled = NONE, given = ({ by }) => accepted.some(({ recipient }) => recipient === by) }: Besides = {},
): Case {
  const isAccepted = (notice: OwedNotice) =>
    accepted.some((done) => done.kind === notice.kind && done.recipient === notice.recipient);
  const reached = policy.approvers.filter(({ id }) =>
    accepted.some(({ kind, recipient }) => kind === 'deletion-announced' && recipient === id),
  );
  const dropped = withReasonGiven(current, given);
  return {
    ...current,
    owed: current.owed.flatMap((notice) => (isAccepted(notice) ? [] : inPool(notice, pooled.get(notice)))),
    ...(dropped.length > 0 ? { dropped } : {}),
    progress:
      reached.length > 0 && !isPaused(control)
        ? announcedKeys(current, reached, now, deletionDate(current, policy, control, now))
        : current.progress,
    lease: null,
    version: current.version + 1,
  };
}

function inPool(notice: OwedNotice, pooled: Pool | undefined): OwedNotice {
  return pooled === undefined ? notice : { ...notice, pooled };
}

/**
 * Records the announcement with its keys. `date` is the deletion date in the notice; null if a confirmation is still
 * needed. `announced` and `announcedFor` are for release 0.2.0, which knows no recipients.
 */
function announcedKeys(
  current: Case,
  reached: readonly Approver[],
  now: Instant,
  date: Instant | null,
): Case['progress'] {
  const told = date === null ? { announced: now } : { announced: now, announcedFor: date };
  const ours = keysOfOurs(current);
  const stamped = Object.entries(current.progress).flatMap(([id, key]): [string, KeyProgress][] => {
    if (!ours.includes(id)) {
      return [];
    }
    const { announcedTo: before = {}, ...progress } = key;
    const fresh = reached.map((one): [string, Announcement] => [
      one.id,
      { ...before[one.id], address: addressMark(one.email), at: now, date },
    ]);
    return [[id, { ...progress, ...told, announcedTo: { ...before, ...Object.fromEntries(fresh) } }]];
  });
  return { ...current.progress, ...Object.fromEntries(stamped) };
}
