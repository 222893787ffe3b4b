import { describe, expect, it } from 'vitest';
import type { Case } from '../../../functions/core/case/case.ts';
import { closed } from '../../../functions/core/judge/endings.ts';
import { DAY, HOUR, plus } from '../../../functions/core/model/time.ts';
import { aCase, aDecision, NOW, OLDER } from '../../fakes/cases.ts';
import { situation } from './scene.ts';

const ended = (more: Partial<Case>) =>
  closed(situation(), { case: aCase(more), events: [] }, 'by-owner').case;
const isTold = (more: Partial<Case>) => ended(more).owed.some(({ kind }) => kind === 'closed');

describe('the end of a case is told', () => {
  it('to people who heard of it', () => {
    expect(isTold({ remindedAt: plus(NOW, -DAY) })).toBe(true);
    expect(isTold({ remindedAt: null })).toBe(false);
  });

  it('not again if it was reopened since, and nobody heard of that', () => {
    const toggled = { remindedAt: plus(NOW, -DAY), reopenedAt: plus(NOW, -HOUR) };
    expect(isTold(toggled)).toBe(false);
    expect(isTold({ ...toggled, remindedAt: toggled.reopenedAt })).toBe(true);
    expect(isTold({ ...toggled, decision: aDecision() })).toBe(true);
    expect(isTold({ ...toggled, progress: { [OLDER]: {} } })).toBe(true);
  });

  it('and the case says how, and waits for nothing any more', () => {
    const waiting = { missingSince: NOW, compliantSince: NOW, unknownSince: NOW };
    expect(ended(waiting)).toMatchObject({
      phase: 'closed',
      closedAs: 'by-owner',
      missingSince: null,
      compliantSince: null,
      unknownSince: null,
    });
  });
});
