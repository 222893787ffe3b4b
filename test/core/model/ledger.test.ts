import { describe, expect, it } from 'vitest';
import {
  type ControlContent,
  controlFinding,
  entrySeal,
  type LedgerEntry,
  ledgerEntry,
  ledgerFindings,
} from '../../../functions/core/model/ledger.ts';

const AT = '2026-11-26T12:00:00.000Z';
const why = {
  at: AT,
  command: 'pause',
  by: 'arn:aws:iam::123456789012:user/alice',
  reason: 'incident 4711',
} as const;
const pausedAt = (from: string): ControlContent => ({
  pauses: [{ from, to: null }],
  revoked: [],
  revision: 1,
});

const first = ledgerEntry(null, null, pausedAt(AT), why);
const second = ledgerEntry(
  first,
  first.after,
  { ...first.after, revoked: ['boss'], revision: 2 },
  { ...why, command: 'revoke', approver: 'boss' },
);
const third = ledgerEntry(second, second.after, { ...second.after, revision: 3 }, why);

describe('an entry of the ledger', () => {
  it('holds the whole control item with its own number, and chains to the one before', () => {
    expect(first).toEqual({
      number: 1,
      ...why,
      after: { ...pausedAt(AT), entry: 1 },
      previous: null,
      hash: entrySeal(first),
    });
    expect(second).toMatchObject({
      number: 2,
      approver: 'boss',
      previous: first.hash,
      after: { revoked: ['boss'], entry: 2 },
    });
  });

  it('records what it found if somebody wrote the item past the ledger', () => {
    const byHand = { ...first.after, revoked: ['sec-lead'] };
    const entry = ledgerEntry(first, byHand, { ...byHand, pauses: [] }, why);
    expect(entry.found).toEqual(byHand);
    expect(ledgerEntry(first, null, pausedAt(AT), why).found, 'the item was removed').toEqual({});
    expect('found' in second).toBe(false);
  });

  it('finds nothing strange about an item that a release without a ledger wrote', () => {
    expect('found' in ledgerEntry(null, pausedAt(AT), pausedAt(AT), why)).toBe(false);
  });

  it('is sealed with fields of newer releases', () => {
    expect(entrySeal({ ...first, later: 1 } as LedgerEntry)).not.toBe(first.hash);
  });
});

describe('the control item beside its ledger', () => {
  it.each<[string, ControlContent | null, LedgerEntry | null, string | null]>([
    ['neither is there', null, null, null],
    ['an item of release 0.4.0', pausedAt(AT), null, null],
    ['an item whose ledger is gone', first.after, null, 'other-entry'],
    ['as it was written', second.after, second, null],
    ['the item is gone', null, second, 'no-item'],
    ['an older item', first.after, second, 'other-entry'],
    ['a change by hand', { ...second.after, revoked: [] }, second, 'other-content'],
    ['a change by release 0.4.0', { ...second.after, revision: 3 }, second, 'other-content'],
    ['an edited entry', second.after, { ...second, reason: 'another' }, 'entry-changed'],
  ])('%s', (_what, content, last, finding) => {
    expect(controlFinding(content, last)).toBe(finding);
  });
});

describe('the chain of a ledger', () => {
  it.each<[string, LedgerEntry[], unknown[]]>([
    ['empty', [], []],
    ['as written', [first, second, third], []],
    ['one is missing', [first, third], [{ found: 'missing', number: 2 }]],
    ['the first is missing', [second, third], [{ found: 'missing', number: 1 }]],
    ['one was edited', [first, { ...second, reason: 'another' }, third], [{ found: 'edited', number: 2 }]],
    [
      'one was replaced by another with a seal that fits',
      [first, resealed({ ...second, reason: 'another' }), third],
      [{ found: 'edited', number: 3 }],
    ],
  ])('%s', (_what, entries, findings) => {
    expect(ledgerFindings(entries)).toEqual(findings);
  });
});

function resealed(entry: LedgerEntry): LedgerEntry {
  return { ...entry, hash: entrySeal(entry) };
}
