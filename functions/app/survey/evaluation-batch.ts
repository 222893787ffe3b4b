import type { Evaluation } from '../../core/config/survey.ts';
import type { ConfigRule } from '../config-ports.ts';

/** Maximum number of entries in one PutEvaluations call (fact config-batch). */
const CHUNK = 100;

/** Total number of attempts for evaluations that AWS Config does not accept. */
const TRIES = 3;

/** Seconds before the second attempt; each further attempt waits longer. */
const PAUSE = 1;

/** A failure of AWS Config, kept while the run completes everything else. */
export interface Trouble {
  readonly error: unknown;
}

/** Collects evaluations and reports them to AWS Config in calls as full as possible. Never throws. */
export interface EvaluationBatch {
  put(evaluations: readonly Evaluation[]): Promise<void>;
  /** Reports the remaining evaluations and retries those that AWS Config did not accept. */
  end(): Promise<void>;
  /** Number of evaluations that AWS Config accepted. */
  count(): number;
  /** Number of evaluations that AWS Config finally did not accept. */
  failed(): number;
  /** The failure after which no more calls were made; null if all calls were answered. */
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

/** For a run that could not read what AWS Config shows, and so cannot tell which results differ. */
export function noEvaluationBatch(trouble: Trouble): EvaluationBatch {
  const nothing = async () => undefined;
  return { put: nothing, end: nothing, count: () => 0, failed: () => 0, trouble: () => trouble };
}
