import { describe, expect, it } from 'vitest';
import type { Case } from '../../../functions/core/case/case.ts';
import type { HistoryEvent } from '../../../functions/core/case/history.ts';
import type { DecisionRow } from '../../../functions/core/records/decision-row.ts';
import { decisionRows } from '../../../functions/core/records/decisions.ts';
import type { RecordContext } from '../../../functions/core/records/row.ts';
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
  older,
  POLICY,
  restoringSince,
} from '../../fakes/cases.ts';
import { history, recordContext, type Told } from '../../fakes/history.ts';

const ASKED: HistoryEvent[] = [
  { code: 'told', by: '*', detail: 'detected' },
  { code: 'told', by: 'sec-lead', detail: 'detected' },
];
const decided = aDecision({ carriedOutAt: null, reason: 'unused', commentDigest: 'c'.repeat(64) });
const OFF: Partial<Case> = {
  keys: [newer(), older('Inactive')],
  progress: { [OLDER]: { deactivated: NOW } },
};

/** Asked, and answered by the platform lead. */
const answered = () =>
  history()
    .next({}, ...ASKED)
    .next({ decision: decided, asking: 2 }, { code: 'decided', by: 'platform-lead', keyId: NEWER });

const rowsOf = ({ course }: Told, context: Partial<RecordContext> = {}): DecisionRow[] =>
  decisionRows(course, recordContext(context)).map(({ row }) => row);

function rowOf(told: Told, context: Partial<RecordContext> = {}): DecisionRow {
  const [row] = rowsOf(told, context);
  if (row === undefined) {
    throw new Error('there is no row');
  }
  return row;
}

describe('the record of a decision', () => {
  it('says who decided what, on what grounds, and who was asked', () => {
    expect(rowOf(answered())).toMatchObject({
      schema: 1,
      id: 'AIDACKCEVSQ6C2EXAMPLE/1/1',
      userName: 'ci-deploy',
      caseNumber: 1,
      question: 1,
      kind: 'keep',
      keysKept: [NEWER],
      keysToDeactivate: [OLDER],
      keysToDelete: [OLDER],
      reason: 'unused',
      commentDigest: 'c'.repeat(64),
      by: 'platform-lead',
      address: decided.address,
      answeredAt: decided.at,
      adoptedAt: '2026-11-23T18:10:00.000Z',
      carriedOutAt: null,
      told: [{ recipient: 'sec-lead', notice: 'detected', at: '2026-11-23T17:10:00.000Z' }],
      deletion: 'after-grace',
      graceSeconds: 7 * 86_400,
      final: false,
      expectedActive: null,
      exception: null,
      link: null,
    });
  });

  it('has no reason and no comment if the page did not ask', () => {
    const told = history().next({ decision: aDecision(), asking: 2 });
    expect(rowOf(told)).toMatchObject({ reason: null, commentDigest: null });
  });

  it('does not count a mail about a dropped answer, nor one of which nobody is named, as asking', () => {
    const told = history()
      .next({}, { code: 'told', by: 'sec-lead', detail: 'answer-dropped' }, { code: 'told' })
      .next({ decision: decided });
    expect(rowOf(told).told).toEqual([]);
  });

  it('names the link, if the answer is stored', () => {
    const { digest, at } = decided;
    const ask = { kind: 'keep' as const, keep: NEWER, off: [OLDER], acknowledged: [] };
    const request = { digest, at, payload: '', proof: '', ask };
    expect(rowOf(answered(), { answers: [{ request, purpose: 'list' }] }).link).toBe('list');
  });

  it('says when it was carried out, and who confirmed the deletion', () => {
    const told = answered()
      .next({ ...OFF, decision: { ...decided, carriedOutAt: NOW } })
      .next({ decision: { ...decided, carriedOutAt: NOW, confirmed: { ...confirmedAt(NOW), proof: 'x' } } });
    expect(rowOf(told)).toMatchObject({ carriedOutAt: NOW, confirmed: confirmedAt(NOW), ended: null });
    expect(rowsOf(told)).toHaveLength(1);
  });

  it.each([
    ['remediated', [NEWER]],
    ['deactivated', [NEWER]],
    ['user-gone', null],
  ] as const)(
    'is final when the case closes as %s, and says which key must be Active then',
    (closedAs, expected) => {
      const told = answered().next({ phase: 'closed', phaseSince: NOW, closedAs }, { code: 'closed' });
      expect(rowOf(told)).toMatchObject({ final: true, closedAt: NOW, closedAs, expectedActive: expected });
    },
  );

  it('expects no key where all were to be deactivated', () => {
    const told = history()
      .next({ decision: noneKept(), asking: 2 }, { code: 'none-decided', by: 'platform-lead' })
      .next({ phase: 'closed', closedAs: 'remediated' });
    expect(rowOf(told)).toMatchObject({
      kind: 'none',
      keysKept: [],
      expectedActive: [],
      madeByDecider: false,
    });
  });
});

describe('the end of a decision', () => {
  const end = (changes: Partial<Case>, ...events: HistoryEvent[]) =>
    rowOf(answered().next({ decision: null, asking: 3, ...changes }, ...events)).ended;

  it('is why it became void', () => {
    expect(end({}, { code: 'decision-void', detail: 'in-use', keyId: OLDER })).toEqual({
      at: '2026-11-23T19:10:00.000Z',
      why: 'in-use',
      by: null,
      keyId: OLDER,
    });
    expect(end({}, { code: 'decision-void', detail: 'restored', by: 'sec-lead' })?.by).toBe('sec-lead');
    expect(end({}, { code: 'decision-void' })?.why).toBe('void');
  });

  it('is that the settings leave the user alone now', () => {
    expect(end({ excluded: true })?.why).toBe('excluded');
    expect(end({ outside: true })?.why).toBe('outside');
  });

  it('is that the violation returned after the case had been closed, which then expects nothing', () => {
    const told = answered()
      .next({ phase: 'closed', closedAs: 'remediated' })
      .next({ phase: 'awaiting-decision', closedAs: null, decision: null, asking: 4 }, { code: 'reopened' });
    expect(rowOf(told)).toMatchObject({ final: false, ended: { why: 'reopened' }, expectedActive: null });
    const closed = told.next({ phase: 'closed', closedAs: 'by-owner' });
    expect(rowOf(closed)).toMatchObject({ final: true, expectedActive: null });
  });

  it('is another decision, which is a record of its own and has only its own notices', () => {
    const told = answered()
      .next({}, { code: 'told', by: 'platform-lead', detail: 'deactivated' })
      .next({ decision: noneKept({ digest: '1'.repeat(64) }), asking: 3 }, { code: 'none-decided' });
    const [first, second] = rowsOf(told);
    expect(first?.ended?.why).toBe('superseded');
    expect(second).toMatchObject({ question: 2, ended: null });
    expect(second?.told.map(({ notice }) => notice)).toEqual(['deactivated']);
  });
});

it('an answer that was void at once is on record with what the history has of it', () => {
  const told = history()
    .next(
      { asking: 3 },
      { code: 'decided', by: 'sec-lead', keyId: NEWER },
      { code: 'decision-void', detail: 'in-use', keyId: OLDER },
    )
    .next({ asking: 5 }, { code: 'none-decided' }, { code: 'decision-void', detail: 'keys-changed' });
  expect(rowsOf(told)).toMatchObject([
    { question: 1, kind: 'keep', by: 'sec-lead', keysKept: [NEWER], ended: { why: 'in-use' } },
    { question: 3, kind: 'none', by: null, keysKept: [], ended: { why: 'keys-changed' } },
  ]);
});

it('a decision in the first version that is known answers a question of which nothing is known', () => {
  expect(rowOf(history({ decision: decided }))).toMatchObject({ question: 0, adoptedAt: NOW });
});

describe('an exception', () => {
  it('has its keys, its end and how often it was renewed', () => {
    const given = notNow();
    const told = history().next({ decision: given, exceptions: [granted(given, 3)], asking: 2 });
    expect(rowOf(told)).toMatchObject({
      kind: 'not-now',
      keysKept: [NEWER, OLDER],
      exception: { keys: [NEWER, OLDER], until: given.until, renewals: 2 },
    });
  });

  it('counts as the first one if no earlier one is remembered', () => {
    expect(rowOf(history().next({ decision: notNow() })).exception?.renewals).toBe(0);
  });
});

describe('a restore', () => {
  it('stands in the record of the decision whose key comes back', () => {
    const back = restoringSince(NOW);
    const told = answered()
      .next(OFF)
      .next(
        { decision: null, progress: { [OLDER]: { deactivated: NOW, restoring: back } } },
        { code: 'restore-asked', by: 'sec-lead' },
        { code: 'decision-void', detail: 'restored', by: 'sec-lead' },
      );
    expect(rowOf(told)).toMatchObject({
      ended: { why: 'restored' },
      restores: [{ keys: [OLDER], by: 'sec-lead', at: NOW }],
    });
  });

  it('has no key and the time of the entry if it lapsed at once; one that was asked for before is no part of it', () => {
    const asked = { [OLDER]: { deactivated: NOW, restoring: restoringSince(NOW) } };
    const told = answered()
      .next({ progress: asked }, { code: 'restore-asked', by: 'sec-lead' })
      .next({}, { code: 'restore-asked', by: 'platform-lead' });
    expect(rowOf(told).restores).toEqual([
      { keys: [OLDER], by: 'sec-lead', at: NOW },
      { keys: [], by: 'platform-lead', at: told.at },
    ]);
  });

  it('that became void with its decision stands beside it, even in the first version that is known', () => {
    const asked = { [OLDER]: { restoring: restoringSince(NOW) } };
    const told = history({ decision: decided, progress: asked }, { code: 'restore-asked', by: 'sec-lead' });
    expect(rowOf(told).restores).toEqual([{ keys: [OLDER], by: 'sec-lead', at: NOW }]);
  });
});

describe('if the decider created a key that stays', () => {
  const made = { createdBy: 'user/platform', at: NOW };
  const withKnown = (principals: readonly string[]) => ({
    policy: {
      ...POLICY,
      approvers: POLICY.approvers.map((one) => (one.id === 'platform-lead' ? { ...one, principals } : one)),
    },
  });
  const by = (origins: Case['origins'], ...principals: string[]) =>
    rowOf(answered().next({ origins }), principals.length === 0 ? {} : withKnown(principals)).madeByDecider;

  it.each([
    ['is known to be so', { [NEWER]: made }, ['arn:aws:iam::123456789012:user/platform'], true],
    ['is known not to be so', { [NEWER]: made }, ['arn:aws:iam::123456789012:role/other'], false],
    ['is not known without the ARNs of the decider', { [NEWER]: made }, [], null],
    ['is not known without the creator of the key', {}, ['arn:aws:iam::123456789012:user/platform'], null],
  ] as const)('%s', (_what, origins, principals, expected) => {
    expect(by(origins, ...principals)).toBe(expected);
  });

  it('is known if the decision was marked as such, whatever the settings say now', () => {
    expect(rowOf(history().next({ decision: { ...decided, selfApproved: true } })).madeByDecider).toBe(true);
  });

  it('is not known if the decider is no approver under that address any more', () => {
    const moved = { policy: { ...POLICY, approvers: [] } };
    expect(rowOf(answered().next({ origins: { [NEWER]: made } }), moved).madeByDecider).toBeNull();
  });
});
