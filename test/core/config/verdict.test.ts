import { describe, expect, it } from 'vitest';
import type { Case, Phase } from '../../../functions/core/case/case.ts';
import { showsOtherwise, type Verdict, verdictOf } from '../../../functions/core/config/verdict.ts';
import type { ObservedKey } from '../../../functions/core/model/observation.ts';
import { COUNTABLE, type Control, type Policy } from '../../../functions/core/model/policy.ts';
import { DAY, plus } from '../../../functions/core/model/time.ts';
import {
  aCase,
  aDecision,
  key,
  NEWER,
  NOW,
  newer,
  notNow,
  OLDER,
  older,
  POLICY,
  THIRD,
} from '../../fakes/cases.ts';
import { HOSTILE_TAGS } from '../../fakes/hostile.ts';

const OPEN: Control = { pauses: [], revoked: [] };

interface Given {
  readonly keys?: readonly ObservedKey[];
  readonly excluded?: boolean;
  readonly current?: Case | null;
  readonly policy?: Partial<Policy>;
  readonly control?: Control;
}

function verdict({ keys, excluded = false, current = aCase(), policy = {}, control = OPEN }: Given): Verdict {
  const judged = { keys: keys ?? current?.keys ?? [newer(), older()], excluded, current };
  return verdictOf(judged, { policy: { ...POLICY, ...policy }, control, now: NOW });
}

const inGrace = (more: Partial<Case> = {}) =>
  aCase({
    phase: 'grace',
    keys: [newer(), older('Inactive')],
    decision: aDecision({ carriedOutAt: NOW }),
    progress: { [OLDER]: { deactivated: NOW, graceEnds: plus(NOW, 7 * DAY) } },
    ...more,
  });

const OPEN_PHASES: Readonly<Record<Exclude<Phase, 'closed'>, Partial<Case>>> = {
  rotating: {},
  'awaiting-decision': {},
  exception: {},
  approved: { decision: aDecision() },
  grace: {},
  'awaiting-confirmation': {},
  deleting: {},
  held: { heldFor: 'used-after-deactivation' },
  excluded: {},
};

describe('several active keys are NON_COMPLIANT', () => {
  it.each(Object.entries(OPEN_PHASES))('in the phase %s, whatever the settings count', (phase, more) => {
    const current = aCase({ phase: phase as Phase, ...more });
    const policy = { countAsCompliant: COUNTABLE };
    expect(verdict({ current, policy })).toMatchObject({ compliance: 'NON_COMPLIANT' });
  });

  it('with and without a case', () => {
    expect(verdict({ current: null }).compliance).toBe('NON_COMPLIANT');
    expect(verdict({ current: aCase({ phase: 'closed' }) }).compliance).toBe('NON_COMPLIANT');
  });

  it('unless the user is excluded and the settings say so, with the same sentence', () => {
    const found = verdict({ excluded: true, policy: { countAsCompliant: ['exclusions'] } });
    expect(found).toEqual({
      ...verdict({ excluded: true }),
      compliance: 'COMPLIANT',
    });
    expect(verdict({ excluded: true, policy: { countAsCompliant: ['exceptions'] } }).compliance).toBe(
      'NON_COMPLIANT',
    );
    expect(verdict({ policy: { countAsCompliant: ['exclusions'] } }).compliance).toBe('NON_COMPLIANT');
  });
});

describe('an exception', () => {
  const until = plus(NOW, 30 * DAY);
  const spared = (more: object = {}) =>
    aCase({
      phase: 'exception',
      decision: notNow({ until, ...more }),
    });
  const shown = (given: Given = {}, countAsCompliant: Policy['countAsCompliant'] = ['exceptions']) =>
    verdict({ current: spared(), policy: { countAsCompliant }, ...given });

  it('is NON_COMPLIANT, or COMPLIANT where the settings say so, with the same sentence', () => {
    expect(shown().compliance).toBe('COMPLIANT');
    expect(shown({}, [])).toEqual({ ...shown(), compliance: 'NON_COMPLIANT' });
    expect(shown({}, ['exclusions']).compliance).toBe('NON_COMPLIANT');
    expect(shown().annotation).toContain('Exception until 2026-12-23 by Platform lead.');
  });

  it.each<[string, Given]>([
    ['a key more', { keys: [newer(), older(), key(THIRD)] }],
    ['another key in place of one', { keys: [newer(), key(THIRD)] }],
    ['a key of it that is to be deactivated', { current: spared({ deactivate: [OLDER] }) }],
    ['its end, to the moment', { current: spared({ until: NOW }) }],
    ['an ordinary decision', { current: { ...spared(), decision: aDecision() } }],
    ['no decision', { current: aCase({ phase: 'exception' }) }],
    ['a case that is closed', { current: { ...spared(), phase: 'closed' } }],
    ['a user who is excluded', { excluded: true }],
  ])('does not count with %s', (_, given) => {
    expect(shown(given).compliance).toBe('NON_COMPLIANT');
    expect(shown(given).annotation).not.toContain('Exception until');
  });

  it('is about the keys that are spared, and some others may be off', () => {
    const current = { ...spared({ deactivate: [THIRD], shownActive: [NEWER, OLDER, THIRD] }) };
    expect(shown({ current }).compliance).toBe('COMPLIANT');
  });
});

describe('at most one active key is COMPLIANT', () => {
  it.each<[string, Given]>([
    ['without a case', { current: null, keys: [newer()] }],
    ['all keys off', { current: null, keys: [newer('Inactive'), older('Inactive')] }],
    ['an open case with nothing of ours', { keys: [newer()] }],
    ['a closed case', { current: inGrace({ phase: 'closed' }) }],
  ])('%s: with nothing to explain', (_, given) => {
    expect(verdict(given)).toEqual({ compliance: 'COMPLIANT', annotation: null });
  });

  it('also where the case cannot be read, and says so', () => {
    const judged = { keys: [newer()], excluded: false, current: null, unread: true } as const;
    expect(verdictOf(judged, { policy: POLICY, control: OPEN, now: NOW })).toEqual({
      compliance: 'COMPLIANT',
      annotation:
        '1 active key: ...MPLE (used 2026-11-23). Based on its keys alone: the running release of Solekey cannot read the case of this user. Solekey',
    });
  });

  it('while keys of ours are off, and says so', () => {
    const found = verdict({ current: inGrace() });
    expect(found.compliance).toBe('COMPLIANT');
    expect(found.annotation).toContain('...3QXK is inactive and will be deleted 2026-11-30.');
  });
});

it('without a key there is nothing to say', () => {
  expect(verdict({ current: null, keys: [] })).toEqual({ compliance: 'NOT_APPLICABLE', annotation: null });
});

describe('a write shows something else in AWS Config', () => {
  const context = { policy: POLICY, control: OPEN, now: NOW };
  it.each<[string, Case | null, Case, boolean]>([
    ['a case is opened', null, aCase(), true],
    ['the phase changes', aCase({ phase: 'rotating' }), aCase(), true],
    [
      'only a last use is newer',
      aCase(),
      aCase({ keys: [newer(), { ...older(), lastUsed: newer().lastUsed }] }),
      false,
    ],
    ['only bookkeeping', aCase(), aCase({ remindedAt: NOW, version: 9 }), false],
    ['the user is excluded', aCase(), aCase({ phase: 'excluded', excluded: true }), true],
    ['a case is closed', aCase(), aCase({ phase: 'closed', keys: [newer()] }), true],
    ['a case without a violation begins and ends', null, aCase({ phase: 'closed', keys: [newer()] }), false],
  ])('%s', (_, before, after, shows) => {
    expect(showsOtherwise(before, after, context)).toBe(shows);
  });
});

it.each(Object.values(HOSTILE_TAGS))('a tag that names an owner is in no annotation: %j', (value) => {
  const owners = [{ key: 'Owner', value }];
  for (const make of [aCase, inGrace]) {
    expect(verdict({ current: make({ owners }) })).toEqual(verdict({ current: make() }));
  }
  const context = { policy: POLICY, control: OPEN, now: NOW };
  expect(showsOtherwise(aCase(), aCase({ owners }), context)).toBe(false);
});
