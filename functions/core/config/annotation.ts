import { type Case, keysOfOurs, type Phase } from '../case/case.ts';
import { escalatesAt, rotationEnds } from '../case/dates.ts';
import { type Decision, keptKeys } from '../case/decision.ts';
import { deletionDate, deletionMode } from '../case/deletion.ts';
import { exceptionOf } from '../case/exception.ts';
import { exposedKeys } from '../case/exposure.ts';
import { overdueSince } from '../case/overdue.ts';
import { activeKeys } from '../model/compliance.ts';
import type { ObservedKey } from '../model/observation.ts';
import { isOutside, onlyObserves } from '../model/only.ts';
import { currentApprovers, isPaused } from '../model/policy.ts';
import type { Instant } from '../model/time.ts';
import { proposalContext } from '../proposal/context.ts';
import { propose } from '../proposal/proposal.ts';
import { choiceWords } from '../words/advice.ts';
import { exposedInConfig } from '../words/exposed.ts';
import { HELD } from '../words/holds.ts';
import { byNumber, keyList, PLAIN } from '../words/style.ts';
import { printable } from '../words/words.ts';
import type { JudgedUser, VerdictContext } from './judged-user.ts';

/** AWS Config accepts 1 to 256 characters (fact config-annotation). */
const LONGEST = 256;

/**
 * The annotation for several Active keys: the keys, the state of the case, dates, and the proposal. It contains dates
 * and no counters, so that it changes only with the facts, and no text that people typed, because the whole
 * organisation can read it.
 */
export function annotationOf(judged: JudgedUser, context: VerdictContext): string {
  const state = annotationState(judged, context);
  const urgent = exposedInConfig(exposedKeys({ ...judged.current, keys: judged.keys }), PLAIN);
  const bare = `${urgent}${keyWords(judged.keys, () => '')} ${state}`;
  const used = `${urgent}${keyWords(judged.keys, useWords)} ${state}`;
  return fitting([`${used}${proposalWords(judged, context)}`, used, bare]);
}

/** The annotation for at most one Active key, while keys that we deactivated still exist. */
export function pendingAnnotation(
  keys: readonly ObservedKey[],
  current: Case,
  context: VerdictContext,
): string {
  const active = keyWords(keys, () => '');
  const off = keysOfOurs(current);
  const are = byNumber(off, 'is', 'are');
  const state = pendingState(current, context);
  return fitting([
    `${active} ${keyList(off, PLAIN)} ${are} inactive${state}`,
    `${active} Others are inactive${state}`,
  ]);
}

/** `2 active keys: ...MPLE (used 2026-11-23), ...3QXK (no use known).` */
function keyWords(keys: readonly ObservedKey[], use: (key: ObservedKey) => string): string {
  const active = activeKeys(keys);
  const count = `${active.length} active ${byNumber(active, 'key', 'keys')}`;
  const named = active.map((key) => `${PLAIN.key(key.id)}${use(key)}`);
  return named.length === 0 ? `${count}.` : `${count}: ${named.join(', ')}.`;
}

function useWords({ lastUsed }: ObservedKey): string {
  if (lastUsed.kind === 'not-read') {
    return '';
  }
  return lastUsed.kind === 'used' ? ` (used ${lastUsed.at.slice(0, 10)})` : ' (no use known)';
}

/** The proposal while people are asked; empty without the last uses, on which it depends. */
function proposalWords({ keys, current }: JudgedUser, { policy, now }: VerdictContext): string {
  const read = keys.every(({ lastUsed, status }) => lastUsed.kind !== 'not-read' || status !== 'Active');
  const proposal =
    current?.phase === 'awaiting-decision' && read
      ? propose(keys, proposalContext(current, policy, now))
      : null;
  return proposal === null ? '' : ` Proposal: ${choiceWords(proposal, PLAIN)}.`;
}

/** The first variant that AWS Config accepts, or the last one cut to its limit. */
function fitting(variants: readonly string[]): string {
  const fit = variants.find((text) => text.length <= LONGEST) ?? variants.slice(-1).join('');
  return printable(fit, LONGEST);
}

/** Maximum number of approvers named, so that there is room for the rest. */
const NAMED = 3;

const RECHECKED = 'No longer as decided; Solekey is checking again.';

/** The state of a case with several Active keys, by phase. Some phases need further data of the case. */
const STATE: Readonly<Record<Phase, (current: Case, context: VerdictContext) => string>> = {
  rotating: (current, { policy }) =>
    `Rotation window until ${minute(rotationEnds(current, policy))}; no action needed before.`,
  'awaiting-decision': (current, context) =>
    onlyObserves(context.policy, current) ? observed(current, context) : waiting(current, context),
  approved: ({ decision }, { control }) =>
    decision === null ? RECHECKED : decided(decision, isPaused(control)),
  exception: () => 'An exception allows this until a date and then ends on its own.',
  grace: () => RECHECKED,
  'awaiting-confirmation': () => RECHECKED,
  deleting: () => RECHECKED,
  held,
  excluded: () => RECHECKED,
  closed: () => NOT_RECORDED,
};

function observed(current: Case, { policy }: VerdictContext): string {
  return isOutside(policy, current)
    ? 'Outside the setting "only": Solekey changes no key of this user.'
    : 'Observe mode: no key is changed.';
}

const NOT_RECORDED = 'Not recorded yet; Solekey is checking.';

/** The state of a user with several Active keys. */
function annotationState({ excluded, current, unread }: JudgedUser, context: VerdictContext): string {
  if (excluded) {
    return 'Excluded by tag or settings: Solekey never changes this user.';
  }
  if (unread === true) {
    return 'Based on its keys alone: the running release of Solekey cannot read the case of this user.';
  }
  if (current === null) {
    return NOT_RECORDED;
  }
  // Keys that an exception deactivated carry on in the phases of their own.
  const phase = current.phase !== 'held' && exceptionOf(current) !== null ? 'exception' : current.phase;
  return `${overdue(current, context)}${STATE[phase](current, context)}`;
}

/** `Overdue since 2026-12-23. `, before the state; empty if the question is not overdue. */
function overdue(current: Case, { policy, now }: VerdictContext): string {
  const since = overdueSince(current, policy, now);
  return since === null ? '' : `Overdue since ${day(since)}. `;
}

/** The state of inactive keys that we deactivated, as the continuation of "... is inactive". */
function pendingState(current: Case, context: VerdictContext): string {
  const { policy, control, now } = context;
  if (current.phase === 'held') {
    return `. ${held(current)}`;
  }
  if (current.decision === null) {
    return '; there is no decision yet on what happens next.';
  }
  if (current.phase === 'awaiting-confirmation') {
    return ' and will be deleted only if a person confirms it.';
  }
  if (isPaused(control)) {
    return '; nothing is deleted while Solekey is paused.';
  }
  const date = deletionDate(current, policy, control, now);
  if (date !== null) {
    return ` and will be deleted ${day(date)}.`;
  }
  const asks = deletionMode(current.decision, policy) === 'on-confirmation';
  return asks ? ' and will be deleted only if a person confirms it.' : ' and will not be deleted.';
}

function waiting({ toldAt, escalatedAt }: Case, { policy, control }: VerdictContext): string {
  const ids = currentApprovers(policy, control).map(({ id }) => id);
  const more = ids.length - NAMED;
  const named = more > 0 ? [...ids.slice(0, NAMED), `${more} more`] : ids;
  const who = named.length === 0 ? 'an approver' : named.join(' or ');
  const escalates =
    toldAt === null || policy.escalation.length === 0
      ? ''
      : escalatedAt === null
        ? `; escalates ${day(escalatesAt(toldAt, policy))}`
        : `; escalated ${day(escalatedAt)}`;
  return `Waiting for a decision by ${who}${escalates}.`;
}

function decided(decision: Decision, paused: boolean): string {
  const { by, at } = decision;
  const kept = keptKeys(decision);
  const choice = kept.length === 0 ? 'deactivate all keys' : `keep ${keyList(kept, PLAIN)}`;
  const until = decision.kind === 'not-now' ? ` until ${day(decision.until)}` : '';
  const rest = paused
    ? 'nothing is deactivated while Solekey is paused'
    : kept.length === 0
      ? 'they are being deactivated'
      : 'the other keys are being deactivated';
  return `Decided by ${by} on ${day(at)}: ${choice}${until}; ${rest}.`;
}

function held({ heldFor }: Case): string {
  return heldFor === null ? RECHECKED : HELD[heldFor];
}

/** The day in UTC, `2026-11-30`. */
function day(at: Instant): string {
  return at.slice(0, 10);
}

/** The minute, `2026-11-30 14:05 UTC`. */
function minute(at: Instant): string {
  return `${day(at)} ${at.slice(11, 16)} UTC`;
}
