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
    const begun = judged({ known: null, origin: by('user/mallory') });
    expect(begun).toMatchObject({ rule: 'awaiting', next: { phase: 'awaiting-decision', toldAt: NOW } });
    expect(kinds(begun)).toEqual(['detected']);
    const again = judged({ known: rested(begun), now: plus(NOW, MINUTE) });
    expect(again.next).toBeNull();
  });

  test.each(['role/deployer', 'user/ci-deploy', 'user/CI-DEPLOY'])('of %s is one', (createdBy) => {
    const begun = judged({ known: null, origin: by(createdBy) });
    expect(begun).toMatchObject({ rule: 'rotating', next: { phase: 'rotating', owed: [] } });
  });

  test('ends the rotation when the evidence comes late', () => {
    const told = judged({ known: rested(judged({ known: null })), now: plus(NOW, MINUTE) });
    expect(kinds(told)).toEqual(['rotation']);
    const late = judged({ known: rested(told), origin: by('user/mallory'), now: plus(NOW, HOUR) });
    expect(late.next).toMatchObject({ phase: 'awaiting-decision', toldAt: plus(NOW, HOUR) });
    expect(kinds(late)).toEqual(['detected']);
    const next = judged({ known: rested(late), origin: by('user/mallory'), now: plus(NOW, 2 * HOUR) });
    expect(next.next).toBeNull();
  });

  test('ends it, too, when the settings trust somebody no more', () => {
    const begun = rested(judged({ known: null, origin: by('role/deployer') }));
    const stricter = judged({ known: begun, policy: { ...policy, trustedCreators: [] } });
    expect(stricter.next).toMatchObject({ phase: 'awaiting-decision', toldAt: NOW });
  });

  test('is told of once more if the question was put before', () => {
    const known = aCase({ keys: fresh.keys, rotationFrom: plus(NOW, -20 * DAY) });
    const late = judged({ known, origin: by('user/mallory') });
    expect(kinds(late)).toEqual(['detected']);
    expect(kinds(judged({ known, origin: by('role/deployer') }))).toEqual([]);
    expect(judged({ known: { ...known, origins: madeBy('user/mallory') } }).next).toBeNull();
  });

  test('takes nothing from a decision that a person made', () => {
    const decision = aDecision({ keep: THIRD, deactivate: [older().id], shownActive: [THIRD, older().id] });
    const known = aCase({ keys: fresh.keys, decision });
    expect(judged({ known, origin: by('user/mallory') })).toMatchObject({ rule: 'carry-out' });
  });

  test('that replaced the kept key is told of at once', () => {
    const known = aCase({
      keys: [older('Inactive'), newer()],
      progress: { [older().id]: { deactivated: plus(NOW, -DAY) } },
      toldAt: null,
      phaseSince: NOW,
      origins: { [newer().id]: { createdBy: 'user/mallory', at: NOW } },
    });
    const asked = judged({ known, observed: seen([older('Inactive'), newer()]) });
    expect(asked).toMatchObject({ rule: 'ask-about-one', next: { toldAt: NOW } });
  });
});
