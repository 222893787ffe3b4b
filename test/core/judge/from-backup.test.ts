/** The table was restored from a backup: no answer from before it has an effect, and everybody is asked again. */
import { describe, expect, it } from 'vitest';
import type { Case } from '../../../functions/core/case/case.ts';
import type { DecisionRequest } from '../../../functions/core/case/requests.ts';
import type { Judgement } from '../../../functions/core/judge/situation.ts';
import { paused, restored, resumed } from '../../../functions/core/model/control.ts';
import { isFromBackup, UNRESTRICTED } from '../../../functions/core/model/policy.ts';
import { DAY, MINUTE, plus } from '../../../functions/core/model/time.ts';
import { notCarriedOut } from '../../../functions/core/words/dropped.ts';
import { PLAIN } from '../../../functions/core/words/style.ts';
import {
  aCase,
  aDecision,
  aDrop,
  inGrace,
  key,
  NEWER,
  NOW,
  newer,
  OLDER,
  older,
  POLICY,
  restoringSince,
} from '../../fakes/cases.ts';
import { asked, judged, judgedAgain, result, seen } from './scene.ts';

const KEEP: DecisionRequest['ask'] = { kind: 'keep', keep: NEWER, off: [OLDER], acknowledged: [] };
const BACK: DecisionRequest['ask'] = { kind: 'restore', keys: [OLDER] };
const GIVEN = plus(NOW, -MINUTE);

/** Restored after the answers of these tests were given, and resumed at once. */
const control = resumed(restored(UNRESTRICTED, plus(NOW, -30)), plus(NOW, -20));
const one = seen([newer(), older('Inactive')]);

const told = ({ next }: Judgement) => next?.owed.map(({ kind, recipient }) => `${kind} ${recipient}`);
const drops = ({ next }: Judgement) =>
  (next?.dropped ?? []).map(({ kind, why, owed, fromBackup }) => [kind, why, owed, fromBackup]);

describe('a restored table', () => {
  it('pauses, once, and begins to count answers', () => {
    expect(restored(UNRESTRICTED, NOW)).toEqual({ ...paused(UNRESTRICTED, NOW), answersFrom: NOW });
    const again = restored(restored(UNRESTRICTED, NOW), plus(NOW, DAY));
    expect([again.pauses.length, again.answersFrom]).toEqual([1, plus(NOW, DAY)]);
    expect([isFromBackup(again, NOW), isFromBackup(again, plus(NOW, DAY))]).toEqual([true, false]);
    expect(isFromBackup(UNRESTRICTED, NOW)).toBe(false);
  });
});

describe('an answer in the backup that was not adopted', () => {
  const current = aCase();
  const judgement = judged({ current, control, request: asked(current, KEEP) });

  it('does not become the decision, its author is told why, and everybody is asked again', () => {
    expect(result(judgement)).toMatchObject({ phase: 'awaiting-decision', action: null, decided: false });
    expect(judgement.events).toContainEqual({
      code: 'request-refused',
      detail: 'from-backup',
      by: 'sec-lead',
    });
    expect(judgement.next?.asking).toBe(current.asking + 1);
    expect(told(judgement)).toEqual(['detected *', 'detected sec-lead', 'detected platform-lead']);
    expect(drops(judgement)).toEqual([['keep', 'not-valid', true, true]]);
  });

  it('given after the restore is carried out', () => {
    const later = asked(current, KEEP, {}, { at: plus(NOW, -10) });
    expect(result(judged({ current, control, request: later }))).toMatchObject({ action: 'deactivate 3QXK' });
  });

  it('that asks for a key back is not carried out either, and another one is', () => {
    const off = inGrace({}, { decision: aDecision({ at: plus(NOW, -10), carriedOutAt: NOW }) });
    const old = judged({ current: off, control, observed: one, request: asked(off, BACK) });
    expect([result(old).action, drops(old)]).toEqual([null, [['restore', 'not-valid', true, true]]]);
    const fresh = asked(off, BACK, {}, { at: plus(NOW, -10) });
    const back = judged({ current: off, control, observed: one, request: fresh });
    expect(result(back).action).toBe('reactivate 3QXK');
  });
});

describe('a decision in the backup', () => {
  const decided = (more: object): Case =>
    aCase({ phase: 'approved', decision: aDecision({ at: GIVEN, ...more }) });

  it('that was not begun deactivates nothing, and is void', () => {
    const judgement = judged({ current: decided({}), control });
    expect(result(judgement)).toMatchObject({ phase: 'awaiting-decision', action: null, decided: false });
    expect(judgement.events).toContainEqual({
      code: 'decision-void',
      detail: 'from-backup',
      by: 'platform-lead',
    });
    expect(drops(judgement)).toEqual([['keep', 'not-valid', true, true]]);
    expect(told(judgedAgain(judgement, { control }))).toContain('detected sec-lead');
  });

  it('whose key is off deletes nothing any more, also after its grace period, and people are asked about the key', () => {
    const off = inGrace({}, { decision: aDecision({ at: GIVEN, carriedOutAt: GIVEN }) });
    const judgement = judged({ current: off, control, observed: one, now: plus(NOW, 30 * DAY) });
    expect(result(judgement)).toMatchObject({ rule: 'ask-about-one', action: null, decided: false });
    expect(judgement.next?.progress[OLDER]).not.toHaveProperty('graceEnds');
    const later = judgedAgain(judgement, { control, observed: one, now: plus(NOW, 31 * DAY) });
    expect(told(later)).toContain('detected sec-lead');
  });

  it('made after the restore is carried on', () => {
    const fresh = decided({ at: plus(NOW, -10) });
    expect(result(judged({ current: fresh, control })).action).toBe('deactivate 3QXK');
  });

  it('about keys that are others by now is void for the backup, whatever the keys are', () => {
    const judgement = judged({
      current: decided({}),
      control,
      observed: seen([newer(), key('AKIATHIRDKEY00000003')]),
    });
    expect(judgement.events.map(({ detail }) => detail)).toContain('from-backup');
    expect(judgement.next?.decision).toBe(null);
  });
});

describe('a reactivation in the backup', () => {
  it('that was asked for is not carried out, and its author is told', () => {
    const current = inGrace(
      { restoring: restoringSince(GIVEN) },
      { decision: null, phase: 'awaiting-decision' },
    );
    const judgement = judged({ current, control, observed: one });
    expect(result(judgement).action).toBe(null);
    expect(judgement.next?.progress[OLDER]).not.toHaveProperty('restoring');
    expect(drops(judgement)).toEqual([['restore', 'not-valid', true, true]]);
    expect(told(judgement)).toContain('detected sec-lead');
  });
});

describe('the reason', () => {
  it('says that the answer is no longer valid, and why', () => {
    const drop = aDrop({ why: 'not-valid', fromBackup: true });
    expect(notCarriedOut(drop, POLICY, PLAIN, drop.by)).toMatch(
      /^Your decision of .* is no longer valid: since then the records of Solekey were restored from a backup/,
    );
  });
});
