import type { Evaluation } from '../../core/config/survey.ts';
import type { ConfigRule } from '../ports.ts';

/** What PutEvaluations takes in one call (domain facts 2.4). */
const CHUNK = 100;

/** What Config did not take is tried so often in all. */
const TRIES = 3;

/** Seconds before the next try. */
const PAUSE = 1;

/** A failure of AWS Config that a run remembers while it goes on with everything else. */
export interface Trouble {
  readonly error: unknown;
}

/** The way out to AWS Config, in full calls as far as there are enough evaluations for one. Never throws. */
export interface EvaluationBatch {
  put(evaluations: readonly Evaluation[]): Promise<void>;
  /** Puts what is left, and tries again what Config did not take. */
  end(): Promise<void>;
  /** Evaluations that Config took. */
  count(): number;
  /** Evaluations that Config did not take in the end. */
  failed(): number;
  /** Why no call was made any more; null: all were answered. */
  trouble(): Trouble | null;
}

export interface EvaluationBatchWorld {
  readonly rule: Pick<ConfigRule, 'put'>;
  pause(seconds: number): Promise<void>;
}

export function evaluationBatch({ rule, pause }: EvaluationBatchWorld): EvaluationBatch {
  let waiting: Evaluation[] = [];
  let refused: Evaluation[] = [];
  let taken = 0;
  let trouble: Trouble | null = null;

  const send = async (evaluations: readonly Evaluation[]) => {
    for (let from = 0; from < evaluations.length; from += CHUNK) {
      const chunk = evaluations.slice(from, from + CHUNK);
      const failed = trouble === null ? await sendChunk(chunk) : chunk;
      taken += chunk.length - failed.length;
      refused.push(...failed);
    }
  };

  const sendChunk = async (chunk: readonly Evaluation[]) => {
    try {
      return await rule.put(chunk);
    } catch (error) {
      trouble = { error };
      return chunk;
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
      for (let tries = 1; tries < TRIES && refused.length > 0 && trouble === null; tries += 1) {
        await pause(PAUSE * tries);
        const again = refused;
        refused = [];
        await send(again);
      }
    },

    count: () => taken,
    failed: () => refused.length,
    trouble: () => trouble,
  };
}

/** For a run that was not told what Config shows, so that nobody knows what differs. */
export function noEvaluationBatch(trouble: Trouble): EvaluationBatch {
  const nothing = async () => undefined;
  return { put: nothing, end: nothing, count: () => 0, failed: () => 0, trouble: () => trouble };
}
