import { expect, it } from 'vitest';
import {
  privilegeInShort,
  privilegeMark,
  privilegeSentence,
} from '../../../functions/core/inventory/privilege-words.ts';

const grant = { policy: 'p', kind: 'inline', group: null, scope: 'some', actions: ['iam:A'] } as const;

it.each([
  [grant, 'inline policy p (iam:A)'],
  [
    { ...grant, actions: ['iam:A', 'iam:B', 'iam:C', 'iam:D', 'iam:E'] },
    'inline policy p (iam:A, iam:B, iam:C, 2 more like these)',
  ],
  [{ ...grant, kind: 'aws-managed', scope: 'everything' }, 'AWS managed policy p (every action)'],
  [
    { ...grant, kind: 'customer-managed', scope: 'iam', group: 'ops' },
    'customer managed policy p through group ops (every action in IAM)',
  ],
] as const)('%j is: %s', (one, words) => {
  expect(privilegeInShort(one)).toBe(words);
});

it.each([
  [{ kind: 'administrator', by: [grant] }, 'administrator', 'Administrator, by inline policy p (iam:A).'],
  [
    { kind: 'can-become', by: [grant] },
    'can become administrator',
    'Can become administrator, by inline policy p (iam:A).',
  ],
  [{ kind: 'ordinary' }, null, 'No administrator, and cannot become one directly.'],
  [{ kind: 'unknown', why: 'policies', name: null }, null, /not known .*: policies were not read\.$/],
  [{ kind: 'unknown', why: 'group', name: 'g' }, null, /the policies of group g were not read\.$/],
  [{ kind: 'unknown', why: 'document', name: 'd' }, null, /policy d could not be understood\.$/],
  [
    { kind: 'unknown', why: 'boundary', name: 'b' },
    null,
    /permissions boundary b could not be understood\.$/,
  ],
] as const)('%j has its mark and sentence', (privilege, mark, sentence) => {
  expect(privilegeMark(privilege.kind)).toBe(mark);
  expect(privilegeSentence(privilege)).toMatch(sentence);
});
