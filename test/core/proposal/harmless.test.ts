import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Case } from '../../../functions/core/case/case.ts';
import type { Ask } from '../../../functions/core/case/requests.ts';
import { isSuspicious } from '../../../functions/core/case/unexpected-creators.ts';
import type { AboutPrivilege } from '../../../functions/core/inventory/about.ts';
import type { LastUsed, ObservedKey } from '../../../functions/core/model/observation.ts';
import { knownUse } from '../../../functions/core/model/observation.ts';
import type { Policy } from '../../../functions/core/model/policy.ts';
import { DAY, HOUR, MINUTE, plus } from '../../../functions/core/model/time.ts';
import type { Evidence } from '../../../functions/core/proposal/context.ts';
import { harmlessProposal, listDecides, listPermits } from '../../../functions/core/proposal/harmless.ts';
import { atDepth } from '../../depth.ts';
import { administrator, anAbout } from '../../fakes/about.ts';
import {
  aCase,
  aDecision,
  IDLE,
  inGrace,
  KEPT,
  NEWER,
  NOW,
  OLDER,
  POLICY,
  THIRD,
  used,
} from '../../fakes/cases.ts';
import { family, usage } from '../../fakes/usage.ts';

const harmless = aCase({ keys: [KEPT, IDLE] });
const ordinary: Evidence = { about: anAbout() };

const idle = (lastUsed: LastUsed): ObservedKey => ({ ...IDLE, lastUsed });
const decides = (current: Case = harmless, evidence = ordinary, policy: Policy = POLICY) =>
  listDecides(current, evidence, policy, NOW);

describe('a list link decides', () => {
  it('a case of an ordinary user with one key in use and one that has done nothing for months', () => {
    expect(decides()).toBe(true);
    expect(harmlessProposal(harmless, ordinary, POLICY, NOW)).toMatchObject({
      keep: NEWER,
      others: [OLDER],
      confidence: 'high',
    });
    expect(decides(aCase({ keys: [KEPT, idle({ kind: 'never' })] }))).toBe(true);
  });

  it.each<[string, Case, Evidence?, Policy?]>([
    ['in observe mode', harmless, ordinary, { ...POLICY, mode: 'observe' }],
    ['with a medium confidence', aCase({ keys: [KEPT, idle(used(plus(NOW, -80 * DAY)))] })],
    ['if both are in use', aCase({ keys: [KEPT, idle(used(plus(NOW, -HOUR)))] })],
    ['if a last use could not be read', aCase({ keys: [KEPT, idle({ kind: 'not-read' })] })],
    [
      'of an administrator',
      harmless,
      { about: anAbout({ privilege: administrator('AdministratorAccess') }) },
    ],
    [
      'of a user whose policies could not be read',
      harmless,
      { about: anAbout({ privilege: { kind: 'unknown' } }) },
    ],
    ['of a user whom no survey has found yet', harmless, {}],
    [
      'with a tag that says the key is for rare use',
      harmless,
      { about: anAbout(), reserved: { user: true, keys: [] } },
    ],
    [
      'if CloudTrail saw the other key later than IAM says',
      harmless,
      { ...ordinary, usage: { [OLDER]: usage([family({ last: plus(NOW, -DAY) })], { keyId: OLDER }) } },
    ],
    [
      'with a key of an unexpected creator',
      { ...harmless, origins: { [OLDER]: { createdBy: 'user/mallory', at: NOW } } },
      ordinary,
      { ...POLICY, trustedCreators: [] },
    ],
    ['on hold', { ...harmless, phase: 'held', heldFor: 'unknown' }],
    ['of a rotation', { ...harmless, phase: 'rotating' }],
    ['of an excluded user', { ...harmless, excluded: true }],
    ['that is decided', { ...harmless, decision: aDecision() }],
    ['with a key that this case deactivated', { ...harmless, progress: { [THIRD]: { deactivated: NOW } } }],
    ['in its grace period', inGrace()],
    ['that is closed', { ...harmless, phase: 'closed', closedAs: 'by-owner' }],
    ['without a second key', aCase({ keys: [KEPT] })],
  ])('no case %s', (_what, current, evidence = ordinary, policy = POLICY) => {
    expect(decides(current, evidence, policy)).toBe(false);
  });
});

const anyUse = fc.oneof(
  fc.constant<LastUsed>({ kind: 'never' }),
  fc.constant<LastUsed>({ kind: 'not-read' }),
  fc.integer({ min: 0, max: 500 * 24 }).map((hours) => used(plus(NOW, -hours * HOUR))),
);

/** Mostly the value of the harmless case. */
const mostly = <T>(usual: T, other: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ weight: 6, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: other });

const anyKey = (usual: ObservedKey) =>
  fc.record({
    id: fc.constant(usual.id),
    status: mostly(usual.status, fc.constantFrom<ObservedKey['status']>('Inactive', 'Expired')),
    created: mostly(
      usual.created,
      fc.integer({ min: 0, max: 700 }).map((days) => plus(NOW, -days * DAY)),
    ),
    lastUsed: fc.oneof(fc.constant(usual.lastUsed), anyUse),
  });
const anyPhase = fc.constantFrom<Case['phase']>('rotating', 'held', 'grace', 'deleting', 'closed');
const anyCase = fc.record({
  keys: fc.oneof(
    fc.tuple(anyKey(KEPT), anyKey(IDLE)),
    fc.tuple(anyKey(KEPT), anyKey(IDLE), anyKey({ ...IDLE, id: THIRD })),
    fc.tuple(anyKey(KEPT)),
  ),
  phase: mostly<Case['phase']>('awaiting-decision', anyPhase),
  excluded: mostly(false, fc.constant(true)),
  decision: mostly<Case['decision']>(null, fc.constant(aDecision())),
  progress: mostly<Case['progress']>({}, fc.constant({ [THIRD]: { deactivated: plus(NOW, -MINUTE) } })),
  origins: mostly<Case['origins']>({}, fc.constant({ [OLDER]: { createdBy: 'user/mallory', at: NOW } })),
});
const anyPrivilege = fc.constantFrom<AboutPrivilege | null>(
  { kind: 'ordinary' },
  { kind: 'ordinary' },
  { kind: 'unknown' },
  administrator('AdministratorAccess'),
  null,
);

it('a list link never decides a row that is not harmless', () => {
  let decided = 0;
  const check = (made: Partial<Case>, privilege: AboutPrivilege | null, mode: Policy['mode']) => {
    const current = aCase(made);
    const policy = { ...POLICY, mode, trustedCreators: ['role/*'] };
    const evidence = privilege === null ? {} : { about: anAbout({ privilege }) };
    const proposal = harmlessProposal(current, evidence, policy, NOW);
    if (proposal === null) {
      return;
    }
    decided += 1;
    const { keep, others } = proposal;
    const active = current.keys.filter(({ status }) => status === 'Active').map(({ id }) => id);
    expect([keep, ...others].sort()).toEqual(active.sort());
    expect(others).not.toHaveLength(0);
    expect(proposal.confidence).toBe('high');
    expect([mode, privilege?.kind, current.phase]).toEqual(['enforce', 'ordinary', 'awaiting-decision']);
    expect([current.decision, current.excluded, current.progress]).toEqual([null, false, {}]);
    expect(isSuspicious(current, policy)).toBe(false);
    for (const { id, lastUsed } of current.keys.filter((one) => others.includes(one.id))) {
      expect(lastUsed.kind, id).not.toBe('not-read');
      expect((knownUse(lastUsed) ?? '') <= plus(NOW, -POLICY.quietPeriod)).toBe(true);
    }
  };
  fc.assert(
    fc.property(anyCase, anyPrivilege, fc.constantFrom<Policy['mode']>('enforce', 'observe'), check),
    { numRuns: atDepth({ sample: 3000, share: 10_000, all: 100_000 }) },
  );
  // The property would hold of a link that decides nothing at all.
  expect(decided).toBeGreaterThan(10);
});

describe('an answer through a list link', () => {
  const off = [OLDER];
  const keep = { kind: 'keep' as const, keep: NEWER, off, acknowledged: [] };
  it.each<[string, Ask, boolean]>([
    ['the proposal', keep, true],
    ['the other key', { ...keep, keep: OLDER, off: [NEWER] }, false],
    ['the proposal, with a use acknowledged', { ...keep, acknowledged: off }, false],
    ['the proposal, with a reason', { ...keep, reason: 'unused' }, true],
    ['the proposal, for a compromised key', { ...keep, reason: 'compromised' }, false],
    ['no key', { kind: 'none', off: [NEWER, OLDER], acknowledged: [] }, false],
    ['a confirmation', { kind: 'confirm', keys: off }, false],
    ['a restore', { kind: 'restore', keys: off }, true],
  ])('may be %s', (_what, ask, permitted) => {
    expect(listPermits(ask, { keep: NEWER })).toBe(permitted);
    expect(listPermits(ask, null)).toBe(ask.kind === 'restore');
  });
});
