import { describe, expect, test } from 'vitest';
import type { Case } from '../../../functions/core/case/case.ts';
import type { DecisionRequest, NewCaseClaim } from '../../../functions/core/case/requests.ts';
import type { Situation } from '../../../functions/core/judge/situation.ts';
import { DAY, HOUR, MINUTE, plus } from '../../../functions/core/model/time.ts';
import {
  aCase,
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
} from '../../fakes/cases.ts';
import { asked, codes, judged, progressOf, seen } from './scene.ts';

const KEEP: DecisionRequest['ask'] = { kind: 'keep', keep: NEWER, off: [OLDER], acknowledged: [] };
const BACK: DecisionRequest['ask'] = { kind: 'restore', keys: [OLDER] };

/** What judgement says of a request: the refusal's reason, or what it led to. */
function answer(
  ask: DecisionRequest['ask'],
  claim: Partial<NewCaseClaim> | null,
  more: {
    readonly current?: Case;
    readonly request?: Partial<DecisionRequest>;
    readonly situation?: Partial<Situation>;
  } = {},
) {
  const current = more.current ?? aCase();
  const request = asked(current, ask, claim, more.request);
  const judgement = judged({ current, observed: seen(current.keys), request, ...more.situation });
  const refused = judgement.events.find(({ code }) => code === 'request-refused');
  return {
    said: refused?.detail ?? codes(judgement).find((code) => code === 'decided' || code === 'restore-asked'),
    judgement,
  };
}

describe('a request', () => {
  test('signed, for this case, by an approver, in time, on these keys, is the decision', () => {
    const { said, judgement } = answer(KEEP, {});
    expect(said).toBe('decided');
    expect(judgement.next?.decision).toMatchObject({
      by: 'sec-lead',
      keep: NEWER,
      deactivate: [OLDER],
      remove: [OLDER],
      shownActive: [NEWER, OLDER],
    });
    expect(judgement.next?.asking).toBe(2);
    expect(judgement.action).toEqual({ kind: 'deactivate', keyId: OLDER });
  });

  test.each<[string, DecisionRequest['ask'], Partial<NewCaseClaim> | null, Parameters<typeof answer>[2]]>([
    ['not-signed', KEEP, null, {}],
    ['other-case', KEEP, { caseNumber: 2 }, {}],
    ['other-case', KEEP, { userId: 'AIDASOMEBODYELSE00000' }, {}],
    ['other-case', KEEP, { account: '999999999999' }, {}],
    ['wrong-purpose', KEEP, { purpose: 'restore' }, {}],
    ['wrong-purpose', KEEP, { purpose: 'view' }, {}],
    ['wrong-purpose', KEEP, { purpose: 'view' }, { situation: { policy: { ...POLICY, mode: 'observe' } } }],
    ['wrong-purpose', BACK, { purpose: 'view' }, { current: inGrace() }],
    ['not-an-approver', KEEP, { recipient: 'nobody' }, {}],
    ['not-an-approver', KEEP, { address: '0'.repeat(16) }, {}],
    ['not-an-approver', KEEP, {}, { situation: { control: { pauses: [], revoked: ['sec-lead'] } } }],
    ['link-expired', KEEP, { expires: plus(NOW, -HOUR) }, {}],
    ['from-the-future', KEEP, {}, { request: { at: plus(NOW, HOUR) } }],
    ['too-old', KEEP, {}, { request: { at: plus(NOW, -POLICY.decisionValid - 1) } }],
    ['observe-mode', KEEP, {}, { situation: { policy: { ...POLICY, mode: 'observe' } } }],
    ['not-these-keys', { ...KEEP, off: [] }, {}, {}],
    ['not-these-keys', { ...KEEP, off: [THIRD] }, {}, {}],
    ['not-these-keys', { ...KEEP, off: [OLDER, THIRD] }, {}, {}],
    ['not-these-keys', { ...KEEP, keep: THIRD, off: [NEWER, OLDER] }, {}, {}],
    ['not-signed', BACK, null, { current: inGrace() }],
    ['not-these-keys', { kind: 'restore', keys: [] }, {}, { current: inGrace() }],
    ['not-these-keys', { kind: 'restore', keys: [NEWER] }, {}, { current: inGrace() }],
    ['too-late', BACK, {}, { current: inGrace({ deleting: plus(NOW, -60) }, { phase: 'deleting' }) }],
  ])('is refused: %s', (why, ask, claim, more) => {
    const current = more?.current ?? aCase();
    const { said, judgement } = answer(ask, claim, more);
    expect(said).toBe(why);
    // The place is free again: the same facts are now asked under another digest.
    expect(judgement.next?.asking).toBe(current.asking + 1);
    expect(judgement.next?.decision).toEqual(current.decision);
  });

  test('for facts that are no longer so counts for nothing, and is not even looked at', () => {
    const current = aCase();
    const request = asked(current, KEEP);
    const third = seen([newer(), older(), key(THIRD, 'Active', { created: plus(NOW, -20 * DAY) })]);
    const judgement = judged({ current, observed: third, request });
    expect(judgement.next?.decision).toBeNull();
    expect(judgement.next?.askedAgain).toEqual({ code: 'keys-changed' });
  });

  test('to bring a key back holds although another key came', () => {
    const current = inGrace();
    const keys = [newer(), older('Inactive'), key(THIRD)];
    const judgement = judged({
      current,
      observed: seen(keys),
      request: asked(current, BACK, { purpose: 'restore' }),
    });
    expect(judgement.action).toEqual({ kind: 'reactivate', keyId: OLDER });
    expect(progressOf(judgement, OLDER)?.restoring).toMatchObject({
      ...restoringSince(plus(NOW, -MINUTE)),
      proof: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  test('to bring a key back made on quite other facts is not found', () => {
    const current = inGrace();
    const request = asked({ ...current, asking: 99 }, BACK);
    expect(judged({ current, observed: seen(current.keys), request }).rule).toBe('carry-on');
  });
});

describe('a restore', () => {
  const current = inGrace(
    { restoring: restoringSince(plus(NOW, -60)) },
    { decision: null, toldAt: null, askedAgain: { code: 'restored', by: 'sec-lead' } },
  );
  const still = seen([newer(), older('Inactive')]);

  test('is tried again later, not twice in one pass', () => {
    const action = { kind: 'reactivate' as const, keyId: OLDER };
    expect(judged({ current, observed: still, last: { action, outcome: 'done' } }).action).toBeNull();
    expect(
      judged({ current, observed: still, last: { action: { ...action, keyId: THIRD }, outcome: 'done' } })
        .action,
    ).toEqual(action);
    expect(judged({ current, observed: still }).action).toEqual(action);
    expect(
      judged({
        current,
        observed: still,
        last: { action: { kind: 'delete', keyId: OLDER }, outcome: 'done' },
      }).action,
    ).toEqual(action);
  });

  test('seen, leads to a new question', () => {
    const judgement = judged({ current, observed: seen([newer(), older()]) });
    expect(judgement.next).toMatchObject({ phase: 'awaiting-decision', progress: {} });
    expect(judgement.next?.owed.map(({ kind }) => kind)).toContain('restored');
  });

  test('that IAM forbids us is a matter for a person', () => {
    const judgement = judged({ current, observed: still, policy: { ...POLICY, mode: 'observe' } });
    expect(judgement).toMatchObject({
      rule: 'restore',
      action: null,
      next: { phase: 'held', heldFor: 'restore-by-hand' },
    });
  });

  test('does not wait for the end of a pause', () => {
    const control = { pauses: [{ from: plus(NOW, -HOUR), to: null }], revoked: [] };
    expect(judged({ current, observed: still, control }).action).toEqual({
      kind: 'reactivate',
      keyId: OLDER,
    });
  });
});
