import { describe, expect, it } from 'vitest';
import { isAlarmed, typedBecause } from '../../../functions/core/case/alarmed-key.ts';
import type { Case } from '../../../functions/core/case/case.ts';
import { linkPurpose } from '../../../functions/core/case/notices.ts';
import { plus } from '../../../functions/core/model/time.ts';
import { inGrace, NEWER, NOW, OLDER, POLICY } from '../../fakes/cases.ts';

const TRUST = { trustedCreators: ['role/deployer'] };
const by = (createdBy: string, more = {}) => ({ origins: { [OLDER]: { createdBy, at: NOW, ...more } } });

describe('an alarmed key', () => {
  it.each<[string, Partial<Case>, boolean]>([
    ['nothing is known of it', {}, false],
    ['an expected creator made it', by('role/deployer'), false],
    ['its user made it', by('user/ci-deploy'), false],
    ['an unexpected creator made it', by('user/mallory'), true],
    ['somebody has decided to keep it since', by('user/mallory', { answered: plus(NOW, 1) }), false],
    ['it was deactivated as compromised', { compromised: [OLDER] }, true],
    ['another key was deactivated as compromised', { compromised: [NEWER] }, false],
    ['it was restored once', { restored: { [OLDER]: 1 } }, false],
  ])('%s', (_what, more, alarmed) => {
    expect(isAlarmed(inGrace({}, more), OLDER, TRUST)).toBe(alarmed);
  });

  it.each<[string, Partial<Case>, ReturnType<typeof typedBecause>]>([
    ['nothing is known of it', {}, null],
    ['it was restored once', { restored: { [OLDER]: 1 } }, 'restored-before'],
    ['another was', { restored: { [NEWER]: 1 } }, null],
    [
      'an unexpected creator made it',
      { ...by('user/mallory'), restored: { [OLDER]: 1 } },
      'unexpected-creator',
    ],
    ['it is called compromised', { ...by('user/mallory'), compromised: [OLDER] }, 'compromised'],
  ])('is typed to be restored: %s', (_what, more, why) => {
    expect(typedBecause(inGrace({}, more), OLDER, TRUST)).toBe(why);
  });

  it('gets no link that only needs a press', () => {
    const policy = { ...POLICY, ...TRUST };
    const alarmed = inGrace({}, by('user/mallory'));
    for (const kind of ['deactivated', 'deletion-announced'] as const) {
      expect(linkPurpose(kind, inGrace(), policy)).toBe('restore');
      expect(linkPurpose(kind, alarmed, policy)).toBe('decide');
    }
    const lost = { phase: 'held', heldFor: 'no-active-key' } as const;
    expect(linkPurpose('held', { ...inGrace(), ...lost }, policy)).toBe('restore');
    expect(linkPurpose('held', { ...alarmed, ...lost }, policy)).toBe('decide');
  });
});
