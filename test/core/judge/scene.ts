import type { Case } from '../../../functions/core/case/case.ts';
import { factsDigest, factsOf } from '../../../functions/core/case/facts.ts';
import type { KeyProgress } from '../../../functions/core/case/progress.ts';
import type { CheckedRequest, DecisionRequest, NewCaseClaim } from '../../../functions/core/case/requests.ts';
import { knownTerms } from '../../../functions/core/case/terms.ts';
import { judge } from '../../../functions/core/judge/judge.ts';
import type { Judgement, Situation } from '../../../functions/core/judge/situation.ts';
import type { ObservedKey, SeenUser } from '../../../functions/core/model/observation.ts';
import { UNRESTRICTED } from '../../../functions/core/model/policy.ts';
import { MINUTE, plus } from '../../../functions/core/model/time.ts';
import { ACCOUNT, aCase, aClaim, NOW, newer, older, POLICY, USER_ID } from '../../fakes/cases.ts';
import { moved } from '../../fakes/moves.ts';

export const PASS = 'this-pass';

export function seen(keys: readonly ObservedKey[], more: Partial<SeenUser> = {}): SeenUser {
  return {
    kind: 'user',
    account: ACCOUNT,
    userId: USER_ID,
    userName: 'ci-deploy',
    path: '/svc/',
    tags: {},
    keys,
    at: NOW,
    ...more,
  };
}

/** A situation with two active keys and a case that waits, unless told otherwise. */
export function situation(more: Partial<Situation> = {}): Situation {
  const { current = aCase(), policy = POLICY } = more;
  return {
    now: NOW,
    control: UNRESTRICTED,
    observed: seen([newer(), older()]),
    request: null,
    origin: null,
    evidence: {},
    pass: PASS,
    leaseFor: 90,
    last: null,
    ...more,
    policy,
    // An earlier pass has recorded the settings, so they alone are no reason to write.
    current: current && { ...current, shownTerms: knownTerms(current.shownTerms, policy) },
  };
}

export function judged(more: Partial<Situation> = {}): Judgement {
  const scene = situation(more);
  const judgement = judge(scene);
  if (judgement.next !== null) {
    moved(scene.current, judgement.next);
  }
  return judgement;
}

/** A request as reconcile checked it, for the facts of a case. */
export function asked(
  current: Case,
  ask: DecisionRequest['ask'],
  claim: Partial<NewCaseClaim> | null = {},
  more: Partial<DecisionRequest> = {},
): CheckedRequest {
  const request = {
    digest: factsDigest(factsOf(current), POLICY),
    at: plus(NOW, -MINUTE),
    ask,
    payload: 'x',
    proof: 'y',
    ...more,
  };
  return { request, claim: claim === null ? null : aClaim(claim) };
}

/** What a judgement leads to, in the words of a table. */
export function result({ rule, next, action }: Judgement) {
  return {
    rule,
    phase: next?.phase ?? null,
    heldFor: next?.heldFor ?? null,
    closedAs: next?.closedAs ?? null,
    action: action === null ? null : `${action.kind} ${action.keyId.slice(-4)}`,
    owed: [...new Set(next?.owed.map((notice) => notice.kind) ?? [])],
    decided: next === null ? null : next.decision !== null,
  };
}

/** A second look at the same facts, `settle` after what a judgement wrote. */
export function judgedAgain({ next }: Judgement, more: Partial<Situation> = {}): Judgement {
  if (next === null) {
    throw new Error('the first look wrote nothing');
  }
  return judged({ current: { ...next, owed: [], lease: null }, now: plus(NOW, POLICY.settle), ...more });
}

export const progressOf = (judgement: Judgement, keyId: string): KeyProgress | undefined =>
  judgement.next?.progress[keyId];

export const codes = (judgement: Judgement): string[] => judgement.events.map((event) => event.code);
