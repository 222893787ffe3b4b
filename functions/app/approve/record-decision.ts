import { type Case, isOpen } from '../../core/case/case.ts';
import type { DecisionKind } from '../../core/case/decision.ts';
import { type DecisionRequest, linkAllows, type NewerRequest } from '../../core/case/requests.ts';
import { withNewerAnswer } from '../../core/case/unread.ts';
import type { Policy } from '../../core/model/policy.ts';
import { type CaseView, type Decided, questionDigests } from '../../core/page/case-view.ts';
import type { Mistake } from '../../core/page/choice.ts';
import { type MovedOn, movedOn } from '../../core/page/stale.ts';
import { listPermits } from '../../core/proposal/harmless.ts';
import type { WakeSender } from '../ports.ts';
import { judgeAnswer, leadsTo, type PostedAnswer, type PostedChoice, says, takes } from './posted-answer.ts';
import {
  answerTo,
  attributed,
  type CasePath,
  type Found,
  type PagePorts,
  pageOf,
  type Refused,
  type Settled,
  showCase,
  type Unread,
  type Visitor,
} from './show-case.ts';

export interface DecisionPorts extends PagePorts {
  readonly wakes: WakeSender;
  /** The decisions that pages take, if not those of this release. */
  readonly offered?: readonly DecisionKind[];
}

/**
 * Result of posting an answer. Only `recorded` means that something was stored, and only in our own table.
 * `recorded`: the answer is stored (`again`: it was stored before; `sent`: the wake that starts the work was sent) ·
 * `taken`: another answer to the same question came first · `stale`: the question has changed since ·
 * `wrong`: mistakes in the form · `not-now`: the case does not accept such an answer in its present state ·
 * `wrong-purpose`: the link does not permit this answer. A restore link neither decides nor confirms, a list link decides
 * only the proposal of a harmless case, and a view link permits nothing.
 */
export type Recorded =
  | Refused
  | Settled
  | Unread
  | (Omit<Found, 'kind'> & {
      readonly kind: 'recorded';
      readonly decided: Decided;
      readonly again: boolean;
      readonly sent: boolean;
    })
  | (Omit<Found, 'kind'> & { readonly kind: 'taken'; readonly decided: Decided })
  | (Omit<Found, 'kind'> & { readonly kind: 'stale'; readonly moved: MovedOn })
  | (Omit<Found, 'kind'> & { readonly kind: 'wrong'; readonly mistakes: readonly Mistake[] })
  | (Omit<Found, 'kind'> & { readonly kind: 'not-now' | 'wrong-purpose' });

/** An open question that takes an answer of the posted kind now, through the link that was used. */
export type Ready = Omit<Found, 'kind'> & { readonly kind: 'ready' };

/**
 * Reads the case for a posted answer or choice, or says why it cannot be taken. `earlier` is asked about an answer that is
 * stored already.
 */
export async function readyFor(
  ports: DecisionPorts,
  token: string,
  path: CasePath,
  posted: PostedAnswer | PostedChoice,
): Promise<Ready | Recorded> {
  const shown = await showCase(ports, token, path);
  if (shown.kind === 'unread') {
    // Only reconcile can verify if a person gave this answer, which this release does not understand.
    await wake(ports, shown);
  }
  if (shown.kind !== 'found') {
    return shown;
  }
  const { visitor, view } = shown;
  const kind = leadsTo(posted);
  if (!linkAllows(visitor.claim.purpose, { kind })) {
    return { ...shown, kind: 'wrong-purpose' };
  }

  const question = questionDigests(view.current, ports.policy);
  const same = question.includes(posted.facts);
  const stored = await answerTo(ports.store, view.current, same ? question : [posted.facts]);
  const moved = movedOn(view.current, posted.facts, ports.policy);
  if (!same && moved.dropped !== null) {
    return { ...shown, kind: 'stale', moved };
  }
  if (stored !== null) {
    return earlier(ports, shown, posted, stored);
  }
  // Nothing may stop a restore, so only other answers need the terms of today.
  if (!same || (kind !== 'restore' && !view.digests.includes(posted.facts))) {
    // The stored answer that the page now shows may not have been judged by reconcile yet.
    if (view.decided !== null) {
      await wake(ports, shown);
    }
    return { ...shown, kind: 'stale', moved };
  }
  if (!takes(view, kind, ports.offered)) {
    return view.decided === null
      ? { ...shown, kind: 'not-now' }
      : { ...shown, kind: 'taken', decided: view.decided };
  }
  // A list link decides the proposal of a harmless case and nothing else. Nothing is said of mistakes beside that.
  return isListed(visitor) && kind !== 'restore' && shown.harmless === null
    ? { ...shown, kind: 'wrong-purpose' }
    : { ...shown, kind: 'ready' };
}

/** True for the holder of a link to a list. */
export function isListed({ claim }: Pick<Visitor, 'claim'>): boolean {
  return claim.scope === 'list';
}

/** Records an answer, or says why not. The first answer to a question wins, no matter whose it is. */
export async function recordDecision(
  ports: DecisionPorts,
  token: string,
  path: CasePath,
  answer: PostedAnswer,
): Promise<Recorded> {
  const ready = await readyFor(ports, token, path, answer);
  if (ready.kind !== 'ready') {
    return ready;
  }
  const shown: Found = { ...ready, kind: 'found' };
  const { visitor, view } = shown;
  const judged = judgeAnswer(view, answer, isListed(visitor));
  if (!judged.fits) {
    return { ...shown, kind: 'wrong', mistakes: judged.mistakes };
  }
  if (isListed(visitor) && !listPermits(judged.ask, shown.harmless)) {
    return { ...shown, kind: 'wrong-purpose' };
  }

  // The digest as posted, because it says what the person was shown.
  const { ask } = judged;
  const request = ports.links.seal(token, { digest: answer.facts, at: ports.clock.now(), ask });
  const comment = commentOf(answer, ask);
  const { account, userId } = view.current;
  const first = await ports.store.record(account, userId, request, comment);
  if ('newer' in first || first.proof !== request.proof) {
    return earlier(ports, shown, answer, first);
  }
  ports.log.info('request recorded', about(shown, ask.kind));
  const late = await overtaken(ports, shown, request);
  if (late !== null) {
    return late;
  }
  const decided = { by: visitor.approver.id, at: request.at, ask: request.ask };
  const now: CaseView = { ...view, state: 'decided', decided, restorable: [], confirmable: [] };
  return {
    ...shown,
    kind: 'recorded',
    view: now,
    comment: comment ?? null,
    decided,
    again: false,
    sent: await wake(ports, shown),
  };
}

/** The comment to store beside an answer; nothing if the answer has no digest of one. */
function commentOf(answer: PostedAnswer, ask: DecisionRequest['ask']): string | undefined {
  const given = answer.kind === 'keep' && ask.kind === 'keep' && ask.commentDigest !== undefined;
  return given ? answer.grounds?.comment : undefined;
}

/**
 * Reads the case once more after an answer was stored, because the question may have changed in between. Reconcile then
 * never looks for that answer, so the person is told at once; null if the answer stands or was adopted meanwhile.
 */
async function overtaken(
  ports: DecisionPorts,
  { visitor, view }: Found,
  request: DecisionRequest,
): Promise<Recorded | null> {
  const { store, policy } = ports;
  const { current, ...stored } = await store.case(view.current.account, view.current.userId);
  if (current === null || 'why' in current) {
    return null;
  }
  const same = current.number === view.current.number;
  if (same && (isAdopted(current, request) || isPresent(current, request, policy))) {
    return null;
  }
  if (!same || !isOpen(current)) {
    return { kind: 'settled', visitor, current: same ? current : null };
  }
  return {
    ...pageOf(ports, visitor, current, { ...stored, request: null, comment: null }),
    kind: 'stale',
    moved: movedOn(current, request.digest, policy),
  };
}

function isPresent(current: Case, { digest }: DecisionRequest, policy: Policy): boolean {
  return isOpen(current) && questionDigests(current, policy).includes(digest);
}

/** True if reconcile has adopted this answer. A restored key leaves the case, and only the reason to ask again is left. */
function isAdopted({ decision, progress, askedAgain }: Case, { digest, at, ask }: DecisionRequest): boolean {
  switch (ask.kind) {
    case 'keep':
    case 'none':
      return decision?.digest === digest;
    case 'confirm':
      return decision?.confirmed?.at === at;
    case 'restore':
      return (
        askedAgain?.code === 'restored' ||
        Object.values(progress).some(({ restoring }) => restoring?.at === at)
      );
  }
}

/**
 * Handles an answer to a question that already has one: this person's own again, or another that came first. Only
 * reconcile can verify a stored answer, and asks again if it is not genuine. The wake makes that happen now and not
 * at the next regular evaluation.
 */
async function earlier(
  ports: DecisionPorts,
  shown: Found,
  posted: PostedAnswer | PostedChoice,
  stored: DecisionRequest | NewerRequest,
): Promise<Recorded> {
  if ('newer' in stored) {
    await wake(ports, shown);
    return {
      kind: 'unread',
      visitor: shown.visitor,
      unread: withNewerAnswer(shown.view.current, stored.newer),
    };
  }
  const decided = attributed(ports, shown.visitor.asked, stored);
  const sent = await wake(ports, shown);
  const own = decided.by === shown.visitor.approver.id && says(posted, stored.ask);
  return own
    ? { ...shown, kind: 'recorded', decided, again: true, sent }
    : { ...shown, kind: 'taken', decided };
}

/**
 * Sends the wake that starts the work. The recorded answer stands even if this fails, because the next regular
 * evaluation finds it, and a second click sends the wake again. So a failure is logged and returned, not thrown.
 */
async function wake(ports: DecisionPorts, shown: Pick<Found, 'visitor'>): Promise<boolean> {
  const { account, userId } = shown.visitor.asked;
  try {
    await ports.wakes.send([{ kind: 'user', account, userId, attempt: 0 }]);
    return true;
  } catch (error) {
    ports.log.error('wake not sent', {
      ...about(shown, 'wake'),
      error: error instanceof Error ? error.message : 'unknown',
    });
    ports.log.count('WakeNotSent');
    return false;
  }
}

function about({ visitor }: Pick<Found, 'visitor'>, kind: string): Record<string, unknown> {
  const { account, userId } = visitor.asked;
  return { account, userId, by: visitor.approver.id, kind };
}
