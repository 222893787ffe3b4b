import { describe, expect, test } from 'vitest';
import type { Case } from '../../../functions/core/case/case.ts';
import { judge } from '../../../functions/core/judge/judge.ts';
import type { Judgement } from '../../../functions/core/judge/situation.ts';
import { DAY, HOUR, MINUTE, plus } from '../../../functions/core/model/time.ts';
import { aCase, aDecision, key, NOW, newer, older, POLICY, THIRD } from '../../fakes/cases.ts';
import { seen, situation } from './scene.ts';

const policy = { ...POLICY, trustedCreators: ['role/*'] };
const fresh = seen([older(), key(THIRD, 'Active', { created: plus(NOW, -HOUR) })]);
const by = (createdBy: string) => ({ keyId: THIRD, createdBy, at: plus(NOW, -HOUR) });
const madeBy = (createdBy: string) => ({ [THIRD]: { createdBy, at: plus(NOW, -HOUR) } });

const judged = (more: Parameters<typeof situation>[0]) =>
  judge(situation({ policy, observed: fresh, ...more }));
const kinds = ({ next }: Judgement) => [...new Set(next?.owed.map(({ kind }) => kind))];
const rested = ({ next }: Judgement): Case => ({ ...(next ?? aCase()), owed: [], lease: null });

describe('a fresh key of a stranger', () => {
  test('is no rotation, and people are told at once', () => {
    const begun = judged({ current: null, origin: by('user/mallory') });
    expect(begun).toMatchObject({ rule: 'awaiting', next: { phase: 'awaiting-decision', toldAt: NOW } });
    expect(kinds(begun)).toEqual(['detected']);
    const again = judged({ current: rested(begun), now: plus(NOW, MINUTE) });
    expect(again.next).toBeNull();
  });

  test.each(['role/deployer', 'user/ci-deploy', 'user/CI-DEPLOY'])('of %s is one', (createdBy) => {
    const begun = judged({ current: null, origin: by(createdBy) });
    expect(begun).toMatchObject({ rule: 'rotating', next: { phase: 'rotating', owed: [] } });
  });

  test('ends the rotation when the evidence comes late', () => {
    const told = judged({ current: rested(judged({ current: null })), now: plus(NOW, MINUTE) });
    expect(kinds(told)).toEqual(['rotation']);
    const late = judged({ current: rested(told), origin: by('user/mallory'), now: plus(NOW, HOUR) });
    expect(late.next).toMatchObject({ phase: 'awaiting-decision', toldAt: plus(NOW, HOUR) });
    expect(kinds(late)).toEqual(['detected']);
    const next = judged({ current: rested(late), origin: by('user/mallory'), now: plus(NOW, 2 * HOUR) });
    expect(next.next).toBeNull();
  });

  test('ends it, too, when the settings trust somebody no more', () => {
    const begun = rested(judged({ current: null, origin: by('role/deployer') }));
    const stricter = judged({ current: begun, policy: { ...policy, trustedCreators: [] } });
    expect(stricter.next).toMatchObject({ phase: 'awaiting-decision', toldAt: NOW });
  });

  test('is told of once more if the question was put before', () => {
    const current = aCase({ keys: fresh.keys, rotationFrom: plus(NOW, -20 * DAY) });
    const late = judged({ current, origin: by('user/mallory') });
    expect(kinds(late)).toEqual(['detected']);
    expect(kinds(judged({ current, origin: by('role/deployer') }))).toEqual([]);
    expect(judged({ current: { ...current, origins: madeBy('user/mallory') } }).next).toBeNull();
  });

  const asked = (more: Partial<Case> = {}) =>
    aCase({ keys: fresh.keys, rotationFrom: plus(NOW, -20 * DAY), origins: madeBy('user/mallory'), ...more });
  const alarmed = (creator: string, number = 3) => ({ number, creators: { [THIRD]: creator } });

  test.each([
    ['is told of once in a case', asked({ alarmed: alarmed('user/mallory') }), []],
    ['is told of again in the next case', asked({ alarmed: alarmed('user/mallory', 2) }), ['detected']],
    ['is told of again if it was another', asked({ alarmed: alarmed('user/eve') }), ['detected']],
    ['that an older release told of is not told of again', asked(), []],
    ['that it only recorded is told of', asked({ remindedAt: null, toldAt: null }), ['detected']],
  ])('%s', (_what, current, notices) => {
    const judgement = judged({ current });
    expect(kinds(judgement)).toEqual(notices);
    expect((judgement.next ?? current).alarmed?.creators ?? {}).toEqual(
      notices.length > 0 || current.alarmed !== undefined ? { [THIRD]: 'user/mallory' } : {},
    );
  });

  test('is told of beside one of whom people were told before', () => {
    const other = { number: 3, creators: { AKIAGONE: 'user/eve' } };
    expect(judged({ current: asked({ alarmed: other }) }).next?.alarmed?.creators).toEqual({
      AKIAGONE: 'user/eve',
      [THIRD]: 'user/mallory',
    });
  });

  test('takes nothing from a decision that a person made', () => {
    const decision = aDecision({ keep: THIRD, deactivate: [older().id], shownActive: [THIRD, older().id] });
    const current = aCase({ keys: fresh.keys, decision });
    expect(judged({ current, origin: by('user/mallory') })).toMatchObject({ rule: 'carry-out' });
  });

  test('that replaced the kept key is told of at once', () => {
    const current = aCase({
      keys: [older('Inactive'), newer()],
      progress: { [older().id]: { deactivated: plus(NOW, -DAY) } },
      toldAt: null,
      phaseSince: NOW,
      origins: { [newer().id]: { createdBy: 'user/mallory', at: NOW } },
    });
    const asked = judged({ current, observed: seen([older('Inactive'), newer()]) });
    expect(asked).toMatchObject({ rule: 'ask-about-one', next: { toldAt: NOW } });
  });
});
