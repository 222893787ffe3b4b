import { describe, expect, it } from 'vitest';
import type { Case } from '../../../functions/core/case/case.ts';
import { deletionMode, graceWait, mayDelete } from '../../../functions/core/case/deletion.ts';
import type { KeyProgress } from '../../../functions/core/case/progress.ts';
import { dueAt } from '../../../functions/core/judge/due.ts';
import type { Situation } from '../../../functions/core/judge/situation.ts';
import { type Deletion, UNRESTRICTED } from '../../../functions/core/model/policy.ts';
import { DAY, HOUR, MINUTE, plus } from '../../../functions/core/model/time.ts';
import {
  aDecision,
  inGrace,
  key,
  NOW,
  newer,
  OLDER,
  older,
  POLICY,
  restoringSince,
  THIRD,
  used,
} from '../../fakes/cases.ts';
import { asked, codes, judged, progressOf, result, seen } from './scene.ts';

const NEVER = { ...POLICY, deletion: 'never' as const };
const over = { deactivated: plus(NOW, -8 * DAY), graceEnds: plus(NOW, -DAY) };
const decision = aDecision({ at: plus(NOW, -8 * DAY), terms: { grace: 7 * DAY, deletion: 'never' } });
const rest = (progress: KeyProgress = {}, more: Partial<Case> = {}) =>
  inGrace({ ...over, ...progress }, { decision, ...more });
const look = (current: Case, more: Partial<Situation> = {}) =>
  judged({ current, observed: seen([newer(), older('Inactive')]), policy: NEVER, ...more });
const paused = { pauses: [{ from: plus(NOW, -HOUR), to: null }], revoked: [] };

describe('keys that are never deleted', () => {
  it.each([
    ['the setting', NEVER],
    ['the decision, although the setting changed', POLICY],
    ['observe mode, where nothing else could follow', { ...NEVER, mode: 'observe' as const }],
  ])('stay off, and the case is closed: by %s', (_name, policy) => {
    const judgement = look(rest(), { policy });
    expect(result(judgement)).toMatchObject({ phase: 'closed', closedAs: 'deactivated', owed: ['closed'] });
    expect(judgement.action).toBe(null);
    expect(progressOf(judgement, OLDER)).toEqual(over);
  });

  it.each<[string, KeyProgress, Partial<Situation>, string]>([
    ['grace lasts', { graceEnds: plus(NOW, HOUR) }, {}, plus(NOW, HOUR)],
    ['grace became longer', {}, { policy: { ...NEVER, grace: 8 * DAY + HOUR } }, plus(NOW, HOUR)],
    ['paused', {}, { control: paused }, plus(NOW, MINUTE)],
  ])('are announced nothing and wait while %s', (_name, progress, more, dueAt) => {
    const judgement = look(rest(progress), more);
    expect(judgement).toMatchObject({ rule: 'carry-on', next: null, dueAt });
  });

  it('wait for the last of them', () => {
    const keys = [newer(), older('Inactive'), key(THIRD, 'Inactive')];
    const two = { [OLDER]: over, [THIRD]: { ...over, graceEnds: plus(NOW, HOUR) } };
    const both = { ...decision, deactivate: [OLDER, THIRD], remove: [OLDER, THIRD] };
    const shown = { ...both, shownActive: [...decision.shownActive, THIRD] };
    const current = inGrace({}, { keys, progress: two, decision: shown });
    expect(look(current, { observed: seen(keys) })).toMatchObject({ next: null, dueAt: plus(NOW, HOUR) });
  });

  it('can come back until then', () => {
    const current = rest({ graceEnds: plus(NOW, HOUR) });
    const judgement = look(current, { request: asked(current, { kind: 'restore', keys: [OLDER] }) });
    expect(result(judgement).action).toBe('reactivate 3QXK');
  });

  it('can come back one by one', () => {
    const keys = [newer(), older('Inactive'), key(THIRD, 'Inactive')];
    const current = rest({ graceEnds: plus(NOW, HOUR) }, { keys });
    const two = { ...current, progress: { ...current.progress, [THIRD]: over } };
    const request = asked(two, { kind: 'restore', keys: [OLDER] });
    const judgement = look(two, { observed: seen(keys), request });
    expect(progressOf(judgement, OLDER)?.restoring).toMatchObject({
      ...restoringSince(plus(NOW, -MINUTE)),
      proof: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(progressOf(judgement, THIRD)?.restoring).toBeUndefined();
  });

  it('are for a person when somebody tried to use one', () => {
    const observed = seen([newer(), { ...older('Inactive'), lastUsed: used(plus(NOW, -HOUR)) }]);
    expect(result(look(rest(), { observed }))).toMatchObject({ heldFor: 'used-after-deactivation' });
  });

  it.each([
    ['over', 0, 'closed'],
    ['made longer', 30 * DAY, 'grace'],
  ])('were to be deleted before the setting changed: taken back, grace %s', (_name, grace, phase) => {
    const current = rest({ deleting: plus(NOW, -HOUR) }, { phase: 'deleting', decision: aDecision() });
    const judgement = look(current, { policy: { ...NEVER, grace: Math.max(grace, NEVER.grace) } });
    expect(result(judgement)).toMatchObject({ phase, action: null });
    expect(progressOf(judgement, OLDER)?.deleting).toBeUndefined();
    expect(codes(judgement)).toContain('deletion-withdrawn');
  });

  it('that their owner deleted leave nothing to wait for', () => {
    const gone = rest({ deleted: plus(NOW, -HOUR) });
    expect(result(look(gone, { observed: seen([newer()]) })).closedAs).toBe('remediated');
  });

  it.each([
    ['a day later', 2 * DAY, 4],
    ['soon after', HOUR, 3],
  ])('open a case as usual when somebody switches one on by hand %s', (_name, later, number) => {
    const closed = look(rest()).next;
    if (closed === null) {
      throw new Error('not closed');
    }
    const now = plus(NOW, later);
    const back = judged({ current: { ...closed, owed: [], lease: null }, policy: NEVER, now });
    expect(back.next).toMatchObject({ phase: 'awaiting-decision', number, decision: null, progress: {} });
    const still = look({ ...closed, owed: [], lease: null }, { now });
    expect(still).toMatchObject({ rule: 'compliant', next: null });
  });
});

describe('which way of deletion counts', () => {
  const modes: Deletion[] = ['after-grace', 'on-confirmation', 'never'];
  it.each(modes.flatMap((told, i) => modes.map((now, j) => [told, now, modes[Math.max(i, j)]] as const)))(
    'told %s, now %s: %s',
    (told, now, counts) => {
      const made = aDecision({ terms: { grace: DAY, deletion: told } });
      expect(deletionMode(made, { ...POLICY, deletion: now })).toBe(counts);
      expect(mayDelete(made, { ...POLICY, deletion: now })).toBe(counts === 'after-grace');
    },
  );

  it('is none without a decision', () => {
    expect(deletionMode(null, POLICY)).toBe('never');
  });
});

describe('the next look', () => {
  it('is a day away while nobody knows when grace ends', () => {
    expect(graceWait({}, NEVER, UNRESTRICTED, NOW)).toBe(plus(NOW, DAY));
    const { graceEnds: _none, ...vague } = over;
    const current = inGrace({}, { phase: 'awaiting-confirmation', decision, progress: { [OLDER]: vague } });
    expect(look(current).dueAt).toBe(plus(NOW, DAY));
    const policy = { ...POLICY, deletion: 'on-confirmation' as const };
    const unsure = { ...current, decision: aDecision({ at: plus(NOW, -8 * DAY) }) };
    expect(look(unsure, { policy }).dueAt).toBe(plus(NOW, DAY));
  });

  it('comes at once when the end is due, and within a day in any phase', () => {
    expect(dueAt(rest(), NEVER, UNRESTRICTED, NOW)).toBe(NOW);
    expect(dueAt(rest({}, { decision: null }), NEVER, UNRESTRICTED, NOW)).toBe(plus(NOW, DAY));
    expect(dueAt(rest({ restoring: restoringSince(NOW) }), NEVER, UNRESTRICTED, NOW)).toBe(plus(NOW, MINUTE));
    expect(dueAt(rest({ expired: NOW }), NEVER, UNRESTRICTED, NOW)).toBe(plus(NOW, MINUTE));
    expect(dueAt(rest({}, { phase: 'exception' }), NEVER, UNRESTRICTED, NOW)).toBe(plus(NOW, DAY));
  });
});
