import { describe, expect, it } from 'vitest';
import { assess, firstAdvice } from '../../../functions/core/assess/assessment.ts';
import { DAY, plus } from '../../../functions/core/model/time.ts';
import { NEWER, NOW, OLDER, THIRD } from '../../fakes/cases.ts';
import { aged, surveyed, TERMS } from './users.ts';

const ofKeys = (...keys: ReturnType<typeof aged>[]) => assess([surveyed('ci', keys)], TERMS, NOW);

describe('an assessment', () => {
  it('counts every user once', () => {
    const users = [
      surveyed('two', [aged(OLDER, 600, 43), aged(NEWER, 90, 0.1)]),
      surveyed('one', [aged(OLDER, 600, 43), aged(NEWER, 90, 0.1, 'Inactive')]),
      surveyed('none', [aged(OLDER, 600, 43, 'Inactive')]),
      surveyed('empty', []),
      surveyed('unread', [], { how: 'unread', asOf: null }),
    ];
    const { totals, violators } = assess(users, TERMS, NOW);
    expect(totals).toEqual({ users: 5, several: 1, one: 1, none: 2, unread: 1, inactiveSecond: 1 });
    expect(totals.several + totals.one + totals.none + totals.unread).toBe(totals.users);
    expect(violators.map(({ user }) => user.userName)).toEqual(['two']);
  });

  it('counts who can change permissions, and who of them has several active keys', () => {
    const by = [{ policy: 'p', kind: 'inline', group: null, scope: 'iam', actions: [] }] as const;
    const two = [aged(OLDER, 600, 43), aged(NEWER, 90, 0.1)];
    const users = [
      surveyed('a', two, { privilege: { kind: 'administrator', by } }),
      surveyed('b', [], { privilege: { kind: 'administrator', by } }),
      surveyed('c', two, { privilege: { kind: 'can-become', by } }),
      surveyed('d', two),
      surveyed('e', two, { privilege: { kind: 'unknown', why: 'group', name: 'g' } }),
    ];
    expect(assess(users, TERMS, NOW).privileged).toEqual({
      administrators: 2,
      canBecome: 1,
      unknown: 1,
      several: 2,
    });
  });

  it('proposes what the first mail would propose', () => {
    const [first] = ofKeys(aged(OLDER, 600, 95), aged(NEWER, 100, 0.1)).violators;
    expect(first?.advice).toMatchObject({ kind: 'proposal', proposal: { keep: NEWER, confidence: 'high' } });
  });

  it.each([
    [null, 'high'],
    [{ purpose: 'web' }, 'high'],
    [{ purpose: 'dr' }, 'low'],
  ] as const)('takes the tags %j into account, where they were read: %s', (tags, confidence) => {
    const keys = [aged(OLDER, 600, 95), aged(NEWER, 100, 0.1)];
    const [first] = assess([surveyed('ci', keys, { tags })], TERMS, NOW).violators;
    expect(first?.advice).toMatchObject({ kind: 'proposal', proposal: { keep: NEWER, confidence } });
  });

  it('proposes to wait while a rotation may be under way, and no longer', () => {
    const [waits] = ofKeys(aged(OLDER, 600, 0.1), aged(NEWER, 6.9, null)).violators;
    const until = plus(plus(NOW, -6.9 * DAY), 7 * DAY);
    expect(waits?.advice).toEqual({
      kind: 'wait',
      wait: { until, why: { code: 'rotation', keyId: NEWER } },
    });
    const [over] = ofKeys(aged(OLDER, 600, 0.1), aged(NEWER, 7, null)).violators;
    expect(over?.advice.kind).toBe('proposal');
  });

  it('has no advice without a key', () => {
    expect(firstAdvice([], TERMS, NOW)).toEqual({ kind: 'none' });
  });

  it('puts the users with most keys first, then the oldest keys', () => {
    const users = [
      surveyed('young', [aged(OLDER, 60, 43), aged(NEWER, 30, 0.1)]),
      surveyed('old', [aged(OLDER, 600, 43), aged(NEWER, 30, 0.1)]),
      surveyed('three', [aged(OLDER, 50, 43), aged(NEWER, 30, 0.1), aged(THIRD, 20, 0.1)]),
    ];
    const order = assess(users, TERMS, NOW).violators.map(({ user }) => user.userName);
    expect(order).toEqual(['three', 'old', 'young']);
    expect(assess([...users].reverse(), TERMS, NOW).violators.map(({ user }) => user.userName)).toEqual(
      order,
    );
  });
});
