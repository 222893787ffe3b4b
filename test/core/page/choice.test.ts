import { describe, expect, it } from 'vitest';
import { UNRESTRICTED } from '../../../functions/core/model/policy.ts';
import { caseView } from '../../../functions/core/page/case-view.ts';
import {
  judgeChoice,
  judgeConfirm,
  judgeRestore,
  keysToDeactivate,
  type Mistake,
  namesExactly,
} from '../../../functions/core/page/choice.ts';
import {
  aCase,
  aDecision,
  inGrace,
  key,
  NEWER,
  NOW,
  newer,
  OLDER,
  older,
  POLICY,
  THIRD,
} from '../../fakes/cases.ts';

const look = { now: NOW, policy: POLICY, control: UNRESTRICTED, request: null };
const two = caseView(aCase(), look);
const three = caseView(aCase({ keys: [newer(), older(), key(THIRD)] }), look);
const withPending = caseView(
  inGrace({}, { decision: null, keys: [newer(), older('Inactive'), key(THIRD)] }),
  look,
);

describe('a choice', () => {
  it.each([
    ['the other key', two, NEWER, ['3QXK'], false, [OLDER], []],
    ['all others, in any order', three, NEWER, ['R7WZ', '3QXK'], false, [OLDER, THIRD], []],
    ['keys of ours that are off already', withPending, NEWER, ['3QXK', 'R7WZ'], false, [THIRD, OLDER], []],
    ['a key in use, acknowledged', two, OLDER, ['MPLE'], true, [NEWER], [NEWER]],
    ['an acknowledgement nobody asked for', two, NEWER, ['3QXK'], true, [OLDER], []],
  ])('fits with %s', (_name, view, keep, off, inUse, keys, acknowledged) => {
    expect(judgeChoice(view, { keep, off, inUse, shownInUse: view.inUse })).toEqual({
      fits: true,
      ask: { kind: 'keep', keep, off: keys, acknowledged },
    });
  });

  it.each([
    ['another key', [THIRD]],
    ['none', []],
  ])('does not fit with a tick on a page that showed %s as in use', (_what, shownInUse) => {
    expect(judgeChoice(two, { keep: OLDER, off: ['MPLE'], inUse: true, shownInUse })).toEqual({
      fits: false,
      mistakes: [{ field: 'inUse', code: 'not-acknowledged', keys: [NEWER] }],
    });
  });

  it('acknowledges what was shown, whether or not it is in use now, and no key that stays', () => {
    const idle = caseView(aCase({ keys: [key(NEWER), older()] }), look);
    const ticked = { keep: OLDER, off: ['MPLE'], inUse: true, shownInUse: [NEWER, OLDER] };
    expect(judgeChoice(idle, ticked)).toMatchObject({ fits: true, ask: { acknowledged: [NEWER] } });
  });

  const notUsed: Mistake = { field: 'inUse', code: 'not-acknowledged', keys: [NEWER] };
  it.each<[string, string | null, string[] | null, Mistake[]]>([
    ['no key chosen', null, ['3QXK'], [{ field: 'keep', code: 'none-chosen' }]],
    ['a key of somebody else', THIRD, ['3QXK'], [{ field: 'keep', code: 'not-active' }]],
    ['nothing typed', NEWER, [], [{ field: 'off', code: 'empty' }]],
    ['something unreadable', NEWER, null, [{ field: 'off', code: 'unreadable' }]],
    ['the kept key typed', NEWER, ['MPLE'], [{ field: 'off', code: 'names-kept', keep: NEWER }]],
    ['the kept key typed, too', NEWER, ['3QXK', 'MPLE'], [{ field: 'off', code: 'names-kept', keep: NEWER }]],
    ['one too many', NEWER, ['3QXK', 'R7WZ'], [{ field: 'off', code: 'not-these' }]],
    ['one twice', NEWER, ['3QXK', '3QXK'], [{ field: 'off', code: 'not-these' }]],
    ['a key in use', OLDER, ['MPLE'], [notUsed]],
    ['several mistakes', OLDER, ['R7WZ'], [{ field: 'off', code: 'not-these' }, notUsed]],
    [
      'nothing at all',
      null,
      [],
      [
        { field: 'keep', code: 'none-chosen' },
        { field: 'off', code: 'empty' },
      ],
    ],
  ])('does not fit with %s', (_name, keep, off, mistakes) => {
    expect(judgeChoice(two, { keep, off, inUse: false, shownInUse: [NEWER] })).toEqual({
      fits: false,
      mistakes,
    });
  });

  it('fits if it calls a key compromised that was not in use when the page was shown', () => {
    const given = (reason: 'unused' | 'compromised') =>
      judgeChoice(two, {
        keep: OLDER,
        off: ['MPLE'],
        inUse: false,
        shownInUse: [],
        grounds: { reason, comment: '' },
      });
    expect(given('compromised')).toEqual({
      fits: true,
      ask: { kind: 'keep', keep: OLDER, off: [NEWER], acknowledged: [], reason: 'compromised' },
    });
    expect(given('unused')).toEqual({ fits: false, mistakes: [notUsed] });
  });

  it('does not take a key that goes for the one that stays because they end alike', () => {
    const twin = `${THIRD.slice(0, -4)}MPLE`;
    const view = caseView(aCase({ keys: [newer(), key(twin), older()] }), look);
    const wrong = judgeChoice(view, { keep: NEWER, off: ['MPLE'], inUse: false, shownInUse: [NEWER] });
    expect(wrong).toEqual({ fits: false, mistakes: [{ field: 'off', code: 'not-these' }] });
  });

  it('switches off everything but the kept key', () => {
    expect(keysToDeactivate(withPending, NEWER)).toEqual([THIRD, OLDER]);
  });
});

describe('a wish to bring keys back', () => {
  const off = { deactivated: NOW, graceEnds: NOW };
  const both = caseView(
    inGrace(
      {},
      {
        keys: [newer(), older('Inactive'), key(THIRD, 'Inactive')],
        progress: { [OLDER]: off, [THIRD]: off },
      },
    ),
    look,
  );

  it.each([
    ['all', ['R7WZ', '3QXK'], [OLDER, THIRD]],
    ['some', ['3QXK'], [OLDER]],
  ])('may name %s of them', (_name, typed, keys) => {
    expect(judgeRestore(both, { back: typed, listed: false })).toEqual({
      fits: true,
      ask: { kind: 'restore', keys },
    });
  });

  it.each<[string, string[] | null, Mistake]>([
    ['nothing typed', [], { field: 'back', code: 'empty' }],
    ['something unreadable', null, { field: 'back', code: 'unreadable' }],
    ['an active key', ['MPLE'], { field: 'back', code: 'not-these' }],
    ['one that is not there beside one that is', ['3QXK', 'AAAA'], { field: 'back', code: 'not-these' }],
  ])('is refused with %s', (_name, typed, mistake) => {
    expect(judgeRestore(both, { back: typed, listed: false })).toEqual({ fits: false, mistakes: [mistake] });
  });
});

describe('a confirmation', () => {
  const off = { deactivated: NOW, graceEnds: NOW };
  const both = {
    ...aDecision(),
    remove: [OLDER, THIRD],
    terms: { grace: 1, deletion: 'on-confirmation' as const },
  };
  const view = caseView(
    inGrace(
      {},
      {
        phase: 'awaiting-confirmation',
        decision: both,
        keys: [newer(), older('Inactive'), key(THIRD, 'Inactive')],
        progress: { [OLDER]: off, [THIRD]: off },
      },
    ),
    look,
  );

  it('names every key to be deleted', () => {
    const ask = { kind: 'confirm', keys: [OLDER, THIRD] };
    expect(judgeConfirm(view, ['R7WZ', '3QXK'])).toEqual({ fits: true, ask });
  });

  it.each<[string, string[] | null, 'not-asked' | 'not-these']>([
    ['nothing typed', [], 'not-asked'],
    ['something unreadable', null, 'not-asked'],
    ['one of two keys', ['3QXK'], 'not-these'],
    ['the kept key too', ['3QXK', 'R7WZ', 'MPLE'], 'not-these'],
  ])('is refused with %s', (_name, typed, code) => {
    const mistake = { field: 'remove', code, keys: [OLDER, THIRD] };
    expect(judgeConfirm(view, typed)).toEqual({ fits: false, mistakes: [mistake] });
  });
});

describe('last fours', () => {
  it('name two keys with the same ending only when typed twice', () => {
    const twins = ['AKIA000000000000MPLE', 'AKIA111111111111MPLE'];
    expect(namesExactly(['MPLE'], twins)).toBe(false);
    expect(namesExactly(['MPLE', 'MPLE'], twins)).toBe(true);
    expect(namesExactly(null, twins)).toBe(false);
  });
});
