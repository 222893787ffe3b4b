import { describe, expect, it } from 'vitest';
import type { Case } from '../../../functions/core/case/case.ts';
import type { KeepDecision } from '../../../functions/core/case/decision.ts';
import type { KeyProgress } from '../../../functions/core/case/progress.ts';
import { addressMark, type DecisionRequest } from '../../../functions/core/case/requests.ts';
import { clearance } from '../../../functions/core/judge/clearance.ts';
import type { Situation } from '../../../functions/core/judge/situation.ts';
import { UNRESTRICTED } from '../../../functions/core/model/policy.ts';
import { DAY, HOUR, MINUTE, plus } from '../../../functions/core/model/time.ts';
import {
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
  THIRD,
  toldOf,
} from '../../fakes/cases.ts';
import { asked, codes, judged, progressOf, result, seen } from './scene.ts';

const ON = { ...POLICY, deletion: 'on-confirmation' as const };
const ESCALATING = { ...ON, escalation: ['platform-lead'] };
const CONFIRM: DecisionRequest['ask'] = { kind: 'confirm', keys: [OLDER] };
const over = { deactivated: plus(NOW, -8 * DAY), graceEnds: plus(NOW, -DAY), ...toldOf(plus(NOW, -2 * DAY)) };
const decided = (more: Partial<KeepDecision> = {}) =>
  aDecision({ at: plus(NOW, -8 * DAY), terms: { grace: 7 * DAY, deletion: 'on-confirmation' }, ...more });
const grace = (progress: KeyProgress = {}, more: Partial<Case> = {}) =>
  inGrace({ ...over, ...progress }, { decision: decided(), ...more });
const waits = (more: Partial<Case> = {}, progress: KeyProgress = {}) =>
  grace(progress, { phase: 'awaiting-confirmation', ...more });
const off = seen([newer(), older('Inactive')]);
const look = (current: Case, more: Partial<Situation> = {}) =>
  judged({ current, observed: off, policy: ON, ...more });
const confirmedBy = (by = 'sec-lead', at = plus(NOW, -HOUR)) => decided({ confirmed: confirmedAt(at, by) });
const paused = { pauses: [{ from: plus(NOW, -HOUR), to: null }], revoked: [] };

describe('the question whether keys go', () => {
  it('is put once grace is over and the announcement was long enough before', () => {
    const judgement = look(grace());
    expect(result(judgement)).toMatchObject({ phase: 'awaiting-confirmation', owed: ['confirm-deletion'] });
    expect(judgement.next).toMatchObject({ toldAt: NOW, remindedAt: NOW, escalatedAt: null });
    expect(progressOf(judgement, OLDER)?.deleting).toBeUndefined();
  });

  it.each<[string, Partial<Situation>, KeyProgress, string[]]>([
    ['in grace', {}, { graceEnds: plus(NOW, HOUR) }, []],
    ['while paused', { control: paused }, {}, []],
    ['too soon after the announcement', {}, { ...toldOf(plus(NOW, -HOUR)) }, []],
    ['before the announcement', {}, { ...toldOf(plus(NOW, -8 * DAY)) }, ['deletion-announced']],
  ])('is not put %s', (name, more, progress, owed) => {
    const control = {
      pauses: [{ from: plus(NOW, -6 * DAY), to: plus(NOW, -6 * DAY + HOUR) }],
      revoked: [],
    };
    const before = name === 'before the announcement' ? { control } : {};
    const judgement = look(grace(progress), { ...before, ...more });
    expect(judgement.next?.phase ?? 'grace').toBe('grace');
    expect(result(judgement).owed).toEqual(owed);
  });

  it('becomes a term of the decision, whatever the settings say later', () => {
    const lax = grace({}, { decision: aDecision({ at: plus(NOW, -8 * DAY) }) });
    const { next } = look(lax);
    expect(next?.decision?.terms.deletion).toBe('on-confirmation');
    const later = look({ ...waits(), decision: next?.decision ?? null }, { policy: POLICY });
    expect(result(later).phase).toBe(null);
  });

  it('comes again every remindEvery, and once to others', () => {
    const at = (days: number) => ({ toldAt: plus(NOW, -days * DAY), remindedAt: plus(NOW, -days * DAY) });
    expect(look(waits(at(2))).next).toBe(null);
    expect(look(waits(at(2))).dueAt).toBe(plus(NOW, DAY));
    const reminded = look(waits(at(3)));
    expect(result(reminded).owed).toEqual(['confirm-deletion']);
    expect(reminded.next?.remindedAt).toBe(NOW);
    const escalated = look(waits(at(7)), { policy: ESCALATING });
    expect(escalated.next?.owed.map(({ kind, recipient }) => [kind, recipient])).toEqual([
      ['escalated', '*'],
      ['escalated', 'platform-lead'],
    ]);
  });

  it('stays while paused; afterwards the deletion is announced anew', () => {
    expect(look(waits(), { control: paused })).toMatchObject({ next: null, dueAt: plus(NOW, MINUTE) });
    const control = { pauses: [{ from: plus(NOW, -HOUR), to: plus(NOW, -MINUTE) }], revoked: [] };
    expect(result(look(waits(), { control }))).toMatchObject({
      phase: 'awaiting-confirmation',
      owed: ['deletion-announced'],
    });
  });

  it('waits again when the grace period became longer', () => {
    expect(result(look(waits(), { policy: { ...ON, grace: 30 * DAY } })).phase).toBe('grace');
  });

  it('takes a commitment back that was made without it', () => {
    const current = grace(
      { deleting: plus(NOW, -HOUR), seenInactive: plus(NOW, -HOUR), deletionClaimed: plus(NOW, -HOUR) },
      { phase: 'deleting' },
    );
    const judgement = look(current);
    expect(result(judgement)).toMatchObject({
      phase: 'awaiting-confirmation',
      action: null,
      owed: ['confirm-deletion'],
    });
    expect(progressOf(judgement, OLDER)).toEqual(over);
    expect(codes(judgement)).toContain('deletion-withdrawn');
  });

  it('is not put in observe mode, where nobody could answer', () => {
    const current = waits({ remindedAt: plus(NOW, -9 * DAY) });
    const judgement = look(current, { policy: { ...ON, mode: 'observe' } });
    expect(result(judgement)).toMatchObject({ phase: 'held', heldFor: 'restore-by-hand', owed: ['held'] });
  });

  it('ends when the keys are gone without us, without busy looks', () => {
    const current = waits({ remindedAt: plus(NOW, -9 * DAY), toldAt: plus(NOW, -9 * DAY) });
    const gone = look(current, { observed: seen([newer()]) });
    expect(gone.next?.phase).toBe('awaiting-confirmation');
    expect(gone.dueAt).toBe(plus(NOW, MINUTE));
  });
});

describe('a confirmation', () => {
  it('begins the deletion, and is on record', () => {
    const current = waits({ owed: [{ kind: 'confirm-deletion', recipient: 'sec-lead', since: NOW }] });
    const judgement = look(current, { request: asked(current, CONFIRM) });
    expect(result(judgement)).toMatchObject({ phase: 'deleting', action: null, owed: [] });
    expect(judgement.next?.decision?.confirmed).toMatchObject({
      ...confirmedAt(plus(NOW, -MINUTE)),
      proof: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(judgement.next?.asking).toBe(current.asking + 1);
    expect(codes(judgement)).toEqual(['deletion-confirmed', 'deleting', 'deleting']);
    expect(judgement.again).toBe(true);
  });

  it('given while paused waits for the end of the pause, and nobody is asked again', () => {
    const current = waits({
      owed: [{ kind: 'confirm-deletion', recipient: 'sec-lead', since: NOW }],
      remindedAt: plus(NOW, -9 * DAY),
    });
    const judgement = look(current, { request: asked(current, CONFIRM), control: paused });
    expect(result(judgement)).toMatchObject({ phase: 'awaiting-confirmation', owed: [] });
    expect(judgement.dueAt).toBe(plus(NOW, MINUTE));
  });

  it.each<
    [
      string,
      Parameters<typeof asked>[1],
      Parameters<typeof asked>[2],
      Parameters<typeof asked>[3],
      Partial<Situation>,
    ]
  >([
    ['not-signed', CONFIRM, null, {}, {}],
    ['other-case', CONFIRM, { caseNumber: 2 }, {}, {}],
    ['wrong-purpose', CONFIRM, { purpose: 'restore' }, {}, {}],
    ['wrong-purpose', CONFIRM, { purpose: 'view' }, {}, {}],
    ['not-an-approver', CONFIRM, { recipient: 'nobody' }, {}, {}],
    ['not-an-approver', CONFIRM, { address: addressMark('old@example.com') }, {}, {}],
    ['not-an-approver', CONFIRM, {}, {}, { control: { pauses: [], revoked: ['sec-lead'] } }],
    ['link-expired', CONFIRM, { expires: plus(NOW, -HOUR) }, {}, {}],
    ['too-old', CONFIRM, {}, { at: plus(NOW, -8 * DAY) }, {}],
    ['from-the-future', CONFIRM, {}, { at: plus(NOW, HOUR) }, {}],
    ['observe-mode', CONFIRM, {}, {}, { policy: { ...ON, mode: 'observe' } }],
    ['not-these-keys', { kind: 'confirm', keys: [NEWER] }, {}, {}, {}],
    ['not-these-keys', { kind: 'confirm', keys: [OLDER, THIRD] }, {}, {}, {}],
  ])('is refused: %s', (why, ask, claim, more, situation) => {
    const current = waits();
    const judgement = look(current, { request: asked(current, ask, claim, more), ...situation });
    expect(judgement.events).toContainEqual(
      expect.objectContaining({ code: 'request-refused', detail: why }),
    );
    expect(judgement.next).toMatchObject({
      phase: why === 'observe-mode' ? 'held' : 'awaiting-confirmation',
      asking: current.asking + 1,
      decision: { confirmed: null },
    });
  });

  it.each([
    ['in grace', grace({ graceEnds: plus(NOW, HOUR) })],
    ['without a decision', grace({}, { decision: null, phase: 'awaiting-decision' })],
    ['a second time', waits({ decision: confirmedBy() }, { ...toldOf(plus(NOW, -HOUR)) })],
  ])('is refused: nobody asked, %s', (_name, current) => {
    const judgement = look(current, { request: asked(current, CONFIRM) });
    expect(judgement.events).toContainEqual(expect.objectContaining({ detail: 'not-asked' }));
  });

  it('on keys that are others now is asked for again at once', () => {
    const current = waits();
    const observed = seen([newer(), older('Inactive'), key(THIRD, 'Inactive')]);
    const judgement = look(current, { observed, request: asked(current, CONFIRM) });
    expect(result(judgement)).toMatchObject({ phase: 'awaiting-confirmation', owed: ['confirm-deletion'] });
  });

  it('does not outlive its decision', () => {
    const current = waits();
    const judgement = look(current, { observed: seen([newer(), older()]), request: asked(current, CONFIRM) });
    expect(result(judgement)).toMatchObject({ phase: 'awaiting-decision', decided: false });
    expect(codes(judgement)).not.toContain('deletion-confirmed');
  });

  it.each([
    ['decision-expired', confirmedBy('sec-lead', plus(NOW, -8 * DAY)), {}],
    ['approver-removed', confirmedBy(), { control: { ...paused, revoked: ['sec-lead'] } }],
  ])('not acted on in time is void: %s', (detail, decision, more) => {
    const current = waits({ decision }, { ...toldOf(plus(NOW, -HOUR)) });
    const judgement = look(current, more);
    expect(judgement.events).toContainEqual({ code: 'confirmation-void', detail, by: 'sec-lead' });
    // A new number, so that what was shown before is no answer to what is asked now.
    expect(judgement.next?.asking).toBe(current.asking + 1);
    expect(result(judgement)).toMatchObject({ phase: 'awaiting-confirmation', owed: ['confirm-deletion'] });
    expect(judgement.next?.decision?.confirmed).toBe(null);
  });

  it('stands once the deletion is committed', () => {
    const current = grace(
      { deleting: plus(NOW, -HOUR), seenInactive: plus(NOW, -HOUR) },
      { phase: 'deleting', decision: confirmedBy('gone-lead', plus(NOW, -9 * DAY)) },
    );
    expect(result(look(current)).action).toBe('delete 3QXK');
  });

  it('counts, but a pause since the announcement wants another one', () => {
    const current = grace(
      { deleting: plus(NOW, -HOUR), seenInactive: plus(NOW, -HOUR) },
      { phase: 'deleting', decision: confirmedBy() },
    );
    const control = { pauses: [{ from: plus(NOW, -HOUR), to: plus(NOW, -MINUTE) }], revoked: [] };
    const judgement = look(current, { control });
    expect(result(judgement)).toMatchObject({ phase: 'grace', action: null, owed: ['deletion-announced'] });
    expect(progressOf(judgement, OLDER)?.deleting).toBeUndefined();
  });

  it('is what the last look before the deletion wants to see, too', () => {
    const current = grace({ deleting: NOW }, { phase: 'deleting' });
    const action = { kind: 'delete' as const, keyId: OLDER };
    expect(clearance(current, action, off, POLICY, UNRESTRICTED, NOW)).toEqual({
      go: false,
      why: 'not-confirmed',
    });
    expect(
      clearance({ ...current, decision: confirmedBy() }, action, off, POLICY, UNRESTRICTED, NOW).go,
    ).toBe(true);
    const never = { ...POLICY, deletion: 'never' as const };
    expect(clearance({ ...current, decision: confirmedBy() }, action, off, never, UNRESTRICTED, NOW).go).toBe(
      false,
    );
  });

  it('leaves the way back open until then', () => {
    const current = waits({ decision: confirmedBy() });
    const judgement = look(current, {
      request: asked(current, { kind: 'restore', keys: [OLDER] }),
      control: paused,
    });
    expect(result(judgement)).toMatchObject({ action: 'reactivate 3QXK', decided: false, owed: [] });
  });
});
