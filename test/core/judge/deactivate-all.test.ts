import { describe, expect, test } from 'vitest';
import { factsDigest, factsOf } from '../../../functions/core/case/facts.ts';
import { askOf, linkAllows } from '../../../functions/core/case/requests.ts';
import { clearance } from '../../../functions/core/judge/clearance.ts';
import { neededFor, proves } from '../../../functions/core/judge/proof.ts';
import { UNRESTRICTED } from '../../../functions/core/model/policy.ts';
import { DAY, HOUR, MINUTE, plus } from '../../../functions/core/model/time.ts';
import {
  aCase,
  aClaim,
  aDecision,
  aListClaim,
  allOff,
  confirmedAt,
  key,
  NEWER,
  NOW,
  newer,
  noneKept,
  OLDER,
  older,
  POLICY,
  THIRD,
  toldOf,
  used,
} from '../../fakes/cases.ts';
import { asked, codes, judged, progressOf, result, seen } from './scene.ts';

const NONE = { kind: 'none' as const, off: [NEWER, OLDER], acknowledged: [NEWER] };
const LOOKING = { ...POLICY, usage: [] };
const approved = (more = {}) =>
  aCase({ phase: 'approved', decision: noneKept({ acknowledged: [NEWER], ...more }), asking: 2 });
const off = { deactivated: plus(NOW, -HOUR), graceEnds: plus(NOW, 7 * DAY - HOUR) };
const oneOff = (more = {}) =>
  aCase({
    ...approved(),
    keys: [newer(), older('Inactive')],
    progress: { [OLDER]: off },
    ...more,
  });

describe('an answer that keeps no key', () => {
  test('becomes the decision, and the first key is claimed', () => {
    const judgement = judged({ request: asked(aCase(), NONE) });
    expect(judgement.next?.decision).toMatchObject({
      kind: 'none',
      deactivate: [NEWER, OLDER],
      remove: [NEWER, OLDER],
      shownActive: [NEWER, OLDER],
      acknowledged: [NEWER],
      terms: { deletion: 'after-grace' },
    });
    expect(judgement.next?.decision).not.toHaveProperty('keep');
    expect(judgement.action?.kind).toBe('deactivate');
    expect(judgement.events).toContainEqual({ code: 'none-decided', by: 'sec-lead' });
    expect(codes(judgement)).not.toContain('decided');
  });

  test.each([
    ['leaves out an Active key', [OLDER]],
    ['names one that is not there', [NEWER, OLDER, THIRD]],
  ])('is refused if it %s', (_what, off) => {
    const judgement = judged({ request: asked(aCase(), { ...NONE, off }) });
    expect([judgement.next?.decision, judgement.action]).toEqual([null, null]);
    expect(codes(judgement)).toContain('request-refused');
  });

  test('also covers keys that are off already, and the last Active one is still to be deactivated', () => {
    const current = aCase({ keys: [newer(), older('Inactive')], progress: { [OLDER]: off } });
    const judgement = judged({ current, observed: seen(current.keys), request: asked(current, NONE) });
    expect(judgement.next?.decision).toMatchObject({ deactivate: [NEWER], remove: [NEWER, OLDER] });
    expect(judgement.action).toEqual({ kind: 'deactivate', keyId: NEWER });
  });

  test('is carried out from now on if it is about keys that are off, and not before otherwise', () => {
    const current = aCase({ keys: [newer(), older('Inactive')], progress: { [OLDER]: off } });
    const keep = { kind: 'keep' as const, keep: NEWER, off: [OLDER], acknowledged: [] };
    const observed = seen(current.keys);
    const begun = (ask: Parameters<typeof asked>[1], more = {}) =>
      judged({ current, observed, request: asked(current, ask), ...more }).next?.decision?.carriedOutAt;
    expect(begun(keep)).toBe(NOW);
    const control = { pauses: [{ from: plus(NOW, -HOUR), to: null }], revoked: [] };
    expect(begun(NONE, { control })).toBeNull();
  });

  test('is refused from a page of observe mode, which has no form', () => {
    const terms = { mode: 'observe' as const, deletion: 'after-grace' as const, grace: 7 * DAY };
    const current = aCase({ shownTerms: [terms] });
    const request = asked(current, NONE, {}, { digest: factsDigest(factsOf(current), terms) });
    expect(judged({ current, request }).events).toContainEqual(
      expect.objectContaining({ code: 'request-refused', detail: 'observe-mode' }),
    );
  });

  test('is none where no key is Active, which is on hold', () => {
    const current = allOff({}, { phase: 'held', heldFor: 'no-active-key', decision: null });
    const judgement = judged({ current, observed: seen(current.keys), request: asked(current, NONE) });
    expect(result(judgement)).toMatchObject({ phase: 'held', heldFor: 'no-active-key', action: null });
    expect(judgement.next?.decision).toBeNull();
  });

  test('is permitted by a link to decide, and by no other', () => {
    const purposes = ['decide', 'restore', 'view', 'delete', 'list', 'list-view'] as const;
    expect(purposes.filter((purpose) => linkAllows(purpose, NONE))).toEqual(['decide']);
  });

  test('of somebody who was removed leads to a new question at once', () => {
    const control = { pauses: [], revoked: ['sec-lead'] };
    const { next } = judged({ request: asked(aCase(), NONE), control });
    expect(next?.askedAgain).toEqual({ code: 'approver-removed', by: 'sec-lead' });
    expect(next?.dropped).toMatchObject([{ kind: 'none', why: 'not-an-approver' }]);
  });

  test('is told as it was if it is dropped before it is carried out', () => {
    const exclude = { tag: null, users: ['ci-*'] };
    const { next } = judged({ current: approved({ carriedOutAt: null }), policy: { ...POLICY, exclude } });
    expect(next?.dropped).toMatchObject([{ kind: 'none', by: 'platform-lead', why: 'excluded' }]);
  });
});

describe('carrying it out', () => {
  test('goes on to the last key', () => {
    const judgement = judged({ current: oneOff(), observed: seen(oneOff().keys) });
    expect(result(judgement)).toMatchObject({
      rule: 'carry-out',
      phase: 'approved',
      action: 'deactivate MPLE',
    });
  });

  test('ends in grace when none is Active, as people are told', () => {
    const current = oneOff({ progress: { [OLDER]: off, [NEWER]: { deactivating: plus(NOW, -MINUTE) } } });
    const judgement = judged({ current, observed: seen([newer('Inactive'), older('Inactive')]) });
    expect(result(judgement)).toMatchObject({
      rule: 'carry-on',
      phase: 'grace',
      action: null,
      owed: ['deactivated'],
      decided: true,
    });
    expect(progressOf(judgement, NEWER)).toMatchObject({ deactivated: NOW });
  });

  test('asks about the rest if the last key was used since', () => {
    const current = oneOff({ decision: noneKept() });
    const observed = seen([{ ...newer(), lastUsed: used(plus(NOW, -MINUTE)) }, older('Inactive')]);
    const judgement = judged({ current, observed });
    expect(result(judgement)).toMatchObject({ rule: 'ask-about-one', action: null, decided: false });
    expect(judgement.next?.askedAgain).toEqual({ code: 'in-use', keyId: NEWER });
  });

  test('is over for the last key, too, when the decision is too old', () => {
    const policy = { ...POLICY, decisionValid: HOUR / 2 };
    const judgement = judged({ current: oneOff(), observed: seen(oneOff().keys), policy });
    expect(judgement.next?.askedAgain).toEqual({ code: 'decision-expired' });
  });

  test('does not become void with time once it is carried out', () => {
    const policy = { ...POLICY, decisionValid: HOUR / 2 };
    const judgement = judged({ current: allOff(), observed: seen(allOff().keys), policy });
    expect(judgement.next?.decision ?? allOff().decision).not.toBeNull();
  });

  test.each([
    ['the owner deactivated one', [newer('Inactive'), older('Inactive')], 'no-active-key'],
    ['there is a third key', [newer(), older('Inactive'), key(THIRD)], null],
  ])('stops if %s', (_what, keys, heldFor) => {
    const judgement = judged({ current: oneOff(), observed: seen(keys) });
    expect(judgement.next).toMatchObject({ decision: null, heldFor, askedAgain: { code: 'keys-changed' } });
    expect(judgement.action).toBeNull();
  });
});

describe('afterwards', () => {
  const overdue = { ...off, deactivated: plus(NOW, -8 * DAY), graceEnds: plus(NOW, -DAY) };
  const announced = { ...overdue, ...toldOf(plus(NOW, -2 * DAY)) };
  const keys = [key(NEWER, 'Inactive'), older('Inactive')];

  test('a person confirms the deletion, whatever the setting', () => {
    const current = allOff(announced, { keys });
    expect(result(judged({ current, observed: seen(current.keys), policy: LOOKING }))).toMatchObject({
      phase: 'awaiting-confirmation',
      owed: ['confirm-deletion'],
    });
  });

  test('the decision says so from the beginning', () => {
    const { next } = judged({ request: asked(aCase(), NONE), policy: LOOKING });
    expect(next?.decision?.terms.deletion).toBe('on-confirmation');
    const keep = { kind: 'keep' as const, keep: NEWER, off: [OLDER], acknowledged: [] };
    const kept = judged({ request: asked(aCase(), keep), policy: LOOKING });
    expect(kept.next?.decision?.terms.deletion).toBe('after-grace');
    const never = { ...LOOKING, deletion: 'never' as const };
    const kind = judged({ current: aCase(), request: asked(aCase(), NONE), policy: never });
    expect(kind.next?.decision?.terms.deletion).toBe('never');
  });

  test('a date alone leads to it where usage is off', () => {
    const current = allOff(announced, { keys });
    expect(result(judged({ current, observed: seen(current.keys) }))).toMatchObject({ phase: 'deleting' });
  });

  test('confirmed, it is committed and made', () => {
    const decision = noneKept({ confirmed: confirmedAt(plus(NOW, -HOUR)) });
    const current = allOff(announced, { phase: 'awaiting-confirmation', decision, keys });
    expect(judged({ current, observed: seen(current.keys), policy: LOOKING }).next?.phase).toBe('deleting');
    const seenOff = { deleting: plus(NOW, -HOUR), seenInactive: plus(NOW, -HOUR / 2) };
    const going = allOff({ ...announced, ...seenOff }, { phase: 'deleting', decision, keys });
    expect(judged({ current: going, observed: seen(going.keys), policy: LOOKING }).action?.kind).toBe(
      'delete',
    );
  });

  test('the case ends as remediated when all are gone', () => {
    const gone = { ...announced, deleted: plus(NOW, -HOUR) };
    const current = allOff(gone, { phase: 'deleting', keys: [] });
    expect(result(judged({ current, observed: seen([]) }))).toMatchObject({
      phase: 'closed',
      closedAs: 'remediated',
    });
  });

  test('a key that the owner reactivates voids it', () => {
    const judgement = judged({ current: allOff(), observed: seen([newer(), older('Inactive')]) });
    expect(judgement.next).toMatchObject({
      decision: null,
      askedAgain: { code: 'reactivated', keyId: NEWER },
    });
  });

  test('a restore of any of them voids it, too', () => {
    const restore = { kind: 'restore' as const, keys: [OLDER] };
    const judgement = judged({
      current: allOff(),
      observed: seen(allOff().keys),
      request: asked(allOff(), restore),
    });
    expect(judgement.next?.decision).toBeNull();
    expect(judgement.action).toEqual({ kind: 'reactivate', keyId: OLDER });
  });
});

describe('before the call', () => {
  const deactivate = { kind: 'deactivate' as const, keyId: NEWER };
  const cleared = (current = approved(), keys = [newer(), older()], action = deactivate) =>
    clearance(current, action, seen(keys), POLICY, UNRESTRICTED, NOW);

  test('no kept key is needed, and the set must be the expected one', () => {
    expect(cleared().go).toBe(true);
    expect(cleared(oneOff(), [newer(), older('Inactive')]).go).toBe(true);
    expect(cleared(approved(), [newer(), older('Inactive')])).toEqual({ go: false, why: 'other-keys' });
    expect(cleared(approved(), [newer(), older(), key(THIRD)])).toEqual({ go: false, why: 'other-keys' });
    expect(cleared(approved(), [newer('Inactive'), older()])).toEqual({ go: false, why: 'other-keys' });
    expect(cleared(approved({ deactivate: [OLDER] }))).toEqual({ go: false, why: 'not-decided' });
  });

  test('the stored answer must be of this kind and name the key', () => {
    const at = plus(NOW, -MINUTE);
    const current = approved({ at });
    const [wanted] = neededFor(current, deactivate, POLICY) ?? [];
    expect(wanted?.kind).toBe('none');
    const by = { recipient: 'platform-lead', address: noneKept().address };
    const now = { policy: POLICY, control: UNRESTRICTED, now: NOW };
    const given = (ask: typeof NONE) => asked(current, ask, by, { digest: '0'.repeat(64), at });
    const proved = (ask: typeof NONE, decision = current.decision) =>
      wanted !== undefined && proves({ ...current, decision }, deactivate, wanted, given(ask), now);
    expect(proved(NONE)).toBe(true);
    expect(proved({ ...NONE, off: [OLDER] })).toBe(false);
    expect(proved({ ...NONE, acknowledged: [] })).toBe(false);
    expect(proved(NONE, aDecision({ at, acknowledged: [] }))).toBe(false);
    expect(proved(NONE, null)).toBe(false);
  });

  test.each([null, noneKept()])(
    'an answer to keep a key proves nothing of any other decision',
    (decision) => {
      const at = plus(NOW, -MINUTE);
      const keep = { kind: 'keep' as const, keep: NEWER, off: [OLDER], acknowledged: [] };
      const { by, address, digest } = noneKept();
      const wanted = { kind: 'keep' as const, by, address, at, digests: [digest] };
      const { request } = asked(aCase(), keep, {}, { digest, at });
      const off = { kind: 'deactivate' as const, keyId: OLDER };
      for (const claim of [aClaim({ recipient: by, address }), aListClaim({ recipient: by, address })]) {
        const given = { request, claim };
        const now = { policy: POLICY, control: UNRESTRICTED, now: NOW };
        expect(proves(aCase({ decision }), off, wanted, given, now)).toBe(false);
        expect(proves(aCase({ decision: aDecision() }), off, wanted, given, now)).toBe(true);
      }
    },
  );

  test('a deletion rests on a confirmation as well', () => {
    const remove = { kind: 'delete' as const, keyId: NEWER };
    expect(neededFor(allOff(), remove, LOOKING)).toBeNull();
    expect(neededFor(allOff(), remove, POLICY)).toHaveLength(1);
    const confirmed = noneKept({ confirmed: confirmedAt(NOW) });
    expect(neededFor(allOff({}, { decision: confirmed }), remove, LOOKING)).toHaveLength(2);
  });
});

test('a decision says what it asked for', () => {
  expect(askOf(noneKept())).toEqual({ kind: 'none', off: [NEWER, OLDER], acknowledged: [] });
  expect(askOf(aDecision())).toEqual({ kind: 'keep', keep: NEWER, off: [OLDER], acknowledged: [] });
});
