import { describe, expect, it } from 'vitest';
import type { Case } from '../../../functions/core/case/case.ts';
import { UNRESTRICTED } from '../../../functions/core/model/policy.ts';
import { DAY, MINUTE, plus } from '../../../functions/core/model/time.ts';
import { listRow } from '../../../functions/core/page/list.ts';
import { EVERY_ROW, isFiltering, type ListFilter, shows } from '../../../functions/core/page/list-filter.ts';
import type { Evidence } from '../../../functions/core/proposal/context.ts';
import { administrator, anAbout } from '../../fakes/about.ts';
import { ACCOUNT, aCase, excepted, IDLE, inGrace, KEPT, NOW, POLICY } from '../../fakes/cases.ts';

const harmless = aCase({ keys: [KEPT, IDLE] });

function fits(
  filter: Partial<ListFilter>,
  current: Case = harmless,
  evidence: Evidence = { about: anAbout() },
) {
  const row = listRow(current, { now: NOW, policy: POLICY, control: UNRESTRICTED, evidence });
  return shows({ ...EVERY_ROW, ...filter }, row, POLICY, NOW);
}

describe('a filter of the list', () => {
  it('shows every row if it chooses nothing', () => {
    expect([isFiltering(EVERY_ROW), fits({})]).toEqual([false, true]);
    expect(isFiltering({ ...EVERY_ROW, age: '7' })).toBe(true);
  });

  it('by account, exception and confidence', () => {
    expect([fits({ account: ACCOUNT }), fits({ account: '210987654321' })]).toEqual([true, false]);
    expect([fits({ exception: 'yes' }), fits({ exception: 'yes' }, excepted())]).toEqual([false, true]);
    expect([fits({ exception: 'no' }), fits({ exception: 'no' }, excepted())]).toEqual([true, false]);
    expect([fits({ confidence: 'high' }), fits({ confidence: 'medium' })]).toEqual([true, false]);
    expect([fits({ confidence: 'none' }), fits({ confidence: 'none' }, inGrace())]).toEqual([false, true]);
  });

  it('by age, to the moment', () => {
    const opened = (days: number, more = 0) => ({ ...harmless, opened: plus(NOW, -days * DAY + more) });
    for (const age of ['7', '30', '90'] as const) {
      expect([fits({ age }, opened(Number(age))), fits({ age }, opened(Number(age), MINUTE))]).toEqual([
        true,
        false,
      ]);
    }
  });

  it.each([
    ['ordinary', { kind: 'ordinary' }],
    ['privileged', administrator('X')],
    ['unknown', { kind: 'unknown' }],
  ] as const)('by privilege: %s', (privilege, kind) => {
    const evidence = { about: anAbout({ privilege: kind }) };
    const found = (['ordinary', 'privileged', 'unknown'] as const).filter((one) =>
      fits({ privilege: one }, harmless, evidence),
    );
    expect(found).toEqual([privilege]);
  });

  it('knows no privilege before the first survey', () => {
    expect(fits({ privilege: 'unknown' }, harmless, {})).toBe(true);
  });
});
