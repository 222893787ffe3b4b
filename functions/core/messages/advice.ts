import { activeKeys, isViolation } from '../model/compliance.ts';
import { type Doubt, doubt } from '../proposal/doubt.ts';
import { type Proposal, proposalContext, propose } from '../proposal/proposal.ts';
import { headline, principal } from '../words/proposal-words.ts';
import type { NewsContext } from './context.ts';

/** What there is to say about the choice: a proposal, or whose answer it depends on, or neither where nothing is to choose. */
export interface Advice {
  readonly proposal: Proposal | null;
  readonly doubt: Doubt | null;
}

/** Which key to keep, where there is a choice. What to do with keys that are off already is for a person alone. */
export function adviceFor({ current, policy, now }: NewsContext): Advice {
  if (!isViolation(current.keys)) {
    return { proposal: null, doubt: null };
  }
  const judged = proposalContext(current, policy, now);
  return { proposal: propose(current.keys, judged), doubt: doubt(current.keys, judged) };
}

/** The advice in a sentence or two. */
export function inShort(
  { current }: NewsContext,
  { proposal, doubt: doubted }: Advice,
  propose: string,
): string[] {
  if (proposal !== null) {
    return [`${propose}: ${lowered(headline(proposal))}`];
  }
  if (doubted === null) {
    return [];
  }
  const active = activeKeys(current.keys).map(({ id }) => id);
  const choice = (keep: string) => lowered(headline({ keep, others: active.filter((id) => id !== keep) }));
  const { by, ifMeant, ifNot } = doubted;
  return [
    `We propose nothing until you have asked ${principal(by)}.`,
    `If that was meant: ${choice(ifMeant)}`,
    ifNot === null ? '' : `If not, or if nobody answers: ${choice(ifNot)}`,
  ];
}

function lowered(text: string): string {
  return `${text.slice(0, 1).toLowerCase()}${text.slice(1)}`;
}
