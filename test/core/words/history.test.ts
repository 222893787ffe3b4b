import { describe, expect, it } from 'vitest';
import type { StoredEntry } from '../../../functions/core/case/history.ts';
import { entryLine, findingSentences } from '../../../functions/core/words/history.ts';
import { PLAIN } from '../../../functions/core/words/style.ts';
import { NEWER, NOW, OLDER } from '../../fakes/cases.ts';

const entry = (events: StoredEntry['events'], changes = {}): StoredEntry => ({
  n: 7,
  at: NOW,
  rule: 'awaiting',
  events,
  changes: { version: 7, ...changes },
  prev: null,
});

describe('a line of the history', () => {
  it.each<[StoredEntry, string]>([
    [
      entry([{ code: 'opened' }, { code: 'awaiting-decision' }]),
      'the case was opened; waiting for a decision',
    ],
    [entry([{ code: 'decided', by: 'sec-lead', keyId: NEWER }]), 'decision: keep ...MPLE (by sec-lead)'],
    [entry([{ code: 'held', detail: 'no-active-key' }]), 'on hold: no-active-key'],
    [entry([{ code: 'deleting' }, { code: 'deleting', keyId: OLDER }]), 'the deletion began ...3QXK'],
    [
      entry([
        { code: 'told', by: '*', detail: 'detected' },
        { code: 'told', by: 'sec-lead', detail: 'detected' },
        { code: 'told', by: 'sec-lead', detail: 'closed' },
      ]),
      'notice "detected" sent to the data topic and sec-lead; notice "closed" sent to sec-lead',
    ],
    [
      entry([{ code: 'deletion-refused', keyId: OLDER, iam: { code: 'AccessDenied', requestId: '4b7f-1' } }]),
      'IAM refused to delete ...3QXK: AccessDenied, request id 4b7f-1',
    ],
    [
      entry([{ code: 'restore-refused', keyId: OLDER, iam: { code: 'LimitExceeded', requestId: null } }]),
      'IAM refused to reactivate ...3QXK: LimitExceeded',
    ],
    [entry([{ code: 'told' }]), 'notice "" sent to '],
    [entry([{ code: 'a-later-event\u001b[31m', keyId: OLDER }]), 'a-later-event [31m ...3QXK'],
    [entry([], { owed: [], toldAt: NOW }), 'data updated: owed and toldAt'],
  ])('says what happened: %#', (one, says) => {
    expect(entryLine(one, PLAIN)).toBe(`   7  23 Nov 2026, 16:10 UTC  ${says}`);
  });
});

it('a changed record is described in sentences, each once', () => {
  expect(
    findingSentences([
      { found: 'edited', n: 3 },
      { found: 'edited', n: 3 },
      { found: 'missing', from: 4, to: 5 },
      { found: 'missing', from: 4, to: 4 },
      { found: 'surplus', from: 6, to: 6 },
      { found: 'case-differs', fields: ['phase', 'decision'] },
      { found: 'no-case' },
    ]),
  ).toEqual([
    'Entry 3 is not the one that was written.',
    'Entries 4 to 5 are missing or cannot be read.',
    'Entry 4 is missing or cannot be read.',
    'Entry 6 does not belong to the stored case.',
    'The stored case is not what its history says: phase and decision.',
    'There is a history, but the case itself is missing.',
  ]);
});
