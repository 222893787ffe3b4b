import { describe, expect, it } from 'vitest';
import { csvText } from '../../../functions/adapters/csv.ts';
import { RECORD_COLUMNS } from '../../../functions/core/records/columns.ts';
import { recordFiles } from '../../../functions/core/records/files.ts';
import { NO_ROWS, recordRows } from '../../../functions/core/records/rows.ts';
import { cellsOf } from '../../../functions/core/records/table.ts';
import {
  aDecision,
  confirmedAt,
  granted,
  NEWER,
  NOW,
  newer,
  noneKept,
  notNow,
  OLDER,
  restoringSince,
} from '../../fakes/cases.ts';
import { history, recordContext } from '../../fakes/history.ts';

/** Two cases with rows of every kind. */
const rows = recordRows(
  history({ userName: '=cmd()' })
    .next({}, { code: 'told', by: 'sec-lead', detail: 'detected' })
    .next({ decision: aDecision({ confirmed: confirmedAt(NOW) }), asking: 2 })
    .next({}, { code: 'deactivation-refused', keyId: OLDER, iam: { code: 'AccessDenied', requestId: 'r-1' } })
    .next(
      { progress: { [OLDER]: { deactivated: NOW, restoring: restoringSince(NOW) } } },
      { code: 'restore-asked', by: 'sec-lead' },
    )
    .next(
      { phase: 'closed', phaseSince: NOW, closedAs: 'remediated', keys: [newer()] },
      { code: 'deleted', keyId: OLDER },
    )
    .next({
      number: 2,
      decision: notNow(),
      exceptions: [granted(notNow(), 2)],
      closedAs: null,
      phase: 'exception',
    })
    .next({ number: 3, decision: noneKept() })
    .next({ phase: 'closed', closedAs: 'remediated' }).versions,
  recordContext(),
);

const fileOf = (name: string) => recordFiles(rows, csvText).find((file) => file.name === name)?.content ?? '';

describe('the files of rows', () => {
  it('are JSON Lines and CSV of each kind that has rows', () => {
    expect(recordFiles(rows, csvText).map(({ name }) => name)).toEqual([
      'decisions.jsonl',
      'decisions.csv',
      'summary.jsonl',
      'summary.csv',
      'deletions.jsonl',
      'deletions.csv',
      'failures.jsonl',
      'failures.csv',
    ]);
    expect(recordFiles(NO_ROWS, csvText)).toEqual([]);
  });

  it('can say that there was nothing', () => {
    const files = recordFiles(NO_ROWS, csvText, { all: true });
    expect(files).toHaveLength(8);
    expect(files.find(({ name }) => name === 'failures.csv')?.content).toMatch(/^schema,id,account.*next\n$/);
  });

  it('have one line a row, with the version first', () => {
    const lines = fileOf('decisions.jsonl').trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual(rows.decisions);
    expect(lines[0]).toMatch(/^\{"schema":1,"id":"AIDACKCEVSQ6C2EXAMPLE\/1\/1"/);
  });

  it('begin no cell with a formula', () => {
    expect(fileOf('summary.csv')).toContain(",'=cmd(),");
  });
});

describe('the cells of a row', () => {
  it('have several things in one', () => {
    const [decision] = rows.decisions;
    expect(decision && cellsOf(decision, RECORD_COLUMNS.decisions)).toMatchObject({
      case: 1,
      keys_kept: NEWER,
      exception_until: null,
      confirmed_by: 'sec-lead',
      told: 'sec-lead detected 2026-11-23T17:10:00.000Z',
      restores: `${OLDER} sec-lead ${NOW}`,
      made_by_decider: 'not known',
      expected_active: NEWER,
    });
    const [summary] = rows.summary;
    expect(summary && cellsOf(summary, RECORD_COLUMNS.summary)).toMatchObject({
      keys_before: `${NEWER} Active; ${OLDER} Active`,
      told: 'sec-lead detected 2026-11-23T17:10:00.000Z',
      deleted: `${OLDER} 2026-11-23T21:10:00.000Z`,
    });
  });

  it('tell an exception from none, and no expectation from the expectation of no key', () => {
    const [, exception, none] = rows.decisions.map((row) => cellsOf(row, RECORD_COLUMNS.decisions));
    expect(exception).toMatchObject({
      exception_keys: `${NEWER}; ${OLDER}`,
      exception_renewals: 1,
      expected_active: null,
    });
    expect(none).toMatchObject({ kind: 'none', expected_active: 'none', made_by_decider: false });
  });

  it('say how a decision ended', () => {
    const told = history()
      .next({ decision: aDecision() })
      .next({ decision: null }, { code: 'decision-void', detail: 'in-use' });
    const [row] = recordRows(told.versions, recordContext()).decisions;
    expect(row && cellsOf(row, RECORD_COLUMNS.decisions)).toMatchObject({
      ended_because: 'in-use',
      ended_at: told.at,
    });
  });
});
