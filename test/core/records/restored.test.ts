import { describe, expect, it } from 'vitest';
import {
  explainedBy,
  ledgerExplainedBy,
  type TableRestored,
} from '../../../functions/core/records/restored.ts';

const at = '2026-11-23T12:00:00.000Z';
const restore: TableRestored = { entry: 9, at, by: 'arn', reason: 'x', anchor: 40, ledger: 8 };

describe('a restore of the table', () => {
  it('explains that entries of earlier anchors are not there, or that later ones stand in their place', () => {
    expect(explainedBy([restore], 40, null)).toBe(restore);
    expect(explainedBy([restore], 12, '2026-11-23T12:00:00.000Z')).toBe(restore);
  });

  it('explains no entry of the backup that is another one', () => {
    expect(explainedBy([restore], 12, '2026-11-23T11:59:59.999Z')).toBe(null);
  });

  it('explains nothing that a later anchor has', () => {
    expect(explainedBy([restore], 41, null)).toBe(null);
    expect(explainedBy([{ ...restore, anchor: null }], 1, null)).toBe(null);
    expect(explainedBy([], 1, null)).toBe(null);
  });

  it('explains which entries of the ledger are lost, and no later ones', () => {
    expect([7, 8, 9, 10].map((number) => ledgerExplainedBy([restore], number)?.entry)).toEqual([
      9,
      9,
      undefined,
      undefined,
    ]);
  });
});
