/** What becomes of exceptions and of deletions that are put off, from the page to IAM, and what goes wrong on the way. */
import { describe, expect, it } from 'vitest';
import { checkChoice } from '../../../functions/app/approve/check-choice.ts';
import type { PostedAnswer } from '../../../functions/app/approve/posted-answer.ts';
import { recordDecision } from '../../../functions/app/approve/record-decision.ts';
import type { CasePath } from '../../../functions/app/approve/show-case.ts';
import { addressMark, type NewCaseClaim } from '../../../functions/core/case/requests.ts';
import { lastFour } from '../../../functions/core/model/observation.ts';
import { DAY, HOUR, MINUTE, plus } from '../../../functions/core/model/time.ts';
import { zoneDay } from '../../../functions/core/model/zone.ts';
import { offering } from '../../../functions/core/page/deactivate-all.ts';
import {
  decide,
  eventsOf,
  facts,
  intoGrace,
  intoQuestion,
  later,
  passing,
  portsOf,
  trueKey,
  worldWith,
  writesOf,
} from '../../fakes/acts.ts';
import { aClaim, aListClaim, NEWER, OLDER, POLICY, THIRD, USER_ID } from '../../fakes/cases.ts';
import { unreached } from '../../fakes/health.ts';
import type { MemoryWorld } from '../../fakes/world.ts';

const PEOPLE = {
  'sec-lead': { recipient: 'sec-lead', address: addressMark('security@example.com') },
  'platform-lead': { recipient: 'platform-lead', address: addressMark('platform@example.com') },
} as const;

const typed = (keys: readonly string[]) => {
  const fours = keys.map(lastFour);
  return { text: fours.join(' '), fours };
};

const inDays = (m: MemoryWorld, days: number) =>
  zoneDay(plus(m.clock.now(), days * DAY), m.world.policy.digest.zone);

const grounds = { reason: null, comment: 'The vendor changes its job in January.' };

function notNow(m: MemoryWorld, days = 30, off: readonly string[] = []): PostedAnswer {
  const spare = [NEWER, OLDER];
  return {
    kind: 'not-now',
    spare,
    until: inDays(m, days),
    off: typed(off),
    stay: typed(off.length === 0 ? spare : []),
    inUse: false,
    shownInUse: [],
    grounds,
    facts: facts(m),
  };
}

function putOff(m: MemoryWorld, days = 40): PostedAnswer {
  return {
    kind: 'keep-inactive',
    keys: [OLDER],
    until: inDays(m, days),
    stay: typed([OLDER]),
    grounds,
    facts: facts(m),
  };
}

/** The ports of a release that takes these answers. */
const ports = (m: MemoryWorld) => ({ ...portsOf(m), offered: offering(true) });

async function tokenFor(m: MemoryWorld, claim: Partial<NewCaseClaim>): Promise<string> {
  const caseNumber = m.caseOf(USER_ID)?.number ?? 0;
  return m.links.mint(aClaim({ caseNumber, expires: plus(m.clock.now(), 14 * DAY), ...claim }));
}

async function give(
  m: MemoryWorld,
  answer: PostedAnswer,
  claim: Partial<NewCaseClaim> = PEOPLE['sec-lead'],
): Promise<string> {
  const path: CasePath = claim.purpose ?? 'decide';
  const { kind } = await recordDecision(ports(m), await tokenFor(m, claim), path, answer);
  return kind;
}

async function asked(policy = {}) {
  const made = worldWith(undefined, policy);
  await intoQuestion(made.m);
  return made;
}

describe('an exception given on the page', () => {
  it('changes no key, ends by itself at the end of the day in the zone, and people are asked again', async () => {
    const { m } = await asked({ digest: { ...POLICY.digest, zone: 'Europe/Berlin' } });
    const writes = writesOf(m);
    expect(await give(m, notNow(m, 30))).toBe('recorded');
    await m.sweep();
    expect(m.caseOf(USER_ID)).toMatchObject({
      phase: 'exception',
      decision: { until: '2026-12-23T22:59:00.000Z' },
    });
    m.clock.move(29 * DAY);
    await later(m, DAY + 6 * HOUR + 48 * MINUTE - 60);
    expect(m.caseOf(USER_ID)?.phase).toBe('exception');
    await later(m, 10 * MINUTE);
    expect(m.caseOf(USER_ID)).toMatchObject({
      phase: 'awaiting-decision',
      askedAgain: { code: 'exception-ended' },
    });
    expect(writes).toEqual([]);
  });

  it('is right at the border of the maximum, and with a clock of reconcile a minute behind', async () => {
    const { m } = await asked();
    m.clock.move(7 * HOUR + 47 * MINUTE);
    expect(m.clock.now().slice(11, 16)).toBe('23:58');
    expect(await give(m, notNow(m, 90))).toBe('wrong');
    m.clock.move(MINUTE);
    expect(await give(m, notNow(m, 90))).toBe('recorded');
    m.clock.move(-MINUTE);
    await m.sweep();
    expect(m.caseOf(USER_ID)?.phase).toBe('exception');
  });

  it('deactivates the others of three keys', async () => {
    const { m, user } = worldWith([
      trueKey(NEWER, 21, 0.1),
      trueKey(OLDER, 600, 43),
      trueKey(THIRD, 600, 43),
    ]);
    await intoQuestion(m);
    expect(await give(m, notNow(m, 30, [THIRD]))).toBe('recorded');
    await m.sweep();
    expect(user.keys.map(({ status }) => status)).toEqual(['Active', 'Active', 'Inactive']);
  });

  it('is recorded once, whoever posts it again, and a different one comes too late', async () => {
    const { m } = await asked();
    const answer = notNow(m);
    expect(await give(m, answer)).toBe('recorded');
    expect(await give(m, answer)).toBe('recorded');
    expect(await give(m, { ...answer, ...notNow(m, 31) })).toBe('taken');
    expect(await give(m, answer, PEOPLE['platform-lead'])).toBe('taken');
    expect(m.table.requests.size).toBe(1);
    await m.sweep();
    expect(await give(m, answer)).toBe('recorded');
    await later(m, MINUTE);
    expect(eventsOf(m).filter((event) => event.startsWith('exception-granted'))).toHaveLength(1);
  });

  it('is not stored if somebody else decided between the page and the check', async () => {
    const { m } = await asked();
    const before = facts(m);
    expect(await decide(m, 'platform-lead', NEWER)).toBe('recorded');
    const choice = { kind: 'check-not-now' as const, spare: null, until: '', facts: before };
    const token = await tokenFor(m, PEOPLE['sec-lead']);
    expect((await checkChoice(ports(m), token, 'decide', choice)).kind).toBe('taken');
    expect(await give(m, { ...notNow(m), facts: before })).toBe('taken');
    await m.sweep();
    expect(await give(m, { ...notNow(m), facts: before })).toBe('taken');
    expect(m.table.requests.size).toBe(1);
  });

  it('is not stored if the keys changed since the page', async () => {
    const { m, user } = await asked();
    const answer = notNow(m);
    user.keys.push(trueKey(THIRD, 0, null));
    await m.wake('ci-deploy');
    await m.sweep();
    expect(await give(m, answer)).toBe('stale');
  });

  it('needs a link to decide about this case', async () => {
    const { m } = await asked();
    const answer = notNow(m);
    for (const purpose of ['restore', 'delete', 'view'] as const) {
      expect(await give(m, answer, { ...PEOPLE['sec-lead'], purpose })).toBe('wrong-purpose');
    }
    const list = await m.links.mint(aListClaim({ expires: plus(m.clock.now(), 8 * DAY) }));
    const row = { userId: USER_ID, caseNumber: m.caseOf(USER_ID)?.number ?? 0 };
    expect((await recordDecision(ports(m), list, row, answer)).kind).toBe('wrong-purpose');
    expect(await give(m, answer, { ...PEOPLE['sec-lead'], expires: plus(m.clock.now(), -HOUR) })).toBe(
      'refused',
    );
    expect(await give(m, answer, { recipient: 'former', address: '0'.repeat(16) })).toBe('refused');
    expect(m.table.requests.size).toBe(0);
  });

  it('is taken by no page of observe mode, and by none of a release that does not offer it', async () => {
    const { m } = await asked();
    const token = await tokenFor(m, PEOPLE['sec-lead']);
    expect(
      (await recordDecision({ ...portsOf(m), offered: offering(false) }, token, 'decide', notNow(m))).kind,
    ).toBe('not-now');
    m.world.policy = { ...m.world.policy, mode: 'observe' };
    expect(await give(m, notNow(m))).toBe('not-now');
  });

  it('cannot be renewed by whoever gave it, but by another approver', async () => {
    const { m } = await asked();
    m.table.state.subscriptions = unreached();
    expect(await give(m, notNow(m))).toBe('recorded');
    await m.sweep();
    m.table.state.subscriptions = { ...unreached(), checkedAt: m.clock.now() };
    expect(await give(m, notNow(m, 60))).toBe('wrong');
    expect(await give(m, notNow(m, 60), PEOPLE['platform-lead'])).toBe('recorded');
    await m.sweep();
    const current = m.caseOf(USER_ID);
    expect(current?.exceptions?.map(({ by, count }) => `${by} ${count}`)).toEqual([
      'sec-lead 1',
      'platform-lead 2',
    ]);
  });

  it('is ended early by an ordinary answer of anybody', async () => {
    const { m, user } = await asked();
    await give(m, notNow(m));
    await m.sweep();
    expect(await decide(m, 'platform-lead', NEWER)).toBe('recorded');
    await m.sweep();
    expect(user.keys.map(({ status }) => status)).toEqual(['Active', 'Inactive']);
  });
});

describe('a deletion put off on the page', () => {
  it('is of the date that was chosen, and of no earlier one', async () => {
    const { m, user } = worldWith();
    await intoGrace(m);
    expect(await give(m, putOff(m, 40))).toBe('recorded');
    await m.sweep();
    await passing(m, 38 * DAY, 6 * HOUR);
    expect(user.keys).toHaveLength(2);
    await passing(m, 4 * DAY, HOUR);
    expect(user.keys.map(({ id }) => id)).toEqual([NEWER]);
  });

  it('is recorded once, and another date comes too late until it is carried out', async () => {
    const { m } = worldWith();
    await intoGrace(m);
    const answer = putOff(m);
    expect(await give(m, answer)).toBe('recorded');
    expect(await give(m, answer)).toBe('recorded');
    expect(await give(m, putOff(m, 41))).toBe('taken');
    await m.sweep();
    expect(await give(m, putOff(m, 39))).toBe('wrong');
    expect(await give(m, putOff(m, 41), PEOPLE['platform-lead'])).toBe('recorded');
  });

  it('needs a link to decide, and comes too late once the deletion has begun', async () => {
    const { m } = worldWith();
    await intoGrace(m);
    for (const purpose of ['restore', 'delete', 'view'] as const) {
      expect(await give(m, putOff(m), { ...PEOPLE['sec-lead'], purpose })).toBe('wrong-purpose');
    }
    await passing(m, 6 * DAY, 6 * HOUR);
    for (let tries = 0; m.caseOf(USER_ID)?.phase !== 'deleting' && tries < 200; tries += 1) {
      await later(m, HOUR / 2);
    }
    expect(await give(m, putOff(m))).toBe('not-now');
  });
});
