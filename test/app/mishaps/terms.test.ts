/** Settings change between the page that somebody read and what follows from their answer (ADR 003). */
import { describe, expect, it } from 'vitest';
import { recordDecision } from '../../../functions/app/approve/record-decision.ts';
import { factsOf, formerDigest } from '../../../functions/core/case/facts.ts';
import type { Policy } from '../../../functions/core/model/policy.ts';
import { DAY, HOUR, MINUTE } from '../../../functions/core/model/time.ts';
import { postedReply } from '../../../functions/web/answers.ts';
import {
  decide,
  facts,
  intoGrace,
  intoQuestion,
  later,
  NAME,
  passing,
  portsOf,
  restore,
  scene,
  worldWith,
} from '../../fakes/acts.ts';
import { aClaim, NEWER, OLDER, USER_ID } from '../../fakes/cases.ts';
import type { MemoryWorld } from '../../fakes/world.ts';

const NEVER = { deletion: 'never' } as const;
const SOON = { deletion: 'after-grace', grace: DAY } as const;

function deploy({ world }: MemoryWorld, settings: Partial<Policy>): void {
  world.policy = { ...world.policy, ...settings };
}

const keysLeft = (m: MemoryWorld) => m.iam.users.get(USER_ID)?.keys.map(({ id }) => id);
const termsOf = (m: MemoryWorld) => m.caseOf(USER_ID)?.decision?.terms;

/** The digest that a page of release 0.2.0 would hold now. */
function formerFacts(m: MemoryWorld): string {
  const current = m.caseOf(USER_ID);
  return current === null ? '' : formerDigest(factsOf(current));
}

describe('an open page said that nothing is deleted; then the settings say: after a day', () => {
  it('its answer is refused, and the page says which setting changed', async () => {
    const { m } = worldWith(undefined, NEVER);
    await intoQuestion(m);
    const shown = facts(m);
    deploy(m, SOON);
    const token = await m.links.mint(aClaim({ caseNumber: 1 }));
    const off = { text: '3QXK', fours: ['3QXK'] };
    const answer = { kind: 'keep' as const, keep: NEWER, off, inUse: false, shownInUse: [], facts: shown };
    const done = await recordDecision(portsOf(m), token, 'decide', answer);
    expect(done.kind).toBe('stale');
    const reply = postedReply(done, answer, { policy: m.world.policy, now: m.clock.now() });
    const body = 'body' in reply ? reply.body : '';
    expect(String(await body)).toContain(
      'That page said that deactivated keys are never deleted. Now they are deleted permanently after the grace period.',
    );
    expect(String(await body)).toContain('The grace period was 7 days and is 24 hours now.');
    await passing(m, 3 * DAY);
    expect(keysLeft(m)).toEqual([NEWER, OLDER]);
  });

  it('an answer given before is carried out, and nothing is deleted, whenever it is adopted', async () => {
    const { m } = worldWith(undefined, NEVER);
    await intoQuestion(m);
    expect(await decide(m, 'sec-lead', NEWER)).toBe('recorded');
    m.wakes.sent.length = 0;
    deploy(m, SOON);
    m.clock.move(3 * DAY);
    await m.wake(NAME);
    expect(termsOf(m)).toEqual({ deletion: 'never', grace: 7 * DAY });
    await passing(m, 10 * DAY);
    expect(scene(m)).toContain('closed(deactivated) | MPLE Active, 3QXK Inactive');
  });

  it('also if yet other settings were in force between the two', async () => {
    const { m } = worldWith(undefined, NEVER);
    await intoQuestion(m);
    deploy(m, { deletion: 'on-confirmation', grace: 2 * DAY });
    await m.wake(NAME);
    expect(await decide(m, 'sec-lead', NEWER)).toBe('recorded');
    m.wakes.sent.length = 0;
    deploy(m, SOON);
    await m.wake(NAME);
    expect(termsOf(m)).toEqual({ deletion: 'on-confirmation', grace: 2 * DAY });
    await passing(m, 10 * DAY);
    expect(keysLeft(m)).toEqual([NEWER, OLDER]);
  });
});

it('the stricter setting of today applies, part by part', async () => {
  const { m } = worldWith(undefined, { deletion: 'after-grace', grace: 14 * DAY });
  await intoQuestion(m);
  expect(await decide(m, 'sec-lead', NEWER)).toBe('recorded');
  m.wakes.sent.length = 0;
  deploy(m, { deletion: 'on-confirmation', grace: DAY });
  await m.wake(NAME);
  expect(termsOf(m)).toEqual({ deletion: 'on-confirmation', grace: 14 * DAY });
});

it('an answer about a page of observe mode, which offers none, is refused', async () => {
  const { m } = worldWith(undefined, { mode: 'observe' });
  await intoQuestion(m);
  const digest = facts(m);
  deploy(m, { mode: 'enforce' });
  const token = await m.links.mint(aClaim({ caseNumber: 1 }));
  const ask = { kind: 'keep' as const, keep: NEWER, off: [OLDER], acknowledged: [] };
  await m.table.approvals.record(
    aClaim().account,
    USER_ID,
    m.links.seal(token, { digest, at: m.clock.now(), ask }),
  );
  await m.wake(NAME);
  expect(scene(m)).toContain('MPLE Active, 3QXK Active');
  expect(m.table.decisions).toEqual([]);
});

describe('a page of release 0.2.0, whose form does not say the terms', () => {
  it('is answered, and then a deletion needs a confirmation', async () => {
    const { m } = worldWith(undefined, SOON);
    await intoQuestion(m);
    expect(await decide(m, 'sec-lead', NEWER, { facts: formerFacts(m) })).toBe('recorded');
    await m.sweep();
    expect(termsOf(m)).toEqual({ deletion: 'on-confirmation', grace: DAY });
    await passing(m, 5 * DAY);
    expect(scene(m)).toContain('awaiting-confirmation | MPLE Active, 3QXK Inactive');
  });

  it('and the longest grace period that people may have been shown counts', async () => {
    const { m } = worldWith(undefined, { deletion: 'never', grace: 9 * DAY });
    await intoQuestion(m);
    expect(await decide(m, 'sec-lead', NEWER, { facts: formerFacts(m) })).toBe('recorded');
    m.wakes.sent.length = 0;
    deploy(m, SOON);
    await m.wake(NAME);
    expect(termsOf(m)).toEqual({ deletion: 'on-confirmation', grace: 9 * DAY });
  });
});

describe('the same question, answered on a page with other terms', () => {
  it('shows later readers that answer, and takes no second one', async () => {
    const { m } = worldWith(undefined, NEVER);
    await intoQuestion(m);
    expect(await decide(m, 'sec-lead', NEWER)).toBe('recorded');
    m.wakes.sent.length = 0;
    deploy(m, SOON);
    expect(await decide(m, 'platform-lead', OLDER, { inUse: true })).toBe('taken');
  });

  it('an undo needs no page of today: a setting stops no reactivation', async () => {
    const { m } = worldWith();
    await intoGrace(m);
    const shown = facts(m);
    deploy(m, { grace: 9 * DAY });
    await m.wake(NAME);
    expect(await restore(m, 'platform-lead', OLDER, { facts: shown })).toBe('recorded');
    await m.sweep();
    await later(m, MINUTE);
    expect(scene(m)).toContain('MPLE Active, 3QXK Active');
  });

  it('terms are remembered for the last five settings, each once', async () => {
    const { m } = worldWith(undefined, { grace: DAY });
    await intoQuestion(m);
    for (const days of [2, 3, 1, 4, 5, 6, 7]) {
      deploy(m, { grace: days * DAY });
      await later(m, HOUR);
      await m.wake(NAME);
    }
    expect(m.caseOf(USER_ID)?.shownTerms?.map(({ grace }) => grace / DAY)).toEqual([1, 4, 5, 6, 7]);
  });
});
