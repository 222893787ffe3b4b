import { describe, expect, test } from 'vitest';
import { isAlarmed } from '../../../functions/core/case/alarmed-key.ts';
import type { Case } from '../../../functions/core/case/case.ts';
import { acknowledgesUse } from '../../../functions/core/case/decision.ts';
import { linkPurpose, reasonLinkPurpose } from '../../../functions/core/case/notices.ts';
import { neededFor, proves } from '../../../functions/core/judge/proof.ts';
import { UNRESTRICTED } from '../../../functions/core/model/policy.ts';
import { HOUR, MINUTE, plus } from '../../../functions/core/model/time.ts';
import {
  aCase,
  aDecision,
  inGrace,
  NEWER,
  NOW,
  newer,
  OLDER,
  older,
  POLICY,
  used,
} from '../../fakes/cases.ts';
import { asked, judged, seen } from './scene.ts';

const KEEP = { kind: 'keep' as const, keep: NEWER, off: [OLDER], acknowledged: [] };
const WHY = { reason: 'compromised' as const };
const approved = (more = {}): Case =>
  aCase({ phase: 'approved', decision: aDecision({ ...WHY, ...more }), asking: 2 });
const inUse = seen([newer(), { ...older(), lastUsed: used(plus(NOW, -MINUTE)) }]);

describe('an answer that says "compromised"', () => {
  test('acknowledges every use of the keys that it deactivates', () => {
    const action = { kind: 'deactivate', keyId: OLDER };
    expect(judged({ current: approved(), observed: inUse }).action).toEqual(action);
    const unread = seen([newer(), { ...older(), lastUsed: { kind: 'not-read' } }]);
    expect(judged({ current: approved(), observed: unread }).action).toEqual(action);
  });

  test('is the only reason that does, and for no other key', () => {
    const other = judged({ current: approved({ reason: 'unused' }), observed: inUse });
    expect([other.action, other.next?.askedAgain?.code]).toEqual([null, 'in-use']);
    const unlisted = approved({ deactivate: [], remove: [OLDER] });
    expect(judged({ current: unlisted, observed: inUse }).action).toBeNull();
  });

  test('says nothing of the use of the key that is kept', () => {
    expect(acknowledgesUse(aDecision(WHY), OLDER)).toBe(true);
    expect(acknowledgesUse(aDecision(WHY), NEWER)).toBe(false);
    expect(acknowledgesUse(aDecision({ acknowledged: [NEWER] }), NEWER)).toBe(true);
  });

  test('does not wait for a rotation', () => {
    const current = aCase({ phase: 'rotating', rotationFrom: plus(NOW, -HOUR) });
    const request = asked(current, { ...KEEP, ...WHY });
    expect(judged({ current, request }).action).toEqual({ kind: 'deactivate', keyId: OLDER });
  });

  test('waits for a pause and for the budget like any other', () => {
    const control = { pauses: [{ from: plus(NOW, -HOUR), to: null }], revoked: [] };
    expect(judged({ current: approved(), control }).action).toBeNull();
    expect(judged({ current: approved(), budgetSpent: true }).action).toBeNull();
  });

  test('is proved with its reason', () => {
    const at = plus(NOW, -MINUTE);
    const current = approved({ at });
    const action = { kind: 'deactivate' as const, keyId: OLDER };
    const [wanted] = neededFor(current, action, POLICY) ?? [];
    const by = { recipient: 'platform-lead', address: aDecision().address };
    const proved = (ask: Parameters<typeof asked>[1]) =>
      wanted !== undefined &&
      proves(current, action, wanted, asked(current, ask, by, { digest: '0'.repeat(64), at }), {
        policy: POLICY,
        control: UNRESTRICTED,
        now: NOW,
      });
    expect(proved({ ...KEEP, ...WHY })).toBe(true);
    expect(proved(KEEP)).toBe(false);
    expect(proved({ ...KEEP, reason: 'unused' })).toBe(false);
  });
});

describe('its keys', () => {
  test('are remembered, without the one that is kept', () => {
    const { next } = judged({ request: asked(aCase(), { ...KEEP, ...WHY }) });
    expect(next?.compromised).toEqual([OLDER]);
    expect(judged({ request: asked(aCase(), KEEP) }).next).not.toHaveProperty('compromised');
  });

  test('stay so under later answers, until somebody keeps one', () => {
    const current = aCase({ compromised: [OLDER, 'AKIAGONE'] });
    const later = judged({ current, request: asked(current, KEEP) });
    expect(later.next?.compromised).toEqual([OLDER]);
    const kept = { ...KEEP, keep: OLDER, off: [NEWER], acknowledged: [NEWER] };
    expect(judged({ current, request: asked(current, kept) }).next?.compromised).toEqual([]);
  });

  test('are alarmed, like those that an unexpected creator made', () => {
    const by = (createdBy: string, answered = {}) => ({ [OLDER]: { createdBy, at: NOW, ...answered } });
    expect(isAlarmed(aCase(), OLDER, POLICY)).toBe(false);
    expect(isAlarmed(aCase({ compromised: [OLDER] }), OLDER, POLICY)).toBe(true);
    expect(isAlarmed(aCase({ compromised: [NEWER] }), OLDER, POLICY)).toBe(false);
    const strict = { ...POLICY, trustedCreators: [] };
    expect(isAlarmed(aCase({ origins: by('user/mallory') }), OLDER, strict)).toBe(true);
    expect(isAlarmed(aCase({ origins: by('user/ci-deploy') }), OLDER, strict)).toBe(false);
    expect(isAlarmed(aCase({ origins: by('user/mallory', { answered: NOW }) }), OLDER, strict)).toBe(false);
  });

  test('have no link to restore in a mail, but the one to the page of their case', () => {
    const alarmed = inGrace({}, { compromised: [OLDER] });
    expect(linkPurpose('deactivated', alarmed, POLICY)).toBe('decide');
    expect(linkPurpose('deletion-announced', alarmed, POLICY)).toBe('decide');
    expect(linkPurpose('deactivated', inGrace({}, { compromised: [NEWER] }), POLICY)).toBe('restore');
    expect(linkPurpose('closed', { ...alarmed, phase: 'closed' }, POLICY)).toBeNull();
    const held = { ...alarmed, phase: 'held' as const, heldFor: 'no-active-key' as const };
    expect(linkPurpose('held', held, POLICY)).toBe('decide');
    expect(reasonLinkPurpose(held, POLICY)).toBe('decide');
    expect(reasonLinkPurpose({ ...held, compromised: [] }, POLICY)).toBe('restore');
  });
});
