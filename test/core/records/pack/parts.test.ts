import { describe, expect, it } from 'vitest';
import { csvText } from '../../../../functions/adapters/csv.ts';
import { sha256 } from '../../../../functions/core/model/digest.ts';
import { ledgerEntry } from '../../../../functions/core/model/ledger.ts';
import { DAY, HOUR, plus } from '../../../../functions/core/model/time.ts';
import { periodCases, periodRows } from '../../../../functions/core/records/pack/cases.ts';
import {
  LEDGER_COLUMNS,
  ledgerIn,
  releasesIn,
  settingChanges,
} from '../../../../functions/core/records/pack/changes.ts';
import { commentsIn } from '../../../../functions/core/records/pack/comments.ts';
import { CONTROL_MAP } from '../../../../functions/core/records/pack/control-map.ts';
import type { PackUser } from '../../../../functions/core/records/pack/input.ts';
import {
  BEFORE_AFTER_COLUMNS,
  beforeAndAfter,
  toldInPeriod,
} from '../../../../functions/core/records/pack/people.ts';
import { populationOf } from '../../../../functions/core/records/pack/population.ts';
import { drawn } from '../../../../functions/core/records/pack/sample.ts';
import { recordRows, versionsUntil } from '../../../../functions/core/records/rows.ts';
import type { SummaryRow } from '../../../../functions/core/records/summary.ts';
import { cellsOf, linesAndCsv } from '../../../../functions/core/records/table.ts';
import type { ValidatedUser } from '../../../../functions/core/validation/validated-user.ts';
import { NEWER, NOW, OLDER, USER_ID } from '../../../fakes/cases.ts';
import { recordContext } from '../../../fakes/history.ts';
import {
  aPack,
  PERIOD,
  packInput,
  packUser,
  packValidation,
  REMEDIATED,
  textIn,
  WORDS,
} from '../../../fakes/packs.ts';

const { rows } = packInput();
const [SUMMARY] = rows.summary as [SummaryRow];
const summary = (more: Partial<SummaryRow>): SummaryRow => ({ ...SUMMARY, ...more });
const before = plus(PERIOD.from, -DAY);
const after = plus(PERIOD.to, DAY);

describe('the cases of a period', () => {
  it.each<[string, Partial<SummaryRow>, string]>([
    ['within', {}, 'Opened and closed in the period.'],
    ['open-at-start', { openedAt: before }, 'Opened before the period and closed in it.'],
    [
      'open-at-end',
      { closedAt: null, closedAs: null, phase: 'awaiting-decision' },
      'Opened in the period and still open at its end: nobody has decided yet which key to keep.',
    ],
    [
      'open-throughout',
      { openedAt: before, closedAt: null, phase: 'held', heldFor: 'no-active-key' },
      'Opened before the period and still open at its end: a safety rule stopped Solekey, and a person must check: no key of the user was active.',
    ],
  ])('have the reason why they stand there: %s', (standing, more, why) => {
    expect(periodCases([summary(more)], PERIOD)).toMatchObject([{ standing, why }]);
  });

  it('are not those that ended before it or began after it', () => {
    const cases = periodCases(
      [summary({ openedAt: before, closedAt: before }), summary({ openedAt: after })],
      PERIOD,
    );
    expect(cases).toEqual([]);
  });

  it('are in the order of users and of their cases, each with its own rows only', () => {
    const all = [
      summary({ id: 'B/1', userId: 'B', caseNumber: 1 }),
      summary({ id: 'A/2', userId: 'A', caseNumber: 2 }),
      summary({ id: 'A/1', userId: 'A', caseNumber: 1 }),
      summary({ id: 'C/1', userId: 'C', caseNumber: 1 }),
    ];
    const cases = periodCases(all, PERIOD);
    expect(cases.map(({ id }) => id)).toEqual(['A/1', 'A/2', 'B/1', 'C/1']);
    const own = periodRows({ ...rows, summary: all }, cases);
    expect([own.summary.length, own.decisions.length, own.deletions.length]).toEqual([4, 0, 0]);
  });

  it('are as they were at the end of the period, whatever came later', () => {
    const versions = versionsUntil(REMEDIATED.versions, plus(NOW, 2 * HOUR));
    const then = recordRows(versions, recordContext());
    expect(periodCases(then.summary, PERIOD)).toMatchObject([{ standing: 'open-at-end', closedAt: null }]);
    expect(then.decisions).toMatchObject([{ final: false, expectedActive: null }]);
  });

  it('name a user who was renamed by both names', () => {
    const pack = aPack({ rows: { ...rows, summary: [summary({ formerNames: ['deploy'] })] } });
    expect(textIn(pack, 'cases.csv')).toContain('ci-deploy,AIDACKCEVSQ6C2EXAMPLE,deploy,1,');
  });
});

describe('the population', () => {
  it('has the times, the sources and the counts, and names everybody for whom nobody vouches', () => {
    const users = [
      packUser(),
      packUser({
        userName: 'secret',
        count: 'unknown',
        read: 'unread',
        asOf: null,
        active: [],
        doubts: ['not-read'],
      }),
      packUser({ userName: 'old', count: 'unknown', read: 'report', doubts: ['too-old'] }),
    ];
    const sources = { live: 1, report: 1, unread: 1 };
    const population = populationOf(packInput({ validations: [packValidation({ users, sources })] }));
    expect(population.validations).toMatchObject([
      {
        at: plus(NOW, DAY),
        reportOf: plus(NOW, DAY - 4 * HOUR),
        users: 3,
        byCount: { one: 1, unknown: 2 },
        bySource: sources,
        notVouched: [
          { userName: 'secret', read: 'unread', asOf: null, doubts: ['not-read'] },
          { userName: 'old', doubts: ['too-old'] },
        ],
      },
    ]);
  });

  it('names the days without a validation, and users without records', () => {
    const unvouched = [{ userId: 'AIDAEDITED', why: 'Entry 3 is not the one that was written.' }];
    const population = populationOf(packInput({ unvouched }));
    expect(population.daysWithout).toEqual(['2026-11-23']);
    expect(population.withoutRecords).toEqual(unvouched);
    const backwards = packInput({}, { from: PERIOD.to, to: PERIOD.from });
    expect(populationOf(backwards).daysWithout).toEqual([]);
  });
});

it('a user of a validation is one of the pack, whatever else a validation says about them', () => {
  const asInPack = (user: ValidatedUser): PackUser => user;
  expect(asInPack).toBeInstanceOf(Function);
});

describe('who was told, and the keys before and after', () => {
  it('has the notices of the period, in the order of time', () => {
    const told = [
      { recipient: 'b', notice: 'reminder', at: plus(NOW, HOUR) },
      { recipient: 'a', notice: 'detected', at: NOW },
      { recipient: 'a', notice: 'detected', at: before },
      { recipient: 'c', notice: 'reminder', at: plus(NOW, 2 * HOUR) },
    ];
    expect(
      toldInPeriod([summary({ told })], PERIOD).map(({ recipient, userName }) => [recipient, userName]),
    ).toEqual([
      ['a', 'ci-deploy'],
      ['b', 'ci-deploy'],
      ['c', 'ci-deploy'],
    ]);
  });

  it('compares the first case of the period with the last validation', () => {
    const two = [summary({ caseNumber: 2, keysBefore: [] }), summary({ caseNumber: 1 })];
    const [row] = beforeAndAfter(two, [packUser({ asOf: null, read: 'unread' })]);
    expect(row).toMatchObject({
      activeBefore: [NEWER, OLDER],
      activeAfter: [NEWER],
      after: null,
      source: 'unread',
    });
    expect(row && cellsOf(row, BEFORE_AFTER_COLUMNS)).toMatchObject({
      active_before: 2,
      active_after: 1,
      after_as_of: 'not read',
    });
  });

  it('has the last reading of the case for somebody whom no validation has', () => {
    const inactive = { id: NEWER, status: 'Inactive' as const, created: NOW, createdBy: null };
    const [row] = beforeAndAfter([summary({ keysBefore: [inactive], stillActive: [] })], []);
    expect(row).toEqual({
      userId: USER_ID,
      userName: 'ci-deploy',
      activeBefore: [],
      before: NOW,
      activeAfter: [],
      after: SUMMARY.keysSeenAt,
      source: 'case',
    });
  });
});

describe('changes', () => {
  it('of settings are listed one by one, the first document is what they began with', () => {
    expect(settingChanges(packInput().settings)).toEqual([
      { at: NOW, anchor: 2, setting: 'mode', before: '"observe"', after: '"enforce"' },
      { at: NOW, anchor: 2, setting: 'only', before: null, after: '{}' },
    ]);
    expect(settingChanges([])).toEqual([]);
  });

  it('of the control item are those of the period, with the last one before it', () => {
    const why = { command: 'revoke' as const, by: 'arn', reason: 'left', approver: 'sec-lead' };
    const at = [plus(before, -1), before, NOW, after];
    const ledger = at.map((one) => ledgerEntry(null, null, {}, { ...why, at: one }));
    expect(ledgerIn(ledger, PERIOD).map((entry) => entry.at)).toEqual([before, NOW]);
    const [{ approver: _, ...entry } = ledgerEntry(null, null, {}, { ...why, at: NOW })] = ledger;
    expect(cellsOf(entry, LEDGER_COLUMNS).approver).toBeNull();
  });

  it('of the release are found in the anchors', () => {
    const [first, second] = packInput().anchors;
    const anchors = [first, second, second].flatMap((one) => one ?? []);
    expect(releasesIn(anchors)).toEqual([
      { release: '0.10.0', from: plus(NOW, -DAY), anchor: 1 },
      { release: '0.11.0', from: NOW, anchor: 2 },
    ]);
  });
});

describe('comments', () => {
  it('are the words that were sealed, and nothing where they were erased or are others', () => {
    const digest = sha256(WORDS);
    const of = (comments: [string, string][]) => commentsIn(rows.decisions, new Map(comments))[0]?.comment;
    expect(of([[digest, WORDS]])).toBe(WORDS);
    expect(of([])).toBeNull();
    expect(of([[digest, 'other words']])).toBeNull();
    expect(
      commentsIn(
        rows.decisions.map((row) => ({ ...row, commentDigest: null })),
        new Map(),
      ),
    ).toEqual([]);
  });
});

describe('a sample', () => {
  const cases = Array.from({ length: 40 }, (_, n) => {
    const [one] = periodCases([summary({ id: `AIDA${n}/1` })], PERIOD);
    return one;
  }).flatMap((one) => one ?? []);

  it('has the lowest hashes of seed and id, so that anybody can draw it again', () => {
    const sample = drawn(cases, 25, 7);
    expect(sample).toHaveLength(25);
    expect(sample.every(({ id, hash }) => hash === sha256(`7|${id}`))).toBe(true);
    const left = cases.filter(({ id }) => !sample.some((one) => one.id === id));
    expect(left.every(({ id }) => sha256(`7|${id}`) > (sample.at(-1)?.hash ?? ''))).toBe(true);
    expect(drawn([...cases].reverse(), 25, 7)).toEqual(sample);
    expect(drawn(cases, 25, 8)).not.toEqual(sample);
  });

  it('of more than there are has all', () => {
    expect(drawn(cases, 100, 7)).toHaveLength(40);
  });
});

describe('the control map', () => {
  it('has the controls that speak of access keys, each with a source and evidence in the pack', () => {
    expect(CONTROL_MAP.map(({ control }) => control)).toEqual([
      '1.13',
      '1.12',
      '2.12',
      'AC-2(3)',
      'IA-5',
      '7.2.5.1',
      '8.6.3',
      'CC6.1',
      'CC6.2',
      'CC6.3',
      '5.18',
    ]);
    const names = aPack().files.map(({ name }) => name);
    for (const { evidence, source, notCovered } of CONTROL_MAP) {
      expect(evidence.filter((file) => !names.some((name) => name.startsWith(file)))).toEqual([]);
      expect(source).toMatch(/^https:\/\//);
      expect(notCovered).not.toBe('');
    }
  });
});

it('a table without rows has no file, unless it must say that there is nothing', () => {
  expect(linesAndCsv('a', [], {}, csvText, false)).toEqual([]);
});
