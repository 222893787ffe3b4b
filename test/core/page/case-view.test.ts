import { describe, expect, it } from 'vitest';
import type { Case } from '../../../functions/core/case/case.ts';
import type { KeepDecision } from '../../../functions/core/case/decision.ts';
import { factsDigest, factsOf } from '../../../functions/core/case/facts.ts';
import type { KeyProgress } from '../../../functions/core/case/progress.ts';
import { UNRESTRICTED } from '../../../functions/core/model/policy.ts';
import { DAY, HOUR, plus } from '../../../functions/core/model/time.ts';
import type { CaseState } from '../../../functions/core/page/case-state.ts';
import { caseView, type ViewedWith } from '../../../functions/core/page/case-view.ts';
import {
  aCase,
  aDecision,
  confirmedAt,
  inGrace,
  key,
  NEWER,
  NOW,
  newer,
  OLDER,
  older,
  POLICY,
  restoringSince,
  THIRD,
  used,
} from '../../fakes/cases.ts';

const look: ViewedWith = { now: NOW, policy: POLICY, control: UNRESTRICTED, request: null };
const observe: ViewedWith = { ...look, policy: { ...POLICY, mode: 'observe' } };
const request: ViewedWith['request'] = {
  by: 'sec-lead',
  at: NOW,
  ask: { kind: 'keep', keep: NEWER, off: [OLDER], acknowledged: [] },
};

const never: ViewedWith = { ...look, policy: { ...POLICY, deletion: 'never' } };
const confirmed: Partial<KeepDecision> = { confirmed: confirmedAt(NOW) };

function toConfirm(more: Partial<KeepDecision> | null = {}, progress: KeyProgress = {}): Case {
  const terms = { grace: 7 * DAY, deletion: 'on-confirmation' as const };
  const decision = more === null ? null : aDecision({ terms, ...more });
  return inGrace(progress, { phase: 'awaiting-confirmation', decision });
}

const states: [string, CaseState, Case, ViewedWith][] = [
  ['two active keys and no decision', 'question', aCase(), look],
  ['a rotation under way', 'question', aCase({ phase: 'rotating' }), look],
  ['an answer stored, not yet taken over', 'decided', aCase(), { ...look, request }],
  ['a decision being carried out', 'decided', aCase({ phase: 'approved', decision: aDecision() }), look],
  ['the other key off', 'grace', inGrace(), look],
  ['a restore asked for', 'decided', inGrace(), { ...look, request }],
  ['a restore on its way', 'restoring', inGrace({ restoring: restoringSince(NOW) }), look],
  ['a deletion to be confirmed', 'confirm', toConfirm(), look],
  ['a deletion to be confirmed, and an answer stored', 'decided', toConfirm(), { ...look, request }],
  ['a deletion confirmed, not yet committed', 'decided', toConfirm(confirmed), look],
  ['a deletion to be confirmed, and the setting is now never', 'grace', toConfirm(), never],
  ['a deletion to be confirmed in observe mode', 'observing', toConfirm(), observe],
  ['keys to be confirmed that are gone', 'waiting', toConfirm({}, { deleted: NOW }), look],
  ['a deletion to be confirmed, and the decision void', 'question', toConfirm(null), look],
  ['a deletion committed', 'deleting', inGrace({ deleting: NOW }), look],
  ['everything deleted', 'waiting', inGrace({ deleting: NOW, deleted: NOW }), look],
  ['one key active, one of ours off, and no decision', 'question', inGrace({}, { decision: null }), look],
  [
    'no active key, one of ours off',
    'grace',
    inGrace({}, { decision: null, phase: 'held', keys: [newer('Inactive'), older('Inactive')] }),
    look,
  ],
  [
    'held, and nothing a form could do',
    'held',
    aCase({ phase: 'held', heldFor: 'unknown', keys: [newer()] }),
    look,
  ],
  ['one active key, nothing of ours', 'waiting', aCase({ keys: [newer(), older('Inactive')] }), look],
  ['observe mode', 'observing', aCase(), observe],
  ['an excluded user', 'excluded', aCase({ phase: 'excluded', excluded: true }), look],
  ['an excluded user in observe mode', 'excluded', aCase({ phase: 'excluded', excluded: true }), observe],
];

describe('what a page finds', () => {
  it.each(states)('%s: %s', (_name, state, current, at) => {
    expect(caseView(current, at).state).toBe(state);
  });

  it('carries the digest of the facts as recorded', () => {
    expect(caseView(aCase(), look).digest).toBe(factsDigest(factsOf(aCase()), POLICY));
  });

  it('names the active keys that were used within the quiet period', () => {
    const third = key(THIRD, 'Active', { lastUsed: used(plus(NOW, -DAY)) });
    const offAndUsed = { ...older('Inactive'), lastUsed: used(NOW) };
    const view = caseView(aCase({ keys: [newer(), third, offAndUsed] }), look);
    expect(view.active.map(({ id }) => id)).toEqual([NEWER, THIRD]);
    expect(view.inUse).toEqual([NEWER]);
  });

  it('knows the decision behind keys that are being switched off', () => {
    const view = caseView(aCase({ phase: 'approved', decision: aDecision() }), look);
    expect(view.decided).toEqual({
      by: 'platform-lead',
      at: plus(NOW, -HOUR),
      ask: { kind: 'keep', keep: NEWER, off: [OLDER], acknowledged: [] },
    });
  });

  it('says whether Solekey is paused', () => {
    const paused = { pauses: [{ from: plus(NOW, -HOUR), to: null }], revoked: [] };
    expect(caseView(aCase(), look).paused).toBe(false);
    expect(caseView(aCase(), { ...look, control: paused }).paused).toBe(true);
  });
});

describe('what may be confirmed', () => {
  it('is every key that is off and decided to go, and each may come back instead', () => {
    const view = caseView(toConfirm(), look);
    expect(view).toMatchObject({ confirmable: [OLDER], restorable: [{ id: OLDER, until: null }] });
    expect(view.deletion).toBe('on-confirmation');
  });

  it('is nothing once somebody did, but the way back stays open until the deletion is committed', () => {
    expect(caseView(toConfirm(confirmed), look)).toMatchObject({
      decided: { by: 'sec-lead', at: NOW, ask: { kind: 'confirm', keys: [OLDER] } },
      confirmable: [],
      restorable: [{ id: OLDER }],
    });
  });

  it('is nothing in any other phase', () => {
    expect(caseView(inGrace(), look)).toMatchObject({ confirmable: [], deletion: 'after-grace' });
  });
});

describe('what may come back', () => {
  it('is a key of ours that is off, until the date told to people', () => {
    expect(caseView(inGrace(), look).restorable).toEqual([
      { id: OLDER, until: plus(NOW, 7 * DAY - HOUR), typed: null },
    ]);
  });

  it('is so until the day that a mail would name, too', () => {
    expect(caseView(inGrace(), look).undoUntil).toBe(plus(NOW, 7 * DAY - HOUR));
    expect(caseView(inGrace({}, { decision: null }), look).undoUntil).toBeNull();
  });

  it('must be brought back by hand where IAM refuses it to us', () => {
    const held = { phase: 'held', heldFor: 'restore-by-hand', decision: null } as const;
    expect(caseView(inGrace({ restoring: restoringSince(NOW) }, held), look)).toMatchObject({
      state: 'restoring',
      byHand: [OLDER],
    });
    expect(caseView(inGrace({ deleting: NOW }, held), look).byHand).toEqual([]);
  });

  it('has no end while no deletion is due', () => {
    const never = aDecision({ terms: { grace: DAY, deletion: 'never' } });
    expect(caseView(inGrace({}, { decision: never }), look).restorable).toMatchObject([
      { id: OLDER, until: null },
    ]);
    expect(caseView(inGrace({}, { decision: null }), look).restorable).toMatchObject([
      { id: OLDER, until: null },
    ]);
  });

  it.each([
    ['its deletion is committed', inGrace({ deleting: NOW }), look],
    ['it is on its way back', inGrace({ restoring: restoringSince(NOW) }), look],
    ['somebody answered already', inGrace(), { ...look, request }],
    ['nothing of ours is off', aCase(), look],
  ])('is nothing when %s', (_name, current, at) => {
    const view = caseView(current, at);
    expect(view.restorable).toEqual([]);
    expect(view.byHand).toEqual([]);
  });

  it.each([
    ['in observe mode', inGrace(), observe],
    ['for excluded users', inGrace({}, { excluded: true }), look],
  ])('must be brought back by hand %s', (_name, current, at) => {
    const view = caseView(current, at);
    expect(view.restorable).toEqual([]);
    expect(view.byHand).toEqual([OLDER]);
  });
});
