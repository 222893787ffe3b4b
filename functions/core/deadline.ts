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
  const announced = ourProgress(known).map((progress) => {
    const at = announcedAt(progress, control);
    return at === null ? plus(now, lead) : latest(plus(at, lead), progress.announcedFor ?? '');
  });
  const ends = graceEnds(known, policy, control, now);
  return ends.length === 0 ? null : latest('', ...ends, ...announced);
}

/**
 * Until when keys that are off may come back through a link, as far as anybody can say now: until they are deleted, or,
 * where none ever is, until the grace period of the last is over and the case is closed. Null: no date ends it.
 */
export function undoDate(known: Case, policy: Policy, control: Control, now: Instant): Instant | null {
  const never = known.decision !== null && deletionMode(known.decision, policy) === 'never';
  if (!never || policy.mode === 'observe') return deletionDate(known, policy, control, now);
  const ends = graceEnds(known, policy, control, now);
  return ends.length === 0 ? null : latest('', ...ends);
}

function ourProgress(known: Case) {
  const ours = keysOfOurs(known);
  return Object.entries(known.progress).flatMap(([id, progress]) => (ours.includes(id) ? progress : []));
}

function graceEnds(known: Case, policy: Policy, control: Control, now: Instant): Instant[] {
  return ourProgress(known).flatMap((progress) => graceEnd(progress, policy, control, now) ?? []);
}
