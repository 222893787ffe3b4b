import { isAnyAlarmed } from '../case/alarmed-key.ts';
import { keysOff } from '../case/case.ts';
import { type Decision, keptBy } from '../case/decision.ts';
import { usageOf } from '../proposal/context.ts';
import { unproved } from '../proposal/unproved.ts';
import { takeOver } from '../usage/take-over.ts';
import { byNumber, MAIL } from '../words/style.ts';
import { takeOverInMail } from '../words/take-over-short.ts';
import type { NewsContext } from './context.ts';
import { offKeys } from './phrases.ts';

/** True if a person may have to confirm an announced deletion first, because a key was in use and its work was not seen elsewhere (S14). */
export function mayAskFirst({ current, policy, evidence }: NewsContext): boolean {
  return policy.usage !== null && unproved(current, evidence).length > 0;
}

/**
 * Sentences about the consumers of each key that we deactivated: if they were seen with the kept key since. Nothing if usage is
 * off, or without a decision.
 */
export function workMoved(context: NewsContext): string[] {
  const { decision } = context.current;
  if (decision === null || context.evidence.usage === undefined) {
    return [];
  }
  return consumers(context, decision);
}

function consumers(context: NewsContext, decision: Decision): string[] {
  const { kind, current, policy, evidence } = context;
  const { usage = {} } = evidence;
  const kept = keptBy(decision);
  if (kept === null) {
    // Whoever decided to keep none knows it. It matters again when the keys are to be deleted.
    const off = kind === 'deactivated' ? [] : offKeys(context);
    return off.length === 0
      ? []
      : [`No key was kept, so nothing can show if something still needs ${byNumber(off, 'it', 'them')}.`];
  }
  const off = keysOff(current);
  const moved = off.map(({ id, since }) => ({
    id,
    verdict: takeOver(usageOf(usage, id), usageOf(usage, kept), since),
  }));
  // Two keys take more words, and so does the warning about an alarmed one.
  const named = off.length === 1 && !isAnyAlarmed(current, policy) ? 2 : 1;
  return takeOverInMail(moved, kept, { onlyMissing: kind === 'deactivated', named }, MAIL);
}
