import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isExcluded } from '../../functions/core/model/exclusion.ts';
import { anyRule, anyUser, CHANGES, policyOf, sizes, verdict } from './evaluator.ts';
import { synth } from './synth.ts';

it('whoever the code excludes, the policy denies; and nobody else', { timeout: 120_000 }, async () => {
  const met = { excluded: 0, free: 0 };
  for (const exclude of fc.sample(anyRule, 14)) {
    const policy = policyOf(synth({ exclude: { tag: exclude.tag, users: [...exclude.users] } }));
    for (const user of fc.sample(anyUser, 20)) {
      const excluded = isExcluded(user, exclude);
      met[excluded ? 'excluded' : 'free'] += 1;
      for (const action of CHANGES) {
        const about = `${action} on ${user.path}${user.userName} ${JSON.stringify(user.tags)} with ${JSON.stringify(exclude)}`;
        expect(await verdict(policy, action, user), about).toBe(excluded ? 'ExplicitlyDenied' : 'Allowed');
      }
    }
  }
  expect(Math.min(met.excluded, met.free), JSON.stringify(met)).toBeGreaterThan(30);
});

it('looking is never denied: excluded users stay visible', async () => {
  const policy = policyOf(synth({ exclude: { tag: null, users: ['*'] } }));
  const user = { userName: 'anybody', path: '/', tags: {} };
  for (const action of ['iam:GetUser', 'iam:ListAccessKeys', 'iam:GetAccessKeyLastUsed']) {
    expect(await verdict(policy, action, user)).toBe('Allowed');
  }
  expect(await verdict(policy, 'iam:DeleteAccessKey', user)).toBe('ExplicitlyDenied');
});

describe('the longest list of globs that the settings take', () => {
  const users = Array.from({ length: 40 }, (_, n) => `${String(n).padStart(3, '0')}${'x'.repeat(124)}*`);
  const exclude = { tag: { key: 'solekey:exclude', value: 'true' }, users };
  // The partition with the longest ARNs.
  const made = synth({ region: 'us-gov-west-1', exclude });

  it('fits into the policies that IAM takes', () => {
    const inline = sizes(made, false).reduce((sum, size) => sum + size, 0);
    expect(inline).toBeLessThanOrEqual(10_240);
    const managed = sizes(made, true);
    expect(managed.length).toBeGreaterThan(0);
    expect(managed.length).toBeLessThanOrEqual(10);
    expect(Math.max(...managed)).toBeLessThanOrEqual(6_144);
  });

  it('is denied to the last, and nobody else is', async () => {
    const policy = policyOf(synth({ exclude }));
    for (const name of ['000x', '019x', '039x']) {
      const user = { userName: name.padEnd(130, 'x'), path: '/svc/', tags: {} };
      expect(await verdict(policy, 'iam:DeleteAccessKey', user)).toBe('ExplicitlyDenied');
    }
    const other = { userName: '040x', path: '/', tags: {} };
    expect(await verdict(policy, 'iam:DeleteAccessKey', other)).toBe('Allowed');
  });
});
