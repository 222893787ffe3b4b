import { describe, expect, test } from 'vitest';
import { endingOf, sameWorld, toldOtherwise } from './ending.ts';
import { strike } from './faults.ts';
import { notesOn, type Site, type Strike, strikesFor } from './plan.ts';
import { NOT_REMOTE } from './stage.ts';
import { freshStage, playOn, SCENARIOS } from './scenarios.ts';

const struck: Site[][] = [];
let runs = 0;

describe('one call goes wrong, then only the sweep, time and persons: the same world', () => {
  test.each(SCENARIOS)('$name', { timeout: 300_000 }, async (scenario) => {
    const calm = freshStage();
    const sites = notesOn(calm);
    const ending = endingOf(await playOn(calm, scenario));
    const strikes = strikesFor(sites, struck);
    struck.push(sites);
    const failures: string[] = [];
    for (const one of strikes) {
      const stage = freshStage();
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
        failures.push(
          `${one.at} ${one.site} ${one.fault}: ${error instanceof Error ? error.message : error}`,
        );
      }
    }
    runs += strikes.length;
    expect(failures.length, failures.slice(0, 10).join('\n')).toBe(0);
  });
});

/** What a use case never calls, each with the reason. */
const NEVER_CALLED: Readonly<Record<string, string>> = {};

test('every method of every port that a use case has was struck in some scenario', () => {
  process.stderr.write(`exploration: ${runs} runs with one fault each\n`);
  const called = new Set(struck.flatMap((sites) => sites.map(({ site }) => site)));
  const { world, table, wakes } = freshStage().m;
  const reconciles = Object.entries(world).filter(
    ([name, port]) => typeof port === 'object' && !NOT_REMOTE.includes(name),
  );
  const ports: Record<string, Record<string, object>> = {
    reconcile: Object.fromEntries(reconciles) as Record<string, object>,
    approve: { links: { verify: world.links.verify }, store: table.approvals, wakes },
    sweep: { due: table.due, wakes },
  };
  const missing = Object.entries(ports).flatMap(([useCase, its]) =>
    Object.entries(its).flatMap(([name, port]) =>
      Object.entries(port)
        .filter(([, method]) => typeof method === 'function')
        .map(([method]) => `${useCase} ${name}.${method}`)
        .filter((site) => !called.has(site) && NEVER_CALLED[site] === undefined),
    ),
  );
  expect(missing).toEqual([]);
});

/** A notice that was accepted and could not be struck off comes once more (design §4); nothing is lost, nothing comes thrice. */
function mayDiffer({ site, fault }: Strike, difference: string): boolean {
  const publishing = /^reconcile (publisher\.\w+|links\.mint|cases\.commit)$/.test(site);
  return publishing && !fault.startsWith('late') && difference.endsWith(' +1');
}
