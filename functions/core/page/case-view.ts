import { type TypedBecause, typedBecause } from '../case/alarmed-key.ts';
import type { Case, Phase } from '../case/case.ts';
import { keysOfOurs } from '../case/case.ts';
import { windowOpens } from '../case/change-window.ts';
import { graceEnd } from '../case/dates.ts';
import { type Decision, type Grounds, isToCarryOut } from '../case/decision.ts';
import { deletionMode, isGoing, undoDate } from '../case/deletion.ts';
import { exceptionOf } from '../case/exception.ts';
import { answerDigests, factsOf, formerDigest, questionDigest } from '../case/facts.ts';
import type { OwnKey } from '../case/own-key.ts';
import { askOf, type DecisionRequest, isChoosing } from '../case/requests.ts';
import { knownTerms } from '../case/terms.ts';
import { activeKeys } from '../model/compliance.ts';
import { type SelfPause, selfPause } from '../model/control.ts';
import { knownUse, type ObservedKey } from '../model/observation.ts';
import { onlyObserves } from '../model/only.ts';
import { type Control, type Deletion, isPaused, type Policy } from '../model/policy.ts';
import { type Instant, plus } from '../model/time.ts';
import type { Evidence } from '../proposal/context.ts';
import type { CaseState } from './case-state.ts';
import { type Later, laterFor } from './later.ts';

/**
 * A person's answer. `by` is null if the stored answer does not name a link to this case; then nothing follows from
 * it. If reconcile has not judged the request yet, this is unverified.
 */
export interface Decided {
  readonly by: string | null;
  readonly at: Instant;
  readonly ask: DecisionRequest['ask'];
}

/** An inactive key that can be restored, and until when at least; null if no deletion is due. */
export interface Restorable {
  readonly id: string;
  readonly until: Instant | null;
  /** The reason why it must be typed; null if a press is enough. */
  readonly typed: TypedBecause | null;
}

/** The content of a case's page, and what its forms may do. */
export interface CaseView {
  readonly state: CaseState;
  readonly current: Case;
  /** Digest of the facts on this page, which the forms contain. */
  readonly digest: string;
  /**
   * The digests of pages on which people may decide: this one, and that of the same facts in release 0.2.0, because
   * a page may be open during an upgrade.
   */
  readonly digests: readonly string[];
  /** Keys that can be kept. */
  readonly active: readonly ObservedKey[];
  /** The keys that the visitor created, with what the rule that nobody approves their own key makes of each. */
  readonly own: Readonly<Record<string, OwnKey>>;
  /** The rule's effect on an answer of the visitor because of which these keys stay; null if it does not apply. */
  readonly ownKept: (stay: readonly string[]) => OwnKey | null;
  /** Keys that this case deactivated, which a decision covers as well. */
  readonly pending: readonly string[];
  /** Active keys used within the quiet period. Deactivating one of them needs an acknowledgement (S6). */
  readonly inUse: readonly string[];
  /** Keys that can be restored through this page. */
  readonly restorable: readonly Restorable[];
  /** Expected time until which inactive keys can be restored; null if there is no such date. */
  readonly undoUntil: Instant | null;
  /** Keys whose deletion can be confirmed here: all or none. */
  readonly confirmable: readonly string[];
  /** How the inactive keys are deleted, or those that a decision made now would deactivate. */
  readonly deletion: Deletion;
  /** Keys that only a person with permissions in IAM can reactivate, because Solekey may not or IAM refuses it. */
  readonly byHand: readonly string[];
  readonly decided: Decided | null;
  readonly paused: boolean;
  /** The pause if Solekey began it itself. */
  readonly selfPause: SelfPause | null;
  /**
   * When the change window opens for a change that was decided, or that a decision made now asks for; null if it is open or nothing
   * waits for it.
   */
  readonly opens: Instant | null;
  /** The things that the page may leave as they are until a date. */
  readonly later: Later;
  /** It explains the proposal and the keys. Nothing on the page is decided by it. */
  readonly evidence: Evidence;
}

/** The data from which the view follows. */
export interface ViewedWith {
  readonly now: Instant;
  readonly policy: Policy;
  readonly control: Control;
  /** Absent: none, as for a view that shows no proposal. */
  readonly evidence?: Evidence;
  /** The request stored for the present digest, if any. */
  readonly request: Decided | null;
  /** The keys that the visitor created (core/case/own-key.ts). Absent: none, as for a view that nobody decides on. */
  readonly own?: Readonly<Record<string, OwnKey>>;
  /** The same of keys that stay together. Absent: it does not apply. */
  readonly ownKept?: CaseView['ownKept'];
  /** True of keys to leave Active if another approver must renew the exception that the visitor gave. Absent: never. */
  readonly byAnother?: CaseView['later']['byAnother'];
}

/**
 * All digests under which an answer to the present question may be stored, whatever terms its page showed. Terms do not
 * matter to a restore, so it is accepted from any of these pages.
 */
export function questionDigests(current: Case, policy: Policy): readonly string[] {
  return [...answerDigests(factsOf(current), knownTerms(current, policy)).keys()];
}

/** The page's view of an open case. */
export function caseView(current: Case, look: ViewedWith): CaseView {
  const active = activeKeys(current.keys);
  const pending = keysOfOurs(current);
  const facts = factsOf(current);
  const digest = questionDigest(current, look.policy);
  const decided = look.request ?? ofCase(current, active) ?? confirmation(current, pending);
  const confirmable = decided === null ? toConfirm(current, pending, look.policy) : [];
  const ours = pending.filter((id) => mayComeBack(current, id, look));
  const forbidden = current.excluded || onlyObserves(look.policy, current);
  const back = forbidden || look.request !== null ? [] : ours;
  const quietSince = plus(look.now, -look.policy.quietPeriod);
  const state = stateOf(current, look, {
    decided,
    active: active.length,
    pending: pending.length,
    back: back.length,
    confirmable: confirmable.length,
  });
  return {
    state,
    current,
    digest,
    digests: [digest, formerDigest(facts)],
    active,
    own: look.own ?? {},
    ownKept: look.ownKept ?? (() => null),
    pending,
    inUse: active.filter((key) => usedSince(key, quietSince)).map((key) => key.id),
    restorable: back.map((id) => ({
      id,
      until: graceEndOf(current, id, look),
      typed: typedBecause(current, id, look.policy),
    })),
    undoUntil: undoDate(current, look.policy, look.control, look.now),
    confirmable,
    deletion: current.decision === null ? look.policy.deletion : deletionMode(current.decision, look.policy),
    byHand: forbidden || current.heldFor === 'restore-by-hand' ? byHand(current, look) : [],
    decided,
    paused: isPaused(look.control),
    selfPause: selfPause(look.control),
    opens: forbidden ? null : windowOpens(groundsOf(decided, current), look.policy, look.now),
    later: laterFor(current, state, { active: active.length, pending, back }, look),
    evidence: look.evidence ?? {},
  };
}

function stateOf(
  current: Case,
  { policy }: ViewedWith,
  found: {
    readonly decided: Decided | null;
    readonly active: number;
    readonly pending: number;
    readonly back: number;
    readonly confirmable: number;
  },
): CaseState {
  const progress = Object.values(current.progress);
  if (current.excluded) {
    return 'excluded';
  }
  if (onlyObserves(policy, current)) {
    return 'observing';
  }
  if (progress.some((key) => key.restoring !== undefined)) {
    return 'restoring';
  }
  if (found.decided !== null) {
    return 'decided';
  }
  if (current.decision === null && found.active > 0 && found.active + found.pending > 1) {
    return 'question';
  }
  if (found.confirmable > 0) {
    return 'confirm';
  }
  // An exception may be ended early by an ordinary decision.
  if (exceptionOf(current) !== null) {
    return 'question';
  }
  if (found.back > 0) {
    return 'grace';
  }
  if (progress.some((key) => key.deleting !== undefined && key.deleted === undefined)) {
    return 'deleting';
  }
  return AT_REST[current.phase];
}

/** The grounds of a change: those of the answer that asks for it, or of the decision that is being carried out; null before any. */
function groundsOf(decided: Decided | null, { decision }: Case): Grounds | null {
  return decided !== null && isChoosing(decided.ask) ? decided.ask : decision;
}

/** The state of the page for each phase if there is nothing to do on it. */
const AT_REST = {
  rotating: 'waiting',
  'awaiting-decision': 'waiting',
  exception: 'waiting',
  approved: 'waiting',
  grace: 'waiting',
  'awaiting-confirmation': 'waiting',
  deleting: 'waiting',
  held: 'held',
  excluded: 'waiting',
  closed: 'waiting',
} as const satisfies Record<Phase, CaseState>;

/** The decision that reconcile adopted and is still carrying out; null if there is none. */
function ofCase({ decision }: Case, active: readonly ObservedKey[]): Decided | null {
  return decision !== null && isToCarryOut(decision, active) ? decidedIn(decision) : null;
}

/** The answer that became a decision. */
export function decidedIn(decision: Decision): Decided & { readonly by: string } {
  const { by, at } = decision;
  return { by, at, ask: askOf(decision) };
}

/**
 * A confirmation that was adopted while the deletion must wait, for the end of a pause for example; null if there is
 * none.
 */
function confirmation({ decision, phase }: Case, pending: readonly string[]): Decided | null {
  if (phase !== 'awaiting-confirmation' || decision === null || decision.confirmed === null) {
    return null;
  }
  return { ...decision.confirmed, ask: { kind: 'confirm', keys: decision.remove.filter(among(pending)) } };
}

function toConfirm({ decision, phase }: Case, pending: readonly string[], policy: Policy): string[] {
  if (phase !== 'awaiting-confirmation' || decision === null) {
    return [];
  }
  return deletionMode(decision, policy) === 'on-confirmation' ? pending.filter(among(decision.remove)) : [];
}

function among(ids: readonly string[]): (id: string) => boolean {
  return (id) => ids.includes(id);
}

/** True if the key can still be restored: its deletion is not committed, and no restore has been requested. */
function mayComeBack(current: Case, keyId: string, { policy, now }: ViewedWith): boolean {
  return !isGoing(current, keyId, now, policy, now) && current.progress[keyId]?.restoring === undefined;
}

function byHand(current: Case, { policy, now }: ViewedWith): string[] {
  return keysOfOurs(current).filter((id) => !isGoing(current, id, now, policy, now));
}

function usedSince(key: ObservedKey, since: Instant): boolean {
  return (knownUse(key.lastUsed) ?? '') > since;
}

/** End of the grace period as announced to people; null if no deletion is due. */
function graceEndOf(current: Case, keyId: string, { policy, control, now }: ViewedWith): Instant | null {
  const progress = current.progress[keyId];
  return progress === undefined || deletionMode(current.decision, policy) !== 'after-grace'
    ? null
    : graceEnd(progress, policy, control, now);
}
