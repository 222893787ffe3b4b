/** The grounds of a decision are on pages and in records. Nobody else is told them, and "compromised" only by what follows from it. */
import { describe, expect, it } from 'vitest';
import { recordDecision } from '../../../functions/app/approve/record-decision.ts';
import { DECISION_REASONS, type DecisionReason } from '../../../functions/core/case/decision.ts';
import { verdictOf } from '../../../functions/core/config/verdict.ts';
import type { Policy } from '../../../functions/core/model/policy.ts';
import { DAY, HOUR, MINUTE } from '../../../functions/core/model/time.ts';
import { REASON, REASON_TO_CHOOSE } from '../../../functions/core/words/grounds.ts';
import {
  decide,
  facts,
  intoQuestion,
  later,
  passing,
  portsOf,
  trueKey,
  worldWith,
} from '../../fakes/acts.ts';
import { NEWER, OLDER, USER_ID } from '../../fakes/cases.ts';
import type { memoryWorld } from '../../fakes/world.ts';

const MARK = 'Zz-the-words-of-a-person-zZ';
type World = ReturnType<typeof memoryWorld>;

/** The annotation for the user as AWS Config would show it now. */
function annotation(m: World): string {
  const keys = m.caseOf(USER_ID)?.keys ?? [];
  const judged = { keys, excluded: false, current: m.caseOf(USER_ID) };
  const { policy, control } = { policy: m.world.policy, control: m.table.state.control };
  return verdictOf(judged, { policy, control, now: m.clock.now() }).annotation ?? '';
}

/** Everything that a world has told anybody so far, besides its pages and its table. */
function toldBy(m: World, annotations: readonly string[]) {
  return {
    mails: JSON.stringify([m.mails, m.digestMails, m.toOperators]),
    'data topic': JSON.stringify(m.news),
    events: JSON.stringify(m.put),
    log: JSON.stringify(m.log.lines),
    annotations: annotations.join('\n'),
  };
}

/** The whole life of a decision with grounds: deactivated, announced, confirmed where that is asked, deleted. */
async function life(reason: DecisionReason, settings: Partial<Policy>) {
  const { m, user } = worldWith([trueKey(NEWER, 21, 0.1), trueKey(OLDER, 600, 43)], settings);
  const annotations: string[] = [];
  await intoQuestion(m);
  expect(await decide(m, 'sec-lead', NEWER, { grounds: { reason, comment: MARK } })).toBe('recorded');
  for (let day = 0; day < 12; day += 1) {
    annotations.push(annotation(m));
    await passing(m, DAY, 6 * HOUR);
    const { phase } = m.caseOf(USER_ID) ?? {};
    const mail = m.mails.findLast(({ subject }) => subject.includes('confirm the deletion'));
    if (phase === 'awaiting-confirmation' && mail?.link != null) {
      const remove = { text: 'delete 3QXK', fours: ['3QXK'] };
      const answer = { kind: 'confirm' as const, remove, facts: facts(m) };
      const token = mail.link.split('/').at(-1) ?? '';
      expect(await recordDecision(portsOf(m), token, 'delete', answer)).toMatchObject({ kind: 'recorded' });
      await later(m, MINUTE);
    }
  }
  expect(user.keys.map(({ id }) => id)).toEqual([NEWER]);
  return { m, annotations };
}

describe.each(DECISION_REASONS)('a decision because of "%s"', (reason) => {
  it.each<[string, Partial<Policy>]>([
    ['after-grace', {}],
    ['on-confirmation', { deletion: 'on-confirmation' }],
    ['every creator unexpected', { trustedCreators: [] }],
  ])('tells nobody why: %s', async (_name, settings) => {
    const { m, annotations } = await life(reason, settings);
    const given = m.caseOf(USER_ID)?.decision;
    expect(given).toMatchObject({ reason });
    // It is kept, or its absence elsewhere would say nothing.
    expect(
      await m.table.approvals.comment(
        m.caseOf(USER_ID)?.account ?? '',
        USER_ID,
        given?.digest ?? '',
        given?.commentDigest ?? '',
      ),
    ).toBe(MARK);
    for (const [where, text] of Object.entries(toldBy(m, annotations))) {
      expect(text.length, where).toBeGreaterThan(2);
      expect(text, where).not.toContain(MARK);
      expect(text, where).not.toContain(given?.commentDigest);
      expect(text, where).not.toContain(REASON[reason]);
      expect(text, where).not.toContain(REASON_TO_CHOOSE[reason]);
      expect(text, where).not.toMatch(/compromised|person-left|"reason"|commentDigest/);
    }
  });
});

describe('keys deactivated as compromised', () => {
  const compromised = { grounds: { reason: 'compromised' as const, comment: MARK } };

  async function deactivated(settings: Partial<Policy> = {}) {
    const { m, user } = worldWith(undefined, settings);
    await intoQuestion(m);
    expect(await decide(m, 'sec-lead', NEWER, compromised)).toBe('recorded');
    return { m, user };
  }

  it('are told at once to everybody, and to the operators without a link', async () => {
    const { m } = await deactivated();
    const before = m.mails.length;
    await m.sweep();
    const mails = m.mails.slice(before);
    expect(mails.map(({ recipient }) => recipient).sort()).toEqual(['platform-lead', 'sec-lead']);
    for (const { subject, link } of mails) {
      expect(subject).toContain(': URGENT, ...3QXK deactivated');
      // The ordinary link of the case: nobody reactivates such a key by one press.
      expect(link).toContain('/c/');
    }
    expect(m.toOperators).toHaveLength(1);
    expect(m.toOperators[0]?.subject).toBe(mails[0]?.subject);
    expect(m.toOperators[0]?.body).not.toMatch(/https?:|v[12]\.|AKIA/);
    expect(m.news.at(-1)).toMatchObject({ notice: 'deactivated', urgent: true });
  });

  it('are told again when one is restored', async () => {
    const { m } = await deactivated();
    await m.sweep();
    const back = { text: 'reactivate 3QXK', fours: ['3QXK'] };
    const token = m.mails.at(-1)?.link?.split('/').at(-1) ?? '';
    const answer = { kind: 'restore' as const, back, asked: true, chosen: [OLDER], facts: facts(m) };
    expect(await recordDecision(portsOf(m), token, 'decide', answer)).toMatchObject({ kind: 'recorded' });
    await passing(m, 2 * HOUR, 10 * MINUTE);
    expect(m.toOperators.map(({ subject }) => subject)).toEqual([
      '[Solekey] prod-payments/ci-deploy: URGENT, ...3QXK deactivated, check its use',
      '[Solekey] prod-payments/ci-deploy: URGENT, ...3QXK active again, check its use',
    ]);
  });

  it('are told to operators until SNS accepts it, whatever else is told', async () => {
    const { m } = await deactivated();
    m.state.operatorsAway = true;
    await m.sweep();
    expect(m.toOperators).toEqual([]);
    expect(m.mails.at(-1)?.subject).toContain('URGENT');
    m.state.operatorsAway = false;
    await passing(m, HOUR, 5 * MINUTE);
    expect(m.toOperators).toHaveLength(1);
    expect(m.log.lines).toContain('count NoticeNotAccepted');
  });

  it('and no others: operators hear nothing of any other decision', async () => {
    const { m } = worldWith();
    await intoQuestion(m);
    expect(await decide(m, 'sec-lead', NEWER, { grounds: { reason: 'other', comment: '' } })).toBe(
      'recorded',
    );
    await passing(m, 10 * DAY, 6 * HOUR);
    expect(m.toOperators).toEqual([]);
  });
});
