/** The findings of the latest run of the function `health`, as results of the doctor. */

import { CHECKS } from '../../functions/core/health/checks.ts';
import type { HealthState, OpenFinding } from '../../functions/core/health/state.ts';
import { healthLine, isOutdated } from '../../functions/core/health/words.ts';
import type { Instant } from '../../functions/core/model/time.ts';
import { UTC } from '../../functions/core/model/zone.ts';
import { broken, type CheckResult, checked, fine } from './doctor.ts';
import type { World } from './world.ts';

const OUTCOMES = {
  broken: 'broken',
  unchecked: 'could-not-check',
} as const satisfies Record<OpenFinding['kind'], CheckResult['outcome']>;

/** One result about health itself, and one for each of its open findings. */
export async function watched({ health, now }: World): Promise<CheckResult[]> {
  const states: (HealthState | null)[] = [];
  const itself = await checked('health', 'HealthSchedule/Silent', async () => {
    states.push(await health());
    return itselfSays(states[0] ?? null, now());
  });
  const open = states.flatMap((state) => state?.open ?? []);
  return [
    itself,
    ...open.map(({ check, kind, words, heading }) => ({
      name: CHECKS[check].subject,
      outcome: OUTCOMES[kind],
      says: words,
      runbook: heading,
    })),
  ];
}

function itselfSays(state: HealthState | null, now: Instant) {
  const says = healthLine(state, now, UTC);
  return isOutdated(state, now) ? broken(says) : fine(says);
}
