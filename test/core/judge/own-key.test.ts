/** Nobody approves their own key: proved again by judgement, whatever a page let through. */
import { describe, expect, it } from 'vitest';
import type { Case } from '../../../functions/core/case/case.ts';
import type { DecisionRequest } from '../../../functions/core/case/requests.ts';
import { addressMark as mark } from '../../../functions/core/case/requests.ts';
import type { Policy } from '../../../functions/core/model/policy.ts';
import { UNRESTRICTED } from '../../../functions/core/model/policy.ts';
import { administrator, anAbout } from '../../fakes/about.ts';
import { aCase, aDecision, key, NEWER, NOW, newer, OLDER, older, POLICY } from '../../fakes/cases.ts';
import { asked, codes, judged, judgedAgain, result, seen } from './scene.ts';

const KEEP: DecisionRequest['ask'] = { kind: 'keep', keep: NEWER, off: [OLDER], acknowledged: [] };
const KEEP_OTHER: DecisionRequest['ask'] = { kind: 'keep', keep: OLDER, off: [NEWER], acknowledged: [NEWER] };
const NONE: DecisionRequest['ask'] = { kind: 'none', off: [NEWER, OLDER], acknowledged: [NEWER] };

const policy: Policy = {
  ...POLICY,
  approvers: POLICY.approvers.map((one) =>
    one.id === 'sec-lead' ? { ...one, principals: ['arn:aws:iam::*:user/sam'] } : one,
  ),
};
const bySam = { [NEWER]: { createdBy: 'user/sam', at: NOW } };
const own = aCase({ origins: bySam });

const given = (ask: DecisionRequest['ask'], more: object = {}, current: Case = own) =>
  judged({ current, policy, request: asked(current, ask), ...more });

describe('an answer that keeps a key of its author', () => {
  const judgement = given(KEEP);

  it('does not become the decision, and everybody is asked again', () => {
    expect(result(judgement)).toMatchObject({ phase: 'awaiting-decision', action: null, decided: false });
    expect(judgement.events).toContainEqual({ code: 'request-refused', detail: 'own-key', by: 'sec-lead' });
    expect(judgement.next?.asking).toBe(2);
    const to = judgement.next?.owed.map(({ kind, recipient }) => `${kind} ${recipient}`);
    expect(to).toEqual(['detected *', 'detected sec-lead', 'detected platform-lead']);
  });

  it('is on record as dropped, as a release can read it that does not know the reason', () => {
    expect(judgement.next?.dropped).toMatchObject([
      { why: 'not-valid', ownKey: true, by: 'sec-lead', kind: 'keep', owed: true },
    ]);
  });

  it('counts if another approver gives it', () => {
    const other = asked(own, KEEP, { recipient: 'platform-lead', address: mark('platform@example.com') });
    const decided = judged({ current: own, policy, request: other });
    expect(result(decided)).toMatchObject({ action: 'deactivate 3QXK', decided: true });
    expect(decided.next?.decision).not.toHaveProperty('selfApproved');
  });

  it('counts if no other approver is left, and then it is said so', () => {
    const alone = given(KEEP, { control: { ...UNRESTRICTED, revoked: ['platform-lead'] } });
    expect(result(alone)).toMatchObject({ action: 'deactivate 3QXK', decided: true });
    expect(alone.next?.decision).toMatchObject({ by: 'sec-lead', selfApproved: true });
  });

  it('counts if the settings allow it, as nothing worth saying', () => {
    const free = given(KEEP, { policy: { ...policy, selfApproval: true } });
    expect(result(free)).toMatchObject({ action: 'deactivate 3QXK', decided: true });
    expect(free.next?.decision).not.toHaveProperty('selfApproved');
  });

  it('is also refused if only the event of this very pass says who created the key', () => {
    const now = given(KEEP, { origin: { keyId: NEWER, createdBy: 'user/sam', at: NOW } }, aCase());
    expect(now.events).toContainEqual({ code: 'request-refused', detail: 'own-key', by: 'sec-lead' });
  });
});

describe('no other answer of that person is refused', () => {
  it.each([
    ['to keep another key', KEEP_OTHER],
    ['to keep none', NONE],
  ])('%s', (_what, ask) => {
    expect(codes(given(ask)).some((code) => code === 'decided' || code === 'none-decided')).toBe(true);
  });
});

describe('a decision that is not begun', () => {
  const decision = aDecision({ by: 'sec-lead', address: mark('security@example.com'), carriedOutAt: null });
  const waiting = (more: Partial<Case> = {}) => aCase({ phase: 'approved', decision, ...more });

  it('falls when it turns out that its author created the key, and everybody is asked', () => {
    const late = judged({ current: waiting({ origins: bySam }), policy });
    expect(result(late)).toMatchObject({ phase: 'awaiting-decision', action: null, decided: false });
    expect(late.events).toContainEqual({ code: 'decision-void', detail: 'own-key', by: 'sec-lead' });
    expect(late.next?.dropped).toMatchObject([{ why: 'not-valid', ownKey: true, by: 'sec-lead' }]);
    expect(late.next?.askedAgain).toBeNull();
    expect(result(judgedAgain(late, { policy })).owed).toEqual(['detected']);
  });

  it('stands if that was known, because nobody else could be reached', () => {
    const current = waiting({ origins: bySam, decision: { ...decision, selfApproved: true } });
    expect(result(judged({ current, policy })).action).toBe('deactivate 3QXK');
  });

  it('stands once it is begun: a person relies on what was carried out', () => {
    const third = key('AKIAI44QH8DHBEX1R7WZ');
    const begun = {
      ...decision,
      carriedOutAt: NOW,
      deactivate: [OLDER, third.id],
      remove: [OLDER, third.id],
      shownActive: [NEWER, OLDER, third.id],
    };
    const keys = [newer(), older(), third];
    const current = waiting({ origins: bySam, decision: begun, keys });
    expect(judged({ current, policy, observed: seen(keys) }).action?.kind).toBe('deactivate');
  });
});

describe('whoever is not mailed', () => {
  const quiet: Policy = {
    ...POLICY,
    approvers: POLICY.approvers.map((one) => (one.id === 'platform-lead' ? { ...one, mail: 'none' } : one)),
  };
  const owedTo = (judgement: ReturnType<typeof judged>) =>
    judgement.next?.owed.map(({ recipient }) => recipient);
  const carried = aCase({
    phase: 'approved',
    decision: aDecision({ carriedOutAt: NOW }),
    keys: [newer(), older()],
    progress: { [OLDER]: { deactivating: NOW } },
  });
  const done = (besides: object) =>
    judged({
      current: carried,
      policy: quiet,
      observed: seen([newer(), older('Inactive')]),
      last: { action: { kind: 'deactivate', keyId: OLDER }, outcome: 'done' },
      ...besides,
    });

  it('gets no ordinary notice, and one that was owed before is dropped', () => {
    expect(owedTo(done({}))).toEqual(['*', 'sec-lead']);
    const owed = [{ kind: 'detected' as const, recipient: 'platform-lead', since: NOW }];
    expect(owedTo(judged({ current: aCase({ owed }), policy: quiet }))).toEqual([]);
  });

  it('is told at once that keys of an administrator were deactivated', () => {
    const about = anAbout({ privilege: administrator('AdministratorAccess') });
    expect(owedTo(done({ besides: { about } }))).toEqual(['*', 'sec-lead', 'platform-lead']);
    expect(owedTo(done({ besides: { about: anAbout() } }))).toEqual(['*', 'sec-lead']);
    expect(owedTo(done({ besides: { about: anAbout({ privilege: { kind: 'unknown' } }) } }))).toEqual([
      '*',
      'sec-lead',
    ]);
  });
});
