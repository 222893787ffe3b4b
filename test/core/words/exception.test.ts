import { describe, expect, it, test } from 'vitest';
import { type Case, isOpen } from '../../../functions/core/case/case.ts';
import { linkPurpose } from '../../../functions/core/case/notices.ts';
import { afterAnswer } from '../../../functions/core/case/origins.ts';
import { overdueSince } from '../../../functions/core/case/overdue.ts';
import { annotationOf } from '../../../functions/core/config/annotation.ts';
import { verdictOf } from '../../../functions/core/config/verdict.ts';
import { isFinal } from '../../../functions/core/judge/moved-work.ts';
import { decisionForMachines } from '../../../functions/core/messages/for-machines.ts';
import { UNRESTRICTED } from '../../../functions/core/model/policy.ts';
import { DAY, plus } from '../../../functions/core/model/time.ts';
import { UTC } from '../../../functions/core/model/zone.ts';
import { harmlessProposal, listPermits } from '../../../functions/core/proposal/harmless.ts';
import { neededLookup } from '../../../functions/core/proposal/needed-lookup.ts';
import { verdicts } from '../../../functions/core/proposal/unproved.ts';
import { decisionWords } from '../../../functions/core/words/advice.ts';
import { earlierDecision, whyAskedAgain } from '../../../functions/core/words/asked-again.ts';
import { notCarriedOut } from '../../../functions/core/words/dropped.ts';
import { PLAIN } from '../../../functions/core/words/style.ts';
import { takeOverWords } from '../../../functions/core/words/take-over.ts';
import { workMoved } from '../../../functions/core/words/work-moved.ts';
import {
  aCase,
  aDrop,
  excepted,
  key,
  NEWER,
  NOW,
  notNow,
  OLDER,
  POLICY,
  someOff,
  someSpared,
  THIRD,
  used,
} from '../../fakes/cases.ts';

const context = { policy: POLICY, control: UNRESTRICTED, now: NOW };
const annotation = (current: Case) => annotationOf({ keys: current.keys, excluded: false, current }, context);
const IN_FORCE = 'Exception until 2026-12-23 by Platform lead.';

describe('an exception', () => {
  it('is NON_COMPLIANT in AWS Config, in whatever phase its other keys are', () => {
    for (const current of [excepted(), someOff(), someOff({}, { phase: 'awaiting-confirmation' })]) {
      const verdict = verdictOf({ keys: current.keys, excluded: false, current }, context);
      expect(verdict.compliance).toBe('NON_COMPLIANT');
      expect(verdict.annotation).toContain(IN_FORCE);
    }
    const held = someOff({}, { phase: 'held', heldFor: 'unknown' });
    expect(annotation(held)).toContain(`${IN_FORCE} ...R7WZ is inactive. On hold`);
    expect(annotation(excepted({}, { decision: null, phase: 'grace' }))).not.toContain(IN_FORCE);
  });

  it('is said there while it is carried out, with its date', () => {
    const current = aCase({
      phase: 'approved',
      keys: [...aCase().keys, key(THIRD)],
      decision: someSpared(),
    });
    expect(annotation(current)).toContain(
      'Decided by Platform lead on 2026-11-23: leave ...MPLE and ...3QXK active until 2026-12-23, deactivate the others; now being deactivated.',
    );
  });

  it('is said to operators, and names no kept key to machines', () => {
    expect(decisionWords(notNow(), PLAIN)).toBe('leave ...MPLE and ...3QXK active until 23 Dec 2026');
    expect(decisionWords(someSpared(), PLAIN)).toBe(
      'leave ...MPLE and ...3QXK active until 23 Dec 2026, deactivate ...R7WZ',
    );
    expect(decisionForMachines({ decision: notNow() })?.keepEndsIn).toBeNull();
  });

  it('answers for no creator, is nothing for a list to decide, and never overdue', () => {
    const origins = { [NEWER]: { createdBy: 'user/mallory', at: NOW } };
    expect(afterAnswer({ origins, decision: notNow() })).toEqual(origins);
    expect(harmlessProposal(excepted(), {}, POLICY, NOW)).toBeNull();
    const ask = { spare: [NEWER, OLDER], off: [], acknowledged: [], until: NOW, commentDigest: '' };
    expect(listPermits({ kind: 'not-now', ...ask }, { keep: NEWER })).toBe(false);
    expect(listPermits({ kind: 'keep-inactive', keys: [OLDER], until: NOW, commentDigest: '' }, null)).toBe(
      false,
    );
    expect(overdueSince(excepted(), POLICY, plus(NOW, 300 * DAY))).toBeNull();
    expect(isOpen(excepted())).toBe(true);
  });

  it('is ended through a link to decide', () => {
    expect(linkPurpose('exception-ending', excepted(), POLICY)).toBe('decide');
    expect(linkPurpose('exception-ending', excepted(), { ...POLICY, mode: 'observe' })).toBeNull();
  });

  it('leaves nothing that could be seen taking over (S14), so nothing is waited for', () => {
    const current = someOff(
      {},
      { keys: someOff().keys.map((one) => ({ ...one, lastUsed: used(plus(NOW, -2 * DAY)) })) },
    );
    const [work] = verdicts(current, { usage: {} });
    expect(work?.verdict).toEqual({ kind: 'several-kept' });
    expect(isFinal({ verdict: { kind: 'several-kept' }, at: null }, NOW)).toBe(true);
    const several =
      'Several keys stay active, so nothing can show if something still needs access with a deactivated one.';
    expect(takeOverWords({ kind: 'several-kept' }, NOW, UTC, PLAIN)).toBe(several);
    expect(workMoved(current, { usage: {} }, NOW, UTC, PLAIN)).toEqual([several]);
    const lookup = {
      kind: 'looked-up' as const,
      at: NOW,
      since: plus(NOW, -90 * DAY),
      regions: ['eu-west-1'],
    };
    const known = current.keys.map(({ id }) => ({ keyId: id, families: [], lookup }));
    const asked = neededLookup(current, { at: NOW, keys: known as never }, { ...POLICY, usage: [] }, NOW);
    expect(asked).toBeNull();
  });

  it.each([
    [
      'exception-ended',
      { code: 'exception-ended' },
      '',
      'The exception for this user (keys left active until a date) has ended.',
    ],
    [
      'exception-alarm',
      { code: 'exception-alarm', keyId: OLDER },
      'The earlier decision is no longer valid.',
      '...3QXK was left active by an exception. It was not known then that its creator is not on the list of expected creators.',
    ],
  ] as const)('that ended is said to be the reason to ask again: %s', (_code, askedAgain, former, why) => {
    const current = aCase({ askedAgain });
    expect(whyAskedAgain(current, POLICY, PLAIN)).toEqual([why]);
    expect(earlierDecision(current)).toBe(former);
  });

  it('that ended because a key is exposed says so, and names no creator as the reason', () => {
    const askedAgain = { code: 'exception-alarm', keyId: OLDER } as const;
    const exposed = { keys: { [OLDER]: { at: NOW } } };
    const left = '...3QXK was left active by an exception. It was not known then that it';
    expect(whyAskedAgain(aCase({ askedAgain, exposed }), POLICY, PLAIN)).toEqual([
      `${left} may be exposed, according to AWS.`,
    ]);
    const origins = { [OLDER]: { createdBy: 'user/mallory', at: NOW } };
    const both = aCase({ askedAgain, exposed, origins });
    expect(whyAskedAgain(both, { ...POLICY, trustedCreators: [] }, PLAIN)).toEqual([
      `${left} has an unexpected creator and may be exposed, according to AWS.`,
    ]);
  });
});

test.each([
  [
    'not-now',
    'too-long',
    'Your decision to leave keys active until a date',
    'it is for longer than 90 days, the most allowed',
  ],
  ['not-now', 'ended', 'Your decision to leave keys active until a date', 'its date had passed by then'],
  [
    'not-now',
    'own-exception',
    'Your decision to leave keys active until a date',
    'the previous exception must be renewed by another approver',
  ],
  ['confirm', 'put-off', 'Your confirmation of the deletion', 'someone has put the deletion off since then'],
  ['keep-inactive', 'too-late', 'Your request to delete a key later', 'the deletion had already begun'],
] as const)('whoever gave an answer (%s) that is dropped (%s) is told why', (kind, why, what, reason) => {
  expect(notCarriedOut(aDrop({ kind, why }), POLICY, PLAIN, 'sec-lead')).toBe(
    `${what} of 23 Nov 2026, 15:10 UTC was not carried out: ${reason}.`,
  );
});
