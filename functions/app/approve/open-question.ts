import { type DecisionRequest, linkAllows, type NewerRequest } from '../../core/case/requests.ts';
import { withNewerAnswer } from '../../core/case/unread.ts';
import { type Decided, questionDigests } from '../../core/page/case-view.ts';
import type { Mistake } from '../../core/page/choice.ts';
import type { OfferedKind } from '../../core/page/deactivate-all.ts';
import { type MovedOn, movedOn } from '../../core/page/stale.ts';
import type { WakeSender } from '../ports.ts';
import { leadsTo, type PostedAnswer, type PostedChoice, says, takes } from './posted-answer.ts';
import {
  answerTo,
  attributed,
  type CasePath,
  type Page,
  type PagePorts,
  type Refused,
  type Settled,
  showCase,
  type Unread,
  type Visitor,
} from './show-case.ts';

/** The ports for posting an answer: those of pages, and the wakes that start the work. */
export interface DecisionPorts extends PagePorts {
  readonly wakes: WakeSender;
  /** The answers that pages take, if not those of this release. */
  readonly offered?: readonly OfferedKind[];
}

/**
 * Result of posting an answer. Only `recorded` means that something was stored, and only in our own table.
 * `recorded`: the answer is stored (`again`: it was stored before; `sent`: the wake that starts the work was sent) ·
 * `taken`: another answer to the same question came first · `stale`: the question has changed since ·
 * `wrong`: mistakes in the form · `not-now`: the case does not accept such an answer in its present state ·
 * `wrong-purpose`: the link does not permit this answer. A restore link neither decides nor confirms, a list link decides
 * only the proposal of a harmless case and restores, a delete link only confirms, and a view link permits nothing.
 */
export type Recorded =
  | Refused
  | Settled
  | Unread
  | (Page & {
      readonly kind: 'recorded';
      readonly decided: Decided;
      readonly again: boolean;
      readonly sent: boolean;
    })
  | (Page & { readonly kind: 'taken'; readonly decided: Decided })
  | (Page & { readonly kind: 'stale'; readonly moved: MovedOn })
  | (Page & { readonly kind: 'wrong'; readonly mistakes: readonly Mistake[] })
  | (Page & { readonly kind: 'not-now' | 'wrong-purpose' });

/** An open question that takes an answer of the posted kind now, through the link that was used. */
export type Ready = Page & { readonly kind: 'ready' };

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
  const stored = same ? shown.stored : await answerTo(ports.store, view.current, [posted.facts]);
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

/**
 * Handles an answer to a question that already has one: this person's own again, or another that came first. Only
 * reconcile can verify a stored answer, and asks again if it is not genuine. The wake makes that happen now and not
 * at the next regular evaluation.
 */
export async function earlier(
  ports: DecisionPorts,
  shown: Page,
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
  const own = decided.by === shown.visitor.approver.id && says(posted, stored.ask, ports.policy.digest.zone);
  return own
    ? { ...shown, kind: 'recorded', decided, again: true, sent }
    : { ...shown, kind: 'taken', decided };
}

/**
 * Sends the wake that starts the work. The recorded answer stands even if this fails, because the next regular
 * evaluation finds it, and a second click sends the wake again. So a failure is logged and returned, not thrown.
 */
export async function wake(ports: DecisionPorts, shown: Pick<Page, 'visitor'>): Promise<boolean> {
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

/** The details of a log line about an answer: never its text, a link or a key id. */
export function about({ visitor }: Pick<Page, 'visitor'>, kind: string): Record<string, unknown> {
  const { account, userId } = visitor.asked;
  return { account, userId, by: visitor.approver.id, kind };
}
