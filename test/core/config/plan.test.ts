import { describe, expect, it } from 'vitest';

import { planned, unshown } from '../../../functions/core/config/plan.ts';
import type { ListedUser, ReportRow, ShownVerdict, Survey } from '../../../functions/core/config/survey.ts';
import { UNRESTRICTED } from '../../../functions/core/model/policy.ts';
import { DAY, HOUR, type Instant, plus } from '../../../functions/core/model/time.ts';
import { NOW, POLICY } from '../../fakes/cases.ts';

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
/** The first keys are active, the others are not. */
const slots = (keys: number, active = Math.min(keys, 1)): ReportRow['slots'] =>
  Array.from({ length: keys }, (_, n) => ({
    created: plus(CREATED, n * DAY),
    active: n < active,
    lastUsed: { kind: 'never' },
  }));
const row = (more: Partial<ReportRow> = {}): ReportRow => ({
  arn: arn('a'),
  created: CREATED,
  slots: slots(1),
  console: false,
  certificates: 0,
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
    cases: new Map(),
    evidence: new Map(),
    control: UNRESTRICTED,
    shownOfAccount: null,
    subscriptions: null,
    storedAt: plus(NOW, -20),
    keysSeenAt: new Map(),
    now: NOW,
    ...more,
  };
}

const SAID = { userId: 'AIDAa', annotation: null, factsAt: GENERATED };

describe('of whom the report may speak', () => {
  it.each<[string, ReportRow | null, ShownVerdict | null, object[], Partial<Survey>?]>([
    ['one active key, new to Config', row(), null, [{ ...SAID, compliance: 'COMPLIANT' }]],
    ['no active key', row({ slots: slots(1, 0) }), null, [{ ...SAID, compliance: 'COMPLIANT' }]],
    ['one active key, as Config shows', row(), held(), []],
    [
      'the same for thirty days',
      row(),
      held({ recorded: plus(NOW, -30 * DAY) }),
      [{ ...SAID, compliance: 'COMPLIANT' }],
    ],
    [
      'a slot free in a report that does not tell of more keys',
      row({ more: null }),
      null,
      [{ ...SAID, compliance: 'COMPLIANT' }],
    ],
    ['the same for twenty-nine days', row(), held({ recorded: plus(NOW, -29 * DAY) }), []],
    ['both slots in such a report, as Config shows', row({ slots: slots(2), more: null }), held(), []],
    [
      'both slots in such a report, new to Config',
      row({ slots: slots(2), more: null }),
      null,
      [{ ...SAID, compliance: 'COMPLIANT' }],
    ],
    ['both slots, and no more keys', row({ slots: slots(2) }), null, [{ ...SAID, compliance: 'COMPLIANT' }]],
    ['no key at all', row({ slots: slots(0, 0) }), null, []],
    [
      'not shown, with a case that knows nothing newer',
      row(),
      null,
      [{ ...SAID, compliance: 'COMPLIANT' }],
      { keysSeenAt: new Map([['AIDAa', plus(GENERATED, -1)]]) },
    ],
    ['no key any more', row({ slots: slots(0, 0) }), held(), [{ ...SAID, compliance: 'NOT_APPLICABLE' }]],
  ])('%s', (_, seen, shown, evaluations, more) => {
    const plan = planned(census(seen, shown, more), POLICY);
    expect(plan).toEqual({ live: [], evaluations, gone: [] });
  });
});

describe('who is read live', () => {
  it.each<[string, ReportRow | null, ShownVerdict | null, Partial<Survey>?]>([
    ['who is not in the report: made since', null, null],
    ['who has the name of another user in the report', row({ created: plus(CREATED, DAY) }), null],
    ['both slots active', row({ slots: slots(2, 2) }), null],
    ['more keys than slots', row({ more: true }), null],
    ['an open case', row(), null, { open: new Set(['AIDAa']) }],
    ['shown as not compliant', row(), held({ compliance: 'NON_COMPLIANT', annotation: 'x' })],
    ['shown as compliant with something to say', row(), held({ annotation: 'in grace' })],
    [
      'not shown, although reconcile saw keys after the report',
      row(),
      null,
      { keysSeenAt: new Map([['AIDAa', GENERATED]]) },
    ],
    ['shown with a key by a look after the report', row({ slots: slots(0, 0) }), held({ factsAt: NOW })],
  ])('%s', (_, seen, shown, more) => {
    const plan = planned(census(seen, shown, more), POLICY);
    expect(plan.live.map(({ userId }) => userId)).toEqual(['AIDAa']);
    expect(plan.evaluations).toEqual([]);
  });
});

describe('who is not listed any more', () => {
  it('is taken off the list in Config, as of the time of the list', () => {
    const plan = planned(census(row(), held(), { users: [] }), POLICY);
    expect(plan.evaluations).toEqual([
      { userId: 'AIDAa', compliance: 'NOT_APPLICABLE', annotation: null, factsAt: plus(NOW, -10) },
    ]);
  });

  it('and has an open case is to be woken', () => {
    const plan = planned(census(null, null, { users: [], open: new Set(['AIDAa']) }), POLICY);
    expect(plan).toEqual({ live: [], evaluations: [], gone: ['AIDAa'] });
  });
});

it('whose case to ask about later looks: who has a key by the report, and Config does not show', () => {
  expect(unshown(census(row(), null)).map(({ userId }) => userId)).toEqual(['AIDAa']);
  expect(unshown(census(row(), held()))).toEqual([]);
  expect(unshown(census(row({ slots: slots(0, 0) }), null))).toEqual([]);
  expect(unshown(census(null, null))).toEqual([]);
});
