/** The setting `only` in the policy of the one role that can change keys. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isExcluded } from '../../functions/core/model/exclusion.ts';
import { onlyObserves, scopeOf } from '../../functions/core/model/only.ts';
import { anyRule, anyUser, CHANGES, policyOf, sizes, verdict } from './evaluator.ts';
import { rightsOf } from './policies.ts';
import { synth } from './synth.ts';

const USERS = 'arn:aws:iam::<AWS::AccountId>:user/';

/** A rule that names nobody is refused, because it would read like everybody. */
const anyOnly = anyRule.filter(({ users, tag }) => users.length > 0 || tag !== null);

it('whoever the code lets in, the policy allows; and nobody else', { timeout: 120_000 }, async () => {
  const met = { inside: 0, outside: 0 };
  for (const only of fc.sample(anyOnly, 14)) {
    const policy = policyOf(
      synth({ only: { ...only, users: [...only.users] }, exclude: { tag: null, users: [] } }),
    );
    for (const user of fc.sample(anyUser, 20)) {
      const outside = onlyObserves({ mode: { only } }, scopeOf(null, user, { mode: { only } }));
      met[outside ? 'outside' : 'inside'] += 1;
      for (const action of CHANGES) {
        const about = `${action} on ${user.path}${user.userName} ${JSON.stringify(user.tags)} with ${JSON.stringify(only)}`;
        expect(await verdict(policy, action, user), about).toBe(outside ? 'ImplicitlyDenied' : 'Allowed');
      }
      expect(await verdict(policy, 'iam:ListAccessKeys', user)).toBe('Allowed');
    }
  }
  expect(Math.min(met.inside, met.outside), JSON.stringify(met)).toBeGreaterThan(30);
});

it('an exclusion outweighs it', { timeout: 120_000 }, async () => {
  const exclude = { tag: null, users: ['break-glass-*'] };
  const policy = policyOf(synth({ only: { users: ['svc/*'] }, exclude }));
  const inside = { userName: 'ci', path: '/svc/', tags: {} };
  const both = { ...inside, userName: 'break-glass-1' };
  expect(isExcluded(both, exclude)).toBe(true);
  expect(await verdict(policy, 'iam:DeleteAccessKey', both)).toBe('ExplicitlyDenied');
  expect(await verdict(policy, 'iam:DeleteAccessKey', inside)).toBe('Allowed');
});

it('has a statement for names and one for the tag, and none for everybody', () => {
  const tag = { key: 'solekey', value: 'enforce' };
  const rights = rightsOf(synth({ only: { users: ['svc/*'], tag } }), 'Reconcile');
  expect(rights.ChangeKeys).toBeUndefined();
  expect(rights.ChangeKeysOfNames).toEqual({
    effect: 'Allow',
    actions: [...CHANGES].sort(),
    resources: [`${USERS}*/svc/*`, `${USERS}svc/*`],
  });
  expect(rights.ChangeKeysOfTagged).toEqual({
    effect: 'Allow',
    actions: [...CHANGES].sort(),
    resources: [`${USERS}*`],
    conditions: { StringEquals: { 'aws:ResourceTag/solekey': 'enforce' } },
  });
  expect(rightsOf(synth({ only: { tag } }), 'Reconcile').ChangeKeysOfNames).toBeUndefined();
  const observing = rightsOf(synth({ mode: 'observe', only: { users: ['svc/*'], tag } }), 'Reconcile');
  expect(JSON.stringify(observing)).not.toMatch(/iam:(Update|Delete)AccessKey/);
});

describe('the longest setting, beside the longest exclusions', () => {
  const long = (letter: string) => (_: unknown, n: number) =>
    `${String(n).padStart(3, '0')}${letter.repeat(124)}*`;
  const tag = { key: 'k'.repeat(128), value: 'v'.repeat(256) };
  const settings = {
    // The partition with the longest ARNs.
    region: 'us-gov-west-1',
    only: { tag, users: Array.from({ length: 12 }, long('o')) },
    exclude: { tag, users: Array.from({ length: 40 }, long('x')) },
  };

  it('fits into the policies that IAM takes', () => {
    const made = synth(settings);
    expect(sizes(made, false).reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(9_750);
    const managed = sizes(made, true);
    expect(managed.length).toBeLessThanOrEqual(10);
    expect(Math.max(...managed)).toBeLessThanOrEqual(6_144);
  });

  it('reaches the last of them', async () => {
    const { region: _, ...here } = settings;
    const policy = policyOf(synth(here));
    const named = (name: string) => ({ userName: name.padEnd(130, 'o'), path: '/svc/', tags: {} });
    for (const name of ['000o', '007o', '008o', '011o']) {
      expect(await verdict(policy, 'iam:DeleteAccessKey', named(name))).toBe('Allowed');
    }
    expect(await verdict(policy, 'iam:DeleteAccessKey', named('012o'))).toBe('ImplicitlyDenied');
  });
});
