import { describe, expect, test } from 'vitest';
import type { Case } from '../../../functions/core/case/case.ts';
import {
  type DroppedAnswer,
  droppedOf,
  inNextCase,
  owesReason,
  reasonsPooledIn,
  withDropped,
  withReasonGiven,
  withReasonsPooled,
} from '../../../functions/core/case/dropped.ts';
import { listRank } from '../../../functions/core/case/list-rank.ts';
import { owesMail, reasonLinkPurpose, struckOff } from '../../../functions/core/case/notices.ts';
import type { DecisionRequest } from '../../../functions/core/case/requests.ts';
import type { Judgement } from '../../../functions/core/judge/situation.ts';
import { type Control, UNRESTRICTED } from '../../../functions/core/model/policy.ts';
import { DAY, HOUR, MINUTE, plus } from '../../../functions/core/model/time.ts';
import {
  aCase,
  aDecision,
  aDrop,
  confirmedAt,
  inGrace,
  key,
  NEWER,
  NOW,
  newer,
  OLDER,
  older,
  POLICY,
  restoringSince,
  THIRD,
  toldOf,
} from '../../fakes/cases.ts';
import { asked, codes, judged, seen } from './scene.ts';

const KEEP: DecisionRequest['ask'] = { kind: 'keep', keep: NEWER, off: [OLDER], acknowledged: [] };
const ON = { ...POLICY, deletion: 'on-confirmation' as const };

test('S9: an answer that was stored while the user was excluded does not count once the user is not', () => {
  // Nobody was ever asked, so the end of the exclusion alone gives the question no new number.
  const current = aCase({ phase: 'excluded', excluded: true, toldAt: null, remindedAt: null });
  const { next } = judged({ current, request: asked(current, KEEP) });
  expect(next).toMatchObject({ phase: 'awaiting-decision', decision: null, excluded: false });
  expect(next?.dropped).toMatchObject([{ kind: 'keep', why: 'asked-anew' }]);
  expect(next?.asking).toBe(current.asking + 1);
});

const revoked = (...ids: string[]): Control => ({ pauses: [], revoked: ids });
const both = seen([newer(), older()]);
const excluding = { ...POLICY, exclude: { tag: null, users: ['ci-*'] } };

/** What was dropped, and why. */
function drops({ next }: Judgement): string[] {
  return (next?.dropped ?? []).map(({ kind, by, why, owed }) => `${kind} ${by} ${why} ${owed}`);
}

describe('a recorded answer that is not carried out is on record with the reason', () => {
  const current = aCase();

  test.each([
    ['the user is excluded', judged({ policy: excluding, request: asked(current, KEEP) }), 'excluded true'],
    [
      'it is too old',
      judged({ now: plus(NOW, 8 * DAY), request: asked(current, KEEP, {}, { at: NOW }) }),
      'expired true',
    ],
    [
      'Solekey only observes',
      judged({ policy: { ...POLICY, mode: 'observe' }, request: asked(current, KEEP) }),
      'observe-mode true',
    ],
    [
      'its link had expired',
      judged({ request: asked(current, KEEP, { expires: plus(NOW, -DAY) }) }),
      'not-valid true',
    ],
    [
      'it names other keys',
      judged({ request: asked(current, { ...KEEP, off: [OLDER, THIRD] }) }),
      'keys-changed true',
    ],
    [
      'the keys are others',
      judged({ observed: seen([newer(), older(), key(THIRD)]), request: asked(current, KEEP) }),
      'keys-changed true',
    ],
    [
      'the keys are others, and nobody was told of the question',
      judged({
        current: aCase({ remindedAt: null, toldAt: null }),
        observed: seen([newer(), older(), key(THIRD)]),
        request: asked(current, KEEP),
      }),
      'keys-changed true',
    ],
    [
      'the user is excluded, and nobody was told of the question',
      judged({
        current: aCase({ remindedAt: null, toldAt: null }),
        policy: excluding,
        request: asked(current, KEEP),
      }),
      'excluded true',
    ],
    [
      'whoever gave it may not decide any more, and so is not told',
      judged({ control: revoked('sec-lead'), request: asked(current, KEEP) }),
      'not-an-approver false',
    ],
  ])('%s', (_why, judgement, expected) => {
    expect(drops(judgement)).toEqual([`keep sec-lead ${expected}`]);
    expect(judgement.next?.asking).toBe(2);
    expect(codes(judgement)).toContain('answer-dropped');
    expect(judgement.next?.lease === null).toBe(
      expected.endsWith('false') && judgement.next?.owed.length === 0,
    );
  });

  test.each([
    ['without a link of ours', null],
    ['with a link for another case', { caseNumber: 9 }],
  ])('but nobody is known to have given one %s', (_what, claim) => {
    const judgement = judged({ request: asked(current, KEEP, claim) });
    expect(judgement.next).toMatchObject({ asking: 2 });
    expect(drops(judgement)).toEqual([]);
    const excluded = judged({ policy: excluding, request: asked(current, KEEP, claim) });
    expect(drops(excluded)).toEqual([]);
  });

  test('the others are asked again at once if whoever gave it was revoked', () => {
    const { next } = judged({ control: revoked('sec-lead'), request: asked(current, KEEP) });
    expect(next).toMatchObject({ askedAgain: { code: 'approver-removed', by: 'sec-lead' }, toldAt: NOW });
    expect(next?.owed.map(({ recipient }) => recipient)).toEqual(['*', 'platform-lead']);
  });

  test('a restore by somebody who was revoked asks nobody which key to keep', () => {
    const off = inGrace();
    const request = asked(off, { kind: 'restore', keys: [OLDER] });
    const judgement = judged({
      current: off,
      observed: seen([newer(), older('Inactive')]),
      control: revoked('sec-lead'),
      request,
    });
    expect(drops(judgement)).toEqual(['restore sec-lead not-an-approver false']);
    expect(judgement.next).toMatchObject({ askedAgain: null, phase: 'grace' });
  });

  test('an adopted decision that an exclusion stops, unless it was begun', () => {
    const decided = (carriedOutAt: string | null) =>
      aCase({ phase: 'approved', decision: aDecision({ carriedOutAt }), asking: 2 });
    const stopped = judged({ current: decided(null), policy: excluding });
    expect(drops(stopped)).toEqual(['keep platform-lead excluded true']);
    expect(drops(judged({ current: decided(NOW), policy: excluding }))).toEqual([]);
  });

  test('an answer in the pass that asks anew for another reason', () => {
    const waits = inGrace({}, { decision: null, phase: 'awaiting-decision' });
    const used = older('Inactive');
    const later = {
      ...used,
      lastUsed: { kind: 'used' as const, at: NOW, service: 'S3', region: 'eu-west-1' },
    };
    const judgement = judged({
      current: waits,
      observed: seen([newer(), later]),
      request: asked(waits, { ...KEEP, off: [OLDER] }),
    });
    expect(drops(judgement)).toEqual(['keep sec-lead asked-anew true']);
  });

  test('an exclusion in the pass in which the question moved on anyway', () => {
    const told = judged({
      current: aCase({ keys: [newer(), older(), key(THIRD)] }),
      observed: both,
      policy: excluding,
      request: asked(aCase({ keys: [newer(), older(), key(THIRD)] }), { ...KEEP, off: [OLDER, THIRD] }),
    });
    expect(drops(told)).toEqual(['keep sec-lead excluded true']);
    expect(told.next?.asking).toBe(2);
  });
});

describe('a restore that lapses, and a confirmation', () => {
  const off = seen([newer(), older('Inactive')]);
  const waiting = (at: string, more: object = {}) =>
    inGrace(
      { restoring: { ...restoringSince(at), ...more } },
      { decision: null, phase: 'awaiting-decision' },
    );

  test.each([
    ['too late', waiting(plus(NOW, -8 * DAY)), UNRESTRICTED, 'expired true'],
    [
      'whose author was revoked',
      waiting(NOW, { proof: 'f'.repeat(64) }),
      revoked('sec-lead'),
      'not-an-approver false',
    ],
  ])('%s', (_what, current, control, expected) => {
    expect(drops(judged({ current, observed: off, control }))).toEqual([`restore sec-lead ${expected}`]);
  });

  const over = {
    deactivated: plus(NOW, -8 * DAY),
    graceEnds: plus(NOW, -DAY),
    ...toldOf(plus(NOW, -2 * DAY)),
  };
  const confirmable = (more: Partial<Case> = {}): Case =>
    inGrace(over, {
      phase: 'awaiting-confirmation',
      decision: aDecision({
        at: plus(NOW, -8 * DAY),
        terms: { grace: 7 * DAY, deletion: 'on-confirmation' },
      }),
      ...more,
    });
  const CONFIRM: DecisionRequest['ask'] = { kind: 'confirm', keys: [OLDER] };

  test('of somebody who was revoked is asked for again at once, and the others are told why', () => {
    const judgement = judged({
      current: confirmable(),
      observed: off,
      policy: ON,
      control: revoked('sec-lead'),
      request: asked(confirmable(), CONFIRM),
    });
    expect(drops(judgement)).toEqual(['confirm sec-lead not-an-approver false']);
    expect(judgement.next?.owed).toContainEqual(expect.objectContaining({ kind: 'confirm-deletion' }));
  });

  test('of somebody else that is invalid waits for the next reminder', () => {
    const request = asked(confirmable(), CONFIRM, { expires: plus(NOW, -DAY) });
    const judgement = judged({ current: confirmable(), observed: off, policy: ON, request });
    expect(drops(judgement)).toEqual(['confirm sec-lead not-valid true']);
    expect(judgement.next?.owed).toEqual([]);
  });

  test('that lapses before the deletion is committed', () => {
    const decision = {
      ...(confirmable().decision ?? aDecision()),
      confirmed: confirmedAt(plus(NOW, -8 * DAY)),
    };
    const proved = { ...decision, confirmed: { ...decision.confirmed, proof: 'e'.repeat(64) } };
    const known = judged({ current: confirmable({ decision: proved }), observed: off, policy: ON });
    expect(known.next?.dropped).toMatchObject([{ digest: 'e'.repeat(64), why: 'expired' }]);
    const judgement = judged({ current: confirmable({ decision }), observed: off, policy: ON });
    expect(drops(judgement)).toEqual(['confirm sec-lead expired true']);
  });

  test('in the pass in which a key of ours was reactivated by hand', () => {
    const request = asked(confirmable(), CONFIRM);
    const judgement = judged({ current: confirmable(), observed: both, policy: ON, request });
    expect(drops(judgement)).toEqual(['confirm sec-lead keys-changed true']);
  });
});

describe('the mail about it', () => {
  const current = aCase({ dropped: [aDrop(), aDrop({ by: 'platform-lead' }), aDrop({ number: 2 })] });

  test('is owed to whoever gave the answer, under the same address, in this case', () => {
    const [lead, other] = POLICY.approvers;
    expect(lead === undefined ? [] : droppedOf(current, lead)).toEqual([aDrop()]);
    expect(other === undefined ? [] : droppedOf(current, other)).toEqual([]);
    expect([owesMail(current), owesReason(aCase()), owesMail(aCase())]).toEqual([true, false, false]);
    expect(owesReason(aCase({ dropped: [aDrop({ number: 2 })] }))).toBe(false);
  });

  test('is given by any mail that they accept', () => {
    const next = struckOff(current, [{ kind: 'reminder', recipient: 'sec-lead' }], NOW, POLICY, UNRESTRICTED);
    expect(next.dropped?.map(({ owed }) => owed)).toEqual([false, true, false]);
    expect(struckOff(aCase(), [], NOW, POLICY, UNRESTRICTED)).not.toHaveProperty('dropped');
  });

  test('is given by a digest only if that names the answer', () => {
    const drops = [aDrop({ pooled: true }), aDrop({ pooled: true, at: NOW })];
    const given = ({ at }: DroppedAnswer) => at === NOW;
    const reminder = [{ kind: 'reminder' as const, recipient: 'sec-lead' }];
    const next = struckOff(aCase({ dropped: drops }), reminder, NOW, POLICY, UNRESTRICTED, { given });
    expect(next.dropped?.map(({ owed }) => owed)).toEqual([true, false]);
  });

  test('is not owed while it waits for a digest, in whose list a closed case stays', () => {
    const dropped = withReasonsPooled({ dropped: [aDrop(), aDrop({ owed: false, at: NOW })] }, ['sec-lead']);
    expect(dropped).toEqual([aDrop({ pooled: true }), aDrop({ owed: false, at: NOW })]);
    expect(withReasonsPooled({ dropped: [aDrop()] }, ['platform-lead'])).toEqual([aDrop()]);
    expect(withReasonsPooled({}, ['sec-lead'])).toEqual([]);
    const closed = aCase({ phase: 'closed', dropped });
    expect([owesMail(closed), reasonsPooledIn(closed)]).toEqual([false, dropped.slice(0, 1)]);
    expect(listRank(closed, POLICY)).toBe(`6#${closed.opened}`);
    expect(listRank(aCase({ phase: 'closed', dropped: [aDrop()] }), POLICY)).toBeNull();
  });

  test('moves to the next case of the user if it is still owed', () => {
    const dropped = [aDrop({ pooled: true }), aDrop({ at: NOW, owed: false })];
    const next = [aDrop({ pooled: true, number: 4, asking: 0 }), aDrop({ at: NOW, owed: false })];
    expect(inNextCase({ dropped }, 4)).toEqual(next);
    expect(inNextCase({ dropped }, 3)).toEqual(dropped);
    expect(inNextCase({}, 3)).toEqual([]);
  });

  test.each([
    [aCase(), 'enforce', 'decide'],
    [aCase({ phase: 'held', heldFor: 'unknown' }), 'enforce', null],
    [aCase({ excluded: true }), 'enforce', null],
    [aCase({ phase: 'closed' }), 'enforce', null],
    [aCase(), 'observe', null],
  ] as const)('has a link where one helps', (one, mode, purpose) => {
    expect(reasonLinkPurpose(one, { ...POLICY, mode })).toBe(purpose);
  });

  test('is sent once for one answer, and the newest five are kept', () => {
    const once = withDropped({ dropped: [aDrop()] }, aDrop({ why: 'expired' }));
    expect(once).toEqual([aDrop()]);
    const many = [1, 2, 3, 4, 5].map((n) => aDrop({ at: plus(NOW, n * MINUTE), owed: false }));
    expect(withDropped({ dropped: many }, aDrop({ at: plus(NOW, HOUR) }))).toHaveLength(5);
    expect(withReasonGiven({}, () => true)).toEqual([]);
  });
});

test('a reason that is still owed is told in the next case of the user, and one that was given stays behind', () => {
  const [owed, given] = [aDrop({ owed: true }), aDrop({ owed: false, digest: 'b'.repeat(64) })];
  const closed = { phase: 'closed', closedAs: 'by-owner', phaseSince: plus(NOW, -2 * DAY) } as const;
  const before = aCase({ ...closed, dropped: [owed, given] });
  const { next } = judged({ current: before });
  expect(next?.number).toBe(before.number + 1);
  expect(next?.dropped).toEqual([{ ...owed, number: before.number + 1, asking: 0 }, given]);
});
