import { describe, expect, it } from 'vitest';
import type { Case } from '../../../functions/core/case/case.ts';
import type { KeyProgress } from '../../../functions/core/case/progress.ts';
import { isFinal } from '../../../functions/core/judge/moved-work.ts';
import type { Situation } from '../../../functions/core/judge/situation.ts';
import { DAY, HOUR, type Instant, MINUTE, plus } from '../../../functions/core/model/time.ts';
import type { Family, KeyUsage, Lookup } from '../../../functions/core/usage/usage.ts';
import {
  aDecision,
  confirmedAt,
  inGrace,
  key,
  NEWER,
  NOW,
  newer,
  OLDER,
  POLICY,
  toldOf,
  used,
} from '../../fakes/cases.ts';
import { family, usage } from '../../fakes/usage.ts';
import { codes, judged, progressOf, result, seen } from './scene.ts';

const LOOKS = { ...POLICY, usage: [] };
const OFF_SINCE = plus(NOW, -20 * DAY);
/** The deletion is due since `late`: grace is over then, and the announcement was a day before. */
const due = (late: number): KeyProgress => ({
  deactivated: OFF_SINCE,
  graceEnds: plus(NOW, -late),
  ...toldOf(plus(NOW, -late - DAY)),
});
const off = key(OLDER, 'Inactive', { lastUsed: used(plus(OFF_SINCE, -DAY)) });
const before = family({ first: plus(OFF_SINCE, -DAY), last: plus(OFF_SINCE, -DAY) });
const decision = aDecision({ at: OFF_SINCE });

const dueCase = (late: number, more: Partial<Case> = {}, progress: KeyProgress = {}): Case =>
  inGrace({ ...due(late), ...progress }, { keys: [newer(), off], decision, ...more });

const lookedAt = (at: Instant): Lookup => ({ kind: 'looked-up', at, back: plus(at, -90 * DAY) });
const found = (theirs: readonly Family[], mine: readonly Family[], at: Instant = NOW) => ({
  usage: {
    [OLDER]: usage(theirs, { keyId: OLDER, lookup: lookedAt(at) }),
    [NEWER]: usage(mine, { lookup: lookedAt(at) }),
  } as Record<string, KeyUsage>,
});
const FAILED: Lookup = { kind: 'not-looked-up', why: 'denied' };
const denied = {
  usage: {
    [OLDER]: usage([], { keyId: OLDER, lookup: FAILED }),
    [NEWER]: usage([], { lookup: FAILED }),
  },
};

const look = (current: Case, more: Partial<Situation> = {}) =>
  judged({ current, observed: seen([newer(), off]), policy: LOOKS, ...more });

describe('the deletion of a key that was in use', () => {
  it('begins when its consumers were seen with the kept key', () => {
    const judgement = look(dueCase(0), { besides: found([before], [family()]) });
    expect(progressOf(judgement, OLDER)?.deleting).toBe(NOW);
    expect(judgement.again).toBe(true);
  });

  it('begins on a lookup of days ago that saw them, since they were seen', () => {
    const at = plus(NOW, -3 * DAY);
    const judgement = look(dueCase(0), { besides: found([before], [family({ last: at })], at) });
    expect(progressOf(judgement, OLDER)?.deleting).toBe(NOW);
  });

  it('needs no later lookup, once one saw them: it is noted at once', () => {
    const early = look(dueCase(-HOUR), { besides: found([before], [family()]) }).next;
    expect(early?.decision).toMatchObject({ workMoved: NOW });
    const waits = { ...dueCase(0), decision: early?.decision ?? null };
    expect(progressOf(look(waits, { besides: found([before], []) }), OLDER)?.deleting).toBe(NOW);
    const stays = { ...waits, ...dueCase(-HOUR), decision: waits.decision };
    for (const mine of [[], [family()]]) {
      const later = look(stays, { besides: found([before], mine, plus(NOW, 1)), now: plus(NOW, 2) });
      expect(later.next?.decision ?? stays.decision).toEqual(waits.decision);
    }
  });

  it('waits for a lookup of every Region in which the work may be', () => {
    const read = (regions: readonly string[]) =>
      Object.fromEntries(
        Object.entries(found([before], [family()]).usage).map(([id, one]) => [
          id,
          { ...one, lookup: { ...lookedAt(NOW), regions } },
        ]),
      );
    const policy = { ...LOOKS, usage: ['ap-south-1'] };
    const narrow = look(dueCase(0), { policy, besides: { usage: read(['us-east-1', 'eu-west-1']) } });
    expect(progressOf(narrow, OLDER)?.deleting).toBeUndefined();
    expect(narrow.dueAt).toBe(plus(NOW, 10 * MINUTE));
    const wide = look(dueCase(0), {
      policy,
      besides: { usage: read(['us-east-1', 'eu-west-1', 'ap-south-1']) },
    });
    expect(progressOf(wide, OLDER)?.deleting).toBe(NOW);
  });

  it.each([
    ['none was', found([before], [])],
    ['one was not', found([before, { ...before, service: 'sqs' }], [family()])],
    ['the history shows no use', found([], [family()])],
  ])('is put to a person when %s', (_, besides) => {
    const judgement = look(dueCase(0), { besides });
    expect(result(judgement)).toMatchObject({ phase: 'awaiting-confirmation', owed: ['confirm-deletion'] });
    expect(judgement.next).toMatchObject({
      toldAt: NOW,
      decision: { confirmed: null, terms: { deletion: 'on-confirmation' } },
    });
    expect(progressOf(judgement, OLDER)?.deleting).toBeUndefined();
    expect(judgement.events).toContainEqual({
      code: 'awaiting-confirmation',
      keyId: OLDER,
      detail: expect.stringMatching(/^(?:not-seen|partly)$/),
    });
  });

  it('is put to a person once: afterwards only the confirmation counts', () => {
    const asked = look(dueCase(0), { besides: found([before], []) }).next;
    if (asked === null) {
      throw new Error('nothing was written');
    }
    const waits = { ...asked, owed: [], lease: null };
    expect(look(waits, { besides: found([before], [family()]) }).next).toBeNull();
    const at = plus(NOW, -MINUTE);
    const sure = {
      ...waits,
      phaseSince: at,
      decision: {
        ...decision,
        terms: { grace: 7 * DAY, deletion: 'on-confirmation' as const },
        confirmed: confirmedAt(at),
      },
    };
    expect(progressOf(look(sure, { besides: found([before], []) }), OLDER)?.deleting).toBe(NOW);
  });

  it('is not asked about before it is due, nor announced later', () => {
    const early = dueCase(-HOUR);
    expect(look(early, { besides: found([before], []) }).next?.phase ?? 'grace').toBe('grace');
  });

  it.each<[string, Situation['besides']]>([
    ['failed', denied],
    ['was never made', { usage: {} }],
    ['was stored by nobody', undefined],
    ['is too old to say that they are missing', found([before], [], plus(NOW, -12 * HOUR))],
  ])('waits while the lookup %s', (_, besides) => {
    const judgement = look(dueCase(0), besides === undefined ? {} : { besides });
    expect(judgement.next?.phase ?? 'grace').toBe('grace');
    expect(progressOf(judgement, OLDER)?.deleting).toBeUndefined();
    expect(judgement.again).toBe(false);
    expect(judgement.dueAt).toBe(plus(NOW, 10 * MINUTE));
  });

  it('asks on a lookup that is recent enough', () => {
    const besides = found([before], [], plus(NOW, -12 * HOUR + 1));
    expect(result(look(dueCase(0), { besides })).phase).toBe('awaiting-confirmation');
  });

  it('asks on an older lookup that was made when it was due already', () => {
    const asked = (at: Instant) => result(look(dueCase(2 * DAY), { besides: found([before], [], at) })).phase;
    expect(asked(plus(NOW, -2 * DAY + 1))).toBe('awaiting-confirmation');
    expect(asked(plus(NOW, -2 * DAY))).not.toBe('awaiting-confirmation');
  });

  it.each([
    [MINUTE, 10 * MINUTE],
    [30 * MINUTE, 30 * MINUTE],
    [5 * HOUR, HOUR],
    [7 * DAY - MINUTE, MINUTE],
  ])('is evaluated again soon, later more seldom: due since %i s, again in %i s', (late, wait) => {
    expect(look(dueCase(late), { besides: denied }).dueAt).toBe(plus(NOW, wait));
  });

  it('is put to a person seven days after its date, if nobody could look', () => {
    const judgement = look(dueCase(7 * DAY), { besides: denied });
    expect(result(judgement)).toMatchObject({ phase: 'awaiting-confirmation', owed: ['confirm-deletion'] });
  });

  it('is announced first, and a late announcement moves the seven days', () => {
    const late = { ...due(8 * DAY), ...toldOf(plus(NOW, -2 * DAY)) };
    expect(look(dueCase(8 * DAY, {}, late), { besides: denied }).next?.phase ?? 'grace').toBe('grace');
  });

  it('needs nobody with usage off, or if it was not in use', () => {
    expect(progressOf(look(dueCase(0), { policy: POLICY }), OLDER)?.deleting).toBe(NOW);
    const unused = key(OLDER, 'Inactive', { lastUsed: used(plus(OFF_SINCE, -43 * DAY)) });
    const observed = seen([newer(), unused]);
    const besides = found([], []);
    const judgement = look(dueCase(0, { keys: [newer(), unused] }), { observed, besides });
    expect(progressOf(judgement, OLDER)?.deleting).toBe(NOW);
  });
});

describe('a deletion that is committed', () => {
  const committed = { deleting: plus(NOW, -2 * MINUTE), seenInactive: plus(NOW, -2 * MINUTE) };
  const going = (late = 0, more: Partial<Case> = {}) =>
    dueCase(late, { phase: 'deleting', ...more }, committed);
  const moved = { decision: { ...decision, workMoved: plus(NOW, -2 * MINUTE) } };

  it('says that all was seen, which no later lookup takes back', () => {
    const judgement = look(dueCase(0), { besides: found([before], [family()]) });
    expect(judgement.next?.decision).toMatchObject({ workMoved: NOW, confirmed: null });
    for (const besides of [denied, found([before], []), { usage: {} }]) {
      expect(look(going(0, moved), { besides }).action).toEqual({ kind: 'delete', keyId: OLDER });
      expect(look(going(7 * DAY, moved), { besides }).action).toEqual({ kind: 'delete', keyId: OLDER });
    }
  });

  it('says nothing of it if nobody had to look', () => {
    const unasked = look(dueCase(0), { policy: POLICY, besides: found([before], [family()]) });
    expect(unasked.next?.decision).not.toHaveProperty('workMoved');
    const unused = key(OLDER, 'Inactive', { lastUsed: used(plus(OFF_SINCE, -43 * DAY)) });
    const observed = seen([newer(), unused]);
    const free = look(dueCase(0, { keys: [newer(), unused] }), { observed, besides: found([], []) });
    expect(codes(free)).toContain('deleting');
    expect(free.next?.decision).not.toHaveProperty('workMoved');
  });

  it('is withdrawn while a lookup is missing: usage was off when it was committed', () => {
    const judgement = look(going(), { besides: denied });
    expect(judgement.action).toBeNull();
    expect(result(judgement)).toMatchObject({ phase: 'grace', owed: [] });
    expect(codes(judgement)).toContain('deletion-withdrawn');
    expect(judgement.dueAt).toBe(plus(NOW, 10 * MINUTE));
    expect(look(going(), { policy: POLICY }).action).toEqual({ kind: 'delete', keyId: OLDER });
  });

  it('goes on at once if the lookup shows that all was seen', () => {
    const judgement = look(going(), { besides: found([before], [family()]) });
    expect(judgement.action).toEqual({ kind: 'delete', keyId: OLDER });
  });

  it.each([
    ['consumers turn out to be missing', 0, found([before], [])],
    ['it is due since seven days', 7 * DAY, denied],
  ])('is withdrawn and put to a person if %s', (_, late, besides) => {
    const judgement = look(going(late), { besides });
    expect(judgement.action).toBeNull();
    expect(result(judgement).phase).toBe('awaiting-confirmation');
    expect(codes(judgement)).toContain('deletion-withdrawn');
  });
});

describe('with times of seconds, as in the sandbox', () => {
  const policy = { ...LOOKS, grace: 14, deletionNotice: 7, settle: 1 };
  const terms = { grace: 14, deletion: 'after-grace' as const };
  /** The key is off since half a minute, and its deletion is due since `late` seconds. */
  const soon = (late: number): Case =>
    inGrace(
      { deactivated: plus(NOW, -30), graceEnds: plus(NOW, -late), ...toldOf(plus(NOW, -late - 7)) },
      { keys: [newer(), recently], decision: aDecision({ at: plus(NOW, -31), terms }) },
    );
  const recently = key(OLDER, 'Inactive', { lastUsed: used(plus(NOW, -40)) });
  const then = family({ first: plus(NOW, -40), last: plus(NOW, -40) });
  const judge = (late: number, besides: Situation['besides']) =>
    judged({
      current: soon(late),
      observed: seen([newer(), recently]),
      policy,
      ...(besides === undefined ? {} : { besides }),
    });

  it('waits for a first lookup as many seconds as it would minutes', () => {
    expect(judge(0, found([then], [], plus(NOW, -31))).dueAt).toBe(plus(NOW, 10));
    expect(judge(0, denied).dueAt).toBe(plus(NOW, 10));
  });

  it('asks once a lookup that shows all calls with the key says that consumers are missing', () => {
    expect(result(judge(10, found([then], [], plus(NOW, -15)))).phase).toBe('awaiting-confirmation');
    expect(result(judge(10, found([then], [], plus(NOW, -15.001)))).phase).not.toBe('awaiting-confirmation');
  });

  it('counts a lookup once CloudTrail shows all calls with the key', () => {
    const early = judge(0, found([then], [family()], plus(NOW, -15 - 0.001)));
    expect(progressOf(early, OLDER)?.deleting).toBeUndefined();
    const late = judge(0, found([then], [family()], plus(NOW, -15)));
    expect(progressOf(late, OLDER)?.deleting).toBe(NOW);
  });
});

describe('a verdict', () => {
  it('is final at once where no key was kept', () => {
    expect(isFinal({ verdict: { kind: 'none-kept' }, at: null }, NOW)).toBe(true);
    expect(isFinal({ verdict: { kind: 'not-seen', missing: [] }, at: null }, NOW)).toBe(false);
  });
});
