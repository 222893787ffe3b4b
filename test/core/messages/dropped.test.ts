import { describe, expect, it } from 'vitest';
import type { DroppedAnswer } from '../../../functions/core/case/dropped.ts';
import { dropped, type ReasonContext, renderReason } from '../../../functions/core/messages/dropped.ts';
import { UNRESTRICTED } from '../../../functions/core/model/policy.ts';
import { notCarriedOut } from '../../../functions/core/words/dropped.ts';
import { PLAIN } from '../../../functions/core/words/style.ts';
import { aCase, aDrop, NOW, POLICY } from '../../fakes/cases.ts';

const LINK = 'https://keys.example.com/c/v1.abc';

function about(drops: readonly DroppedAnswer[], more: Partial<ReasonContext> = {}): ReasonContext {
  const [recipient] = POLICY.approvers;
  if (recipient === undefined) {
    throw new Error('nobody');
  }
  const current = aCase({ dropped: drops, asking: 2 });
  const about = { current, policy: POLICY, control: UNRESTRICTED, evidence: {}, now: NOW };
  return { ...about, recipient, link: null, ...more };
}

describe('a mail about an answer that was not carried out', () => {
  it('gives the reason first, then the state, and no link where nothing can be decided', async () => {
    const { subject, body } = renderReason(about([aDrop()]));
    await expect(`Subject: ${subject}\n\n${body}`).toMatchFileSnapshot('golden/answer-dropped.txt');
  });

  it('has the link where the question is open', async () => {
    const drops = [aDrop({ why: 'keys-changed' }), aDrop({ kind: 'restore', why: 'too-late' })];
    const { subject, body } = renderReason(about(drops, { link: LINK }));
    await expect(`Subject: ${subject}\n\n${body}`).toMatchFileSnapshot('golden/answer-dropped-open.txt');
  });

  it('has a subject that SNS accepts, however long the names are', () => {
    const drops = [aDrop(), aDrop({ kind: 'restore' }), aDrop({ kind: 'confirm' })];
    const current = aCase({ dropped: drops, userName: 'x'.repeat(128) });
    const { subject } = renderReason(about(drops, { current }));
    expect(subject).toMatch(/^[\x20-\x7e]{1,99}$/);
    expect(subject).toContain('xxxxxxxx');
  });
});

describe('whose answers a mail is about', () => {
  const confirm = { kind: 'confirm', why: 'not-an-approver', by: 'platform-lead', owed: false } as const;

  it.each([
    ['none of others', [aDrop({ by: 'platform-lead' })], ''],
    [
      'a confirmation that is asked for again',
      [aDrop(confirm)],
      'The confirmation of the deletion by Platform lead',
    ],
    ['unless the question is another by now', [aDrop({ ...confirm, asking: 1 })], ''],
    ['or it lapsed', [aDrop({ ...confirm, why: 'expired' })], ''],
  ])('%s', (_what, drops, expected) => {
    const text = dropped(about(drops));
    expect(text.startsWith(expected)).toBe(true);
    expect(text === '').toBe(expected === '');
  });
});

it.each([
  ['excluded', 'has been excluded since then'],
  ['not-an-approver', 'Security lead is no longer allowed to decide'],
  ['keys-changed', 'the keys are not those that the page showed'],
  ['asked-anew', 'the question had changed by then'],
  ['expired', 'that was not possible within 7 days'],
  ['observe-mode', 'Solekey now only observes this user'],
  ['too-late', 'the deletion had already begun'],
  ['not-for-a-list', 'by then this user could no longer be decided from the list'],
  ['not-valid', 'it was not valid'],
] as const)('%s reads as a reason', (why, words) => {
  const own = notCarriedOut(aDrop({ why }), POLICY, PLAIN, 'sec-lead');
  expect(own).toContain(words);
  expect(own).toMatch(/^Your decision of 23 Nov 2026, 15:10 UTC was not carried out: .*\.$/);
});

it('an answer that only another approver could give says so, to its author and to others', () => {
  const drop = aDrop({ why: 'not-valid', ownKey: true });
  const says = (reader: string | null) => notCarriedOut(drop, POLICY, PLAIN, reader);
  expect(says('sec-lead')).toContain('you created the key to keep, so another approver must decide.');
  expect(says(null)).toContain('Security lead created the key to keep, so another approver must decide.');
});
