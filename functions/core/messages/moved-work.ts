import { isAnyAlarmed } from '../case/alarmed-key.ts';
import { keptBy } from '../case/decision.ts';
import { unproved, verdicts } from '../proposal/unproved.ts';
import { MAIL } from '../words/style.ts';
import { takeOverInMail } from '../words/take-over-short.ts';
import type { NewsContext } from './context.ts';

/** True if a person may have to confirm an announced deletion first, because a key was in use and its work was not seen elsewhere (S14). */
export function mayAskFirst({ current, policy, evidence }: NewsContext): boolean {
  return policy.usage !== null && unproved(current, evidence).length > 0;
}

/**
 * Sentences about the consumers of each key that we deactivated: if they were seen with the kept key since. Nothing if usage is
 * off, or without a decision. Right after the deactivation nothing but that some are known to be missing: whoever decided to
 * keep no key knows it.
 */
export function workMoved({ kind, current, policy, evidence }: NewsContext): string[] {
  const { decision } = current;
  const work = verdicts(current, evidence);
  // Two keys take more words, and so does the warning about an alarmed one.
  const named = work.length === 1 && !isAnyAlarmed(current, policy) ? 2 : 1;
  const kept = decision === null ? null : keptBy(decision);
  return takeOverInMail(work, kept, { onlyMissing: kind === 'deactivated', named }, MAIL);
}
