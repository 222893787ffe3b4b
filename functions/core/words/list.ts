import { WANTS, type Want } from '../case/list-rank.ts';
import type { AboutPrivilege } from '../inventory/about.ts';
import type { ObservedKey } from '../model/observation.ts';
import type { Instant } from '../model/time.ts';
import type { Zone } from '../model/zone.ts';
import type { Proposal } from '../proposal/proposal.ts';
import { reasonSentences } from './advice.ts';
import type { Style } from './style.ts';

/** The want of a case in two or three words, as a heading. */
export const WANT: Readonly<Record<Want, string>> = {
  alarm: 'Unexpected creator',
  held: 'On hold',
  'deletion-to-confirm': 'Deletion to confirm',
  undecided: 'Decision needed',
  rest: 'In progress',
};

/** The same for an alarm about a key that AWS called exposed. */
export const EXPOSED_KEY = 'Exposed key';

/** The user's privilege beside the want, if it is one to know before deciding; null otherwise. */
export const PRIVILEGED: Readonly<Record<AboutPrivilege['kind'], string | null>> = {
  administrator: 'administrator',
  'can-become': 'can become an administrator',
  ordinary: null,
  unknown: null,
};

const COUNTED: Readonly<Record<Want, string>> = {
  alarm: 'urgent',
  held: 'on hold',
  'deletion-to-confirm': 'with a deletion to confirm',
  undecided: 'to decide',
  rest: 'in progress',
};

/** `1 on hold, 7 to decide, 2 in progress`, most urgent first; empty if there are none. */
export function countedWants(of: Readonly<Record<Want, number>>): string {
  return WANTS.filter((want) => of[want] > 0)
    .map((want) => `${of[want]} ${COUNTED[want]}`)
    .join(', ');
}

/** `12 open cases`, `1 open case`, `no open cases`; `more` if there are more than were counted. */
export function openCases(of: Readonly<Record<Want, number>>, more: boolean): string {
  const count = WANTS.reduce((sum, want) => sum + of[want], 0);
  if (count === 0) {
    return 'no open cases';
  }
  return `${more ? 'more than ' : ''}${count} open case${count === 1 ? '' : 's'}`;
}

/**
 * The reason in one or two sentences that says most about a key to deactivate: with a high confidence the first one, which
 * is IAM's, and otherwise the last one, which is the most particular doubt. Where no reason is about such a key, the first.
 */
export function whyInShort(
  proposal: Proposal,
  keys: readonly ObservedKey[],
  now: Instant,
  zone: Zone,
  style: Style,
): string {
  const { reasons, others, confidence } = proposal;
  const about = reasons.filter((reason) => 'keyId' in reason && others.includes(reason.keyId));
  const ordered = confidence === 'high' ? about : about.reverse();
  const told = [...ordered, ...reasons].slice(0, 1);
  return reasonSentences({ ...proposal, reasons: told }, keys, now, zone, style).join(' ');
}
