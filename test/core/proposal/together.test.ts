import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Case } from '../../../functions/core/case/case.ts';
import type { Policy } from '../../../functions/core/model/policy.ts';
import { DAY, HOUR, MINUTE, plus } from '../../../functions/core/model/time.ts';
import type { Evidence } from '../../../functions/core/proposal/context.ts';
import { harmlessProposal } from '../../../functions/core/proposal/harmless.ts';
import { togetherProposal } from '../../../functions/core/proposal/together.ts';
import { administrator, anAbout } from '../../fakes/about.ts';
import { aCase, aDecision, IDLE, KEPT, NEWER, NOW, OLDER, POLICY, used } from '../../fakes/cases.ts';

const made = (createdBy: string) => ({ [NEWER]: { createdBy, at: plus(NOW, -300 * DAY) } });
const settled = aCase({ keys: [KEPT, IDLE], origins: made('user/ci-deploy') });
const ordinary: Evidence = { about: anAbout() };
const strict: Policy = { ...POLICY, trustedCreators: ['role/key-maker'] };

const together = (current: Case = settled, evidence = ordinary, policy: Policy = POLICY) =>
  togetherProposal(current, evidence, policy, NOW);

describe('users are decided about together', () => {
  it('if the case is harmless, and the key to keep is old enough and was created by its owner', () => {
    expect(together()).toMatchObject({ keep: NEWER, others: [OLDER], confidence: 'high' });
    expect(together()).toEqual(harmlessProposal(settled, ordinary, POLICY, NOW));
    expect(together(settled, ordinary, strict)).not.toBeNull();
  });

  it('if a trusted principal created it', () => {
    expect(together({ ...settled, origins: made('role/key-maker') }, ordinary, strict)).not.toBeNull();
  });

  /** The case of one condition that fails. Each is harmless but for that. */
  it.each<[string, Case, Evidence?, Policy?]>([
    [
      'with a medium confidence',
      { ...settled, keys: [KEPT, { ...IDLE, lastUsed: used(plus(NOW, -80 * DAY)) }] },
    ],
    ['of an administrator', settled, { about: anAbout({ privilege: administrator('X') }) }],
    [
      'of a user whose privilege is not known',
      settled,
      { about: anAbout({ privilege: { kind: 'unknown' } }) },
    ],
    ['whom no survey has found', settled, {}],
    [
      'with an alarm about the other key',
      { ...settled, origins: { ...settled.origins, [OLDER]: { createdBy: 'user/mallory', at: NOW } } },
      ordinary,
      strict,
    ],
    [
      'whose key to deactivate is in use',
      { ...settled, keys: [KEPT, { ...IDLE, lastUsed: used(plus(NOW, -HOUR)) }] },
    ],
    ['that is decided', { ...settled, decision: aDecision() }],
    ['in observe mode', settled, ordinary, { ...POLICY, mode: 'observe' }],
  ])('but not a case %s', (_what, current, evidence = ordinary, policy = POLICY) => {
    expect(together(current, evidence, policy)).toBeNull();
  });

  /** These stay harmless: a list link decides each of them on its own page. */
  it.each<[string, Case, Policy?]>([
    ['that is no older than the rotation window', settled, { ...POLICY, rotationWindow: 300 * DAY }],
    [
      'that is no older, while the one listed before it is',
      { ...settled, keys: [IDLE, KEPT] },
      { ...POLICY, rotationWindow: 300 * DAY },
    ],
    ['whose creator is not on record', { ...settled, origins: {} }],
    [
      'of which only the other key has a creator on record',
      { ...settled, origins: { [OLDER]: { createdBy: 'user/ci-deploy', at: NOW } } },
    ],
    ['that was once deactivated as compromised', { ...settled, compromised: [NEWER] }],
    ['whose creator could not be read', { ...settled, origins: made('unknown') }],
    [
      'of an unexpected creator, whom a person once answered for',
      { ...settled, origins: { [NEWER]: { createdBy: 'user/mallory', at: NOW, answered: NOW } } },
      strict,
    ],
  ])('but not if they keep a key %s', (_what, current, policy = POLICY) => {
    expect(harmlessProposal(current, ordinary, policy, NOW)).not.toBeNull();
    expect(together(current, ordinary, policy)).toBeNull();
  });

  it('a key a minute older than the rotation window is old enough', () => {
    expect(together(settled, ordinary, { ...POLICY, rotationWindow: 300 * DAY - MINUTE })).not.toBeNull();
  });

  it('never without what a list link may decide alone', () => {
    const creator = fc.constantFrom(
      'user/ci-deploy',
      'USER/CI-DEPLOY',
      'role/key-maker',
      'user/mallory',
      'unknown',
      null,
    );
    const age = fc.integer({ min: 0, max: 400 });
    fc.assert(
      fc.property(creator, age, fc.boolean(), (createdBy, days, answered) => {
        const origin = { createdBy: createdBy ?? '', at: NOW, ...(answered ? { answered: NOW } : {}) };
        const origins = createdBy === null ? {} : { [NEWER]: origin };
        const current = { ...settled, origins, keys: [{ ...KEPT, created: plus(NOW, -days * DAY) }, IDLE] };
        const policy = { ...strict, rotationWindow: 200 * DAY };
        const proposal = together(current, ordinary, policy);
        if (proposal !== null) {
          expect(proposal).toEqual(harmlessProposal(current, ordinary, policy, NOW));
          expect(days).toBeGreaterThan(200);
          expect(createdBy?.toLowerCase()).toMatch(/^(user\/ci-deploy|role\/key-maker)$/);
        }
      }),
    );
  });
});
