import { describe, expect, it, test } from 'vitest';
import { keysOfOurs } from '../../../functions/core/case/case.ts';
import { exceptionOf } from '../../../functions/core/case/exception.ts';
import { factsDigest, factsOf } from '../../../functions/core/case/facts.ts';
import { listRank } from '../../../functions/core/case/list-rank.ts';
import { askOf, linkAllows } from '../../../functions/core/case/requests.ts';
import { clearance } from '../../../functions/core/judge/clearance.ts';
import { neededFor, proves } from '../../../functions/core/judge/proof.ts';
import { UNRESTRICTED } from '../../../functions/core/model/policy.ts';
import { DAY, HOUR, MINUTE, plus } from '../../../functions/core/model/time.ts';
import { administrator, anAbout } from '../../fakes/about.ts';
import {
  aCase,
  aClaim,
  aListClaim,
  confirmedAt,
  excepted,
  granted,
  key,
  NEWER,
  NOW,
  newer,
  notNow,
  OLDER,
  older,
  POLICY,
  restoringSince,
  someOff,
  someSpared,
  THIRD,
  toldOf,
  used,
} from '../../fakes/cases.ts';
import { asked, codes, judged, progressOf, result, seen } from './scene.ts';

const UNTIL = plus(NOW, 30 * DAY);
const COMMENT = 'd'.repeat(64);
const BOTH = {
  kind: 'not-now' as const,
  spare: [NEWER, OLDER],
  off: [],
  until: UNTIL,
  acknowledged: [],
  commentDigest: COMMENT,
};
const SOME = { ...BOTH, off: [THIRD] };
const LOOKING = { ...POLICY, usage: [] };
const third = () => key(THIRD);
const three = (more = {}) => aCase({ keys: [newer(), older(), third()], ...more });
const threeActive = seen([newer(), older(), third()]);
const twoActive = seen([newer(), older(), key(THIRD, 'Inactive')]);
const OVER = { deactivated: plus(NOW, -8 * DAY), graceEnds: plus(NOW, -DAY), ...toldOf(plus(NOW, -2 * DAY)) };

describe('an answer that leaves all keys as they are', () => {
  test('is an exception at once, with its justification, and changes no key', () => {
    const judgement = judged({ request: asked(aCase(), BOTH) });
    expect(result(judgement)).toMatchObject({
      rule: 'exception',
      phase: 'exception',
      action: null,
      owed: ['exception-ending'],
    });
    expect(judgement.next?.decision).toMatchObject({
      kind: 'not-now',
      spare: [NEWER, OLDER],
      until: UNTIL,
      deactivate: [],
      remove: [],
      shownActive: [NEWER, OLDER],
      carriedOutAt: NOW,
      commentDigest: COMMENT,
    });
    expect(judgement.next?.exceptions).toEqual([
      {
        by: 'sec-lead',
        address: aClaim().address,
        at: plus(NOW, -MINUTE),
        until: UNTIL,
        spare: [NEWER, OLDER],
        count: 1,
      },
    ]);
    expect(judgement.events).toContainEqual({ code: 'exception-granted', by: 'sec-lead', detail: UNTIL });
    expect(codes(judgement)).toEqual(['exception-granted', 'exception']);
  });

  test.each([
    ['in their digest', { about: anAbout() }, { pooled: 'new' }],
    ['at once about a privileged user', { about: anAbout({ privilege: administrator('X') }) }, {}],
  ])('is told to every approver %s, because no other mail tells of it', (_, besides, waits) => {
    const judgement = judged({ request: asked(aCase(), BOTH), besides });
    expect(judgement.next?.owed).toEqual([
      { kind: 'exception-ending', recipient: '*', since: NOW },
      { kind: 'exception-ending', recipient: 'sec-lead', since: NOW, ...waits },
      { kind: 'exception-ending', recipient: 'platform-lead', since: NOW, ...waits },
    ]);
    expect(judgement.next?.decision).toMatchObject({ warnedAt: NOW });
  });

  test('waits in silence, and is evaluated again at the latest a day later', () => {
    const judgement = judged({ current: excepted() });
    expect(judgement.next).toBeNull();
    expect(judgement.dueAt).toBe(plus(NOW, DAY));
  });

  test('wants nothing of those who read the list', () => {
    expect(listRank(excepted(), POLICY)).toBe(`5#${excepted().opened}`);
  });

  test('is not voided because its author is no approver any more', () => {
    const control = { pauses: [], revoked: ['platform-lead'] };
    expect(judged({ current: excepted(), control }).next).toBeNull();
  });

  test('goes on in observe mode and while Solekey is paused', () => {
    const pauses = [{ from: plus(NOW, -HOUR), to: null }];
    expect(judged({ current: excepted(), policy: { ...POLICY, mode: 'observe' } }).next).toBeNull();
    expect(judged({ current: excepted(), control: { pauses, revoked: [] } }).next).toBeNull();
  });

  test('ends with an exclusion, and people are asked anew when that is over', () => {
    const exclude = { tag: null, users: ['ci-*'] };
    const out = judged({ current: excepted(), policy: { ...POLICY, exclude } });
    expect(out.next).toMatchObject({ phase: 'excluded', decision: null });
    const back = judged({ current: { ...excepted(), ...out.next } });
    expect(back.next).toMatchObject({ phase: 'awaiting-decision', askedAgain: { code: 'exclusion-ended' } });
  });

  test('outlives a reading that goes back in time', () => {
    const observed = seen([newer(), older()], {
      lag: { until: plus(NOW, 30), keys: [OLDER], excluded: null },
    });
    expect(result(judged({ current: excepted(), observed })).phase).toBeNull();
  });
});

describe('an answer that leaves some keys as they are', () => {
  test('deactivates the others, and only them', () => {
    const judgement = judged({ current: three(), observed: threeActive, request: asked(three(), SOME) });
    expect(result(judgement)).toMatchObject({
      rule: 'carry-out',
      phase: 'approved',
      action: 'deactivate R7WZ',
    });
    expect(judgement.next?.decision).toMatchObject({
      deactivate: [THIRD],
      remove: [THIRD],
      spare: [NEWER, OLDER],
    });
  });

  test('carries on with what it deactivated, in the phases of that', () => {
    const current = three({
      phase: 'approved',
      asking: 2,
      decision: someSpared(),
      exceptions: [granted(someSpared())],
      progress: { [THIRD]: { deactivating: plus(NOW, -MINUTE) } },
    });
    const judgement = judged({ current, observed: twoActive });
    expect(result(judgement)).toMatchObject({ rule: 'carry-on', phase: 'grace', owed: ['deactivated'] });
    expect(progressOf(judgement, THIRD)).toMatchObject({ deactivated: NOW });
  });

  test('needs a confirmation of the deletion, because nothing can be seen taking over (S14)', () => {
    const current = three();
    const request = asked(current, SOME, {}, { digest: factsDigest(factsOf(current), LOOKING) });
    const { next } = judged({ current, observed: threeActive, request, policy: LOOKING });
    expect(next?.decision?.terms.deletion).toBe('on-confirmation');
    const over = someOff(OVER, {}, { at: plus(NOW, -8 * DAY) });
    expect(result(judged({ current: over, observed: twoActive, policy: LOOKING }))).toMatchObject({
      phase: 'awaiting-confirmation',
      owed: ['confirm-deletion'],
    });
  });

  test('is deleted without one where usage is off, and then the exception lasts', () => {
    const over = someOff(OVER, {}, { at: plus(NOW, -8 * DAY) });
    expect(result(judged({ current: over, observed: twoActive }))).toMatchObject({ phase: 'deleting' });
    const deletedAt = (at: string) =>
      someOff(
        {},
        { phase: 'deleting', keys: [newer(), older()], progress: { [THIRD]: { ...OVER, deleted: at } } },
      );
    const once = judged({ current: deletedAt(plus(NOW, -30)), observed: seen([newer(), older()]) });
    expect([once.rule, once.next, once.dueAt]).toEqual(['carry-on', null, plus(NOW, 30)]);
    const twice = judged({ current: deletedAt(plus(NOW, -MINUTE)), observed: seen([newer(), older()]) });
    expect(result(twice)).toMatchObject({ rule: 'exception', phase: 'exception', closedAs: null, owed: [] });
  });

  test('goes on with a committed deletion if the key is seen again', () => {
    const deleting = {
      ...OVER,
      deleting: plus(NOW, -DAY),
      deletionClaimed: plus(NOW, -DAY),
      deleted: plus(NOW, -DAY),
    };
    const current = someOff(deleting, { phase: 'exception', keys: [newer(), older()] });
    expect(result(judged({ current, observed: twoActive })).phase).toBe('deleting');
  });

  test('lasts while a reading may be an old one', () => {
    const lag = { until: plus(NOW, 30), keys: [], excluded: null };
    const judgement = judged({ current: excepted(), observed: seen([newer(), older()], { lag }) });
    expect([judgement.rule, judgement.next]).toEqual(['exception', null]);
  });

  test('lasts after the grace period of keys that are never deleted', () => {
    const never = { ...POLICY, deletion: 'never' as const };
    const of = (more = {}, progress = {}) =>
      judged({ current: someOff(progress, more), observed: twoActive, policy: never });
    expect(result(of())).toMatchObject({ phase: null });
    const rests = of({}, { deactivated: plus(NOW, -8 * DAY), graceEnds: plus(NOW, -DAY) });
    expect(result(rests)).toMatchObject({ rule: 'exception', phase: 'exception', closedAs: null });
    const stays = someOff(OVER, { phase: 'exception' });
    const lag = seen(twoActive.keys, { lag: { until: plus(NOW, 30), keys: [], excluded: null } });
    expect(judged({ current: stays, observed: lag, policy: never }).next).toBeNull();
    expect(
      judged({ current: { ...stays, progress: someOff().progress }, observed: twoActive, policy: never })
        .next,
    ).toBeNull();
    // The setting changes: the keys are to be deleted after all, of which people are told.
    expect(
      result(judged({ current: someOff({}, { phase: 'exception' }), observed: twoActive })),
    ).toMatchObject({
      phase: 'grace',
      owed: ['deactivated'],
    });
  });

  test('falls as a whole if a deactivated key was used, and is asked again at once (S6)', () => {
    const observed = seen([newer(), older(), key(THIRD, 'Inactive', { lastUsed: used(plus(NOW, -MINUTE)) })]);
    const judgement = judged({ current: someOff(), observed });
    expect(result(judgement)).toMatchObject({
      phase: 'awaiting-decision',
      owed: ['asked-again'],
      decided: false,
    });
    expect(judgement.next?.askedAgain).toEqual({ code: 'in-use', keyId: THIRD });
  });

  test('falls as a whole if a deactivated key is reactivated, on request or by hand (S7)', () => {
    const hand = judged({ current: someOff(), observed: threeActive });
    expect(hand.next).toMatchObject({ decision: null, askedAgain: { code: 'reactivated', keyId: THIRD } });
    const wish = judged({
      current: someOff(),
      observed: twoActive,
      request: asked(someOff(), { kind: 'restore', keys: [THIRD] }),
    });
    expect([wish.next?.decision, wish.action]).toEqual([null, { kind: 'reactivate', keyId: THIRD }]);
  });
});

describe('the end of an exception', () => {
  const ending = (until: string, more = {}) => judged({ current: excepted({ until }, more) });

  test('comes by itself at its moment, and people are asked again', () => {
    expect(ending(plus(NOW, 1)).next).toBeNull();
    expect(ending(plus(NOW, 1)).dueAt).toBe(plus(NOW, 1));
    for (const until of [NOW, plus(NOW, -DAY)]) {
      const judgement = ending(until);
      expect(result(judgement)).toMatchObject({
        rule: 'awaiting',
        phase: 'awaiting-decision',
        owed: ['asked-again'],
        decided: false,
      });
      expect(judgement.next).toMatchObject({ askedAgain: { code: 'exception-ended' }, asking: 3 });
      expect(judgement.events).toContainEqual({ code: 'decision-void', detail: 'exception-ended' });
    }
  });

  test('stops what it has not deactivated yet, and deletes nothing any more', () => {
    const open = three({ phase: 'approved', asking: 2, decision: someSpared({ until: NOW }) });
    expect(judged({ current: open, observed: threeActive }).action).toBeNull();
    const over = someOff(OVER, {}, { until: NOW, at: plus(NOW, -8 * DAY) });
    const { next, action } = judged({ current: over, observed: twoActive });
    expect([next?.phase, action, next && keysOfOurs(next)]).toEqual(['awaiting-decision', null, [THIRD]]);
  });

  test('does not wait for a key list that changed: that is the reason then', () => {
    const observed = seen([newer(), older(), third()]);
    const { next } = judged({ current: excepted({ until: NOW }), observed });
    expect(next?.askedAgain).toEqual({ code: 'keys-changed' });
  });

  test('comes with any other set of Active keys, of which nothing is touched (S5)', () => {
    for (const keys of [
      [newer(), older(), third()],
      [newer(), third()],
    ]) {
      const judgement = judged({ current: excepted(), observed: seen(keys) });
      expect(judgement.next).toMatchObject({ decision: null, askedAgain: { code: 'keys-changed' } });
      expect(judgement.action).toBeNull();
    }
    const one = judged({ current: excepted(), observed: seen([newer(), older('Inactive')]) });
    expect(result(one)).toMatchObject({ rule: 'settled', decided: false, action: null });
  });

  test('lasts if an inactive key comes or goes, but an answer about the keys as they were does not count', () => {
    const observed = seen([newer(), older(), key(THIRD, 'Inactive')]);
    const { next } = judged({ current: excepted(), observed });
    expect(next).toMatchObject({ phase: 'exception', asking: 3, decision: { kind: 'not-now' } });
    const unfinished = aCase({ phase: 'approved', decision: someSpared(), asking: 2 });
    const open = judged({
      current: { ...unfinished, keys: threeActive.keys },
      observed: seen([...threeActive.keys, key('AKIAI44QH8DHBEXFOUR1', 'Inactive')]),
    });
    expect(open.next?.asking).toBe(2);
  });

  test('comes early by an ordinary decision of anybody', () => {
    const keep = { kind: 'keep' as const, keep: NEWER, off: [OLDER], acknowledged: [] };
    const judgement = judged({ current: excepted(), request: asked(excepted(), keep) });
    expect(result(judgement)).toMatchObject({ phase: 'approved', action: 'deactivate 3QXK' });
    expect(judgement.next?.decision).toMatchObject({ kind: 'keep', by: 'sec-lead' });
    expect(judgement.next?.exceptions).toHaveLength(1);
  });

  test('comes with an alarm about a key that it left, of which nobody knew (S15)', () => {
    const policy = { ...POLICY, trustedCreators: [] };
    const origins = { [OLDER]: { createdBy: 'user/mallory', at: NOW } };
    const judgement = judged({ current: excepted({}, { origins }), policy });
    expect(result(judgement)).toMatchObject({ phase: 'awaiting-decision', owed: ['asked-again'] });
    expect(judgement.next?.askedAgain).toEqual({ code: 'exception-alarm', keyId: OLDER });
    const alarmed = { number: 3, creators: { [OLDER]: 'user/mallory' } };
    expect(judged({ current: excepted({}, { origins, alarmed }), policy }).next).toBeNull();
  });

  test('comes with the news that a key that it left is exposed (S15)', () => {
    const exposed = { keys: { [OLDER]: { at: NOW } } };
    const judgement = judged({ current: excepted({}, { exposed }) });
    expect(result(judgement)).toMatchObject({ phase: 'awaiting-decision', owed: ['asked-again'] });
    expect(judgement.next?.askedAgain).toEqual({ code: 'exception-alarm', keyId: OLDER });
    const alarmed = { number: 3, creators: {} };
    expect(result(judged({ current: excepted({}, { exposed, alarmed }) })).phase).toBe('awaiting-decision');
    const told = { ...alarmed, exposed: [OLDER] };
    expect(judged({ current: excepted({}, { exposed, alarmed: told }) }).next).toBeNull();
  });

  test('of a user who is gone closes the case', () => {
    const observed = {
      kind: 'missing' as const,
      account: '123456789012',
      userId: 'AIDACKCEVSQ6C2EXAMPLE',
      at: NOW,
    };
    const current = excepted({}, { missingSince: plus(NOW, -2 * MINUTE) });
    expect(result(judged({ current, observed }))).toMatchObject({ phase: 'closed', closedAs: 'user-gone' });
  });
});

describe('the warnings before the end', () => {
  const at = (until: string, more = {}) =>
    judged({ current: excepted({ at: plus(NOW, -30 * DAY), until, ...more }) });

  test.each([8, 2])('are owed %i days before, a day more than the digest may take', (days) => {
    const earlier = at(plus(NOW, days * DAY + 60), days === 2 ? { warnedAt: plus(NOW, -5 * DAY) } : {});
    expect([earlier.next, earlier.dueAt]).toEqual([null, plus(NOW, 60)]);
    const judgement = at(plus(NOW, days * DAY), days === 2 ? { warnedAt: plus(NOW, -5 * DAY) } : {});
    expect(judgement.next).toMatchObject({ phase: 'exception', decision: { warnedAt: NOW } });
    expect(judgement.next?.owed).toEqual([
      { kind: 'exception-ending', recipient: '*', since: NOW },
      { kind: 'exception-ending', recipient: 'sec-lead', since: NOW, pooled: 'reminder' },
      { kind: 'exception-ending', recipient: 'platform-lead', since: NOW, pooled: 'reminder' },
    ]);
  });

  test('come once each, also after both were missed', () => {
    expect(at(plus(NOW, 5 * DAY), { warnedAt: plus(NOW, -3 * DAY) }).next).toBeNull();
    const both = at(plus(NOW, DAY));
    expect(both.next?.owed).toHaveLength(3);
    expect(at(plus(NOW, DAY), { warnedAt: plus(NOW, -MINUTE) }).next).toBeNull();
  });

  test('do not say what was decided a moment ago', () => {
    expect(at(plus(NOW, DAY), { at: plus(NOW, -HOUR) }).next).toBeNull();
    expect(at(plus(NOW, 5 * DAY), { at: plus(NOW, -HOUR) }).next).toBeNull();
  });

  test('wait for somebody to warn', () => {
    const control = { pauses: [], revoked: ['sec-lead', 'platform-lead'] };
    const current = excepted({ at: plus(NOW, -30 * DAY), until: plus(NOW, DAY) });
    expect(judged({ current, control }).next).toBeNull();
  });

  test('come also while IAM refuses to delete a deactivated key for long', () => {
    const refused = {
      ...OVER,
      deleting: plus(NOW, -2 * DAY),
      refused: plus(NOW, -HOUR),
      refusedSince: plus(NOW, -2 * DAY),
    };
    const current = someOff(refused, {}, { at: plus(NOW, -30 * DAY), until: plus(NOW, 2 * DAY) });
    const held = judged({ current: { ...current, phase: 'deleting' }, observed: twoActive });
    expect(held.next).toMatchObject({ phase: 'held', heldFor: 'unknown', decision: { warnedAt: NOW } });
    expect(result(held).owed).toEqual(['exception-ending', 'held']);
  });

  test('come also while a deactivated key is in its grace period', () => {
    const current = someOff({}, {}, { at: plus(NOW, -30 * DAY), until: plus(NOW, 2 * DAY) });
    expect(result(judged({ current, observed: twoActive }))).toMatchObject({
      phase: 'grace',
      owed: ['exception-ending'],
    });
  });

  test('are not sent once the exception is over', () => {
    const owed = [
      { kind: 'exception-ending' as const, recipient: 'sec-lead', since: NOW, pooled: 'reminder' as const },
    ];
    expect(result(judged({ current: excepted({ until: NOW }, { owed }) })).owed).toEqual(['asked-again']);
    const keep = { kind: 'keep' as const, keep: NEWER, off: [OLDER], acknowledged: [] };
    const ended = judged({ current: excepted({}, { owed }), request: asked(excepted(), keep) });
    expect(result(ended).owed).toEqual([]);
    const grace = someOff({}, { owed, decision: null, phase: 'grace' });
    expect(result(judged({ current: grace, observed: twoActive })).owed).toEqual([]);
  });
});

describe('an answer "not now" is refused', () => {
  const refusal = (ask: object, more = {}) => {
    const judgement = judged({ request: asked(aCase(), { ...BOTH, ...ask }), ...more });
    expect(judgement.next?.decision ?? null).toBeNull();
    expect(judgement.action).toBeNull();
    const why = judgement.events.find(({ code }) => code === 'request-refused')?.detail;
    return [why, judgement.next?.dropped?.[0]?.why];
  };

  test.each([
    ['leaves one key, which is the ordinary decision', { spare: [NEWER], off: [OLDER] }],
    ['leaves none', { spare: [], off: [NEWER, OLDER] }],
    ['leaves a key twice', { spare: [NEWER, NEWER], off: [OLDER] }],
    ['leaves a key that is not Active', { spare: [NEWER, OLDER, THIRD] }],
    ['names a key for both', { spare: [NEWER, OLDER], off: [OLDER] }],
    ['deactivates a key that is not there', { off: [THIRD] }],
  ])('if it %s', (_what, ask) => {
    expect(refusal(ask)).toEqual(['not-these-keys', 'keys-changed']);
  });

  test('if it lasts longer than allowed after the answer, by the clock of the answer', () => {
    const at = plus(NOW, -MINUTE);
    expect(refusal({ until: plus(at, 90 * DAY + 0.001) })).toEqual(['too-long', 'too-long']);
    const longest = judged({ request: asked(aCase(), { ...BOTH, until: plus(at, 90 * DAY) }) });
    expect(longest.next?.phase).toBe('exception');
    const less = { policy: { ...POLICY, exceptionMaximum: 7 * DAY } };
    expect(refusal({}, less)).toEqual(['too-long', 'too-long']);
  });

  test('if its date has passed', () => {
    expect(refusal({ until: NOW })).toEqual(['ended', 'ended']);
    expect(judged({ request: asked(aCase(), { ...BOTH, until: plus(NOW, 1) }) }).next?.phase).toBe(
      'exception',
    );
  });

  test.each([-1, 1])('no earlier because a clock is %i minutes ahead', (minutes) => {
    const at = plus(NOW, minutes * MINUTE);
    const until = plus(at, 90 * DAY);
    const { next } = judged({ request: asked(aCase(), { ...BOTH, until }, {}, { at }) });
    expect(next).toMatchObject({ phase: 'exception', decision: { until } });
    expect(refusal({ until: plus(until, 1) })).toEqual(['too-long', 'too-long']);
  });

  it('is permitted by a link to decide, and by no other', () => {
    const purposes = ['decide', 'restore', 'view', 'delete', 'list', 'list-view'] as const;
    expect(purposes.filter((purpose) => linkAllows(purpose, BOTH))).toEqual(['decide']);
    const request = { ...asked(aCase(), BOTH), claim: aListClaim() };
    expect(codes(judged({ request }))).toContain('request-refused');
  });
});

describe('a renewal', () => {
  const last = notNow({
    by: 'sec-lead',
    address: aClaim().address,
    at: plus(NOW, -60 * DAY),
    until: plus(NOW, 5 * DAY),
  });
  const running = excepted({}, { decision: last, exceptions: [granted(last)] });
  const renewal = (claim = {}, current = running, more = {}) =>
    judged({ current, request: asked(current, BOTH, claim), ...more });

  test('by somebody else replaces the exception, and is counted', () => {
    const { next } = renewal({ recipient: 'platform-lead', address: notNow().address });
    expect(next).toMatchObject({ phase: 'exception', decision: { by: 'platform-lead', until: UNTIL } });
    expect(next?.exceptions?.map(({ by, count }) => [by, count])).toEqual([
      ['sec-lead', 1],
      ['platform-lead', 2],
    ]);
  });

  test('by whoever gave it is refused, and the exception goes on as it was', () => {
    const { next } = renewal();
    expect(next).toMatchObject({ phase: 'exception', decision: { at: last.at, until: last.until } });
    expect(next?.dropped).toMatchObject([
      { kind: 'not-now', by: 'sec-lead', why: 'own-exception', owed: true },
    ]);
    expect(next?.exceptions).toHaveLength(1);
  });

  test('by them is refused also after it has ended, and in a later case', () => {
    const ended = aCase({ number: 4, exceptions: [granted(last)] });
    expect(renewal({ caseNumber: 4 }, ended).next?.dropped).toMatchObject([{ why: 'own-exception' }]);
  });

  test('by them is none about other keys', () => {
    const other = aCase({ exceptions: [granted({ ...last, spare: [THIRD] })] });
    const { next } = renewal({}, other);
    expect(next?.exceptions?.map(({ count }) => count)).toEqual([1, 1]);
  });

  test('by them counts where nobody else may decide, or can be reached', () => {
    const alone = { policy: { ...POLICY, approvers: POLICY.approvers.slice(0, 1) } };
    expect(renewal({}, running, alone).next?.exceptions).toHaveLength(2);
    const control = { pauses: [], revoked: ['platform-lead'] };
    expect(renewal({}, running, { control }).next?.exceptions).toHaveLength(2);
    const unreached = { ...UNRESTRICTED, reached: { [aClaim().address]: NOW } };
    expect(renewal({}, running, { control: unreached }).next?.exceptions).toHaveLength(2);
  });

  test('by them under another id or another address is theirs', () => {
    const ids = {
      policy: {
        ...POLICY,
        approvers: POLICY.approvers.map((one, i) => (i === 0 ? { ...one, id: 'lead' } : one)),
      },
    };
    expect(renewal({ recipient: 'lead' }, running, ids).next?.dropped).toMatchObject([
      { why: 'own-exception' },
    ]);
    const moved = granted({ ...last, address: 'f'.repeat(16) });
    expect(renewal({}, { ...running, exceptions: [moved] }).next?.dropped).toMatchObject([
      { why: 'own-exception' },
    ]);
  });
});

describe('the proof and the check before a change under an exception', () => {
  const current = three({
    phase: 'approved',
    decision: someSpared({ commentDigest: COMMENT, until: UNTIL }),
    asking: 2,
  });
  const action = { kind: 'deactivate' as const, keyId: THIRD };
  const claim = aClaim({ recipient: 'platform-lead', address: notNow().address });
  const by = (ask: object) => {
    const { digest = '', at = '' } = current.decision ?? {};
    const given = { ...SOME, ...ask };
    return { request: { digest, at, ask: given, payload: 'x', proof: 'y' }, claim };
  };
  const proved = (ask: object) => {
    const [wanted] = neededFor(current, action, POLICY) ?? [];
    if (wanted === undefined) {
      throw new Error('nothing is needed');
    }
    return proves(current, action, wanted, by(ask), { policy: POLICY, control: UNRESTRICTED, now: NOW });
  };

  test('want the very answer: its keys, and its date', () => {
    expect(proved({})).toBe(true);
    expect(proved({ spare: [OLDER, NEWER] })).toBe(true);
    expect(proved({ spare: [NEWER, THIRD] })).toBe(false);
    expect(proved({ until: plus(UNTIL, -DAY) })).toBe(false);
    expect(proved({ off: [OLDER] })).toBe(false);
    const keep = { kind: 'keep' as const, keep: NEWER, off: [THIRD], acknowledged: [] };
    const [wanted] = neededFor(current, action, POLICY) ?? [];
    expect(
      wanted &&
        proves(
          current,
          action,
          wanted,
          { ...by({}), request: { ...by({}).request, ask: keep } },
          { policy: POLICY, control: UNRESTRICTED, now: NOW },
        ),
    ).toBe(false);
    const kept = { ...current, decision: { ...someSpared(), kind: 'none' as const } };
    expect(
      wanted &&
        proves(kept, action, { ...wanted, kind: 'not-now' }, by({}), {
          policy: POLICY,
          control: UNRESTRICTED,
          now: NOW,
        }),
    ).toBe(false);
  });

  const cleared = (keyId: string, observed = threeActive, more = {}) =>
    clearance(
      { ...current, ...more },
      { kind: 'deactivate', keyId },
      observed,
      POLICY,
      UNRESTRICTED,
      observed.at,
    );

  test('want every key that stays to be Active, and never change one of them (S3)', () => {
    expect(cleared(THIRD)).toEqual({ go: true, userName: 'ci-deploy' });
    expect(cleared(NEWER)).toEqual({ go: false, why: 'not-decided' });
    expect(cleared(OLDER)).toEqual({ go: false, why: 'not-decided' });
    for (const keys of [
      [newer('Inactive'), older(), third()],
      [newer(), older('Inactive'), third()],
      [newer(), third()],
    ]) {
      expect(cleared(THIRD, seen(keys))).toEqual({ go: false, why: 'kept-key-not-active' });
    }
  });

  test('want the exception to last', () => {
    expect(cleared(THIRD, threeActive, { decision: someSpared({ until: NOW }) })).toEqual({
      go: false,
      why: 'exception-ended',
    });
    expect(cleared(THIRD, threeActive, { decision: someSpared({ until: plus(NOW, 1) }) })).toMatchObject({
      go: true,
    });
  });

  test('want a confirmation of the deletion, by the keys that were confirmed', () => {
    const over = someOff(OVER, {}, { confirmed: { ...confirmedAt(NOW), proof: 'p' } });
    expect(neededFor(over, { kind: 'delete', keyId: THIRD }, LOOKING)?.map(({ kind }) => kind)).toEqual([
      'not-now',
      'confirm',
    ]);
    expect(neededFor(someOff(OVER), { kind: 'delete', keyId: THIRD }, LOOKING)).toBeNull();
  });

  test('know the answer behind it', () => {
    expect(askOf(someSpared({ until: UNTIL, commentDigest: COMMENT }))).toEqual(SOME);
    const { commentDigest: _none, ...older } = someSpared();
    expect(askOf(older)).toMatchObject({ commentDigest: '' });
  });

  test('an exception is in force once the others are deactivated', () => {
    expect(exceptionOf(current)).toBeNull();
    expect(exceptionOf(someOff())).toMatchObject({ kind: 'not-now' });
    expect(exceptionOf(aCase())).toBeNull();
    expect(
      exceptionOf({ ...excepted(), progress: { [OLDER]: { restoring: restoringSince(NOW) } } } as never),
    ).not.toBeNull();
  });
});
