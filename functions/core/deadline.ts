import { type Case, keysOfOurs } from './case.ts';
import { deletionMode } from './deletion-mode.ts';
import { announcedAt, announcementLead, graceEnd } from './judge/deletion.ts';
import type { Control, Policy } from './policy.ts';
import { type Instant, latest, plus } from './time.ts';

/**
 * When the keys that are off will be deleted, as far as anybody can say now: after grace, time paused, and a mail that
 * says so long enough before (S13). They go together, so the latest date counts; null: no deletion is due.
 */
export function deletionDate(known: Case, policy: Policy, control: Control, now: Instant): Instant | null {
  const { decision } = known;
  if (decision === null || deletionMode(decision, policy) !== 'after-grace' || policy.mode === 'observe')
    return null;
  const lead = announcementLead(Math.max(decision.terms.grace, policy.grace));
  const ours = keysOfOurs(known);
  const dates = Object.entries(known.progress).flatMap(([id, progress]) => {
    const ends = ours.includes(id) ? graceEnd(progress, policy, control, now) : null;
    return ends === null ? [] : [latest(ends, plus(announcedAt(progress, control) ?? now, lead))];
  });
  return dates.length === 0 ? null : latest('', ...dates);
}
