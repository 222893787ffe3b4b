import { describe, expect, it } from 'vitest';
import type { Case } from '../../../functions/core/case/case.ts';
import { recordedKeys } from '../../../functions/core/config/recorded-keys.ts';
import type { ReportRow } from '../../../functions/core/config/survey.ts';
import type { LastUsed } from '../../../functions/core/model/observation.ts';
import { DAY, HOUR, plus } from '../../../functions/core/model/time.ts';
import { aCase, NOW, newer, older } from '../../fakes/cases.ts';

const GENERATED = plus(NOW, -HOUR);
const USED: LastUsed = { kind: 'used', at: plus(NOW, -2 * HOUR), service: 'S3', region: 'eu-west-1' };
const keys = [newer(), older()];
const slots: ReportRow['slots'] = keys.map(({ created, lastUsed }) => ({ created, active: true, lastUsed }));
const row = (more: Partial<ReportRow> = {}): ReportRow => ({
  arn: 'arn:aws:iam::123456789012:user/a',
  created: plus(NOW, -400 * DAY),
  slots,
  console: false,
  certificates: 0,
  more: null,
  ...more,
});
const current = (more: Partial<Case> = {}): Case => ({
  ...aCase(),
  keys,
  keysSeenAt: plus(GENERATED, -DAY),
  ...more,
});
const known = (stored: Case | undefined, shown: ReportRow | null) =>
  recordedKeys(stored, shown, { generated: GENERATED });

describe('the keys of an open case need not be read', () => {
  it('if the report shows the same keys in any order, with its later last uses', () => {
    const [first, second] = slots;
    const shown = row({ slots: [second, { ...first, lastUsed: USED }] as ReportRow['slots'] });
    expect(known(current(), shown)).toEqual({
      keys: [{ ...newer(), lastUsed: USED }, older()],
      factsAt: GENERATED,
    });
    const newest = { ...newer(), lastUsed: { ...USED, at: NOW } };
    expect(known(current({ keys: [newest, older()] }), shown)?.keys[0]).toEqual(newest);
  });

  it('if an expired key is not active in the report, which knows no third status', () => {
    const expired = current({ keys: [newer(), older('Expired')] });
    const shown = row({ slots: slots.map((slot, n) => ({ ...slot, active: n === 0 })) });
    expect(known(expired, shown)?.keys).toHaveLength(2);
  });
});

describe('they are read', () => {
  it.each<[string, Case | undefined, ReportRow | null]>([
    ['without a case', undefined, row()],
    ['with a closed one', current({ phase: 'closed' }), row()],
    ['without a row', current(), null],
    ['if the report is no newer than what the case saw', current({ keysSeenAt: GENERATED }), row()],
    ['if the report shows a key less', current(), row({ slots: slots.slice(0, 1) })],
    ['if the report shows a key more', current({ keys: [newer()] }), row()],
    ['if it says that there are more', current(), row({ more: true })],
    ['if one has another status', current({ keys: [newer(), older('Inactive')] }), row()],
    [
      'if one was created at another time',
      current(),
      row({ slots: slots.map((slot, n) => (n === 0 ? { ...slot, created: NOW } : slot)) }),
    ],
    [
      'if two were created in the same second, so that nobody can tell them apart',
      current({ keys: keys.map((key) => ({ ...key, created: NOW })) }),
      row({ slots: slots.map((slot) => ({ ...slot, created: NOW })) }),
    ],
  ])('%s', (_, stored, shown) => {
    expect(known(stored, shown)).toBeNull();
  });
});
