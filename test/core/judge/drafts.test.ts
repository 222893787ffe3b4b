import { describe, expect, it } from 'vitest';
import { inPhase, owing, telling } from '../../../functions/core/judge/draft.ts';
import { askedAnew } from '../../../functions/core/judge/drop.ts';
import { isUnreadForLong, unreadUse } from '../../../functions/core/judge/hold.ts';
import { DAY, plus } from '../../../functions/core/model/time.ts';
import { aCase, NOW, OLDER, POLICY } from '../../fakes/cases.ts';
import { situation } from './scene.ts';

const draft = (more: Parameters<typeof aCase>[0] = {}) => ({ case: aCase(more), events: [] });

describe('the number of the question', () => {
  it('rises by one in a pass, and not twice', () => {
    const before = aCase({ asking: 3 });
    const once = askedAnew(before, draft({ asking: 3 }));
    expect(once.case.asking).toBe(4);
    expect(askedAnew(before, once)).toBe(once);
  });
});

describe('a phase', () => {
  it('says in the history why it was entered, if there is a reason', () => {
    const held = inPhase(draft({ phase: 'grace' }), 'held', NOW, { heldFor: 'no-active-key' });
    expect(held.events).toEqual([{ code: 'held', detail: 'no-active-key' }]);
    expect(held.case).toMatchObject({
      phase: 'held',
      phaseSince: NOW,
      heldFor: 'no-active-key',
      closedAs: null,
    });
    const closed = inPhase(draft(), 'closed', NOW, { closedAs: 'by-owner' });
    expect(closed.events).toEqual([{ code: 'closed', detail: 'by-owner' }]);
    expect(inPhase(draft(), 'grace', NOW).events).toEqual([{ code: 'grace' }]);
  });
});

describe('a notice', () => {
  it('takes the place of the same one that is still owed, and of no other', () => {
    const owed = [
      { kind: 'reminder' as const, recipient: 'sec-lead', since: plus(NOW, -60) },
      { kind: 'held' as const, recipient: 'sec-lead', since: plus(NOW, -60) },
    ];
    const { owed: now } = owing(draft({ owed }), situation(), 'held').case;
    expect(now.filter(({ recipient }) => recipient === 'sec-lead')).toEqual([
      { kind: 'reminder', recipient: 'sec-lead', since: plus(NOW, -60) },
      { kind: 'held', recipient: 'sec-lead', since: NOW },
    ]);
  });
});

describe('while nobody is an approver', () => {
  const nobody = situation({ policy: { ...POLICY, approvers: [] } });

  it('no notice is owed, the copy for machines included: nobody counts as told', () => {
    const before = draft();
    expect(owing(before, nobody, 'closed')).toBe(before);
  });

  it('a question is not asked, so that it is new to whoever comes', () => {
    const before = draft({ toldAt: null, remindedAt: null });
    expect(telling(before, nobody, 'detected')).toBe(before);
    expect(telling(before, nobody, 'reminder', 'reminder')).toBe(before);
  });
});

describe('a last use that cannot be read', () => {
  it('is recorded with its key when it begins, and then only goes on', () => {
    const began = unreadUse(situation(), draft(), OLDER);
    expect(began.case.unknownSince).toBe(NOW);
    expect(began.events).toEqual([{ code: 'unknown', detail: 'last-use', keyId: OLDER }]);
    const since = plus(NOW, -60);
    const later = unreadUse(situation({ current: aCase({ unknownSince: since }) }), draft(), OLDER);
    expect(later.case.unknownSince).toBe(since);
    expect(later.events).toEqual([]);
  });

  it('is told to people after a day', () => {
    expect(isUnreadForLong(draft({ unknownSince: plus(NOW, -DAY) }), situation())).toBe(true);
    expect(isUnreadForLong(draft({ unknownSince: plus(NOW, -DAY + 1) }), situation())).toBe(false);
    expect(isUnreadForLong(draft(), situation())).toBe(false);
  });
});
