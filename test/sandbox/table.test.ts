import { expect, it } from 'vitest';
import { type Row, tableOf } from '../../sandbox/story/table.ts';

const on = (id: string) => ({ id: `AKIA${id}`, status: 'Active' });
const off = (id: string) => ({ id: `AKIA${id}`, status: 'Inactive' });
const row = (user: Partial<Row['user']>, remark?: string, problems: readonly string[] = []): Row => ({
  user: {
    account: '123456789012',
    userName: 'break-glass-1',
    before: [on('AAAA'), on('BBBB')],
    decision: null,
    after: [],
    outcome: 'user-deleted',
    ...user,
  },
  remark,
  problems,
});

it('fits a terminal of 120 columns, whatever is to be said', () => {
  const decided = { decision: { keep: 'AKIACCCC', by: 'platform-lead', at: '2026-11-24T10:00:00Z' } };
  const table = tableOf([
    row({}),
    row(
      {
        ...decided,
        before: [on('AAAA'), on('BBBB'), on('CCCC')],
        after: [off('AAAA'), on('CCCC')],
        outcome: 'remediated',
      },
      'the kept key was deleted, so the other came back',
      ['AKIAAAAA was to be deleted and is still there'],
    ),
  ]);
  expect(table).toEqual([
    'user           keys before        decision                  keys now           outcome',
    'break-glass-1  AAAA on, BBBB on   -                         -                  user deleted',
    'break-glass-1  AAAA on, BBBB on,  platform-lead: keep CCCC  AAAA off, CCCC on  remediated (the kept key was deleted, so',
    '               CCCC on                                                         the other came back) BUT AKIAAAAA was to',
    '                                                                               be deleted and is still there',
  ]);
  expect(Math.max(...table.map(({ length }) => length))).toBeLessThanOrEqual(120);
});
