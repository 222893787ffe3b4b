import { describe, expect, it } from 'vitest';
import { controlContent, ledgerKey, readLedgerEntry } from '../../functions/contracts/ledger-item.ts';
import { entrySeal, ledgerEntry } from '../../functions/core/model/ledger.ts';

const entry = ledgerEntry(
  null,
  null,
  { pauses: [], revoked: [] },
  {
    at: '2026-11-26T12:00:00.000Z',
    command: 'resume',
    by: 'arn:aws:iam::123456789012:user/alice',
    reason: 'over',
  },
);
const item = { ...ledgerKey('123456789012', 1), ...entry, schema: 1 };

describe('an item of the ledger', () => {
  it('has a key that sorts', () => {
    expect(ledgerKey('123456789012', 42)).toEqual({ pk: 'LEDGER#123456789012', sk: 'ENTRY#000000042' });
  });

  it('is read as it was written', () => {
    expect(readLedgerEntry(item)).toEqual(entry);
  });

  it('keeps the fields of a newer release, which its hash covers', () => {
    const later = { ...item, command: 'sign-off', later: { x: 1 } };
    const read = readLedgerEntry(later);
    expect(read).toMatchObject({ command: 'sign-off', later: { x: 1 } });
    expect(entrySeal(read ?? entry)).not.toBe(entry.hash);
  });

  it('is null if it is no entry', () => {
    expect(readLedgerEntry({ ...item, number: 'one' })).toBe(null);
  });
});

it('the content of the control item is all but its keys and its schema', () => {
  const stored = { pk: 'CONTROL', sk: 'CONTROL', schema: 2, pauses: [], later: 1 };
  expect(controlContent(stored)).toEqual({ pauses: [], later: 1 });
});
