import { expect, it } from 'vitest';
import { addressMark } from '../../../functions/core/case/requests.ts';
import { digestLines } from '../../../functions/core/health/digest-lines.ts';
import { reachedAddresses } from '../../../functions/core/health/reach.ts';
import type { SubscriptionState } from '../../../functions/core/health/subscriptions.ts';
import { unreachedSentences } from '../../../functions/core/health/unreached.ts';
import { HOUR, MINUTE, plus } from '../../../functions/core/model/time.ts';
import { PAGE } from '../../../functions/core/words/style.ts';
import { NOW, POLICY } from '../../fakes/cases.ts';

const [LEAD, PLATFORM] = POLICY.approvers.map((one) => ({ ...one, mark: addressMark(one.email) }));

function checked(lead: SubscriptionState, platform: SubscriptionState) {
  const since = plus(NOW, -HOUR);
  return {
    checkedAt: NOW,
    addresses: {
      [LEAD?.mark ?? '']: { state: lead, since },
      [PLATFORM?.mark ?? '']: { state: platform, since },
    },
  };
}

it('a digest says which other approvers get no mail', () => {
  const lines = (states: ReturnType<typeof checked> | null) =>
    digestLines(null, states, POLICY.approvers[0] as (typeof POLICY.approvers)[number], POLICY, NOW);
  expect(lines(checked('missing', 'pending'))).toEqual([
    'Solekey has not checked itself yet.',
    'Platform lead has been getting no mail since 23 Nov.',
  ]);
  expect(lines(checked('confirmed', 'unprotected'))).toHaveLength(1);
  expect(lines(null)).toHaveLength(1);
});

it('an address is reached if a fresh check found it confirmed, protected or not', () => {
  const reached = (states: ReturnType<typeof checked>, now = NOW) =>
    Object.keys(reachedAddresses(states, now));
  expect(reached(checked('confirmed', 'unprotected'))).toEqual([LEAD?.mark, PLATFORM?.mark]);
  expect(reached(checked('pending', 'missing'))).toEqual([]);
  expect(reached(checked('confirmed', 'foreign'), plus(NOW, 45 * MINUTE))).toEqual([LEAD?.mark]);
  expect(reached(checked('confirmed', 'confirmed'), plus(NOW, 46 * MINUTE))).toEqual([]);
  expect(reachedAddresses(null, NOW)).toEqual({});
});

it('a page says of everybody who gets no mail, its reader included', () => {
  const lost = unreachedSentences(checked('pending', 'missing'), POLICY, null, PAGE);
  expect(lost).toEqual([
    'Security lead has been getting no mail since 23 Nov.',
    'Platform lead has been getting no mail since 23 Nov.',
  ]);
  expect(unreachedSentences(checked('unprotected', 'confirmed'), POLICY, null, PAGE)).toEqual([]);
  expect(unreachedSentences(null, POLICY, null, PAGE)).toEqual([]);
});
