import type { Case } from '../case/case.ts';
import { unansweredUntil } from '../case/progress.ts';
import { latest } from '../model/time.ts';
import { byNumber, keyList, type Style } from './style.ts';
import { moment } from './words.ts';

/** Those of these keys whose restore waits until it is certain that an unanswered call has not deleted them. */
export function waitingKeys({ progress }: Case, ids: readonly string[]): string[] {
  return ids.filter((id) => unansweredUntil(progress[id] ?? {}) !== null);
}

/** Sentences that say why and until when the restore of these keys waits; empty if it does not. */
export function waitingSentences(current: Case, ids: readonly string[], style: Style): string[] {
  const waiting = waitingKeys(current, ids);
  if (waiting.length === 0) {
    return [];
  }
  const until = latest('', ...waiting.map((id) => unansweredUntil(current.progress[id] ?? {})));
  const it = byNumber(waiting, 'it', 'them');
  return [
    `The deletion of ${keyList(waiting, style)} was sent to IAM before that, and IAM has not answered, so it may still take effect.`,
    `Solekey waits until ${moment(until)} and then reactivates ${it} if ${byNumber(waiting, 'it still exists', 'they still exist')}.`,
  ];
}

/** The keys of a case that are to be restored. */
export function keysToRestore({ progress }: Case): string[] {
  return Object.entries(progress).flatMap(([id, { restoring }]) => (restoring === undefined ? [] : [id]));
}
