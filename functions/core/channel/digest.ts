import type { Case, NoticeKind, OwedNotice } from '../case/case.ts';
import { type DroppedAnswer, droppedOf, isSingle } from '../case/dropped.ts';
import { pooledIn } from '../case/notices.ts';
import { asksSomebody } from '../case/overdue.ts';
import { onlyObserves } from '../model/only.ts';
import type { Approver, Policy } from '../model/policy.ts';
import type { Instant } from '../model/time.ts';
import { type Dues, isWeeklyDue, type Pace } from './pace.ts';

/** A case with whatever belongs to it for its reader. */
interface About {
  readonly current: Case;
}

/** A notice that tells of something that has happened, and asks nothing. */
export interface Told<T extends About> {
  readonly about: T;
  readonly kind: NoticeKind;
}

/** An answer that was not carried out. */
export interface NotCarriedOut<T extends About> {
  readonly about: T;
  readonly answer: DroppedAnswer;
}

/** The content of the digests for one address that are sent together. */
export interface Digest<T extends About> {
  /** The cases that wait for a person, as ordered in the list: the most urgent first. */
  readonly questions: readonly T[];
  /** Those of them that are new since the latest digest, or of which it is time to remind. */
  readonly fresh: readonly T[];
  /** The cases whose keys will be deleted. Each must be named, because only then was its deletion announced (S13). */
  readonly announced: readonly T[];
  /** Answers of its readers that were not carried out. Each is named, because only then was its author told (S12). */
  readonly dropped: readonly NotCarriedOut<T>[];
  /** Everything else that has happened since the latest digest. */
  readonly told: readonly Told<T>[];
}

/**
 * The digest for the approvers at one address. For urgent notices alone it has only the cases with such a notice;
 * otherwise all open questions, new or not.
 */
export function digestOf<T extends About>(
  cases: readonly T[],
  readers: readonly Approver[],
  { daily }: Dues,
): Digest<T> {
  const recipients = readers.map(({ id }) => id);
  const theirs = (about: T) => waitingFor(about.current, recipients, daily);
  const has = (about: T, ...kinds: readonly NoticeKind[]) =>
    theirs(about).some(({ kind }) => kinds.includes(kind));
  const questions = cases.filter(
    (about) => asksSomebody(about.current) && (daily || theirs(about).length > 0),
  );
  return {
    questions,
    fresh: questions.filter((about) => theirs(about).length > 0),
    announced: cases.filter((about) => has(about, 'deletion-announced')),
    dropped: daily ? cases.flatMap((about) => notCarriedOut(about, readers)) : [],
    told: cases
      .flatMap((about) =>
        theirs(about).flatMap(({ kind }) =>
          TELLS[kind] === 'told' || (TELLS[kind] === 'asks' && !asksSomebody(about.current))
            ? { about, kind }
            : [],
        ),
      )
      .filter(isFirst),
  };
}

function notCarriedOut<T extends About>(about: T, readers: readonly Approver[]): NotCarriedOut<T>[] {
  const theirs = readers.flatMap((one) => droppedOf(about.current, one));
  return theirs.filter((one) => !isSingle(one)).map((answer) => ({ about, answer }));
}

/** Several approvers may have one address, and one line is enough for all of them. */
function isFirst<T extends About>(one: Told<T>, index: number, all: readonly Told<T>[]): boolean {
  return all.findIndex(({ about, kind }) => about === one.about && kind === one.kind) === index;
}

/** The part of a digest in which a kind of notice is told. */
const TELLS = {
  detected: 'asks',
  rotation: 'told',
  reminder: 'asks',
  escalated: 'asks',
  'asked-again': 'asks',
  restored: 'asks',
  held: 'asks',
  'confirm-deletion': 'asks',
  'deletion-announced': 'announced',
  deactivated: 'told',
  'exception-ending': 'told',
  closed: 'told',
} as const satisfies Record<NoticeKind, 'asks' | 'told' | 'announced'>;

/** The notices of a case that wait for the digest of these approvers. */
export function waitingFor(
  current: Case,
  recipients: readonly string[],
  daily: boolean,
): readonly OwedNotice[] {
  return pooledIn(current).filter(
    ({ recipient, pooled }) => recipients.includes(recipient) && (daily || pooled === 'urgent'),
  );
}

/**
 * True if a digest is to be sent: something in it is new, due or decided; or something is open, and the latest one is a week
 * old, did not reach its address, or could not ask what can be decided by now. `onlyNotices`: none of its readers is mailed
 * digests, so there is one only for notices to them that could not be mailed by themselves.
 */
export function isWorthSending<T extends About>(
  digest: Digest<T>,
  recipients: readonly string[],
  dues: Dues,
  pace: Pick<Pace, 'sentAt' | 'onlyShown' | 'arriving'>,
  policy: Pick<Policy, 'mode'>,
  now: Instant,
  onlyNotices = false,
): boolean {
  const all = [...digest.questions, ...digest.announced, ...digest.told.map(({ about }) => about)];
  const waiting = all.flatMap(({ current }) => waitingFor(current, recipients, dues.daily));
  if (digest.dropped.length > 0 || waiting.some(({ pooled }) => pooled !== 'weekly')) {
    return true;
  }
  // A question that was mailed by itself needs no digest before its first reminder.
  const first = pace.sentAt === null && waiting.length > 0;
  const again = first || pace.arriving || isWeeklyDue(pace, now) || asksMore(digest, pace, policy);
  return dues.daily && (onlyNotices ? waiting : all).length > 0 && again;
}

/** True if a digest is to be sent for so many open concerns although no case is open: first at once, and then every week. */
export function isWorthSendingFor(
  concerns: number,
  dues: Dues,
  pace: Pick<Pace, 'sentAt' | 'arriving'>,
  now: Instant,
): boolean {
  return concerns > 0 && dues.daily && (pace.sentAt === null || pace.arriving || isWeeklyDue(pace, now));
}

/** True if the latest digest could only show its cases, and some of them can be decided by now. */
function asksMore<T extends About>(
  { questions }: Digest<T>,
  { onlyShown }: Pick<Pace, 'onlyShown'>,
  policy: Pick<Policy, 'mode'>,
): boolean {
  return onlyShown && questions.some(({ current }) => !onlyObserves(policy, current));
}
