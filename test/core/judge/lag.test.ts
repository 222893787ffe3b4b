import { describe, expect, it } from 'vitest';
import type { Case } from '../../../functions/core/case/case.ts';
import { withoutLag } from '../../../functions/core/judge/lag.ts';
import { HOUR, plus } from '../../../functions/core/model/time.ts';
import { aCase, NOW, newer, OLDER, older, POLICY, used } from '../../fakes/cases.ts';
import { seen } from './scene.ts';

const RECENTLY = plus(NOW, -1);
const LONG_AGO = plus(NOW, -HOUR);
const both = [newer(), older()].map(({ id, status }) => ({ id, status }));
const former = (until: string, more: object = {}): Case['former'] => [
  { digest: 'x', keys: both, until, ...more },
];
const known = (current: Case) => ({ current, policy: POLICY, now: NOW, last: null });

describe('a listing that goes back in time', () => {
  it('is not believed about that key, whose last use is new all the same, and no other key lends its own', () => {
    const current = aCase({ keys: [newer(), older('Inactive')], former: former(RECENTLY) });
    const later = used(plus(NOW, -60), 'DynamoDB');
    const listing = [
      { ...newer(), lastUsed: used(RECENTLY, 'STS') },
      { ...older(), lastUsed: later },
    ];
    const believed = withoutLag(seen(listing), known(current));
    expect(believed).toMatchObject({
      keys: [
        { ...newer(), lastUsed: used(RECENTLY, 'STS') },
        { ...older('Inactive'), lastUsed: later },
      ],
      lag: { keys: [OLDER], until: plus(RECENTLY, POLICY.settle), excluded: null },
    });
  });

  it('says of a recorded key that the listing lacks that nobody read its last use (S6)', () => {
    const current = aCase({ keys: [newer(), { ...older(), created: RECENTLY }] });
    expect(withoutLag(seen([newer()]), known(current))).toMatchObject({
      keys: [newer(), { ...older(), created: RECENTLY, lastUsed: { kind: 'not-read' } }],
      lag: { keys: [OLDER] },
    });
  });

  it('is believed when that is long over', () => {
    const current = aCase({ keys: [newer(), older('Inactive')], former: former(LONG_AGO) });
    const listing = seen([newer(), older()]);
    expect(withoutLag(listing, known(current))).toBe(listing);
  });

  it('is believed about a user whose case is closed: nothing is changed then, and a key that is on again is a new case', () => {
    const keys = [newer(), older('Inactive')];
    const listing = seen([newer(), older()]);
    const closed = aCase({ phase: 'closed', keys, former: former(RECENTLY) });
    expect(withoutLag(listing, known(closed))).toBe(listing);
    expect(withoutLag(listing, known({ ...closed, phase: 'grace' }))).not.toBe(listing);
  });
});

describe('tags that go back in time', () => {
  const policy = { ...POLICY, exclude: { tag: { key: 'keep', value: 'off' }, users: [] } };
  const tagged = seen([newer(), older()], { tags: { keep: 'off' } });

  it('are not believed if that exclusion ended a moment ago', () => {
    const current = aCase({ former: former(RECENTLY, { excluded: true }) });
    expect(withoutLag(tagged, { ...known(current), policy })).toMatchObject({
      lag: { keys: [], excluded: false, until: plus(RECENTLY, POLICY.settle) },
    });
  });

  it('are believed if what ended a moment ago had nothing to do with exclusion', () => {
    for (const excluded of [false, undefined]) {
      const current = aCase({ former: former(RECENTLY, excluded === undefined ? {} : { excluded }) });
      expect(withoutLag(tagged, { ...known(current), policy })).toBe(tagged);
    }
  });

  it('are not believed either if the user was let into `only` a moment ago', () => {
    const some = { ...POLICY, mode: { only: { tag: { key: 'keep', value: 'off' }, users: [] } } };
    const letIn = (outside: boolean) => aCase({ outside: false, former: former(RECENTLY, { outside }) });
    const untagged = seen([newer(), older()]);
    expect(withoutLag(untagged, { ...known(letIn(true)), policy: some })).toMatchObject({
      lag: { keys: [], excluded: null, outside: false, until: plus(RECENTLY, POLICY.settle) },
    });
    expect(withoutLag(untagged, { ...known(letIn(false)), policy: some })).toBe(untagged);
    expect(withoutLag(tagged, { ...known(letIn(true)), policy: some })).toBe(tagged);
  });

  it('say nothing of the exclusion, nor of `only`, if only a key goes back', () => {
    const current = aCase({ keys: [newer(), older('Inactive')], former: former(RECENTLY), excluded: false });
    const believed = withoutLag(seen([newer(), older()]), known(current));
    const until = plus(RECENTLY, POLICY.settle);
    expect(believed).toHaveProperty('lag', { keys: [OLDER], excluded: null, until });
  });
});
