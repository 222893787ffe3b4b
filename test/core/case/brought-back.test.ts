import { describe, expect, it } from 'vitest';
import { broughtBack } from '../../../functions/core/case/brought-back.ts';
import type { Case } from '../../../functions/core/case/case.ts';
import { aCase, key, NEWER, NOW, newer, OLDER, older, THIRD } from '../../fakes/cases.ts';

const all = (more: Partial<Case>) => aCase({ keys: [newer(), older(), key(THIRD)], ...more });
const facts = (...off: string[]) => ({
  digest: '',
  keys: [NEWER, OLDER, THIRD].map((id) => ({
    id,
    status: off.includes(id) ? ('Inactive' as const) : ('Active' as const),
  })),
  until: NOW,
});
const restored = { code: 'restored' as const, by: 'sec-lead' };

describe('keys that came back', () => {
  it.each<[string, Case, object]>([
    ['nobody asked anew', all({ former: [facts(OLDER)] }), {}],
    [
      'asked anew for another reason',
      all({ askedAgain: { code: 'keys-changed' }, former: [facts(OLDER)] }),
      {},
    ],
    [
      'switched on by hand',
      all({ askedAgain: { code: 'reactivated', keyId: OLDER } }),
      { [OLDER]: 'by-hand' },
    ],
    [
      'switched on by hand, and off again since',
      aCase({ askedAgain: { code: 'reactivated', keyId: OLDER }, keys: [newer(), older('Inactive')] }),
      {},
    ],
    [
      'brought back as asked',
      all({ askedAgain: restored, former: [facts(), facts(OLDER)] }),
      { [OLDER]: 'on-request' },
    ],
    [
      'two brought back, one after the other',
      all({ askedAgain: restored, former: [facts(), facts(OLDER, THIRD), facts(THIRD)] }),
      { [OLDER]: 'on-request', [THIRD]: 'on-request' },
    ],
    [
      'another had been off before all this',
      all({ askedAgain: restored, former: [facts(THIRD), facts(), facts(OLDER)] }),
      { [OLDER]: 'on-request' },
    ],
    ['nothing is known of before', all({ askedAgain: restored }), {}],
  ])('%s', (_name, current, expected) => {
    expect(broughtBack(current)).toEqual(expected);
  });
});
