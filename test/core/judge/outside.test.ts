/** Judgement 3: users whom the setting `only` leaves out. */
import { describe, expect, test } from 'vitest';
import { knownTerms } from '../../../functions/core/case/terms.ts';
import { judge } from '../../../functions/core/judge/judge.ts';
import { plus } from '../../../functions/core/model/time.ts';
import { aCase, aDecision, inGrace, NEWER, NOW, newer, OLDER, older, POLICY } from '../../fakes/cases.ts';
import { asked, judged, result, seen, situation } from './scene.ts';

const only = (glob: string) => ({ ...POLICY, mode: { only: { tag: null, users: [glob] } } });
/** The user of these scenes is /svc/ci-deploy. */
const LEFT_OUT = only('apps/*');
const LET_IN = only('svc/*');
const KEEP = { kind: 'keep' as const, keep: NEWER, off: [OLDER], acknowledged: [] };
const one = seen([newer(), older('Inactive')]);

describe('a user outside `only`', () => {
  test('is asked about as in observe mode', () => {
    const fresh = judged({ current: null, policy: LEFT_OUT });
    const observing = judged({ current: null, policy: { ...POLICY, mode: 'observe' } });
    expect(result(fresh)).toEqual(result(observing));
    expect(fresh.dueAt).toBe(observing.dueAt);
    expect(fresh.next).toMatchObject({ outside: true, shownTerms: [{ mode: 'observe' }] });
  });

  test('gets no change for an answer, and whoever gave it is told', () => {
    const current = aCase({ outside: true });
    const judgement = judged({ current, policy: LEFT_OUT, request: asked(current, KEEP) });
    expect(judgement.action).toBeNull();
    expect(judgement.next?.decision).toBeNull();
    expect(judgement.next?.dropped).toMatchObject([{ why: 'observe-mode', by: 'sec-lead' }]);
  });

  test('loses a decision that is not begun, which is told, and one that was begun', () => {
    const approved = (carriedOutAt: string | null) =>
      aCase({ phase: 'approved', decision: aDecision({ carriedOutAt }), asking: 2 });
    const stopped = judged({ current: approved(null), policy: LEFT_OUT });
    expect(result(stopped)).toMatchObject({ rule: 'awaiting', phase: 'awaiting-decision', action: null });
    expect(stopped.next).toMatchObject({ decision: null, asking: 3, outside: true });
    expect(stopped.next?.dropped).toMatchObject([{ why: 'observe-mode' }]);
    const begun = judged({ current: approved(NOW), policy: LEFT_OUT });
    expect(begun.next).toMatchObject({ decision: null });
    expect(begun.next?.dropped).toBeUndefined();
  });

  test.each([
    ['by a decision', inGrace()],
    ['without one', inGrace({}, { decision: null, phase: 'awaiting-decision' })],
  ])('with a key that we deactivated %s is on hold, and people get the command', (_, current) => {
    const judgement = judged({ current, observed: one, policy: LEFT_OUT });
    expect(result(judgement)).toMatchObject({
      rule: 'outside',
      phase: 'held',
      heldFor: 'restore-by-hand',
      action: null,
      decided: false,
    });
    expect(result(judgement).owed).toContain('held');
  });

  test('has no key reactivated either, because the role may not', () => {
    const restoring = inGrace({ restoring: { by: 'sec-lead', address: 'a', at: NOW } });
    expect(judged({ current: restoring, observed: one, policy: LEFT_OUT }).action).toBeNull();
    const answer = asked(inGrace(), { kind: 'restore', keys: [OLDER] }, { purpose: 'restore' });
    const told = judged({ current: inGrace(), observed: one, policy: LEFT_OUT, request: answer });
    expect(result(told)).toMatchObject({ rule: 'outside', heldFor: 'restore-by-hand', action: null });
  });

  test('is a case that closes like any other when one key is left', () => {
    const seenOnce = aCase({ outside: true, keys: [newer()], compliantSince: plus(NOW, -3600) });
    const judgement = judged({ current: seenOnce, observed: seen([newer()]), policy: LEFT_OUT });
    expect(result(judgement)).toMatchObject({ closedAs: 'by-owner' });
  });

  test('that is excluded, too, is excluded', () => {
    const policy = { ...LEFT_OUT, exclude: { tag: null, users: ['ci-*'] } };
    expect(judged({ policy }).rule).toBe('excluded');
  });
});

describe('a user who is let in', () => {
  const told = { toldAt: plus(NOW, -3600), remindedAt: plus(NOW, -3600), outside: true };

  test('is asked about at once, by a mail whose link decides', () => {
    const judgement = judged({ current: aCase(told), policy: LET_IN });
    expect(judgement.next).toMatchObject({ outside: false, asking: 2, toldAt: NOW, askedAgain: null });
    expect(result(judgement).owed).toEqual(['detected']);
    expect(judgement.next?.former).toMatchObject([{ outside: true }]);
  });

  test('is asked about when the setting is gone, but not when the account only observes', () => {
    expect(result(judged({ current: aCase(told) })).owed).toEqual(['detected']);
    const observing = judged({ current: aCase(told), policy: { ...POLICY, mode: 'observe' } });
    expect(observing.next).toBeNull();
  });

  test('was not outside before if nothing is recorded: nobody is asked again', () => {
    const { outside: _none, ...inside } = told;
    const judgement = judged({ current: aCase(inside), policy: LET_IN });
    expect(judgement.next).toBeNull();
  });

  test('whose tags go back in time stays as recorded', () => {
    const current = aCase({ outside: false });
    const observed = {
      ...seen([newer(), older()]),
      lag: { until: NOW, keys: [], excluded: null, outside: false },
    };
    expect(judged({ current, observed, policy: LEFT_OUT }).next?.outside ?? false).toBe(false);
  });
});

test('moved out and in, an answer to the question from before does not count', () => {
  const first = aCase({ toldAt: NOW, remindedAt: NOW, outside: false });
  const out = judged({ current: first, policy: LEFT_OUT }).next;
  const back = judge({ ...situation({ policy: LET_IN }), current: out && { ...out, lease: null } }).next;
  expect([first.asking, out?.asking, back?.asking]).toEqual([1, 2, 3]);
  expect(knownTerms(back ?? {}, LET_IN).map(({ mode }) => mode)).toEqual(['observe', 'enforce']);
});
