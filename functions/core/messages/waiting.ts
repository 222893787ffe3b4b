import { onlyObserves } from '../model/only.ts';
import type { Wait } from '../proposal/wait.ts';
import { waitReason, waitWords } from '../words/advice.ts';
import { MAIL } from '../words/style.ts';
import type { NoticeContext } from './context.ts';
import { lines, prose } from './layout.ts';

/** A sentence that says why waiting is better. */
export function whyWait({ current, now }: NoticeContext, wait: Wait): string {
  return waitReason(wait, current.keys, now, MAIL);
}

/** The proposal to wait, and what that asks of the reader. */
export function proposal({ policy, now }: NoticeContext, wait: Wait): string {
  const meanwhile =
    wait.until === null ? 'Nothing changes until someone decides.' : 'You do not have to do anything now.';
  return prose(`Proposal: ${waitWords(wait, now, policy.digest.zone)}.`, meanwhile);
}

/** Paragraphs about what happens then, and the link. Nothing is to be decided, so it only leads to the page. */
export function afterwards(context: NoticeContext, { until }: Wait): string[] {
  const { link, policy, current } = context;
  const next = onlyObserves(policy, current) ? 'write again' : 'ask which one to keep';
  const then =
    until === null
      ? 'If the owner deactivates or deletes one of the keys, the case closes on its own. Until then it stays in your digest.'
      : `If only one key is active by then, the case closes on its own; otherwise we ${next}.`;
  return [then, link === null ? '' : lines('Details:', link)];
}
