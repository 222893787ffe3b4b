import { describe, expect, test } from 'vitest';
import { atDepth } from '../depth.ts';
import { exploreCrashes } from './crashes.ts';
import { MORE_SCENARIOS } from './more-scenarios.ts';
import { type Site, type Strike, strikesFor } from './plan.ts';
import { freshStage, SCENARIOS } from './scenarios.ts';
import { NOT_REMOTE } from './stage.ts';

const struck: Site[][] = [];
let runs = 0;

/** Of the strikes of the first scenario one in so many is made; `every-call.deep.ts` makes all. */
const FIRST_SHARE = atDepth({ sample: 8, share: 2, all: 2 });

/** The same for the other scenarios. */
const SHARE = atDepth({ sample: 45, share: 10, all: 10 });

/** The same for the scenarios about settings. */
const MORE_SHARE = atDepth({ sample: 120, share: 40, all: 40 });

/** What no earlier scenario struck alike; of that, one of so many. */
function chosen(share: number): (sites: readonly Site[]) => Strike[] {
  return (sites) => {
    const strikes = strikesFor(sites, struck).filter((_, n) => (n + struck.length) % share === 0);
    struck.push([...sites]);
    return strikes;
  };
}

describe('one call goes wrong, then only the sweep, time and persons: the same world', () => {
  test.each(SCENARIOS)('$name', { timeout: 300_000 }, async (scenario) => {
    runs += await exploreCrashes(scenario, chosen(scenario === SCENARIOS[0] ? FIRST_SHARE : SHARE));
  });

  test.each(MORE_SCENARIOS)('$name', { timeout: 300_000 }, async (scenario) => {
    runs += await exploreCrashes(scenario, chosen(MORE_SHARE));
  });
});

/** What a use case never calls, each with the reason. */
const NEVER_CALLED: Readonly<Record<string, string>> = {
  'reconcile cases.keepEvidence':
    'evidence ends with its event, so a lost one leads to another world: test/app/mishaps plays what it is for',
  'reconcile cases.keepUnderName':
    'it keeps what only an event from the event queue says, and a lost one leads to another world: test/app/mishaps/evidence plays what it is for',
  'reconcile cases.postpone':
    'no scenario has a case that cannot be read: test/app/reconcile/leave-alone.test.ts plays what it is for',
  'reconcile openCases.enlist':
    'no scenario has a case of a release without a list: test/app/channel/digests.test.ts plays what it is for',
  'reconcile digests.ask':
    'only an urgent digest is requested, and no scenario has four urgent notices: test/app/channel/old-account.test.ts has',
  'reconcile paces.due': 'the memory has it for the sweep; it is not of the port',
  'reconcile pauser.pause':
    'it takes five users, and a scenario has one or two: test/app/mishaps/self-pause.test.ts lets every call of it fail',
  'reconcile linkRequests.read':
    'a request for a link changes no case, and a lost one is asked again: test/app/reconcile/mail-link.test.ts plays it',
  'reconcile links.claimOfLinkRequest': 'as above: test/app/reconcile/mail-link.test.ts',
  'reconcile statements.read':
    'a statement changes no case, and a lost one is sent again: test/app/reconcile/statement.test.ts plays it',
  'reconcile statements.noted': 'as above: test/app/reconcile/statement.test.ts',
  'reconcile statements.note': 'as above: test/app/reconcile/statement.test.ts',
  'reconcile signOffs.read':
    'a mail about a sign-off changes no case, and comes with the next hour: test/app/reconcile/ask-sign-off.test.ts plays it',
  'reconcile links.claimOfStatement': 'as above: test/app/reconcile/statement.test.ts',
  'approve store.recordLinkRequest': 'as above: test/web/link-request.test.ts',
};

test('every method of every port that a use case has was struck in some scenario', () => {
  process.stderr.write(`exploration: ${runs} runs with one fault each\n`);
  const called = new Set(struck.flatMap((sites) => sites.map(({ site }) => site)));
  const { world, links, table, wakes } = freshStage().m;
  const reconciles = Object.entries(world).filter(
    ([name, port]) => typeof port === 'object' && !NOT_REMOTE.includes(name),
  );
  const ports: Record<string, Record<string, object>> = {
    reconcile: Object.fromEntries(reconciles) as Record<string, object>,
    approve: { links: { verify: links.verify }, store: table.approvals, wakes },
    sweep: { due: table.due, wakes, digests: world.digests },
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
