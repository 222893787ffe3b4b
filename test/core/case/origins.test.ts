import { describe, expect, it } from 'vitest';
import { ofThese, withFewOthers } from '../../../functions/core/case/by-key.ts';
import { afterAnswer, mergedOrigins, withOrigin } from '../../../functions/core/case/origins.ts';
import { unexpectedCreators } from '../../../functions/core/case/unexpected-creators.ts';
import { HOUR, plus } from '../../../functions/core/model/time.ts';
import { aCase, aDecision, key, NEWER, NOW, OLDER, THIRD } from '../../fakes/cases.ts';

const TRUST = { trustedCreators: ['role/*'] };
const LATER = plus(NOW, HOUR);
const user = (origins = {}) => ({ userName: 'ci-deploy', origins });
const made = (createdBy: string, at = NOW) => ({ [THIRD]: { createdBy, at } });
const told = (createdBy: string, at = NOW) => ({ keyId: THIRD, createdBy, at });

describe('evidence about one key', () => {
  it.each<[string, string, string]>([
    ['user/mallory', 'role/deployer', 'user/mallory'],
    ['user/mallory', 'user/ci-deploy', 'user/mallory'],
    ['user/mallory', 'unknown', 'user/mallory'],
    ['user/mallory', 'user/eve', 'user/mallory'],
    ['role/deployer', 'user/mallory', 'user/mallory'],
    ['user/ci-deploy', 'user/mallory', 'user/mallory'],
    ['unknown', 'user/mallory', 'user/mallory'],
    ['unknown', 'role/deployer', 'role/deployer'],
    ['role/deployer', 'unknown', 'role/deployer'],
  ])('that names %s, then %s, ends as %s: it only becomes worse', (first, then, last) => {
    const both = withOrigin(user(made(first)), told(then, LATER), TRUST);
    expect(both[THIRD]).toEqual({ createdBy: last, at: first === last ? NOW : LATER });
    expect(mergedOrigins(user(made(first)), made(then, LATER), TRUST)).toEqual(both);
  });

  it('is as before where nothing is told, and new where nothing was', () => {
    const before = made('role/deployer');
    expect(withOrigin(user(before), null, TRUST)).toBe(before);
    expect(withOrigin(user(), told('role/deployer'), TRUST)).toEqual(before);
    expect(mergedOrigins(user(), before, TRUST)).toEqual(before);
    expect(mergedOrigins(user(before), {}, TRUST)).toEqual(before);
  });

  it('keeps fields of a newer release, and is answered for ever', () => {
    const newer = { [THIRD]: { createdBy: 'role/deployer', at: NOW, later: 1 } };
    expect(withOrigin(user(newer), told('root'), TRUST)).toEqual({
      [THIRD]: { createdBy: 'root', at: NOW, later: 1 },
    });
    const answered = { [THIRD]: { createdBy: 'user/mallory', at: NOW, answered: LATER } };
    expect(withOrigin(user(answered), told('user/eve'), TRUST)).toBe(answered);
    const expected = { [THIRD]: { createdBy: 'role/deployer', at: NOW, answered: LATER } };
    expect(withOrigin(user(expected), told('user/eve'), TRUST)).toBe(expected);
  });
});

it('the ARNs are those of the creator on record: a worse one without any leaves none of the former', () => {
  const arns = ['arn:aws:iam::123456789012:role/deployer'];
  const first = withOrigin(user(), { ...told('role/deployer'), arns }, TRUST);
  expect(first).toEqual({ [THIRD]: { createdBy: 'role/deployer', at: NOW, arns } });
  const worse = { [THIRD]: { createdBy: 'user/eve', at: LATER } };
  expect(withOrigin(user(first), told('user/eve', LATER), TRUST)).toEqual(worse);
  const named = { ...told('user/eve', LATER), arns: ['arn:aws:iam::123456789012:user/eve'] };
  expect(withOrigin(user(first), named, TRUST)[THIRD]).toMatchObject({ arns: named.arns });
  expect(mergedOrigins(user(), first, TRUST)).toEqual(first);
});

it('a person who decided to keep a key has answered for its creator, and for no other', () => {
  const origins = { ...made('user/mallory'), [OLDER]: { createdBy: 'user/eve', at: NOW } };
  const keys = [key(THIRD), key(OLDER)];
  expect(afterAnswer({ origins, decision: null })).toBe(origins);
  expect(afterAnswer({ origins, decision: aDecision({ keep: NEWER }) })).toBe(origins);
  const decision = aDecision({ keep: THIRD });
  const after = afterAnswer({ origins, decision });
  expect(after[THIRD]).toEqual({ createdBy: 'user/mallory', at: NOW, answered: decision.at });
  expect(unexpectedCreators(aCase({ keys, origins: after }), TRUST)).toEqual({ [OLDER]: 'user/eve' });
});

it('of keys that nobody sees, only the latest few are kept', () => {
  const many = Object.fromEntries(
    Array.from({ length: 30 }, (_, n) => [`AKIA${n}`, { createdBy: 'user/mallory', at: NOW }]),
  );
  const all = { ...made('user/eve'), ...many };
  const kept = withFewOthers([key(THIRD)], all);
  expect(Object.keys(kept)).toEqual([THIRD, ...Object.keys(many).slice(-20)]);
  expect(ofThese([key(THIRD)], all)).toEqual(made('user/eve'));
});

it('keeps twenty creators of keys that nobody sees, and never for those of keys that are there', () => {
  const unseen = Object.fromEntries(
    Array.from({ length: 25 }, (_, n) => [`AKIAUNSEEN${n}`, { createdBy: 'user/eve', at: NOW }]),
  );
  const all = { ...unseen, ...made('role/deployer') };
  const kept = withFewOthers([key(THIRD)], all);
  expect(Object.keys(kept)).toEqual([THIRD, ...Object.keys(unseen).slice(-20)]);
});
