import { describe, expect, it } from 'vitest';
import { PUT_AGAIN_AFTER } from '../../../functions/core/config/needs-update.ts';
import { planned, unshown } from '../../../functions/core/config/plan.ts';
import type { ListedUser, ReportRow, ShownVerdict, Survey } from '../../../functions/core/config/survey.ts';
import { DAY, HOUR, type Instant, plus } from '../../../functions/core/model/time.ts';
import { NOW } from '../../fakes/cases.ts';

const GENERATED = plus(NOW, -3 * HOUR);
const CREATED: Instant = '2025-01-01T00:00:00.000Z';
const arn = (name: string) => `arn:aws:iam::123456789012:user/${name}`;
const user = (name: string, more: Partial<ListedUser> = {}): ListedUser => ({
  userId: `AIDA${name}`,
  userName: name,
  path: '/',
  arn: arn(name),
  created: CREATED,
  tags: {},
  ...more,
});
const row = (more: Partial<ReportRow> = {}): ReportRow => ({
  arn: arn('a'),
  created: CREATED,
  keys: 1,
  active: 1,
  more: false,
  ...more,
});
const held = (more: Partial<ShownVerdict> = {}): ShownVerdict => ({
  compliance: 'COMPLIANT',
  annotation: null,
  factsAt: plus(NOW, -DAY),
  recorded: plus(NOW, -DAY),
  ...more,
});

function census(row: ReportRow | null, shown: ShownVerdict | null, more: Partial<Survey> = {}): Survey {
  return {
    users: [user('a')],
    listedAt: plus(NOW, -10),
    report: { generated: GENERATED, rows: new Map(row === null ? [] : [[row.arn, row]]) },
    shown: new Map(shown === null ? [] : [['AIDAa', shown]]),
    open: new Set(),
    keysSeenAt: new Map(),
    now: NOW,
    ...more,
  };
}

const SAID = { userId: 'AIDAa', annotation: null, factsAt: GENERATED };

describe('of whom the report may speak', () => {
  it.each<[string, ReportRow | null, ShownVerdict | null, object[], Partial<Survey>?]>([
    ['one active key, new to Config', row(), null, [{ ...SAID, compliance: 'COMPLIANT' }]],
    ['no active key', row({ active: 0 }), null, [{ ...SAID, compliance: 'COMPLIANT' }]],
    ['one active key, as Config shows', row(), held(), []],
    [
      'the same for a week',
      row(),
      held({ recorded: plus(NOW, -7 * DAY) }),
      [{ ...SAID, compliance: 'COMPLIANT' }],
    ],
    [
      'a slot free in a report that does not tell of more keys',
      row({ more: null }),
      null,
      [{ ...SAID, compliance: 'COMPLIANT' }],
    ],
    ['both slots in such a report, as Config shows', row({ keys: 2, more: null }), held(), []],
    ['both slots, and no more keys', row({ keys: 2 }), null, [{ ...SAID, compliance: 'COMPLIANT' }]],
    ['no key at all', row({ keys: 0, active: 0 }), null, []],
    [
      'not shown, with a case that knows nothing newer',
      row(),
      null,
      [{ ...SAID, compliance: 'COMPLIANT' }],
      { keysSeenAt: new Map([['AIDAa', plus(GENERATED, -1)]]) },
    ],
    ['no key any more', row({ keys: 0, active: 0 }), held(), [{ ...SAID, compliance: 'NOT_APPLICABLE' }]],
  ])('%s', (_, seen, shown, evaluations, more) => {
    const plan = planned(census(seen, shown, more));
    expect(plan).toEqual({ live: [], evaluations, gone: [] });
  });
});

describe('who is read live', () => {
  it.each<[string, ReportRow | null, ShownVerdict | null, Partial<Survey>?]>([
    ['who is not in the report: made since', null, null],
    ['who has the name of another user in the report', row({ created: plus(CREATED, DAY) }), null],
    ['both slots active', row({ keys: 2, active: 2 }), null],
    ['more keys than slots', row({ more: true }), null],
    ['both slots in a report that does not tell of more keys', row({ keys: 2, more: null }), null],
    [
      'the same, shown for a week',
      row({ keys: 2, more: null }),
      held({ recorded: plus(NOW, -PUT_AGAIN_AFTER) }),
    ],
    ['an open case', row(), null, { open: new Set(['AIDAa']) }],
    ['shown as not compliant', row(), held({ compliance: 'NON_COMPLIANT', annotation: 'x' })],
    ['shown as compliant with something to say', row(), held({ annotation: 'in grace' })],
    [
      'not shown, although reconcile saw keys after the report',
      row(),
      null,
      { keysSeenAt: new Map([['AIDAa', GENERATED]]) },
    ],
    ['shown with a key by a look after the report', row({ keys: 0, active: 0 }), held({ factsAt: NOW })],
  ])('%s', (_, seen, shown, more) => {
    const plan = planned(census(seen, shown, more));
    expect(plan.live.map(({ userId }) => userId)).toEqual(['AIDAa']);
    expect(plan.evaluations).toEqual([]);
  });
});

describe('who is not listed any more', () => {
  it('is taken off the list in Config, as of the time of the list', () => {
    const plan = planned(census(row(), held(), { users: [] }));
    expect(plan.evaluations).toEqual([
      { userId: 'AIDAa', compliance: 'NOT_APPLICABLE', annotation: null, factsAt: plus(NOW, -10) },
    ]);
  });

  it('and has an open case is to be woken', () => {
    const plan = planned(census(null, null, { users: [], open: new Set(['AIDAa']) }));
    expect(plan).toEqual({ live: [], evaluations: [], gone: ['AIDAa'] });
  });
});

it('whose case to ask about later looks: who has a key by the report, and Config does not show', () => {
  expect(unshown(census(row(), null)).map(({ userId }) => userId)).toEqual(['AIDAa']);
  expect(unshown(census(row(), held()))).toEqual([]);
  expect(unshown(census(row({ keys: 0, active: 0 }), null))).toEqual([]);
  expect(unshown(census(null, null))).toEqual([]);
});
