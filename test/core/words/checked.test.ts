import { describe, expect, it } from 'vitest';
import { DAY, plus } from '../../../functions/core/model/time.ts';
import { UTC } from '../../../functions/core/model/zone.ts';
import type { Advice } from '../../../functions/core/proposal/advice.ts';
import { besideProposal } from '../../../functions/core/words/checked.ts';
import { PLAIN } from '../../../functions/core/words/style.ts';
import { workMoved } from '../../../functions/core/words/work-moved.ts';
import { aDecision, inGrace, NEWER, NOW, OLDER, THIRD } from '../../fakes/cases.ts';

describe('a choice beside our proposal', () => {
  const beside = (advice: Advice, active = [NEWER, OLDER], keep: string | null = OLDER) =>
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
    expect(beside({ kind: 'proposal', proposal }, [NEWER, OLDER], null)[0]).toMatch(
      /^We proposed something else: /,
    );
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
