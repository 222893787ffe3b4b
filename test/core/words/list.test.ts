import { describe, expect, it } from 'vitest';
import { WANTS } from '../../../functions/core/case/list-rank.ts';
import { DAY, HOUR, plus } from '../../../functions/core/model/time.ts';
import { UTC } from '../../../functions/core/model/zone.ts';
import { proposalContext } from '../../../functions/core/proposal/context.ts';
import { propose } from '../../../functions/core/proposal/proposal.ts';
import { countedWants, openCases, WANT, whyInShort } from '../../../functions/core/words/list.ts';
import { PAGE } from '../../../functions/core/words/style.ts';
import { aCase, key, NEWER, NOW, OLDER, POLICY, used } from '../../fakes/cases.ts';
import { family, usage } from '../../fakes/usage.ts';

const NONE = { alarm: 0, held: 0, 'deletion-to-confirm': 0, undecided: 0, rest: 0 };

describe('how many cases are open', () => {
  it('is said with what they want, most urgent first, without those that are none', () => {
    const of = { ...NONE, undecided: 7, held: 1, rest: 2 };
    expect(openCases(of, false)).toBe('10 open cases');
    expect(countedWants(of)).toBe('1 on hold, 7 to decide, 2 in progress');
    expect(countedWants({ ...NONE, alarm: 1, 'deletion-to-confirm': 3 })).toBe(
      '1 urgent, 3 with a deletion to confirm',
    );
  });

  it('may be one, none, or more than were counted', () => {
    expect(openCases({ ...NONE, rest: 1 }, false)).toBe('1 open case');
    expect([openCases(NONE, false), countedWants(NONE)]).toEqual(['no open cases', '']);
    expect(openCases({ ...NONE, rest: 5000 }, true)).toBe('more than 5000 open cases');
  });

  it('has a heading for each want', () => {
    expect(WANTS.map((want) => WANT[want])).toEqual([
      'Unexpected creator',
      'On hold',
      'Deletion to confirm',
      'Decision needed',
      'In progress',
    ]);
  });
});

describe('why, in short', () => {
  const kept = key(NEWER, 'Active', { created: plus(NOW, -60 * DAY), lastUsed: used(plus(NOW, -2 * HOUR)) });
  const why = (lastUsed: Parameters<typeof key>[2], evidence = {}) => {
    const current = aCase({
      keys: [kept, key(OLDER, 'Active', { created: plus(NOW, -600 * DAY), ...lastUsed })],
    });
    const proposal = propose(current.keys, proposalContext(current, POLICY, NOW, evidence));
    return proposal === null ? null : whyInShort(proposal, current.keys, NOW, UTC, PAGE);
  };

  it('is what IAM says of the key to deactivate, if the confidence is high', () => {
    const seen = { usage: { [NEWER]: usage([family()]), [OLDER]: usage([], { keyId: OLDER }) } };
    expect(why({ lastUsed: used(plus(NOW, -240 * DAY)) }, seen)).toMatch(
      /^…3QXK was last used .*complete\.$/,
    );
  });

  it('is the most particular doubt, if it is not', () => {
    const other = family({ agent: 'aws-cli', last: plus(NOW, -50 * DAY) });
    const seen = { usage: { [NEWER]: usage([family()]), [OLDER]: usage([other], { keyId: OLDER }) } };
    expect(why({ lastUsed: used(plus(NOW, -50 * DAY)) })).toMatch(/^…3QXK was last used/);
    expect(why({ lastUsed: used(plus(NOW, -50 * DAY)) }, seen)).toContain('AWS CLI');
  });

  it('is about the only active key, if there is no other', () => {
    const proposal = propose([kept], proposalContext(aCase({ keys: [kept] }), POLICY, NOW));
    expect(proposal === null ? null : whyInShort(proposal, [kept], NOW, UTC, PAGE)).toBe(
      '…MPLE is the only active key.',
    );
  });
});
