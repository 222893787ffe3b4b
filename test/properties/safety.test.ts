import fc from 'fast-check';
import { expect, test } from 'vitest';
import { redacted } from '../../functions/adapters/log.ts';
import { addressMark } from '../../functions/core/case/requests.ts';
import { isViolation } from '../../functions/core/model/compliance.ts';
import type { Deletion } from '../../functions/core/model/policy.ts';
import { DAY, HOUR, type Instant, MINUTE, plus } from '../../functions/core/model/time.ts';
import { atDepth } from '../depth.ts';
import { NEWER, NOW, OLDER, POLICY, USER_ID, used } from '../fakes/cases.ts';
import { neverTold } from '../fakes/waiting.ts';
import { memoryWorld } from '../fakes/world.ts';
import { remembers, watchSafety } from './monitor.ts';
import { anyOpening, anyStep, deploy, deployWindow, type Play, play } from './play.ts';

const exclude = { tag: { key: 'solekey:exclude', value: 'true' }, users: [] };

function twoKeys(deletion: Deletion): Play {
  const m = memoryWorld({ ...POLICY, usage: [], deletion, exclude });
  const memory = watchSafety(m, true);
  m.iam.lag.atMost = MINUTE;
  m.iam.lag.once = true;
  m.iam.users.set(USER_ID, {
    userId: USER_ID,
    userName: 'ci-deploy',
    path: '/',
    tags: {},
    keys: [
      { id: NEWER, status: 'Active', created: plus(NOW, -21 * DAY), lastUsed: used(plus(NOW, -3 * DAY)) },
      { id: OLDER, status: 'Active', created: plus(NOW, -600 * DAY), lastUsed: used(plus(NOW, -43 * DAY)) },
    ],
  });
  return { m, memory, pages: new Map(), addresses: [], keys: 0 };
}

/** No line of a log, as functions write it, has the token of a mailed link, or a whole key id. */
function logsNoSecret({ m }: Play): void {
  const tokens = [...m.mails, ...m.digestMails].flatMap(({ link }) => link?.split('/').at(-1) ?? []);
  const ids = [NEWER, OLDER, ...[...m.iam.users.values()].flatMap(({ keys }) => keys.map(({ id }) => id))];
  const logged = redacted(m.log.lines.join('\n'));
  expect([...tokens, ...ids].filter((secret) => logged.includes(secret))).toEqual([]);
}

/** Health finds that mails reach everybody, and since `confirmed` the addresses that people got on the way. */
function reachesEverybody({ m, addresses }: Play, confirmed: Instant): void {
  const states = m.world.policy.approvers.map(({ email }) => {
    const mark = addressMark(email);
    return [mark, { state: 'confirmed', since: addresses.includes(mark) ? confirmed : NOW }] as const;
  });
  m.table.state.subscriptions = { checkedAt: m.clock.now(), addresses: Object.fromEntries(states) };
}

/** After everything is healthy again, time and the sweep alone must bring the case to an end or to a person. */
async function settles(p: Play): Promise<void> {
  const { m } = p;
  m.iam.faults.length = 0;
  m.iam.state.unreadable = false;
  m.iam.state.usesUnreadable = false;
  m.trail.state.refuses = false;
  m.state.snsAway = false;
  m.state.refuses.clear();
  const { pauses } = m.table.state.control;
  const ended = pauses.map((pause) => ({ ...pause, to: pause.to ?? m.clock.now() }));
  m.table.state.control = { pauses: ended, revoked: [] };
  deploy(m, { mode: 'enforce', changesPerHour: POLICY.changesPerHour });
  deployWindow(p, null);
  const user = m.iam.users.get(USER_ID);
  const name = user?.userName ?? '';
  if (user !== undefined) {
    user.tags = {};
  }
  // Whatever is under way lands, and whatever was just seen has settled.
  m.clock.move(5 * MINUTE);
  await m.wake(name);
  remembers(m, p.memory, USER_ID);
  const told = m.mails.length + m.digestMails.length;
  const confirmed = m.clock.now();
  for (let round = 0; round < 60; round += 1) {
    m.clock.move(round % 3 === 0 ? DAY : HOUR);
    reachesEverybody(p, confirmed);
    await m.sweep();
    m.witness();
  }
  logsNoSecret(p);
  const current = m.caseOf(USER_ID);
  const violates = isViolation(m.iam.users.get(USER_ID)?.keys ?? []);
  if (current === null) {
    return expect(violates, 'a violation without a case').toBe(false);
  }
  if (current.phase === 'closed') {
    return expect(violates, 'a closed case with a violation').toBe(false);
  }
  expect(
    ['awaiting-decision', 'awaiting-confirmation', 'rotating', 'held'],
    `stuck in ${current.phase}`,
  ).toContain(current.phase);
  const reminded = m.mails.length + m.digestMails.length;
  expect(reminded, 'people are reminded of an open question').toBeGreaterThan(told);
  expect(neverTold(m, current), 'notices are delivered').toEqual([]);
}

const RUNS = Number(process.env.SOLEKEY_RUNS ?? atDepth({ sample: 80, share: 400, all: 1_500 }));

/**
 * How many runs of a mode there are, and how many writes each hundred of them must have led to, of the rarest kind and of
 * deletions: a monitor that never saw a write proves nothing. The first fifty prove nothing either.
 */
const MODES: [Deletion, { readonly share: number; readonly writes: number; readonly deletions: number }][] = [
  ['after-grace', { share: 1, writes: 6, deletions: 6 }],
  ['on-confirmation', { share: 0.5, writes: 9, deletions: 6 }],
  ['never', { share: 0.5, writes: 8, deletions: 0 }],
];

test.each(MODES)(
  'no sequence of events, decisions, clock steps and lost answers breaks a safety rule: deletion %s',
  {
    timeout: 300_000,
  },
  async (deletion, { share, writes, deletions }) => {
    const runs = Math.ceil(share * RUNS);
    const seen = { deactivate: 0, reactivate: 0, delete: 0 };
    await fc.assert(
      fc.asyncProperty(
        anyOpening,
        fc.array(anyStep, { minLength: 5, maxLength: 40 }),
        async (opening, steps) => {
          const p = twoKeys(deletion);
          p.m.iam.watchers.push(({ kind }) => {
            seen[kind] += 1;
          });
          for (const step of [...opening, ...steps]) {
            await play(p, step);
          }
          await settles(p);
        },
      ),
      { numRuns: runs },
    );
    const enough = (per100: number) => Math.floor(Math.max(0, runs - 50) * (per100 / 100));
    const counted = `${JSON.stringify(seen)} in ${runs} runs`;
    expect(Math.min(seen.deactivate, seen.reactivate), counted).toBeGreaterThanOrEqual(enough(writes));
    expect(seen.delete, counted).toBeGreaterThanOrEqual(enough(deletions));
  },
);
