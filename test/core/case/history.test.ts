import { describe, expect, it } from 'vitest';
import type { Case } from '../../../functions/core/case/case.ts';
import {
  entryHash,
  foldHistory,
  type HistoryEntry,
  historyEntry,
} from '../../../functions/core/case/history.ts';
import { addressMark, linkAllows } from '../../../functions/core/case/requests.ts';
import { TRANSITIONS } from '../../../functions/core/case/transitions.ts';
import { plus } from '../../../functions/core/model/time.ts';
import { aCase, aDecision, NOW, OLDER } from '../../fakes/cases.ts';

const why = { at: NOW, rule: 'awaiting', events: [{ code: 'opened' }] } as const;
const first = aCase({ version: 1 });
const second: Case = { ...first, version: 2, phase: 'approved', decision: aDecision() };
const third: Case = { ...second, version: 3, decision: null, progress: { [OLDER]: { deactivated: NOW } } };

const headOf = (entries: readonly HistoryEntry[]) => {
  const last = entries.at(-1);
  return last === undefined ? null : entryHash(last);
};

function chain(...versions: Case[]): HistoryEntry[] {
  const entries: HistoryEntry[] = [];
  for (const [index, version] of versions.entries()) {
    const last = entries.at(-1);
    const prev = last === undefined ? null : entryHash(last);
    entries.push(historyEntry(versions[index - 1] ?? null, version, why, prev));
  }
  return entries;
}

describe('history', () => {
  const entries = chain(first, second, third);

  it('holds the whole case at first, then only what changed', () => {
    expect(entries[0]?.changes).toEqual(first);
    expect(entries[1]).toMatchObject({ n: 2, rule: 'awaiting', events: why.events });
    expect(Object.keys(entries[1]?.changes ?? {}).sort()).toEqual(['decision', 'phase', 'version']);
    expect(entries[2]?.changes).toEqual({ version: 3, decision: null, progress: third.progress });
  });

  it('folds to the case', () => {
    expect(foldHistory(entries, headOf(entries))).toEqual(third);
    expect(foldHistory(entries.slice(0, 2), headOf(entries.slice(0, 2)))).toEqual(second);
    expect(foldHistory([], null)).toBe(null);
    // The chain alone does not say where it begins: an entry's own number must, too.
    const [begun] = entries;
    const renumbered = begun === undefined ? [] : [{ ...begun, n: 2 }];
    expect(foldHistory(renumbered, headOf(renumbered))).toBe(null);
  });

  it('folds what another release wrote, with events and rules that this one does not know', () => {
    const [one] = chain(first) as [HistoryEntry];
    const two = {
      ...historyEntry(first, second, why, entryHash(one)),
      rule: 'a-later-rule',
      events: [{ code: 'a-later-event', keyId: OLDER }, ...why.events],
    };
    const three = historyEntry(second, third, why, entryHash(two));
    expect(foldHistory([one, two, three], entryHash(three))).toEqual(third);
  });

  it('shows that an entry is missing, edited or out of order', () => {
    const [one, two, three] = chain(first, second, third) as [HistoryEntry, HistoryEntry, HistoryEntry];
    const head = entryHash(three);
    const wrong = [
      [one, three],
      [two, three],
      [one, three, two],
      [{ ...one, rule: 'edited' }, two, three],
      [{ ...one, prev: 'x' }, two, three],
    ];
    for (const entries of wrong) {
      expect(foldHistory(entries, head)).toBe(null);
    }
  });

  it('shows that the last entry was edited or cut off', () => {
    const [one, two, three] = chain(first, second, third) as [HistoryEntry, HistoryEntry, HistoryEntry];
    const head = entryHash(three);
    expect(foldHistory([one, two, { ...three, at: plus(NOW, 1) }], head)).toBe(null);
    expect(foldHistory([one, two], head)).toBe(null);
    expect(foldHistory([one, two, three], null)).toBe(null);
  });
});

describe('links and requests', () => {
  it('let a link for deciding also restore, and a link for restoring nothing else', () => {
    const keep = { kind: 'keep', keep: 'a', off: ['b'], acknowledged: [] } as const;
    const restore = { kind: 'restore', keys: ['b'] } as const;
    expect([linkAllows('decide', keep), linkAllows('decide', restore)]).toEqual([true, true]);
    expect([linkAllows('restore', keep), linkAllows('restore', restore)]).toEqual([false, true]);
    expect([linkAllows('view', keep), linkAllows('view', restore)]).toEqual([false, false]);
    expect([linkAllows('report', keep), linkAllows('report', restore)]).toEqual([false, false]);
  });

  it('mark an address in lower case', () => {
    expect(addressMark('Security@Example.com')).toBe(addressMark('security@example.com'));
    expect(addressMark('a@example.com')).toMatch(/^[0-9a-f]{16}$/);
  });
});

describe('transitions', () => {
  it('lead from every phase to phases that exist, and from every open one to the end', () => {
    for (const [from, to] of Object.entries(TRANSITIONS)) {
      for (const phase of to) {
        expect(Object.keys(TRANSITIONS)).toContain(phase);
      }
      expect(new Set(to).size).toBe(to.length);
      if (!['none', 'closed', 'exception'].includes(from)) {
        expect(to).toContain('closed');
      }
    }
  });
});
