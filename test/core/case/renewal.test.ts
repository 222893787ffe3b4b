import { describe, expect, it } from 'vitest';
import { giverOf } from '../../../functions/core/case/mailed-to.ts';
import { renewsTheirOwn } from '../../../functions/core/case/renewal.ts';
import { addressMark } from '../../../functions/core/case/requests.ts';
import { type Approver, type Control, UNRESTRICTED } from '../../../functions/core/model/policy.ts';
import { aCase, granted, NEWER, NOW, notNow, OLDER, POLICY, THIRD } from '../../fakes/cases.ts';

const approver = (id: string, more: Partial<Approver> = {}): Approver => ({
  id,
  name: id,
  email: `${id}@example.com`,
  ...more,
});
const GAVE = approver('cara');
const MADE = approver('bob', { principals: ['arn:aws:iam::*:user/bob'] });
const FREE = approver('dave');

const by = ({ by: id, address }: { readonly by: string; readonly address: string }) =>
  granted(notNow({ by: id, address, spare: [NEWER, OLDER] }));
const current = aCase({
  origins: { [OLDER]: { createdBy: 'user/bob', at: NOW } },
  exceptions: [by(giverOf(GAVE))],
});
const ofAnother = (
  approvers: readonly Approver[],
  who: Approver,
  { spare = [NEWER, OLDER], control = UNRESTRICTED, more = {} }: Asked = {},
) => renewsTheirOwn({ ...current, ...more }, giverOf(who), spare, { ...POLICY, approvers }, control);

interface Asked {
  readonly spare?: readonly string[];
  readonly control?: Control;
  readonly more?: Partial<typeof current>;
}

const reached = (...people: readonly Approver[]): Control => ({
  ...UNRESTRICTED,
  reached: Object.fromEntries(people.map(({ email }) => [addressMark(email), NOW])),
});

describe('whoever gave the last exception', () => {
  it('leaves its renewal to another approver', () => {
    expect(ofAnother([GAVE, FREE], GAVE)).toBe(true);
    expect(ofAnother([GAVE, FREE], FREE)).toBe(false);
    expect(ofAnother([GAVE, FREE, approver('erin')], FREE)).toBe(false);
    expect(ofAnother([GAVE, FREE], GAVE, { spare: [NEWER, THIRD] })).toBe(true);
    expect(ofAnother([GAVE, FREE], GAVE, { spare: [THIRD] })).toBe(false);
    expect(ofAnother([GAVE, FREE], GAVE, { more: { exceptions: [] } })).toBe(false);
  });

  it.each<[string, readonly Approver[], Control]>([
    ['there is no other', [GAVE], UNRESTRICTED],
    ['the other is revoked', [GAVE, FREE], { ...UNRESTRICTED, revoked: ['dave'] }],
    ['no mail reaches the other', [GAVE, FREE], reached(GAVE)],
    ['the other reads the same mail', [GAVE, { ...FREE, email: GAVE.email }], UNRESTRICTED],
    ['the other created a key that stays', [GAVE, MADE], UNRESTRICTED],
    ['the only other who can be reached created one', [GAVE, MADE, FREE], reached(GAVE, MADE)],
  ])('gives it if %s', (_why, approvers, control) => {
    expect(ofAnother(approvers, GAVE, { control })).toBe(false);
  });

  it('does not, if the other created only a key that does not stay, or may approve their own', () => {
    expect(ofAnother([GAVE, MADE], GAVE, { spare: [NEWER, THIRD] })).toBe(true);
    // No mail reaches whoever might decide instead, so the other may.
    expect(ofAnother([GAVE, MADE], GAVE, { control: reached(MADE) })).toBe(true);
  });

  it('does not, if each of them created one of the keys: then the other may', () => {
    const gave = { ...GAVE, principals: ['arn:aws:iam::*:user/cara'] };
    const origins = { ...current.origins, [NEWER]: { createdBy: 'user/cara', at: NOW } };
    expect(ofAnother([gave, MADE], gave, { more: { origins } })).toBe(true);
    expect(ofAnother([gave, MADE], MADE, { more: { origins } })).toBe(false);
  });

  it('is known by their id or their address, and two people who are both known by these do not wait for one another', () => {
    const moved = { ...GAVE, email: 'c@example.com' };
    const heir = approver('heir', { email: GAVE.email });
    expect(ofAnother([moved, FREE], moved)).toBe(true);
    expect(ofAnother([heir, FREE], heir)).toBe(true);
    expect(ofAnother([moved, heir], moved)).toBe(false);
    expect(ofAnother([moved, heir], heir)).toBe(false);
    // Somebody who reads the mail of whoever gave it is no other, also at a new address.
    expect(ofAnother([moved, approver('twin', { email: moved.email })], moved)).toBe(false);
  });
});
