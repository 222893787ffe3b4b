import { annotationState, pendingState } from './annotation-state.ts';
import { type Case, keysOfOurs } from './case.ts';
import { activeKeys } from './compliance.ts';
import type { ObservedKey } from './model.ts';
import { propose, proposalContext } from './proposal.ts';
import { dotted, headline } from './proposal-words.ts';
import type { Judged, VerdictContext } from './verdict.ts';
import { list, printable } from './words.ts';

/** AWS Config takes 1 to 256 characters (domain facts 2.4). */
const LONGEST = 256;

/**
 * The sentence beside several Active keys: which keys, what is going on, until when, what we propose. Dates, not
 * counters, so that it changes only when something did; nothing that people typed, because the whole organisation reads it.
 */
export function annotationOf(judged: Judged, context: VerdictContext): string {
  const state = annotationState(judged, context);
  const bare = `${keyWords(judged.keys, () => '')} ${state}`;
  const used = `${keyWords(judged.keys, useWords)} ${state}`;
  return fitting([`${used}${proposalWords(judged, context)}`, used, bare]);
}

/** The sentence beside one Active key at most, while keys that we switched off are still there. */
export function pendingAnnotation(
  keys: readonly ObservedKey[],
  known: Case,
  context: VerdictContext,
): string {
  const active = keyWords(keys, () => '');
  const off = keysOfOurs(known);
  const are = off.length === 1 ? 'is' : 'are';
  const state = pendingState(known, context);
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
  if (lastUsed.kind === 'not-read') return '';
  return lastUsed.kind === 'used' ? ` (used ${lastUsed.at.slice(0, 10)})` : ' (no use known)';
}

/** While people are asked, what we propose to them. Without the last uses there is nothing to propose from. */
function proposalWords({ keys, known }: Judged, { policy, now }: VerdictContext): string {
  const read = keys.every(({ lastUsed, status }) => lastUsed.kind !== 'not-read' || status !== 'Active');
  const proposal =
    known?.phase === 'awaiting-decision' && read ? propose(keys, proposalContext(known, policy, now)) : null;
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
