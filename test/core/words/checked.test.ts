import { describe, expect, it } from 'vitest';
import { DAY, HOUR, plus } from '../../../functions/core/model/time.ts';
import { UTC } from '../../../functions/core/model/zone.ts';
import type { Advice } from '../../../functions/core/proposal/advice.ts';
import { besideProposal, useInWords } from '../../../functions/core/words/checked.ts';
import { PAGE, PLAIN } from '../../../functions/core/words/style.ts';
import { workMoved } from '../../../functions/core/words/work-moved.ts';
import { aDecision, inGrace, key, NEWER, NOW, OLDER, THIRD, used } from '../../fakes/cases.ts';
import { family, usage } from '../../fakes/usage.ts';

describe('the use of a key in words', () => {
  const words = (more: Parameters<typeof key>[2], families?: Parameters<typeof usage>[0]) =>
    useInWords(
      key(NEWER, 'Active', more),
      {
        usage: families === undefined ? undefined : { [NEWER]: usage(families) },
        quietPeriod: 7 * DAY,
        now: NOW,
      },
      PAGE,
    );

  it.each([
    [{ lastUsed: { kind: 'not-read' as const } }, 'last use unknown'],
    [{ lastUsed: { kind: 'never' as const }, created: plus(NOW, -DAY) }, 'never used'],
    [
      { lastUsed: { kind: 'never' as const }, created: plus(NOW, -DAY + 1) },
      'not used yet, as far as IAM knows',
    ],
    [{ lastUsed: used(plus(NOW, -HOUR)) }, 'used today for S3 in eu-west-1'],
    [{ lastUsed: used(plus(NOW, -HOUR), 'N/A', 'N/A') }, 'used today'],
    [{ lastUsed: used(plus(NOW, -3 * DAY)) }, 'used 3 days ago for S3 in eu-west-1'],
    [{ lastUsed: used(plus(NOW, -7 * DAY)) }, 'not used for 7 days'],
  ])('as IAM tells it: %j', (more, said) => {
    expect(words(more)).toBe(said);
  });

  it('names the latest consumer, if one is known and the key is in use', () => {
    const earlier = family({ agent: 'terraform', last: plus(NOW, -HOUR) });
    const lately = { lastUsed: used(plus(NOW, -HOUR)) };
    expect(words(lately, [earlier, family()])).toBe('used today by 203.0.113.0/24 (boto3)');
    expect(words(lately, [family(), earlier])).toBe('used today by 203.0.113.0/24 (boto3)');
    expect(words(lately, [])).toBe('used today for S3 in eu-west-1');
    expect(words({ lastUsed: used(plus(NOW, -8 * DAY)) }, [family()])).toBe('not used for 8 days');
  });
});

describe('a choice beside our proposal', () => {
  const beside = (advice: Advice, active = [NEWER, OLDER], keep = OLDER) =>
    besideProposal(advice, keep, active, { now: NOW, zone: UTC });
  const proposal = { keep: NEWER, others: [OLDER], confidence: 'high' as const, reasons: [] };

  it('is as proposed, or not, or nothing was proposed', () => {
    expect(beside({ kind: 'none' })).toEqual(['We made no proposal.']);
    expect(beside({ kind: 'proposal', proposal })[0]).toMatch(/^We proposed the opposite: /);
    expect(beside({ kind: 'proposal', proposal }, [NEWER, OLDER], NEWER)[0]).toBe(
      'This is what we proposed.',
    );
    const three = { kind: 'proposal' as const, proposal: { ...proposal, others: [OLDER, THIRD] } };
    expect(beside(three, [NEWER, OLDER, THIRD])[0]).toMatch(/^We proposed something else: /);
    const doubt = { by: 'user/mallory', ifMeant: NEWER, ifNot: OLDER };
    expect(beside({ kind: 'doubt', doubt })).toEqual([
      expect.stringMatching(/^No proposal yet: first ask user\/mallory/),
    ]);
  });

  it('comes before a rotation is over, or before anybody knows why a key returns', () => {
    const wait = (until: string | null): Advice => ({
      kind: 'wait',
      wait: { until, why: { code: 'returns', keyId: OLDER, how: 'reactivated', count: 2, by: null } },
    });
    expect(beside(wait(plus(NOW, DAY)))[0]).toMatch(/^We proposed something else: wait until /);
    expect(beside(wait(null))).toEqual([
      'We proposed something else: wait, and first find out why the key returns.',
    ]);
  });
});

describe('the work of deactivated keys', () => {
  it('is told of each key by name if there are several', () => {
    const off = { deactivated: plus(NOW, -DAY) };
    const current = inGrace({}, { decision: aDecision(), progress: { [OLDER]: off, [THIRD]: off } });
    const said = workMoved(current, { usage: {} }, NOW, UTC, PLAIN);
    expect(said.map((one) => one.split(':')[0])).toEqual(['...3QXK', '...R7WZ']);
    const one = inGrace(off, { decision: aDecision() });
    expect(workMoved(one, { usage: {} }, NOW, UTC, PLAIN)[0]).toMatch(/^The event history was /);
  });
});
