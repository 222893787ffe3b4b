import { expect } from 'vitest';
import { endingOf, sameWorld, toldOtherwise } from './ending.ts';
import { strike } from './faults.ts';
import { notesOn, type Site, type Strike } from './plan.ts';
import { freshStage, playOn, type Scenario } from './scenarios.ts';

/**
 * Plays a scenario calmly and then once for each strike: one call goes wrong, then only the sweep, time and persons are
 * left, and they must lead to the same world. Returns the number of runs.
 */
export async function exploreCrashes(
  scenario: Scenario,
  chosen: (sites: readonly Site[]) => Strike[],
): Promise<number> {
  const calm = freshStage(scenario);
  const sites = notesOn(calm);
  const ending = endingOf(await playOn(calm, scenario));
  const strikes = chosen(sites).filter((one) => scenario.leavesOut?.(one) !== true);
  const failures: string[] = [];
  for (const one of strikes) {
    const stage = freshStage(scenario);
    strike(stage, one.at, one.fault);
    try {
      await playOn(stage, scenario);
      expect(stage.calls[one.at]).toBe(one.site);
      sameWorld(ending, endingOf(stage));
      const other = toldOtherwise(ending, endingOf(stage)).filter(
        (difference) => !mayDiffer(one, difference),
      );
      expect(other, 'told otherwise').toEqual([]);
    } catch (error) {
      failures.push(`${one.at} ${one.site} ${one.fault}: ${error instanceof Error ? error.message : error}`);
    }
  }
  expect(failures.length, failures.slice(0, 10).join('\n')).toBe(0);
  return strikes.length;
}

/** A notice that was accepted and could not be struck off comes once more (law 2); nothing is lost, nothing comes thrice. */
function mayDiffer({ site, fault }: Strike, difference: string): boolean {
  const publishing =
    /^reconcile (publisher\.\w+|operators\.send|links\.mint|paces\.change|cases\.commit)$/.test(site);
  return publishing && !fault.startsWith('late') && difference.endsWith(' +1');
}
