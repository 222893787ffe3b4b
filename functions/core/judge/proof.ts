import type { Case } from '../case/case.ts';
import { answerExpires } from '../case/dates.ts';
import { type Decision, isCompromised, type KeepDecision } from '../case/decision.ts';
import { deletionMode } from '../case/deletion.ts';
import { factsOf, formerDigest } from '../case/facts.ts';
import { isAbout, isFor } from '../case/mailed-to.ts';
import {
  type Ask,
  type CheckedRequest,
  type Choosing,
  type DecisionRequest,
  linkAllows,
} from '../case/requests.ts';
import { type Control, isFromBackup, type Policy } from '../model/policy.ts';
import type { Instant } from '../model/time.ts';
import { listPermits } from '../proposal/harmless.ts';
import { sameIds } from './deletion-confirmation.ts';
import type { Action } from './situation.ts';

/** An answer that must be found and verified before a change. */
export interface Needed {
  readonly kind: Ask['kind'];
  readonly by: string;
  readonly address: string;
  readonly at: Instant;
  /** It is stored under one of these digests. */
  readonly digests: readonly string[];
}

/**
 * S1: the answers on which a change rests. Null if the case names none, so that nobody asked for the change. A deletion
 * that needs a confirmation rests on two.
 */
export function neededFor(current: Case, { kind, keyId }: Action, policy: Policy): readonly Needed[] | null {
  const { decision } = current;
  if (kind === 'reactivate') {
    const restoring = current.progress[keyId]?.restoring;
    return restoring === undefined ? null : [needed(current, 'restore', restoring)];
  }
  if (decision === null) {
    return null;
  }
  const { by, address, at, digest, confirmed } = decision;
  const decided: Needed = { kind: decision.kind, by, address, at, digests: [digest] };
  if (kind === 'deactivate' || deletionMode(decision, policy) === 'after-grace') {
    return [decided];
  }
  return confirmed === null ? null : [decided, needed(current, 'confirm', confirmed)];
}

function needed(
  current: Case,
  kind: Ask['kind'],
  { by, address, at, proof }: Omit<Needed, 'kind' | 'digests'> & { readonly proof?: string },
): Needed {
  return { kind, by, address, at, digests: proof === undefined ? earlierDigests(current) : [proof] };
}

/** Number of earlier questions in which an answer is looked for that release 0.2.0 recorded without its digest. */
const QUESTIONS_BACK = 6;

/** The digests of earlier questions as release 0.2.0 stored answers to them. */
function earlierDigests(current: Case): string[] {
  const facts = factsOf(current);
  const askings = Array.from({ length: QUESTIONS_BACK }, (_, back) => current.asking - 1 - back);
  return askings
    .filter((asking) => asking >= 0)
    .flatMap((asking) =>
      [current, ...current.former].map(({ keys }) => formerDigest({ ...facts, keys, asking })),
    );
}

/** True if a stored answer may be the one needed. Only then is its proof worth verifying. */
export function mayBe({ kind, at, digests }: Needed, { ask, at: given, digest }: DecisionRequest): boolean {
  return ask.kind === kind && given === at && digests.includes(digest);
}

/**
 * S1, checked last: true if an answer is the one needed and names this key for this change, and was given by the
 * approver on record through a link to this case. So write access to the case in the table is not enough to have a key
 * changed.
 */
export function proves(
  current: Case,
  { keyId }: Action,
  wanted: Needed,
  { request, claim }: CheckedRequest,
  { policy, control, now }: { readonly policy: Policy; readonly control: Control; readonly now: Instant },
): boolean {
  if (claim === null || !mayBe(wanted, request) || isFromBackup(control, request.at)) {
    return false;
  }
  // The case was harmless when the answer was adopted, which is not asked again: by now it has begun to be carried out.
  const within = claim.scope === 'case' || listPermits(request.ask, decidedProposal(current));
  const allowed = linkAllows(claim.purpose, request.ask) && request.at <= claim.expires && within;
  return (
    isAbout(claim, current) &&
    isFor(claim, wanted) &&
    allowed &&
    names(current, keyId, request, { policy, now })
  );
}

/** The proposal that a decision carries out if it was made through a link to a list; null if it keeps no key. */
function decidedProposal({ decision }: Case): KeepDecision | null {
  return decision?.kind === 'keep' ? decision : null;
}

function names(
  { decision }: Case,
  keyId: string,
  { ask, at }: DecisionRequest,
  { policy, now }: { readonly policy: Policy; readonly now: Instant },
): boolean {
  switch (ask.kind) {
    case 'keep':
      return decision?.kind === 'keep' && ask.keep === decision.keep && isAsGiven(decision, ask, keyId);
    case 'none':
      return decision?.kind === 'none' && isAsGiven(decision, ask, keyId);
    case 'not-now':
      return (
        decision?.kind === 'not-now' &&
        sameIds(ask.spare, decision.spare) &&
        ask.until === decision.until &&
        isAsGiven(decision, ask, keyId)
      );
    case 'restore':
      return ask.keys.includes(keyId) && now <= answerExpires(at, policy);
    case 'confirm':
      return ask.keys.includes(keyId);
    case 'keep-inactive':
      // It puts changes off, and none rests on it.
      return false;
  }
}

/** True if an answer names this key to be deactivated, and acknowledges as much use of it as the decision on record. */
function isAsGiven(decision: Decision, ask: Choosing, keyId: string): boolean {
  const shown = decision.acknowledged.every((id) => ask.acknowledged.includes(id));
  return ask.off.includes(keyId) && shown && (!isCompromised(decision) || isCompromised(ask));
}
