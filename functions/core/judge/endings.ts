import type { ClosedAs } from '../case.ts';
import { inPhase, owing } from './draft.ts';
import type { Draft, Situation } from './situation.ts';

/** The closed case. Who was told of it is told of its end; a case that nobody heard of ends in silence. */
export function closed(situation: Situation, draft: Draft, as: ClosedAs): Draft {
  const ended = inPhase(draft, 'closed', situation.now, { closedAs: as });
  const done = {
    ...ended,
    case: { ...ended.case, decision: ended.case.decision, missingSince: null, unknownSince: null },
  };
  return draft.case.remindedAt === null ? done : owing(done, situation, 'closed');
}
