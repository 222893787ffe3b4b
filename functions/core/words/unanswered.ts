import type { Case } from '../case/case.ts';
import { unansweredUntil } from '../case/progress.ts';
import { latest } from '../model/time.ts';
import type { Zone } from '../model/zone.ts';
import { byNumber, keyList, type Style } from './style.ts';
import { moment } from './words.ts';

/** Those of these keys whose restore waits until it is certain that an unanswered call has not deleted them. */
export function waitingKeys(current: Case, ids: readonly string[]): string[] {
  return waitingUntil(current, ids).map(({ id }) => id);
}

function waitingUntil({ progress }: Case, ids: readonly string[]) {
  return Object.entries(progress).flatMap(([id, key]) => {
    const until = ids.includes(id) ? unansweredUntil(key) : null;
    return until === null ? [] : { id, until };
  });
}

/** Sentences that say why and until when the restore of these keys waits; empty if it does not. */
export function waitingSentences(current: Case, ids: readonly string[], zone: Zone, style: Style): string[] {
  const found = waitingUntil(current, ids);
  if (found.length === 0) {
    return [];
  }
  const waiting = found.map(({ id }) => id);
  const until = latest('', ...found.map((one) => one.until));
  const it = byNumber(waiting, 'it', 'them');
  return [
    `The deletion of ${keyList(waiting, style)} was sent to IAM before that, and IAM has not answered, so it may still take effect.`,
    `Solekey waits until ${moment(until, zone)} and then reactivates ${it} if ${byNumber(waiting, 'it still exists', 'they still exist')}.`,
  ];
}

/** The keys of a case that are to be restored. */
export function keysToRestore({ progress }: Case): string[] {
  return Object.entries(progress).flatMap(([id, { restoring }]) => (restoring === undefined ? [] : [id]));
}
