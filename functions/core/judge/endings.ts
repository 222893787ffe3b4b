import type { Case, ClosedAs } from '../case/case.ts';
import { UNANSWERED_FOR, unansweredUntil } from '../case/progress.ts';
import type { Policy } from '../model/policy.ts';
import { type Instant, latest, plus } from '../model/time.ts';
import { amended, inPhase, owing } from './draft.ts';
import type { Draft, Ending, Seen, Situation } from './situation.ts';

/**
 * Ends a case with nothing left to do. IAM's lists lag its writes by seconds (fact iam-lag), and a case that was closed on an
 * outdated list would never be evaluated again. So only a second observation of the same facts, `settle` after the
 * first, ends it.
 */
export function settled(situation: Seen, draft: Draft, as: ClosedAs): Ending {
  const { now, policy } = situation;
  const since = draft.case.compliantSince ?? now;
  const seenTwice = now >= closesFrom(draft.case, since, policy);
  const ended = seenTwice ? closed(situation, draft, as) : amended(draft, { compliantSince: since });
  return { go: 'end', rule: 'settled', draft: ended };
}

/**
 * Earliest end of a case with nothing left to do since `since`: after `settle`, and not while a call to change a key
 * that IAM did not answer may still take effect.
 */
export function closesFrom({ progress }: Case, since: Instant, { settle }: Policy): Instant {
  const underWay = Object.values(progress).flatMap(({ deactivating, ...rest }) =>
    rest.deleted !== undefined
      ? []
      : [unansweredUntil(rest), deactivating === undefined ? null : plus(deactivating, UNANSWERED_FOR)],
  );
  return latest(plus(since, settle), ...underWay);
}

/**
 * The closed case. People who were notified of it are notified of its end; a case that nobody heard of since it was
 * opened or last reopened ends silently.
 */
export function closed(situation: Situation, draft: Draft, as: ClosedAs): Draft {
  const ended = inPhase(draft, 'closed', situation.now, { closedAs: as });
  const done = {
    ...ended,
    case: {
      ...ended.case,
      decision: ended.case.decision,
      missingSince: null,
      compliantSince: null,
      unknownSince: null,
    },
  };
  return isHeardOf(draft.case) ? owing(done, situation, 'closed') : done;
}

function isHeardOf({ remindedAt, reopenedAt = '', decision, progress }: Case): boolean {
  if (remindedAt === null) {
    return false;
  }
  return remindedAt >= reopenedAt || decision !== null || Object.keys(progress).length > 0;
}
