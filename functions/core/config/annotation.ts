import { type Case, type Decision, type HeldReason, isOpen, keysOfOurs } from '../case/case.ts';
import { escalatesAt, rotationEnds } from '../case/dates.ts';
import { deletionDate, deletionMode } from '../case/deletion.ts';
import { activeKeys } from '../model/compliance.ts';
import type { ObservedKey } from '../model/observation.ts';
import { currentApprovers, isPaused } from '../model/policy.ts';
import type { Instant } from '../model/time.ts';
import { proposalContext, propose } from '../proposal/proposal.ts';
import { dotted, headline } from '../words/proposal-words.ts';
import { list, printable } from '../words/words.ts';
import type { JudgedUser, VerdictContext } from './judged-user.ts';

/** AWS Config takes 1 to 256 characters (fact config-annotation). */
const LONGEST = 256;

/**
 * The sentence beside several Active keys: which keys, what is going on, until when, what we propose. Dates, not
 * counters, so that it changes only when something did; nothing that people typed, because the whole organisation reads it.
 */
export function annotationOf(judged: JudgedUser, context: VerdictContext): string {
  const state = annotationState(judged, context);
  const bare = `${keyWords(judged.keys, () => '')} ${state}`;
  const used = `${keyWords(judged.keys, useWords)} ${state}`;
  return fitting([`${used}${proposalWords(judged, context)}`, used, bare]);
}

/** The sentence beside one Active key at most, while keys that we switched off are still there. */
export function pendingAnnotation(
  keys: readonly ObservedKey[],
  current: Case,
  context: VerdictContext,
): string {
  const active = keyWords(keys, () => '');
  const off = keysOfOurs(current);
  const are = off.length === 1 ? 'is' : 'are';
  const state = pendingState(current, context);
  return fitting([
    `${active} ${list(off.map(dotted))} ${are} off${state}`,
    `${active} Others are off${state}`,
  ]);
}

/** `2 active keys: ...MPLE (used 2026-11-23), ...3QXK (no use known).` */
function keyWords(keys: readonly ObservedKey[], use: (key: ObservedKey) => string): string {
  const active = activeKeys(keys);
  const count = `${active.length} active key${active.length === 1 ? '' : 's'}`;
  const named = active.map((key) => `${dotted(key.id)}${use(key)}`);
  return named.length === 0 ? `${count}.` : `${count}: ${named.join(', ')}.`;
}

function useWords({ lastUsed }: ObservedKey): string {
  if (lastUsed.kind === 'not-read') {
    return '';
  }
  return lastUsed.kind === 'used' ? ` (used ${lastUsed.at.slice(0, 10)})` : ' (no use known)';
}

/** While people are asked, what we propose to them. Without the last uses there is nothing to propose from. */
function proposalWords({ keys, current }: JudgedUser, { policy, now }: VerdictContext): string {
  const read = keys.every(({ lastUsed, status }) => lastUsed.kind !== 'not-read' || status !== 'Active');
  const proposal =
    current?.phase === 'awaiting-decision' && read
      ? propose(keys, proposalContext(current, policy, now))
      : null;
  return proposal === null ? '' : ` Proposal: ${lowerFirst(headline(proposal))}`;
}

function lowerFirst(text: string): string {
  return `${text.slice(0, 1).toLowerCase()}${text.slice(1)}`;
}

/** The first of these that AWS Config takes, else the last one cut short. */
function fitting(variants: readonly string[]): string {
  const fit = variants.find((text) => text.length <= LONGEST) ?? variants.slice(-1).join('');
  return printable(fit, LONGEST);
}

/** So many approvers are named; more would leave no room for anything else. */
const NAMED = 3;

const LOOKED_AT = 'Not as decided any more; it is being looked at again.';

const HELD: Record<HeldReason, string> = {
  unknown: 'Stopped: IAM cannot be read for this user, so a person must look.',
  'no-active-key': 'Stopped: no active key is left, and people are asked whether to bring one back.',
  'restore-by-hand':
    'Stopped: Solekey may not change this user any more; bringing a key back is up to a person.',
  'used-after-deactivation': 'Stopped: a key was used after it was switched off, so it is not deleted.',
};

/** What goes on about several Active keys. */
function annotationState({ excluded, current }: JudgedUser, context: VerdictContext): string {
  if (excluded) {
    return 'Excluded by tag or settings: seen, never changed.';
  }
  if (!isOpen(current)) {
    return 'Not on record yet; it is being looked at.';
  }
  const { policy } = context;
  switch (current.phase) {
    case 'rotating':
      return `Rotation window until ${minute(rotationEnds(current, policy))}; nobody has to act before.`;
    case 'awaiting-decision':
      return policy.mode === 'observe' ? 'Observed only: nothing is changed.' : waiting(current, context);
    case 'approved':
      return current.decision === null ? LOOKED_AT : decided(current.decision);
    case 'exception':
      return 'An exception allows this for a time and reopens by itself.';
    case 'held':
      return held(current);
    default:
      return LOOKED_AT;
  }
}

/** What becomes of keys of ours that are off, as it goes on after "... is off". */
function pendingState(current: Case, context: VerdictContext): string {
  const { policy, control, now } = context;
  if (current.phase === 'held') {
    return `. ${held(current)}`;
  }
  if (current.decision === null) {
    return '; people are asked what becomes of it.';
  }
  if (current.phase === 'awaiting-confirmation') {
    return ' and will be deleted once a person confirms it.';
  }
  if (isPaused(control)) {
    return '; its deletion waits while Solekey is paused.';
  }
  const date = deletionDate(current, policy, control, now);
  if (date !== null) {
    return ` and will be deleted ${day(date)}.`;
  }
  const asks = deletionMode(current.decision, policy) === 'on-confirmation';
  return asks ? ' and will be deleted only once a person confirms it.' : ' and will not be deleted.';
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

function decided({ by, at, keep }: Decision): string {
  return `Decided by ${by} on ${day(at)}: ${dotted(keep)} stays, the rest is being switched off.`;
}

function held({ heldFor }: Case): string {
  return heldFor === null ? LOOKED_AT : HELD[heldFor];
}

/** The day in UTC, `2026-11-30`. */
function day(at: Instant): string {
  return at.slice(0, 10);
}

/** The minute, `2026-11-30 14:05 UTC`. */
function minute(at: Instant): string {
  return `${day(at)} ${at.slice(11, 16)} UTC`;
}
