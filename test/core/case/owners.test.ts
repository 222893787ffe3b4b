import { describe, expect, it } from 'vitest';
import { caseItemSchema, caseKey } from '../../../functions/contracts/items.ts';
import { answerDigests, factsOf } from '../../../functions/core/case/facts.ts';
import { recordedOwners } from '../../../functions/core/case/owners.ts';
import { propose } from '../../../functions/core/proposal/proposal.ts';
import { aCase, NOW, newer, older, POLICY } from '../../fakes/cases.ts';
import { judged, seen } from '../judge/scene.ts';

const TEAM = { key: 'Team', value: 'payments' };
const both = [newer(), older()];

describe('owner tags in a case', () => {
  it('are those of the settings, and absent as long as there never was one', () => {
    expect(recordedOwners(null, { Cost: '7' }, POLICY)).toEqual({});
    expect(recordedOwners(aCase(), { Cost: '7', Team: 'payments' }, POLICY)).toEqual({ owners: [TEAM] });
    expect(recordedOwners(aCase({ owners: [TEAM] }), {}, POLICY)).toEqual({ owners: [] });
    expect(recordedOwners(aCase(), { Team: 'payments' }, { ownerTags: [] })).toEqual({});
  });

  it('keep what a newer release wrote beside them', () => {
    const owners = [{ ...TEAM, later: 1 }];
    expect(recordedOwners(aCase({ owners }), { Owner: 'a', Team: 'new' }, POLICY)).toEqual({
      owners: [
        { key: 'Owner', value: 'a' },
        { key: 'Team', value: 'new', later: 1 },
      ],
    });
  });

  it('are recorded with a new case, and again when they change, without an event or a mail', () => {
    const observed = seen(both, { tags: { team: 'payments' } });
    const opened = judged({ current: null, observed });
    expect(opened.next?.owners).toEqual([{ key: 'team', value: 'payments' }]);
    const moved = judged({
      current: aCase({ owners: [TEAM] }),
      observed: seen(both, { tags: { Team: 'data' } }),
    });
    expect(moved.next?.owners).toEqual([{ key: 'Team', value: 'data' }]);
    expect([moved.events, moved.next?.owed]).toEqual([[], []]);
    const gone = judged({ current: aCase({ owners: [TEAM] }), observed: seen(both) });
    expect(gone.next?.owners).toEqual([]);
  });

  it('are no reason to write while they are as recorded', () => {
    const observed = seen(both, { tags: { Team: 'payments', Cost: '7' } });
    expect(judged({ current: aCase({ owners: [TEAM] }), observed }).next).toBeNull();
    expect(judged({ observed: seen(both, { tags: { Cost: '7' } }) }).next).toBeNull();
  });

  it('decide nothing: the question, its digests and the proposal are the same', () => {
    const without = aCase();
    const tagged = aCase({ owners: [{ key: 'Owner', value: 'x'.repeat(256) }] });
    expect(answerDigests(factsOf(tagged), [POLICY])).toEqual(answerDigests(factsOf(without), [POLICY]));
    const { quietPeriod, rotationWindow } = POLICY;
    const calm = { now: NOW, quietPeriod, rotationWindow, unexpected: {}, exposed: {}, back: {} };
    expect(propose(tagged.keys, calm)).toEqual(propose(without.keys, calm));
    const judgements = [{}, { Owner: 'nobody', 'solekey:owner': 'x' }].map((tags) => {
      const { next, ...rest } = judged({ current: null, observed: seen(both, { tags }) });
      const { owners: _owners, ...content } = next ?? {};
      return { ...rest, content };
    });
    expect(judgements[0]).toEqual(judgements[1]);
  });

  it('come back as they were stored', () => {
    const current = aCase({ owners: [TEAM, { key: 'Owner', value: '\u202e<b>' }] });
    const item = { ...caseKey('1', 'A'), case: current, version: 7, hash: 'a'.repeat(64), failures: 0 };
    expect(caseItemSchema.parse(JSON.parse(JSON.stringify(item))).case).toEqual(current);
  });
});
