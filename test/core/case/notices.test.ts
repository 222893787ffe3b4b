import { describe, expect, it } from 'vitest';
import { type Case, MACHINES, type NoticeKind, type OwedNotice } from '../../../functions/core/case/case.ts';
import { deletionDate, undoDate } from '../../../functions/core/case/deletion.ts';
import { linkPurpose, owesMail, struckOff } from '../../../functions/core/case/notices.ts';
import { UNRESTRICTED } from '../../../functions/core/model/policy.ts';
import { DAY, HOUR, plus } from '../../../functions/core/model/time.ts';
import { aCase, aDecision, inGrace, NOW, OLDER, POLICY, THIRD, toldOf } from '../../fakes/cases.ts';

const held = (heldFor: Case['heldFor'], more: Partial<Case> = {}) =>
  inGrace({}, { phase: 'held', heldFor, ...more });

describe('what a link is for', () => {
  it.each<[NoticeKind, Case, ReturnType<typeof linkPurpose>]>([
    ['detected', aCase(), 'decide'],
    ['reminder', aCase(), 'decide'],
    ['restored', aCase(), 'decide'],
    ['confirm-deletion', inGrace(), 'delete'],
    ['deactivated', inGrace(), 'restore'],
    ['deletion-announced', inGrace(), 'restore'],
    ['closed', aCase({ phase: 'closed' }), null],
    ['held', held('no-active-key'), 'restore'],
    ['reminder', held('no-active-key'), 'restore'],
    ['held', held('no-active-key', { progress: {} }), null],
    ['held', held('used-after-deactivation', { progress: {} }), 'decide'],
    ['closed', held('used-after-deactivation'), null],
    ['held', held('used-after-deactivation'), 'decide'],
    ['escalated', held('used-after-deactivation'), 'decide'],
    ['held', held('unknown'), null],
    ['held', held(null), null],
    ['reminder', held('restore-by-hand'), null],
  ])('%s', (kind, current, purpose) => {
    expect(linkPurpose(kind, current, POLICY)).toBe(purpose);
  });

  it('restores where the settings have come to delete nothing, with the page of the case for an alarmed key', () => {
    const never = { ...POLICY, deletion: 'never' as const };
    expect(linkPurpose('confirm-deletion', inGrace(), never)).toBe('restore');
    expect(linkPurpose('confirm-deletion', inGrace({}, { compromised: [OLDER] }), never)).toBe('decide');
  });

  it.each<[NoticeKind, Case, ReturnType<typeof linkPurpose>]>([
    ['detected', aCase(), 'view'],
    ['rotation', aCase({ phase: 'rotating' }), 'view'],
    ['reminder', aCase(), 'view'],
    ['escalated', aCase(), 'view'],
    ['asked-again', aCase(), 'view'],
    ['restored', aCase(), 'view'],
    ['confirm-deletion', inGrace(), null],
    ['reminder', inGrace({}, { phase: 'awaiting-confirmation' }), null],
    ['escalated', inGrace({}, { phase: 'awaiting-confirmation' }), null],
    ['deactivated', inGrace(), null],
    ['deletion-announced', inGrace(), null],
    ['closed', aCase({ phase: 'closed' }), null],
    ['held', held('used-after-deactivation'), null],
    ['reminder', held('no-active-key'), null],
  ])('%s in observe mode: to look at a question, and nothing else', (kind, current, purpose) => {
    expect(linkPurpose(kind, current, { ...POLICY, mode: 'observe' })).toBe(purpose);
  });
});

const notice = (kind: NoticeKind, recipient: string): OwedNotice => ({ kind, recipient, since: NOW });

it('a mail is owed unless every notice waits for a digest', () => {
  const [single, pooled] = [
    notice('held', 'sec-lead'),
    { ...notice('held', 'sec-lead'), pooled: 'new' as const },
  ];
  expect(owesMail(aCase({ owed: [] }))).toBe(false);
  expect(owesMail(aCase({ owed: [pooled] }))).toBe(false);
  expect(owesMail(aCase({ owed: [pooled, single] }))).toBe(true);
});

describe('notices that SNS accepted', () => {
  const both = [notice('deletion-announced', MACHINES), notice('deletion-announced', 'sec-lead')] as const;
  const gone = { deactivated: NOW, deleted: NOW };
  const owing = inGrace({}, { owed: both, lease: { until: NOW, by: 'me' } });
  const current: Case = { ...owing, progress: { ...owing.progress, [THIRD]: gone } };

  it('are struck off, and only they', () => {
    const next = struckOff(current, [both[1]], NOW, POLICY, UNRESTRICTED);
    expect(next).toMatchObject({ owed: [both[0]], lease: null, version: current.version + 1 });
    expect(struckOff(current, [notice('reminder', 'sec-lead')], NOW, POLICY, UNRESTRICTED).owed).toEqual(
      both,
    );
  });

  it('announce a deletion of the keys that are off, once a person was told', () => {
    const next = struckOff(current, both, NOW, POLICY, UNRESTRICTED);
    const told = toldOf(NOW, current.progress[OLDER]?.graceEnds);
    expect(next.progress).toEqual({ [OLDER]: { ...current.progress[OLDER], ...told }, [THIRD]: gone });
  });

  it('announce nothing to machines alone, in a pause, or with another mail', () => {
    const paused = { pauses: [{ from: NOW, to: null }], revoked: [] };
    expect(struckOff(current, [both[0]], NOW, POLICY, UNRESTRICTED).progress).toEqual(current.progress);
    expect(struckOff(current, both, NOW, POLICY, paused).progress).toEqual(current.progress);
    expect(struckOff(current, [notice('reminder', 'sec-lead')], NOW, POLICY, UNRESTRICTED).progress).toEqual(
      current.progress,
    );
  });
});

describe('the date of a deletion', () => {
  const ends = plus(NOW, 7 * DAY - HOUR);
  const date = (current: Case, control = UNRESTRICTED, policy = POLICY) =>
    deletionDate(current, policy, control, NOW);

  it('is the latest end of grace, because the keys go together', () => {
    expect(date(inGrace())).toBe(ends);
    const other = { deactivated: plus(NOW, -HOUR), graceEnds: plus(NOW, 9 * DAY) };
    const two = inGrace();
    expect(date({ ...two, progress: { ...two.progress, [THIRD]: other } })).toBe(other.graceEnds);
  });

  it('comes later by time paused, by a longer setting, and by an announcement that comes late', () => {
    const pauses = [{ from: plus(NOW, -HOUR), to: plus(NOW, -HOUR / 2) }];
    expect(date(inGrace(), { pauses, revoked: [] })).toBe(plus(ends, HOUR / 2));
    expect(date(inGrace(), UNRESTRICTED, { ...POLICY, grace: 9 * DAY })).toBe(plus(ends, 2 * DAY));
    const late = { deactivated: plus(NOW, -8 * DAY), graceEnds: plus(NOW, -DAY) };
    expect(date(inGrace(late))).toBe(plus(NOW, DAY));
    const announced = { ...late, ...toldOf(plus(NOW, -HOUR)) };
    expect(date(inGrace(announced))).toBe(plus(NOW, DAY - HOUR));
  });

  it('is never past: a deletion that waits for a lookup is not announced for yesterday', () => {
    const waits = { deactivated: plus(NOW, -9 * DAY), graceEnds: plus(NOW, -2 * DAY) };
    expect(date(inGrace({ ...waits, ...toldOf(plus(NOW, -3 * DAY)) }))).toBe(NOW);
  });

  it('counts no announcement from before a pause', () => {
    const before = { deactivated: plus(NOW, -7 * DAY), graceEnds: NOW, ...toldOf(plus(NOW, -DAY)) };
    const pauses = [{ from: plus(NOW, -HOUR), to: plus(NOW, -HOUR / 2) }];
    expect(date(inGrace(before))).toBe(NOW);
    expect(date(inGrace(before), { pauses, revoked: [] })).toBe(plus(NOW, DAY));
    const lasts = [{ from: plus(NOW, -HOUR), to: null }];
    expect(date(inGrace(before), { pauses: lasts, revoked: [] })).toBe(plus(NOW, DAY));
  });

  it('is the end of undoing, too; where nothing is ever deleted that is the end of grace', () => {
    const undo = (current: Case, policy = POLICY, control = UNRESTRICTED) =>
      undoDate(current, policy, control, NOW);
    expect(undo(inGrace())).toBe(ends);
    const never = { ...POLICY, deletion: 'never' as const };
    expect(undo(inGrace(), never)).toBe(ends);
    const pauses = [{ from: plus(NOW, -HOUR), to: plus(NOW, -HOUR / 2) }];
    expect(undo(inGrace(), never, { pauses, revoked: [] })).toBe(plus(ends, HOUR / 2));
    expect(undo(inGrace(), { ...never, mode: 'observe' })).toBe(null);
    expect(undo(inGrace(), { ...POLICY, deletion: 'on-confirmation' })).toBe(null);
    expect(undo(inGrace({}, { progress: {} }), never)).toBe(null);
    expect(undo(inGrace({}, { decision: null }), never)).toBe(null);
  });

  it('does not exist where nothing is to be deleted', () => {
    expect(date(aCase())).toBe(null);
    expect(date(inGrace({}, { progress: {} }))).toBe(null);
    expect(date(inGrace({ deleted: NOW }))).toBe(null);
    expect(date(inGrace(), UNRESTRICTED, { ...POLICY, mode: 'observe' })).toBe(null);
    const never = { grace: DAY, deletion: 'never' } as const;
    expect(date(inGrace({}, { decision: aDecision({ terms: never }) }))).toBe(null);
    const { graceEnds: _none, ...voided } = inGrace().progress[OLDER] ?? {};
    expect(date(inGrace({}, { progress: { [OLDER]: voided } }))).toBe(null);
  });
});
