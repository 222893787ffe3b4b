import {
  type Case,
  type Decision,
  type KeyOff,
  type KeyProgress,
  keysOff,
  keysOfOurs,
} from '../case/case.ts';
import { answerExpires, graceInForce } from '../case/dates.ts';
import { isGoing } from '../case/deletion.ts';
import { factsDigests, factsOf } from '../case/facts.ts';
import { unknownIn } from '../case/progress.ts';
import {
  addressMark,
  type CheckedRequest,
  type DecisionRequest,
  type LinkClaim,
  linkAllows,
} from '../case/requests.ts';
import { activeKeys } from '../model/compliance.ts';
import { currentApprovers, onlyObserves } from '../model/policy.ts';
import { type Instant, MINUTE, plus } from '../model/time.ts';
import { amended, voided, withProgress } from './draft.ts';
import type { Draft, Seen, Step } from './situation.ts';

/** Clocks of two functions differ a little; a request from further ahead is not believed. */
const CLOCK_SKEW = 5 * MINUTE;

/** Why a request is no decision. Recorded, never guessed around. */
export type Refusal =
  | 'not-signed'
  | 'other-case'
  | 'wrong-purpose'
  | 'not-an-approver'
  | 'link-expired'
  | 'too-old'
  | 'from-the-future'
  | 'observe-mode'
  | 'not-these-keys'
  | 'not-asked'
  | 'too-late';

/**
 * Whose request it is, or why it does not count: its link must be signed by us and say this here and now (S1). `misfit`:
 * what is wrong with what it asks for.
 */
export function checkedBy(
  situation: Seen,
  current: Case,
  { request, claim }: CheckedRequest,
  misfit: Refusal | null,
): { readonly by: string; readonly address: string } | { readonly why: Refusal } {
  if (claim === null) {
    return { why: 'not-signed' };
  }
  const why = refusal(situation, current, request, claim) ?? misfit;
  return why === null ? { by: claim.recipient, address: claim.address } : { why };
}

/** Whether a link may say this now: this case, this purpose, this person, still valid. */
function refusal(
  { policy, control, now }: Seen,
  current: Case,
  request: DecisionRequest,
  claim: LinkClaim,
): Refusal | null {
  const here =
    claim.account === current.account &&
    claim.userId === current.userId &&
    claim.caseNumber === current.number;
  if (!here) {
    return 'other-case';
  }
  if (!linkAllows(claim.purpose, request.ask)) {
    return 'wrong-purpose';
  }
  const person = currentApprovers(policy, control).find((approver) => approver.id === claim.recipient);
  if (person === undefined || addressMark(person.email) !== claim.address) {
    return 'not-an-approver';
  }
  if (request.at > claim.expires) {
    return 'link-expired';
  }
  if (request.at > plus(now, CLOCK_SKEW)) {
    return 'from-the-future';
  }
  if (now > answerExpires(request.at, policy)) {
    return 'too-old';
  }
  return onlyObserves(policy) && request.ask.kind !== 'restore' ? 'observe-mode' : null;
}

/** A refused request must not block its place: the question is asked anew under a new digest. */
export function refused(draft: Draft, why: Refusal, claim: LinkClaim | null): Draft {
  const by = claim === null ? {} : { by: claim.recipient };
  return amended(draft, { asking: draft.case.asking + 1 }, { code: 'request-refused', detail: why, ...by });
}

/**
 * A person asked for a key back. Binds S1 and S2 only: it also holds when other keys changed since the page was read,
 * as long as the key is ours, off, and its deletion is not committed.
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
    tooLate(draft.case, checked.request.ask.keys, checked.request.at),
  );
  if ('why' in checks) {
    return { go: 'on', draft: refused(draft, checks.why, checked.claim) };
  }
  const { by } = checks;
  const restoring = { ...checks, at: checked.request.at };
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

function tooLate(current: Case, keys: readonly string[], asked: Instant): Refusal | null {
  const ours = keysOfOurs(current);
  if (keys.length === 0 || keys.some((id) => !ours.includes(id))) {
    return 'not-these-keys';
  }
  return keys.some((id) => isGoing(current, id, asked)) ? 'too-late' : null;
}

/** A refusal of something else says nothing of what is asked for now. */
function withoutRefusal({ refused: _then, refusedSince: _since, ...rest }: KeyProgress): KeyProgress {
  return rest;
}

/** A valid request on exactly these facts becomes the decision; the first on a digest wins (S12). */
export function adoptDecision(situation: Seen, draft: Draft): Step {
  const { request: checked, current, policy } = situation;
  if (checked === null || current === null || checked.request.ask.kind !== 'keep') {
    return { go: 'on', draft };
  }
  if (
    draft.case.asking !== current.asking ||
    !digestsNow(situation, current).includes(checked.request.digest)
  ) {
    return { go: 'on', draft };
  }
  const { keep, off, acknowledged } = checked.request.ask;
  const active = activeKeys(draft.case.keys).map((key) => key.id);
  const ours = keysOfOurs(draft.case);
  const checks = checkedBy(situation, current, checked, fits(keep, off, active, ours));
  if ('why' in checks) {
    return { go: 'on', draft: refused(draft, checks.why, checked.claim) };
  }
  const decision: Decision = {
    digest: checked.request.digest,
    kind: 'keep',
    by: checks.by,
    address: checks.address,
    at: checked.request.at,
    keep,
    deactivate: active.filter((id) => id !== keep),
    remove: [...active.filter((id) => id !== keep), ...ours],
    shownActive: active,
    acknowledged,
    shownUse: usesOf(current, ours),
    terms: { grace: policy.grace, deletion: policy.deletion },
    // Where no key is left to switch off, the carrying out begins here, with the grace period: else it would expire in it.
    carriedOutAt: active.length > 1 ? null : situation.now,
    confirmed: null,
  };
  const asking = draft.case.asking + 1;
  const taken = amended(
    draft,
    { decision, asking, askedAgain: null },
    { code: 'decided', by: decision.by, keyId: keep },
  );
  return { go: 'on', draft: keysOff(draft.case).reduce((d, key) => graceAnew(d, key, situation), taken) };
}

/** Last uses as recorded, and so as shown on the page that was answered. */
function usesOf(current: Case, ids: readonly string[]): Record<string, Instant> {
  const uses = current.keys.flatMap(({ id, lastUsed }): [string, Instant][] =>
    ids.includes(id) && lastUsed.kind === 'used' ? [[id, lastUsed.at]] : [],
  );
  return Object.fromEntries(uses);
}

/** The answer must name every key and nothing else: keep is Active, off is all the rest. */
function fits(
  keep: string,
  off: readonly string[],
  active: readonly string[],
  ours: readonly string[],
): Refusal | null {
  const rest = [...active.filter((id) => id !== keep), ...ours].sort();
  const same = rest.length === off.length && [...off].sort().every((id, i) => id === rest[i]);
  return active.includes(keep) && same ? null : 'not-these-keys';
}

/** A key that was off already gets a whole new grace period from the new decision, with an announcement of its own. */
function graceAnew(draft: Draft, { id, since }: KeyOff, situation: Seen): Draft {
  const graceEnds = plus(situation.now, graceInForce(draft.case.decision, situation.policy));
  const before = unknownIn(draft.case.progress[id] ?? {});
  return withProgress(draft, id, { ...before, deactivated: since, graceFrom: situation.now, graceEnds });
}

/** The digests of the case with the keys as they are now, under the question as it was put. */
export function digestsNow({ observed, policy }: AsSeen, current: Case): readonly string[] {
  return factsDigests({ ...factsOf(current), keys: observed.keys }, policy);
}

/** The same, and those of the case with the keys as people last saw them. */
export function digestsOf(seen: AsSeen, current: Case): readonly string[] {
  return [...new Set([...digestsNow(seen, current), ...factsDigests(factsOf(current), seen.policy)])];
}

/** What the digests of a question depend on beside the case. */
type AsSeen = Pick<Seen, 'observed' | 'policy'>;
