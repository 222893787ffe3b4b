import { describe, expect, it } from 'vitest';
import { isSuspicious, unexpectedCreators } from '../../../functions/core/case/unexpected-creators.ts';
import { aCase, NEWER, NOW, newer, OLDER, older } from '../../fakes/cases.ts';

const trusting = (...trustedCreators: string[]) => ({ trustedCreators });
const madeBy = (createdBy: string) => aCase({ origins: { [NEWER]: { createdBy, at: NOW } } });

describe('whoever made a key for a user', () => {
  it.each<[string, string[], boolean]>([
    ['user/ci-deploy', [], true],
    ['user/CI-Deploy', [], true],
    ['user/ci-deploy-2', ['role/*'], false],
    ['user/mallory', ['role/*'], false],
    ['role/ci-deploy', [], false],
    ['role/deployer', ['role/*'], true],
    ['role/AWSReservedSSO_Admin_33d40419b45cd0b4', ['role/*'], true],
    ['role/deployer', ['role/admin-*'], false],
    ['root', ['role/*', 'user/*'], false],
    ['root', ['root'], true],
    ['federated-user/joe', ['role/*', 'user/*'], false],
    ['user/admin-jo', ['user/admin-??'], true],
    ['user/ADMIN-jo', ['user/admin-??'], false],
    ['unknown', [], true],
  ])('%s is expected to where %j are trusted: %s', (by, globs, expected) => {
    const found = unexpectedCreators(madeBy(by), trusting(...globs));
    expect(found).toEqual(expected ? {} : { [NEWER]: by });
    expect(isSuspicious(madeBy(by), trusting(...globs))).toBe(!expected);
  });

  it('counts for keys that are active and on record only', () => {
    const current = madeBy('user/mallory');
    expect(isSuspicious({ ...current, keys: [newer('Inactive'), older()] }, trusting())).toBe(false);
    expect(isSuspicious({ ...current, origins: {} }, trusting())).toBe(false);
    const both = { ...current, origins: { ...current.origins, [OLDER]: { createdBy: 'root', at: NOW } } };
    expect(unexpectedCreators(both, trusting())).toEqual({ [NEWER]: 'user/mallory', [OLDER]: 'root' });
  });

  it('was somebody else if it was under a former name: that name may be taken by now', () => {
    const renamed = { ...madeBy('user/ci-deploy'), userName: 'ci-deploy-eu' };
    expect(isSuspicious(renamed, trusting('role/*'))).toBe(true);
  });
});
