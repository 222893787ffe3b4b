import { describe, expect, it } from 'vitest';
import { caseKey } from '../../functions/contracts/items.ts';
import { readCase } from '../../functions/contracts/read-case.ts';
import { SCHEMA } from '../../functions/contracts/stored.ts';
import { ACCOUNT, aCase, aDecision, aDrop, inGrace, NEWER, NOW, OLDER, USER_ID } from '../fakes/cases.ts';

const item = (content: unknown, more: object = {}) => ({
  ...caseKey(ACCOUNT, USER_ID),
  case: content,
  version: 7,
  hash: 'a'.repeat(64),
  failures: 0,
  ...more,
});

function unread(content: unknown, more: object = {}) {
  const read = readCase(item(content, more));
  return 'unread' in read ? read.unread : null;
}

const [key] = aCase().keys;

describe('an unknown variant makes a case newer than this release', () => {
  it.each<[string, object, string]>([
    ['a phase', { phase: 'quarantined' }, 'phase is "quarantined"'],
    ['a hold', { phase: 'held', heldFor: 'exposed' }, 'heldFor is "exposed"'],
    ['an end', { phase: 'closed', closedAs: 'by-policy' }, 'closedAs is "by-policy"'],
    [
      'a reason to ask again',
      { askedAgain: { code: 'exposed', keyId: NEWER } },
      'askedAgain.code is "exposed"',
    ],
    ['a notice', { owed: [{ kind: 'digest', recipient: '*', since: NOW }] }, 'owed.0.kind is "digest"'],
    ['a status', { keys: [{ ...key, status: 'Locked' }] }, 'keys.0.status is "Locked"'],
    ['a last use', { keys: [{ ...key, lastUsed: { kind: 'seen' } }] }, 'keys.0.lastUsed.kind is "seen"'],
    ['a kind of decision', { decision: { kind: 'spare', until: NOW } }, 'decision.kind is "spare"'],
    [
      'a way of deletion',
      { decision: { ...aDecision(), terms: { grace: 1, deletion: 'at-once' } } },
      'decision.terms.deletion is "at-once"',
    ],
  ])('%s', (_what, more, reason) => {
    expect(unread({ ...aCase(), ...more })).toMatchObject({
      why: 'newer',
      reason,
      userName: 'ci-deploy',
      number: 3,
    });
  });

  it('with whatever else that release says then, and with the keys that can be read', () => {
    const content = {
      ...inGrace(),
      phase: 'quarantined',
      toldAt: 7,
      keys: [key, { id: OLDER, status: 9 }, 'x'],
    };
    expect(unread(content)).toMatchObject({
      why: 'newer',
      keys: [
        { id: NEWER, status: 'Active' },
        { id: OLDER, status: null },
      ],
    });
  });

  it('so does a later layout that this release fails to read', () => {
    expect(unread({ ...aCase(), progress: [] }, { schema: SCHEMA.case + 1 })?.why).toBe('newer');
    expect(unread({ ...aCase(), progress: [] }, { schema: SCHEMA.case })?.why).toBe('broken');
  });
});

describe('what no release writes', () => {
  it.each<[string, unknown, object, string]>([
    ['no content', undefined, {}, 'case is missing'],
    ['a field of another type', { ...aCase(), asking: 'two' }, {}, 'asking is "two"'],
    ['a number for a phase', { ...aCase(), phase: 3 }, {}, 'phase is 3'],
    ['a missing field', { ...aCase(), keysSeenAt: undefined }, {}, 'keysSeenAt is missing'],
    ['an object for a list', { ...aCase(), keys: {} }, {}, 'keys cannot be read'],
    ['a damaged hash', aCase(), { hash: '' }, 'hash is ""'],
    ['another version', aCase(), { version: 6 }, 'the item is not laid out as a case'],
  ])('%s', (_what, content, more, reason) => {
    expect(unread(content, more)).toMatchObject({ why: 'broken', reason, account: ACCOUNT, userId: USER_ID });
  });
});

it('a later layout that can be read is read: unknown fields are no reason to stop', () => {
  const later = { ...aCase(), mood: 'good' };
  expect(readCase(item(later, { schema: 9 }))).toMatchObject({ item: { case: later } });
});

it('missing fields get the value that does least', () => {
  const { owed: _o, former: _f, origins: _g, decision, toldAt: _t, lease: _l, ...rest } = inGrace();
  const { acknowledged: _a, confirmed: _c, ...less } = decision ?? aDecision();
  expect(readCase(item({ ...rest, decision: less }))).toMatchObject({
    item: {
      case: {
        ...{ owed: [], former: [], origins: {}, toldAt: null, lease: null },
        decision: { ...less, acknowledged: [], confirmed: null },
      },
    },
  });
});

it('new names are read beside the stored ones, and win', () => {
  const { asking, askedAgain, ...rest } = aCase({ askedAgain: { code: 'keys-changed' } });
  const renamed = { ...rest, questionNumber: asking, reopenedBecause: askedAgain };
  expect(readCase(item(renamed))).toMatchObject({ item: { case: { asking, askedAgain } } });
  expect(readCase(item({ ...renamed, asking: 99 }))).toMatchObject({ item: { case: { asking } } });
});

it('what a later release writes is read already', () => {
  const announcedTo = { 'sec-lead': { address: 'a'.repeat(16), at: NOW, date: NOW } };
  const restoring = { by: 'sec-lead', address: 'a'.repeat(16), at: NOW, proof: 'f'.repeat(64) };
  const current = { ...inGrace({ announcedTo, restoring }), closedAs: 'by-restore' };
  expect(readCase(item(current))).toMatchObject({ item: { case: current } });
});

it('the ARNs of a creator, and whatever was said of an own key, are read', () => {
  const origins = {
    [NEWER]: { createdBy: 'user/sam', at: NOW, arns: ['arn:aws:iam::123456789012:user/sam'] },
  };
  const dropped = [aDrop({ why: 'not-valid', ownKey: true })];
  const current = inGrace({}, { origins, dropped, decision: aDecision({ selfApproved: true }) });
  expect(readCase(item(current))).toMatchObject({ item: { case: current } });
});
