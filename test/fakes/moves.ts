import { expect } from 'vitest';
import type { Case, Phase } from '../../functions/core/case/case.ts';
import { TRANSITIONS } from '../../functions/core/case/transitions.ts';

/** Moves from phase to phase that the tests of this file have seen so far, as `grace > held`. */
export const SEEN = new Set<string>();

/**
 * A case was written, or would have been. A move that the table of transitions does not have fails the test right here;
 * test/app/matrix/transitions.test.ts sees to the opposite, that nothing stands in the table that no test ever sees.
 */
export function moved(before: Case | null, next: Case): void {
  const from: Phase | 'none' = before?.phase ?? 'none';
  if (from === next.phase) {
    return;
  }
  const move = `${from} > ${next.phase}`;
  if (!TRANSITIONS[from].includes(next.phase)) {
    expect.unreachable(`the table of transitions lacks ${move}`);
  }
  SEEN.add(move);
}
