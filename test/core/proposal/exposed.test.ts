import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExposedKeys } from '../../../functions/core/case/exposure.ts';
import type { ObservedKey } from '../../../functions/core/model/observation.ts';
import { DAY, HOUR, plus } from '../../../functions/core/model/time.ts';
import { adviceFor, advised } from '../../../functions/core/proposal/advice.ts';
import { doubt } from '../../../functions/core/proposal/doubt.ts';
import { propose } from '../../../functions/core/proposal/proposal.ts';
import { aCase, key, NEWER, NOW, newer, OLDER, older, POLICY, THIRD, used } from '../../fakes/cases.ts';

const { quietPeriod, rotationWindow } = POLICY;
const context = (exposed: ExposedKeys, unexpected: Readonly<Record<string, string>> = {}) => ({
  now: NOW,
  quietPeriod,
  rotationWindow,
  unexpected,
  exposed,
  back: {},
});
const BUSY = key(NEWER, 'Active', { created: plus(NOW, -600 * DAY), lastUsed: used(plus(NOW, -HOUR)) });
const IDLE = key(OLDER, 'Active', { created: plus(NOW, -900 * DAY), lastUsed: used(plus(NOW, -43 * DAY)) });

describe('a proposal', () => {
  it('turns away from an exposed key, however much it is used, with a low confidence', () => {
    const proposal = propose([BUSY, IDLE], context({ [NEWER]: 'reported' }));
    expect(proposal).toMatchObject({ keep: OLDER, others: [NEWER], confidence: 'low' });
    expect(proposal?.reasons).toEqual([
      { code: 'exposed', keyId: NEWER, how: 'reported' },
      { code: 'not-exposed', keyId: OLDER, instead: NEWER },
      // Not `also`: the one to keep is not in use.
      { code: 'in-use', keyId: NEWER },
    ]);
  });

  it('says that both are in use where they are', () => {
    const other = { ...IDLE, lastUsed: used(plus(NOW, -2 * HOUR)) };
    const codes = propose([BUSY, other], context({ [NEWER]: 'quarantined' }))?.reasons.map(
      ({ code }) => code,
    );
    expect(codes).toEqual(['exposed', 'not-exposed', 'also-in-use', 'move-first']);
  });

  it('stays as it was if the exposed key is the one to deactivate, which it names first', () => {
    const before = propose([BUSY, IDLE], context({}));
    const after = propose([BUSY, IDLE], context({ [OLDER]: 'reported' }));
    expect(after).toEqual({
      ...before,
      reasons: [{ code: 'exposed', keyId: OLDER, how: 'reported' }, ...(before?.reasons ?? [])],
    });
  });

  it('takes no exposed key for one half of a rotation', () => {
    const fresh = key(THIRD, 'Active', { created: plus(NOW, -HOUR), lastUsed: { kind: 'never' } });
    const codes = (exposed: ExposedKeys) =>
      propose([BUSY, fresh], context(exposed))?.reasons.map(({ code }) => code);
    expect(codes({})).toContain('rotation-under-way');
    expect(codes({ [THIRD]: 'reported' })).not.toContain('rotation-under-way');
  });

  it('is none where all are exposed', () => {
    expect(propose([BUSY, IDLE], context({ [NEWER]: 'reported', [OLDER]: 'quarantined' }))).toBeNull();
  });

  it('never gets more sure by exposure (S15)', () => {
    const RANK = { low: 0, medium: 1, high: 2 };
    const lastUsed = fc.oneof(
      fc.constant({ kind: 'never' as const }),
      fc.integer({ min: 0, max: 500 }).map((days) => used(plus(NOW, -days * DAY))),
    );
    const keys = fc
      .array(fc.record({ age: fc.integer({ min: 1, max: 900 }), lastUsed }), { minLength: 2, maxLength: 4 })
      .map((all) =>
        all.map(
          ({ age, ...one }, n): ObservedKey =>
            key(`AKIA000000000000000${n}`, 'Active', { created: plus(NOW, -age * DAY), ...one }),
        ),
      );
    fc.assert(
      fc.property(keys, fc.array(fc.nat(3)), (all, places) => {
        const ids = all.flatMap(({ id }, n) => (places.includes(n) ? [[id, 'reported' as const]] : []));
        const exposed = Object.fromEntries(ids);
        const [before, after] = [propose(all, context({})), propose(all, context(exposed))];
        if (after === null) {
          expect(ids).toHaveLength(all.length);
        } else {
          expect(after.keep in exposed).toBe(false);
          expect(RANK[after.confidence]).toBeLessThanOrEqual(RANK[before?.confidence ?? 'low']);
        }
      }),
    );
  });
});

describe('the advice', () => {
  const current = (exposed: NonNullable<Parameters<typeof aCase>[0]>['exposed']) =>
    aCase({ keys: [newer(), older()], ...(exposed === undefined ? {} : { exposed }) });

  it('is to keep none, with no verdict on any key, where AWS quarantined the user', () => {
    const advice = adviceFor(current({ keys: {}, quarantined: { at: NOW } }), POLICY, NOW);
    expect(advice).toEqual({ kind: 'suspect', exposed: { [NEWER]: 'quarantined', [OLDER]: 'quarantined' } });
    expect(advised(NEWER, advice)).toBe('neither');
  });

  it('is about the other key as soon as AWS Health names one', () => {
    const exposed = { keys: { [NEWER]: { at: NOW } }, quarantined: { at: NOW } };
    expect(adviceFor(current(exposed), POLICY, NOW)).toMatchObject({
      kind: 'proposal',
      proposal: { keep: OLDER },
    });
  });

  it('is to ask the creator of the other key, who may be whoever has the exposed one', () => {
    const unexpected = { [OLDER]: 'user/mallory' };
    const keys = [BUSY, IDLE];
    expect(doubt(keys, context({ [NEWER]: 'reported' }, unexpected))).toEqual({
      by: 'user/mallory',
      ifMeant: OLDER,
      ifNot: null,
    });
    const third = key(THIRD, 'Active', { lastUsed: { kind: 'never' } });
    expect(doubt([...keys, third], context({ [NEWER]: 'reported' }, unexpected))?.ifNot).toBe(THIRD);
  });
});
