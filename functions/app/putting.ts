import type { Evaluation } from '../core/evaluation.ts';
import type { ConfigRule } from './ports.ts';

/** What PutEvaluations takes in one call (domain facts 2.4). */
const CHUNK = 100;

/** What Config did not take is tried so often in all. */
const TRIES = 3;

/** Seconds before the next try. */
const PAUSE = 1;

/** The way out to AWS Config, in full calls as far as there are enough evaluations for one. */
export interface Putting {
  put(evaluations: readonly Evaluation[]): Promise<void>;
  /** Puts what is left, and tries again what Config did not take. */
  end(): Promise<void>;
  /** Evaluations that Config took. */
  count(): number;
  /** Evaluations that Config did not take in the end. */
  failed(): number;
}

export interface PuttingWorld {
  rule: Pick<ConfigRule, 'put'>;
  pause(seconds: number): Promise<void>;
}

export function putting({ rule, pause }: PuttingWorld): Putting {
  let waiting: Evaluation[] = [];
  let refused: Evaluation[] = [];
  let taken = 0;

  const send = async (evaluations: readonly Evaluation[]) => {
    for (let from = 0; from < evaluations.length; from += CHUNK) {
      const chunk = evaluations.slice(from, from + CHUNK);
      const failed = await rule.put(chunk);
      taken += chunk.length - failed.length;
      refused.push(...failed);
    }
  };

  return {
    async put(evaluations) {
      waiting.push(...evaluations);
      const full = waiting.length - (waiting.length % CHUNK);
      const ready = waiting.slice(0, full);
      waiting = waiting.slice(full);
      await send(ready);
    },

    async end() {
      await send(waiting);
      waiting = [];
      for (let tries = 1; tries < TRIES && refused.length > 0; tries += 1) {
        await pause(PAUSE * tries);
        const again = refused;
        refused = [];
        await send(again);
      }
    },

    count: () => taken,
    failed: () => refused.length,
  };
}
