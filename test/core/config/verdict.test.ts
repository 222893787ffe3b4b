import { describe, expect, it } from 'vitest';
import type { Case, Phase } from '../../../functions/core/case/case.ts';
import { showsOtherwise, type Verdict, verdictOf } from '../../../functions/core/config/verdict.ts';
import type { ObservedKey } from '../../../functions/core/model/observation.ts';
import type { Control, Policy } from '../../../functions/core/model/policy.ts';
import { DAY, plus } from '../../../functions/core/model/time.ts';
import { aCase, aDecision, key, NEWER, NOW, newer, OLDER, older, POLICY, THIRD } from '../../fakes/cases.ts';
import { HOSTILE_TAGS } from '../../fakes/hostile.ts';

const OPEN: Control = { pauses: [], revoked: [] };

interface Given {
  readonly keys?: readonly ObservedKey[];
  readonly excluded?: boolean;
  readonly current?: Case | null;
  readonly policy?: Partial<Policy>;
  readonly control?: Control;
}

function verdict({ keys, excluded = false, current = aCase(), policy = {}, control = OPEN }: Given): Verdict {
  const judged = { keys: keys ?? current?.keys ?? [newer(), older()], excluded, current };
  return verdictOf(judged, { policy: { ...POLICY, ...policy }, control, now: NOW });
}

const KEYS = '2 active keys: ...MPLE (used 2026-11-23), ...3QXK (used 2026-10-11).';
const inGrace = (more: Partial<Case> = {}) =>
  aCase({
    phase: 'grace',
    keys: [newer(), older('Inactive')],
    decision: aDecision({ carriedOutAt: NOW }),
    progress: { [OLDER]: { deactivated: NOW, graceEnds: plus(NOW, 7 * DAY) } },
    ...more,
  });
const unread = (found: ObservedKey): ObservedKey => ({ ...found, lastUsed: { kind: 'not-read' } });

describe('several active keys are NON_COMPLIANT, and the sentence says what goes on', () => {
  const told = (phase: Phase, more: Partial<Case> = {}, given: Given = {}) =>
    verdict({ current: aCase({ phase, ...more }), ...given });
  const waits = `${KEYS} Waiting for a decision by sec-lead or platform-lead`;
  const proposal = 'Proposal: keep ...MPLE, deactivate ...3QXK.';

  it.each<[string, Verdict, string]>([
    ['without a case', verdict({ current: null }), `${KEYS} Not recorded yet; Solekey is checking.`],
    [
      'a closed case',
      told('closed', { closedAs: 'by-owner' }),
      `${KEYS} Not recorded yet; Solekey is checking.`,
    ],
    ['awaiting a decision', told('awaiting-decision'), `${waits}. ${proposal}`],
    [
      'a stranger made the key in use, so nothing is proposed',
      told(
        'awaiting-decision',
        { origins: { [NEWER]: { createdBy: 'user/mallory', at: NOW } } },
        { policy: { trustedCreators: [] } },
      ),
      `${waits}.`,
    ],
    [
      'with an escalation to come',
      told('awaiting-decision', { toldAt: NOW }, { policy: { escalation: ['sec-lead'] } }),
      `${waits}; escalates 2026-11-30. ${proposal}`,
    ],
    [
      'nobody told yet',
      told('awaiting-decision', { toldAt: null }, { policy: { escalation: ['sec-lead'] } }),
      `${waits}. ${proposal}`,
    ],
    [
      'escalated',
      told(
        'awaiting-decision',
        { toldAt: NOW, escalatedAt: plus(NOW, -DAY) },
        { policy: { escalation: ['sec-lead'] } },
      ),
      `${waits}; escalated 2026-11-22. ${proposal}`,
    ],
    [
      'overdue',
      told(
        'awaiting-decision',
        { toldAt: plus(NOW, -45 * DAY), escalatedAt: plus(NOW, -38 * DAY) },
        { policy: { escalation: ['sec-lead'] } },
      ),
      `${KEYS} Overdue since 2026-11-08. ${waits.slice(KEYS.length + 1)}; escalated 2026-10-16. ${proposal}`,
    ],
    [
      'held, and overdue',
      told('held', {
        heldFor: 'used-after-deactivation',
        toldAt: plus(NOW, -45 * DAY),
        phaseSince: plus(NOW, -45 * DAY),
      }),
      `${KEYS} Overdue since 2026-11-08. On hold: a key was used after it was deactivated, so it is not deleted.`,
    ],
    [
      'every approver revoked',
      told(
        'awaiting-decision',
        {},
        { control: { pauses: [], revoked: POLICY.approvers.map(({ id }) => id) } },
      ),
      `${KEYS} Waiting for a decision by an approver. ${proposal}`,
    ],
    [
      'last uses not read',
      verdict({ keys: [unread(newer()), unread(older())] }),
      '2 active keys: ...MPLE, ...3QXK. Waiting for a decision by sec-lead or platform-lead.',
    ],
    [
      'a third key that is off, of which nobody read the last use',
      verdict({ keys: [newer(), older(), unread(key(THIRD, 'Inactive'))] }),
      `${waits}. ${proposal}`,
    ],
    [
      'never used',
      verdict({ keys: [key(NEWER), key(OLDER)], current: null }),
      '2 active keys: ...MPLE (no use known), ...3QXK (no use known). Not recorded yet; Solekey is checking.',
    ],
    [
      'observe mode',
      told('awaiting-decision', {}, { policy: { mode: 'observe' } }),
      `${KEYS} Observe mode: no key is changed. ${proposal}`,
    ],
    [
      'outside `only`',
      told(
        'awaiting-decision',
        { outside: true },
        { policy: { mode: { only: { tag: null, users: ['svc/*'] } } } },
      ),
      `${KEYS} Outside the setting "only": Solekey changes no key of this user. ${proposal}`,
    ],
    [
      'rotating',
      told('rotating', { rotationFrom: NOW }),
      `${KEYS} Rotation window until 2026-11-30 16:10 UTC; no action needed before.`,
    ],
    [
      'approved',
      told('approved', { decision: aDecision() }),
      `${KEYS} Decided by platform-lead on 2026-11-23: keep ...MPLE; the other keys are being deactivated.`,
    ],
    [
      'approved while paused',
      told(
        'approved',
        { decision: aDecision() },
        { control: { pauses: [{ from: NOW, to: null }], revoked: [] } },
      ),
      `${KEYS} Decided by platform-lead on 2026-11-23: keep ...MPLE; nothing is deactivated while Solekey is paused.`,
    ],
    [
      'approved, and the decision void',
      told('approved', { decision: null }),
      `${KEYS} No longer as decided; Solekey is checking again.`,
    ],
    [
      'an exception',
      told('exception'),
      `${KEYS} An exception allows this until a date and then ends on its own.`,
    ],
    ['grace', told('grace'), `${KEYS} No longer as decided; Solekey is checking again.`],
    [
      'held',
      told('held', { heldFor: 'used-after-deactivation' }),
      `${KEYS} On hold: a key was used after it was deactivated, so it is not deleted.`,
    ],
    [
      'excluded',
      told('excluded', {}, { excluded: true }),
      `${KEYS} Excluded by tag or settings: Solekey never changes this user.`,
    ],
  ])('%s', (_, found, annotation) => {
    expect(found).toEqual({ compliance: 'NON_COMPLIANT', annotation });
    expect(annotation.length).toBeLessThanOrEqual(256);
  });

  it('held for no known reason is checked again', () => {
    expect(told('held', { heldFor: null }).annotation).toContain('Solekey is checking again.');
  });

  it('excluded users count as compliant where the settings say so, with the same sentence', () => {
    const found = verdict({ excluded: true, policy: { exclusionsCountAsCompliant: true } });
    expect(found.compliance).toBe('COMPLIANT');
    expect(found.annotation).toContain('Excluded by tag or settings');
    expect(verdict({ policy: { exclusionsCountAsCompliant: true } }).compliance).toBe('NON_COMPLIANT');
  });

  it('names three approvers at most', () => {
    const approvers = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id, name: id, email: `${id}@x.org` }));
    expect(verdict({ policy: { approvers } }).annotation).toContain('by a or b or c or 2 more.');
  });

  it('leaves out what has no room, the proposal first, then the last uses, and at last cuts', () => {
    const many = (count: number) =>
      Array.from({ length: count }, (_, n) =>
        key(`AKIAIOSFODNN7EXAM${String(n).padStart(3, '0')}`, 'Active', { lastUsed: newer().lastUsed }),
      );
    const five = verdict({ keys: many(5) }).annotation ?? '';
    expect(five).toMatch(/^5 active keys: \.\.\.M000 \(used 2026-11-23\),.* Waiting for .*\.$/);
    const eight = verdict({ keys: many(8) }).annotation ?? '';
    expect(eight).toMatch(/^8 active keys: \.\.\.M000, .*M007\. Waiting for a decision by .*\.$/);
    const fifty = verdict({ keys: many(50) }).annotation ?? '';
    expect(fifty).toMatch(/^50 active keys: .*\.\.\.$/);
    expect(fifty).toHaveLength(256);
    expect([five, eight, fifty].every((text) => /^[\x20-\x7e]{1,256}$/.test(text))).toBe(true);
  });
});

describe('at most one active key is COMPLIANT', () => {
  const off = '1 active key: ...MPLE. ...3QXK is inactive';
  it.each<[string, Given, string | null]>([
    ['without a case', { current: null, keys: [newer()] }, null],
    ['all keys off', { current: null, keys: [newer('Inactive'), older('Inactive')] }, null],
    ['an open case with nothing of ours', { keys: [newer()] }, null],
    ['a closed case', { current: inGrace({ phase: 'closed' }) }, null],
    ['grace', { current: inGrace() }, `${off} and will be deleted 2026-11-30.`],
    [
      'paused',
      { current: inGrace(), control: { pauses: [{ from: NOW, to: null }], revoked: [] } },
      `${off}; nothing is deleted while Solekey is paused.`,
    ],
    [
      'deletion on confirmation',
      { current: inGrace(), policy: { deletion: 'on-confirmation' } },
      `${off} and will be deleted only if a person confirms it.`,
    ],
    [
      'awaiting that confirmation',
      { current: inGrace({ phase: 'awaiting-confirmation' }) },
      `${off} and will be deleted only if a person confirms it.`,
    ],
    [
      'never deleted',
      { current: inGrace(), policy: { deletion: 'never' } },
      `${off} and will not be deleted.`,
    ],
    [
      'asked about one',
      { current: inGrace({ decision: null }) },
      `${off}; there is no decision yet on what happens next.`,
    ],
    [
      'held',
      { current: inGrace({ phase: 'held', heldFor: 'unknown' }) },
      `${off}. On hold: IAM cannot be read for this user or refuses changes, so a person needs to check.`,
    ],
    [
      'none active',
      { current: inGrace({ phase: 'held', heldFor: 'no-active-key', keys: [older('Inactive')] }) },
      '0 active keys. ...3QXK is inactive. On hold: no key was active any more, so a person needs to check.',
    ],
    [
      'two of ours off',
      {
        current: inGrace({
          progress: {
            [OLDER]: { deactivated: NOW, graceEnds: plus(NOW, 7 * DAY) },
            [THIRD]: { deactivated: NOW, graceEnds: plus(NOW, 7 * DAY) },
          },
        }),
      },
      '1 active key: ...MPLE. ...3QXK and ...R7WZ are inactive and will be deleted 2026-11-30.',
    ],
  ])('%s', (_, given, annotation) => {
    expect(verdict(given)).toEqual({ compliance: 'COMPLIANT', annotation });
  });

  it('does not list more keys of ours than there is room for', () => {
    const ids = Array.from({ length: 40 }, (_, n) => `AKIAIOSFODNN7EXAM${String(n).padStart(3, '0')}`);
    const progress = Object.fromEntries(
      ids.map((id) => [id, { deactivated: NOW, graceEnds: plus(NOW, 7 * DAY) }]),
    );
    expect(verdict({ current: inGrace({ progress }) }).annotation).toBe(
      '1 active key: ...MPLE. Others are inactive and will be deleted 2026-11-30.',
    );
  });
});

it('without a key there is nothing to say', () => {
  expect(verdict({ current: null, keys: [] })).toEqual({ compliance: 'NOT_APPLICABLE', annotation: null });
});

describe('a write shows something else in AWS Config', () => {
  const context = { policy: POLICY, control: OPEN, now: NOW };
  it.each<[string, Case | null, Case, boolean]>([
    ['a case is opened', null, aCase(), true],
    ['the phase changes', aCase({ phase: 'rotating' }), aCase(), true],
    [
      'only a last use is newer',
      aCase(),
      aCase({ keys: [newer(), { ...older(), lastUsed: newer().lastUsed }] }),
      false,
    ],
    ['only bookkeeping', aCase(), aCase({ remindedAt: NOW, version: 9 }), false],
    ['a case is closed', aCase(), aCase({ phase: 'closed', keys: [newer()] }), true],
    ['a case without a violation begins and ends', null, aCase({ phase: 'closed', keys: [newer()] }), false],
  ])('%s', (_, before, after, shows) => {
    expect(showsOtherwise(before, after, context)).toBe(shows);
  });
});

it.each(Object.values(HOSTILE_TAGS))('a tag that names an owner is in no annotation: %j', (value) => {
  const owners = [{ key: 'Owner', value }];
  for (const make of [aCase, inGrace]) {
    expect(verdict({ current: make({ owners }) })).toEqual(verdict({ current: make() }));
  }
  const context = { policy: POLICY, control: OPEN, now: NOW };
  expect(showsOtherwise(aCase(), aCase({ owners }), context)).toBe(false);
});
