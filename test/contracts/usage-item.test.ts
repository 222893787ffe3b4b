import { describe, expect, it } from 'vitest';
import { readUsage, usageKey } from '../../functions/contracts/usage-item.ts';
import { parseQuestion, questionBody } from '../../functions/contracts/usage-question.ts';
import type { KeyUsage } from '../../functions/core/usage/usage.ts';
import { ACCOUNT, NEWER, NOW, OLDER, USER_ID } from '../fakes/cases.ts';
import { family, usage } from '../fakes/usage.ts';

const denied: KeyUsage = {
  keyId: OLDER,
  lookup: { kind: 'not-looked-up', why: 'denied', partly: true },
  families: [],
};
const service = family({ source: { kind: 'service', service: 'cloudformation' }, agent: 'cloudformation' });
const found = { at: NOW, keys: [usage([family(), service], { leftOut: 3, unread: 1 }), denied] };
const item = { ...usageKey(ACCOUNT, USER_ID), usage: found, schema: 1 };

describe('usage in the table', () => {
  it('has a partition of its own, where alone witness may write', () => {
    expect(usageKey('1', 'A')).toEqual({ pk: 'USAGE#1#A', sk: 'USAGE' });
  });

  it('comes back as it was stored', () => {
    expect(readUsage(JSON.parse(JSON.stringify(item)))).toEqual(found);
  });

  it('of a newer release is read as far as it is known', () => {
    const later = {
      ...found,
      more: 1,
      keys: [
        usage([{ ...family(), agent: 'quantum-cli' as never }]),
        { ...denied, lookup: { kind: 'not-looked-up', why: 'asleep' } },
      ],
    };
    expect(readUsage({ ...item, usage: later })?.keys).toMatchObject([
      { families: [{ agent: 'other' }] },
      { lookup: { why: 'failed' } },
    ]);
  });

  it.each([
    ['nothing', undefined],
    ['an item without usage', { pk: 'USAGE#1#A' }],
    [
      'a lookup of another kind',
      { ...item, usage: { at: NOW, keys: [{ ...denied, lookup: { kind: 'guessed' } }] } },
    ],
    ['a time that is none', { ...item, usage: { at: 'yesterday', keys: [] } }],
  ])('counts as absent where there is %s', (_name, stored) => {
    expect(readUsage(stored)).toBeNull();
  });
});

describe('a question about usage', () => {
  const question = {
    account: ACCOUNT,
    userId: USER_ID,
    keys: [{ keyId: NEWER, created: NOW, regions: ['eu-west-1'] }],
  };

  it('is read as it was sent', () => {
    expect(parseQuestion(questionBody(question))).toEqual(question);
  });

  it.each([
    ['no JSON', '{'],
    ['another kind', questionBody(question).replace('"usage"', '"user"')],
    ['no keys', questionBody({ ...question, keys: [] })],
    [
      'too many keys',
      questionBody({ ...question, keys: Array.from({ length: 17 }, () => question.keys[0] as never) }),
    ],
    [
      'a Region that is none',
      questionBody({ ...question, keys: [{ keyId: NEWER, created: NOW, regions: ['x'] }] }),
    ],
    ['a user id with a slash', questionBody({ ...question, userId: 'A/../B' })],
    ['another account than a number', questionBody({ ...question, account: 'me' })],
  ])('is none with %s', (_name, body) => {
    expect(parseQuestion(body)).toBeNull();
  });
});
