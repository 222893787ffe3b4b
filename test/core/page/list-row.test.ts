import { describe, expect, it } from 'vitest';
import { UNRESTRICTED } from '../../../functions/core/model/policy.ts';
import { DAY, plus } from '../../../functions/core/model/time.ts';
import type { CaseView } from '../../../functions/core/page/case-view.ts';
import { isOnListOf, listRow } from '../../../functions/core/page/list.ts';
import { anAbout } from '../../fakes/about.ts';
import { aCase, aListClaim, IDLE, KEPT, NEWER, NOW, OLDER, POLICY } from '../../fakes/cases.ts';

const origins = { [NEWER]: { createdBy: 'user/ci-deploy', at: plus(NOW, -300 * DAY) } };
const row = (own: CaseView['own'], exposed = {}) =>
  listRow(aCase({ keys: [KEPT, IDLE], origins, ...exposed }), {
    now: NOW,
    policy: POLICY,
    control: UNRESTRICTED,
    evidence: { about: anAbout() },
    own,
  });

describe('a list', () => {
  it('has the cases of its account, for the person whose link it is, while they may decide', () => {
    const isOn = (claim = {}, revoked: string[] = []) =>
      isOnListOf(aListClaim(claim), aCase(), POLICY, { pauses: [], revoked });
    expect(isOn()).toBe(true);
    expect(isOn({}, ['platform-lead'])).toBe(true);
    expect(isOn({}, ['sec-lead'])).toBe(false);
    expect(isOn({ recipient: 'nobody', address: '0'.repeat(16) })).toBe(false);
    expect(isOn({ account: '999999999999' })).toBe(false);
  });
});

describe('a row of the list', () => {
  it('is decided through the list, and together with others, unless its reader created the key that stays', () => {
    const keep = { keep: NEWER };
    expect(row({})).toMatchObject({ harmless: keep, together: keep });
    expect(row({ [OLDER]: 'withheld' })).toMatchObject({ harmless: keep, together: keep });
    for (const how of ['withheld', 'nobody-else'] as const) {
      expect(row({ [NEWER]: how })).toMatchObject({ harmless: null, together: null });
    }
  });

  it('is decided alone if AWS called one of its keys exposed', () => {
    for (const id of [NEWER, OLDER]) {
      const exposed = { exposed: { keys: { [id]: { at: NOW } } } };
      expect(row({}, exposed)).toMatchObject({ harmless: null, together: null });
    }
  });
});
