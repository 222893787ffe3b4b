import { describe, expect, it } from 'vitest';
import { addressMark } from '../../../functions/core/case/requests.ts';
import {
  accountChangedAt,
  accountEvaluation,
  accountVerdict,
} from '../../../functions/core/config/account-verdict.ts';
import type { CheckedSubscriptions } from '../../../functions/core/health/reach.ts';
import type { SubscriptionState } from '../../../functions/core/health/subscriptions.ts';
import { type Control, UNRESTRICTED } from '../../../functions/core/model/policy.ts';
import { DAY, HOUR, type Instant, MINUTE, plus, type Seconds } from '../../../functions/core/model/time.ts';
import { ACCOUNT, NOW, POLICY } from '../../fakes/cases.ts';

const ago = (seconds: Seconds): Instant => plus(NOW, -seconds);
const IDS = POLICY.approvers.map(({ id }) => id);
const [LEAD = ''] = IDS;
const revoked = (...ids: string[]): Control => ({ ...UNRESTRICTED, revoked: ids });

type Found = readonly [state: SubscriptionState, since?: Instant];

/** What a check found of the approvers, in the order of the settings; of those not given it knows nothing. */
function checked(checkedAt: Instant, ...found: Found[]): CheckedSubscriptions {
  const addresses = found.map(([state, since = ago(DAY)], n) => [
    addressMark(POLICY.approvers[n]?.email ?? ''),
    { state, since },
  ]);
  return { checkedAt, addresses: Object.fromEntries(addresses) };
}

const verdict = (found: CheckedSubscriptions | null, control = UNRESTRICTED, now = NOW) =>
  accountVerdict(found, { policy: POLICY, control, now });

const COMPLIANT = { compliance: 'COMPLIANT', annotation: null };
const NOBODY = /^Mail reaches no approver: none has a confirmed subscription\. So nobody is asked/;
const UNCHECKED = /^In the last 45 minutes Solekey could not check if mail reaches any approver\./;

describe('the account', () => {
  it.each<[string, Found[], Control]>([
    ['everybody is reached', [['confirmed'], ['confirmed']], UNRESTRICTED],
    ['one of them is', [['missing'], ['confirmed']], UNRESTRICTED],
    ['one can be unsubscribed by a click', [['unprotected'], ['pending']], UNRESTRICTED],
    ['only somebody revoked is not', [['pending'], ['confirmed']], revoked(LEAD)],
  ])('is COMPLIANT where %s', (_, found, control) => {
    expect(verdict(checked(NOW, ...found), control)).toEqual(COMPLIANT);
  });

  it.each<[string, CheckedSubscriptions | null, Control, RegExp]>([
    ['nobody is reached', checked(NOW, ['missing'], ['pending']), UNRESTRICTED, NOBODY],
    ['only somebody revoked is', checked(NOW, ['confirmed'], ['pending']), revoked(LEAD), NOBODY],
    [
      'the settings have an address that was never checked',
      checked(NOW, ['missing']),
      UNRESTRICTED,
      UNCHECKED,
    ],
    ['health never ran', null, UNRESTRICTED, UNCHECKED],
    ['the last check is too old', checked(ago(46 * MINUTE), ['confirmed']), UNRESTRICTED, UNCHECKED],
    ['everybody is revoked', checked(NOW, ['confirmed']), revoked(...IDS), /^Every approver is revoked, so/],
    ['so they are, and nothing was checked', null, revoked(...IDS), /^Every approver is revoked, so/],
  ])('is NON_COMPLIANT where %s, and says what to do', (_, found, control, words) => {
    const { compliance, annotation } = verdict(found, control);
    expect(compliance).toBe('NON_COMPLIANT');
    expect(annotation).toMatch(words);
    expect(annotation).toMatch(/no key is deleted\. Run: npm run control -- doctor\. Solekey$/);
    expect(annotation).toMatch(/^[\x20-\x7e]{1,256}$/);
  });

  it('is checked for 45 minutes, and not a second longer', () => {
    const found = checked(NOW, ['confirmed']);
    expect(verdict(found, UNRESTRICTED, plus(NOW, 45 * MINUTE))).toEqual(COMPLIANT);
    expect(verdict(found, UNRESTRICTED, plus(NOW, 45 * MINUTE + 1)).annotation).toMatch(UNCHECKED);
  });

  it('is dated with the time at which the stored check was read, so that no result is older than the one before', () => {
    const lapsed = checked(ago(HOUR), ['confirmed']);
    const before = { subscriptions: lapsed, control: UNRESTRICTED, storedAt: ago(10) };
    expect(accountEvaluation(before, POLICY, ACCOUNT)).toMatchObject({
      account: ACCOUNT,
      compliance: 'NON_COMPLIANT',
      factsAt: ago(10),
    });
    // Health's check was made before that reading, and stored after it.
    const after = { subscriptions: checked(ago(12), ['confirmed']), control: UNRESTRICTED, storedAt: NOW };
    expect(accountEvaluation(after, POLICY, ACCOUNT)).toEqual({
      ...COMPLIANT,
      account: ACCOUNT,
      factsAt: NOW,
    });
  });
});

describe('the time of its last change', () => {
  const changed = (found: CheckedSubscriptions | null, now = NOW, control = UNRESTRICTED) =>
    accountChangedAt(found, { policy: POLICY, control, now });

  it.each<[string, CheckedSubscriptions | null, Instant | null]>([
    ['nothing was ever checked', null, null],
    ['no address is known', checked(NOW), null],
    ['nothing changed lately', checked(NOW, ['confirmed'], ['missing']), null],
    ['one of several was lost', checked(NOW, ['confirmed'], ['missing', ago(600)]), null],
    ['the last one was lost', checked(NOW, ['missing'], ['pending', ago(600)]), ago(540)],
    ['the first one was confirmed', checked(NOW, ['confirmed', ago(600)], ['pending']), ago(540)],
    ['another was, too', checked(NOW, ['confirmed', ago(600)], ['confirmed', ago(300)]), ago(540)],
    ['it was two hours ago', checked(NOW, ['confirmed', ago(2 * HOUR)]), null],
    ['no check came for 45 minutes', checked(ago(50 * MINUTE), ['confirmed']), ago(4 * MINUTE)],
    ['none came for three hours', checked(ago(3 * HOUR), ['confirmed', ago(3 * HOUR)]), null],
  ])('where %s', (_, found, at) => {
    expect(changed(found)).toBe(at);
  });

  it('is the moment of asking within a minute, while a run may have read what was stored before', () => {
    const found = checked(ago(30), ['confirmed', ago(30)]);
    expect([0, 20, 30, 40].map((later) => changed(found, plus(NOW, later)))).toEqual([
      NOW,
      plus(NOW, 20),
      plus(NOW, 30),
      plus(NOW, 30),
    ]);
  });

  it('is about the approvers of today', () => {
    const found = checked(NOW, ['confirmed', ago(600)], ['missing']);
    expect(changed(found, NOW, revoked(LEAD))).toBeNull();
  });
});
