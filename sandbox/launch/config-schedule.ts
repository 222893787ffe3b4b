import type { ConfigService } from '../gateway/config/service.ts';
import type { Say } from '../world/say.ts';

/** Runs the rule at intervals, as AWS Config's schedule does at longer ones. Returns a function that stops it. */
export function startConfigSchedule(config: ConfigService, everyMs: number, say: Say): () => Promise<void> {
  let lastProblem: string | null = null;
  const beat = async () => {
    const { error } = await config.runScheduled();
    if (error !== null && error !== lastProblem) {
      say(`a run of the rule in AWS Config failed: ${error}`);
    }
    lastProblem = error;
  };
  // Skipped while a run is active, so that runs do not pile up.
  const timer = setInterval(() => config.isRunning || void beat(), everyMs);
  return async () => clearInterval(timer);
}
