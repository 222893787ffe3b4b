import { type Case, isOpen } from '../../core/case/case.ts';
import { type DecisionRequest, hasComment } from '../../core/case/requests.ts';
import type { Policy } from '../../core/model/policy.ts';
import { type CaseView, questionDigests } from '../../core/page/case-view.ts';
import { movedOn } from '../../core/page/stale.ts';
import { listPermits } from '../../core/proposal/harmless.ts';
import {
  about,
  type DecisionPorts,
  earlier,
  isListed,
  type Ready,
  type Recorded,
  readyFor,
  wake,
} from './open-question.ts';
import { judgeAnswer, type PostedAnswer } from './posted-answer.ts';
import { type CasePath, type Page, pageOf } from './show-case.ts';

/** Records an answer, or says why not. The first answer to a question wins, no matter whose it is. */
export async function recordDecision(
  ports: DecisionPorts,
  token: string,
  path: CasePath,
  answer: PostedAnswer,
): Promise<Recorded> {
  const ready = await readyFor(ports, token, path, answer);
  return ready.kind === 'ready' ? recordReady(ports, token, ready, answer) : ready;
}

/** Records the answer to a question that takes one now, or says why not. */
export async function recordReady(
  ports: DecisionPorts,
  token: string,
  { kind: _ready, ...shown }: Ready,
  answer: PostedAnswer,
): Promise<Recorded> {
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
  const given = 'grounds' in answer && hasComment(ask);
  return given ? answer.grounds?.comment : undefined;
}

/**
 * Reads the case once more after an answer was stored, because the question may have changed in between. Reconcile then
 * never looks for that answer, so the person is told at once; null if the answer stands or was adopted meanwhile.
 */
async function overtaken(
  ports: DecisionPorts,
  { visitor, view }: Page,
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
    case 'not-now':
      return decision?.digest === digest;
    case 'confirm':
      return decision?.confirmed?.at === at;
    case 'keep-inactive':
      return ask.keys.every((id) => (progress[id]?.inactiveUntil ?? '') >= ask.until);
    case 'restore':
      return (
        askedAgain?.code === 'restored' ||
        Object.values(progress).some(({ restoring }) => restoring?.at === at)
      );
  }
}
