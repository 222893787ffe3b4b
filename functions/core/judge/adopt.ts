import { type Case, type KeyOff, keysOff, keysOfOurs } from '../case/case.ts';
import { graceInForce } from '../case/dates.ts';
import { type Decision, type DecisionKind, groundsIn, isToCarryOut, keptKeys } from '../case/decision.ts';
import { confirmedIfNeeded, isGoing } from '../case/deletion.ts';
import { withGranted } from '../case/exception.ts';
import { answerDigests, factsOf } from '../case/facts.ts';
import type { KeyProgress } from '../case/progress.ts';
import { lastingIn } from '../case/progress.ts';
import { renewsTheirOwn } from '../case/renewal.ts';
import { type CheckedRequest, type Choosing, isChoosing } from '../case/requests.ts';
import { bindingTerms, knownTerms, type ShownTerms } from '../case/terms.ts';
import { activeKeys } from '../model/compliance.ts';
import { knownUse } from '../model/observation.ts';
import { isObserved } from '../model/only.ts';
import { type Instant, plus } from '../model/time.ts';
import { harmlessProposal, listPermits } from '../proposal/harmless.ts';
import { choiceOf, compromisedBy, decidedEvent } from './choice.ts';
import { amended, voided, withProgress } from './draft.ts';
import { overtakenRequest } from './drop.ts';
import { checkedBy, ownAnswerBy, type Refusal, refused } from './refusals.ts';
import type { Draft, Seen, Step } from './situation.ts';
import { outlasts } from './until.ts';

/**
 * Adopts a request for a restore. It is bound by S1 and S2 only, so it is carried out even if other keys changed
 * since the page was read, as long as this case deactivated the key and its deletion is not committed.
 */
export function adoptRestore(situation: Seen, draft: Draft): Step {
  const { request: checked, current } = situation;
  if (checked === null || current === null || checked.request.ask.kind !== 'restore') {
    return { go: 'on', draft };
  }
  if (!digestsOf(situation, current).includes(checked.request.digest)) {
    return { go: 'on', draft };
  }
  const checks = checkedBy(
    situation,
    current,
    checked,
    tooLate(situation, draft.case, checked.request.ask.keys, checked.request.at),
  );
  if ('why' in checks) {
    return { go: 'on', draft: refused(draft, checks.why, checked, situation.policy) };
  }
  const { by } = checks;
  const restoring = { ...checks, at: checked.request.at, proof: checked.request.digest };
  const back = new Set(checked.request.ask.keys);
  const progress = Object.fromEntries(
    Object.entries(draft.case.progress).map(([id, key]) => [
      id,
      back.has(id) ? { ...withoutRefusal(key), restoring } : key,
    ]),
  );
  const asked = amended(draft, { progress }, { code: 'restore-asked', by });
  return { go: 'on', draft: voided(asked, { code: 'restored', by }) };
}

function tooLate(
  { policy, now }: Seen,
  current: Case,
  keys: readonly string[],
  asked: Instant,
): Refusal | null {
  const ours = keysOfOurs(current);
  if (keys.length === 0 || keys.some((id) => !ours.includes(id))) {
    return 'not-these-keys';
  }
  return keys.some((id) => isGoing(current, id, asked, policy, now)) ? 'too-late' : null;
}

/** A refusal of an earlier change does not affect the requested one. */
function withoutRefusal({ refused: _then, refusedSince: _since, ...rest }: KeyProgress): KeyProgress {
  return rest;
}

/** Adopts a valid request about exactly these facts as the decision. The first one for a digest wins (S12). */
export function adoptDecision(situation: Seen, draft: Draft): Step {
  const { request: checked, current, policy, control, now } = situation;
  if (checked === null || current === null || !isChoosing(checked.request.ask)) {
    return { go: 'on', draft };
  }
  const shown = digestsNow(situation, current).get(checked.request.digest);
  // Of a user who is excluded nothing is asked, so an answer that was stored then is about no question (S9).
  if (draft.case.asking !== current.asking || shown === undefined || current.excluded) {
    return { go: 'on', draft: overtakenRequest(situation, current, draft, checked) };
  }
  const { ask } = checked.request;
  const active = activeKeys(draft.case.keys).map((key) => key.id);
  const ours = keysOfOurs(draft.case);
  const misfit =
    fits(ask, active, ours) ??
    offered(shown) ??
    byList(situation, draft.case, checked) ??
    (ask.kind === 'not-now' ? outlasts(ask.until, checked.request.at, now, policy) : null);
  const checks = checkedBy(situation, draft.case, checked, misfit);
  if ('why' in checks) {
    return { go: 'on', draft: refused(draft, checks.why, checked, situation.policy) };
  }
  if (ask.kind === 'not-now' && renewsTheirOwn(draft.case, checks, ask.spare, policy, control)) {
    return { go: 'on', draft: refused(draft, 'own-exception', checked, policy) };
  }
  const deactivate = active.filter((id) => !keptKeys(ask).includes(id));
  const terms = bindingTerms(shown, knownTerms(current, policy), policy);
  const decision: Decision = {
    digest: checked.request.digest,
    by: checks.by,
    address: checks.address,
    at: checked.request.at,
    ...choiceOf(ask),
    deactivate,
    remove: [...deactivate, ...ours],
    shownActive: active,
    acknowledged: ask.acknowledged,
    shownUse: usesOf(current, ours),
    terms: { ...terms, deletion: confirmedIfNeeded(terms.deletion, ask, policy) },
    // If no key is left to deactivate, carrying out begins now, with the grace period; otherwise the decision would
    // expire during it.
    carriedOutAt: isToCarryOut(ask, active) ? null : now,
    confirmed: null,
    ...(ownAnswerBy(checks, draft.case, ask, situation) === null ? {} : { selfApproved: true }),
    ...groundsIn(ask),
  };
  const asking = draft.case.asking + 1;
  const taken = amended(
    draft,
    {
      decision,
      asking,
      askedAgain: null,
      ...compromisedBy(draft.case, decision),
      ...(decision.kind === 'not-now' ? { exceptions: withGranted(draft.case, decision) } : {}),
    },
    decidedEvent(decision),
  );
  return { go: 'on', draft: keysOff(draft.case).reduce((d, key) => graceAnew(d, key, situation), taken) };
}

/** Last uses as recorded, which are those shown on the page with the answer. */
function usesOf(current: Case, ids: readonly string[]): Record<string, Instant> {
  const uses = current.keys.flatMap(({ id, lastUsed }): [string, Instant][] => {
    const at = knownUse(lastUsed);
    return ids.includes(id) && at !== null ? [[id, at]] : [];
  });
  return Object.fromEntries(uses);
}

/**
 * Checks that the answer names every key and no other: those that stay are Active, and all others are to be inactive. An
 * answer that keeps none needs an Active key to deactivate, and an exception leaves at least two Active.
 */
function fits(ask: Choosing, active: readonly string[], ours: readonly string[]): Refusal | null {
  const kept = keptKeys(ask);
  const rest = [...active.filter((id) => !kept.includes(id)), ...ours].sort();
  const same = rest.length === ask.off.length && [...ask.off].sort().every((id, i) => id === rest[i]);
  const stay = new Set(kept).size === kept.length && kept.every((id) => active.includes(id));
  const possible = active.length > 0 && kept.length >= LEAST_ACTIVE[ask.kind];
  return possible && stay && same ? null : 'not-these-keys';
}

/** The least number of keys that an answer leaves Active, by its kind. With one key nothing is left to except. */
const LEAST_ACTIVE = { keep: 1, none: 0, 'not-now': 2 } as const satisfies Record<DecisionKind, number>;

/** A page of observe mode has no form, so nobody answered on one. */
export function offered(shown: ShownTerms | null): Refusal | null {
  return shown !== null && isObserved(shown.mode) ? 'observe-mode' : null;
}

/**
 * S1: an answer given through a list link counts only if the case is harmless at this moment, too, and the answer is its
 * proposal. A key may have been used, or its creator become known, since the page was read.
 */
function byList(
  { policy, now, besides = {} }: Seen,
  current: Case,
  { request, claim }: CheckedRequest,
): Refusal | null {
  const listed = claim?.scope === 'list';
  return listed && !listPermits(request.ask, harmlessProposal(current, besides, policy, now))
    ? 'not-for-a-list'
    : null;
}

/** A key that was already inactive gets a new grace period from the new decision, with an announcement of its own. */
function graceAnew(draft: Draft, { id, since }: KeyOff, situation: Seen): Draft {
  const graceEnds = plus(situation.now, graceInForce(draft.case.decision, situation.policy));
  const before = lastingIn(draft.case.progress[id]);
  return withProgress(draft, id, { ...before, deactivated: since, graceFrom: situation.now, graceEnds });
}

/**
 * The digests of the question with the keys as they are now, each with the terms that its page showed; null if it does
 * not cover them.
 */
export function digestsNow(
  { observed, policy }: AsSeen,
  current: Case,
): ReadonlyMap<string, ShownTerms | null> {
  const facts = { ...factsOf(current), keys: observed.keys };
  return answerDigests(facts, knownTerms(current, policy));
}

/** The digests of the question with the keys as they are now, and with the keys as people last saw them. */
export function digestsOf(seen: AsSeen, current: Case): readonly string[] {
  const shown = answerDigests(factsOf(current), knownTerms(current, seen.policy));
  return [...new Set([...digestsNow(seen, current).keys(), ...shown.keys()])];
}

/** The data besides the case on which the digests of a question depend. */
type AsSeen = Pick<Seen, 'observed' | 'policy'>;
