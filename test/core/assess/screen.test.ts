import { describe, expect, it } from 'vitest';
import { assess } from '../../../functions/core/assess/assessment.ts';
import { privilegeLine, summary, table, totalsLine } from '../../../functions/core/assess/screen.ts';
import { adviceInShort, confidenceOf, explained } from '../../../functions/core/assess/words.ts';
import type { SurveyedUser } from '../../../functions/core/inventory/surveyed.ts';
import { lastFour } from '../../../functions/core/model/observation.ts';
import { NEWER, NOW, OLDER } from '../../fakes/cases.ts';
import { aged, surveyed, TERMS } from './users.ts';

const of = (...users: SurveyedUser[]) => assess(users, TERMS, NOW);
const idle = [aged(OLDER, 600, 95), aged(NEWER, 100, 0.01)];
const busy = [aged(OLDER, 600, 0.01), aged(NEWER, 101, 0.02)];
const turning = [aged(OLDER, 600, 0.01), aged(NEWER, 0.1, null)];

describe('the table', () => {
  it('says who, how many, what and why, a line each', () => {
    const lines = table(of(surveyed('ci-deploy', idle), surveyed('batch', busy), surveyed('turns', turning)));
    expect(lines).toHaveLength(4);
    expect(lines[0]).toMatch(/^ {2}user +keys +proposal +why$/);
    expect(lines[1]).toMatch(/^! batch +2 +ask the owner {2}\(low\) +…\w{4} last used/);
    expect(lines[2]).toMatch(new RegExp(`^! ci-deploy +2 +keep …${lastFour(NEWER)}  \\(high\\) +`));
    expect(lines[3]).toMatch(/^! turns +2 +wait until \d+ \w{3} +.*looks like a rotation in progress$/);
    for (const line of lines) {
      expect(line).not.toContain(OLDER);
      expect(line).not.toContain(NEWER);
    }
  });

  it('marks administrators, and says what the mark means', () => {
    const by = [{ policy: 'p', kind: 'inline', group: null, scope: 'iam', actions: [] }] as const;
    const lines = table(
      of(
        surveyed('root', idle, { privilege: { kind: 'administrator', by } }),
        surveyed('self', idle, { privilege: { kind: 'can-become', by } }),
        surveyed('some', idle),
        surveyed('dark', idle, { privilege: { kind: 'unknown', why: 'policies', name: null } }),
      ),
    );
    const line = (name: string) => lines.find((one) => one.includes(name)) ?? '';
    expect(line('root')).toMatch(/^! root {2}\* +2 .* {2}\* administrator$/);
    expect(line('self')).toMatch(/^! self {2}\* +2 .* {2}\* can become administrator$/);
    expect(line('some') + line('dark')).not.toContain('*');
  });

  it('has no line where nobody has several active keys', () => {
    expect(table(of(surveyed('ci', [aged(OLDER, 600, 43)])))).toEqual([]);
  });

  it('takes nothing that a name could do to a terminal, and cuts a long one', () => {
    const evil = '\u001b[2Jroot\u202e\n\u0007';
    const [, line = '', long = ''] = table(of(surveyed(evil, idle), surveyed('x'.repeat(64), idle)));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(line + long).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
    expect(line).toContain('root');
    expect(long).toContain(`${'x'.repeat(29)}... `);
  });
});

describe('below the table', () => {
  it.each([
    [
      { several: 98, one: 4871, none: 29, unread: 2 },
      '98 users have more than one active key; 4,871 have one, 29 have none, 2 could not be read.',
    ],
    [
      { several: 1, one: 1, none: 1, unread: 0 },
      '1 user has more than one active key; 1 has one, 1 has none.',
    ],
    [
      { several: 0, one: 0, none: 0, unread: 0 },
      '0 users have more than one active key; 0 have one, 0 have none.',
    ],
  ])('totals %j', (totals, line) => {
    expect(totalsLine({ users: 0, inactiveSecond: 0, ...totals })).toBe(line);
  });

  it.each([
    [
      { administrators: 1, canBecome: 0, unknown: 0, several: 0 },
      '1 user is an administrator. 0 of them have more than one active key.',
    ],
    [
      { administrators: 1_200, canBecome: 2, unknown: 3, several: 1 },
      '1,200 users are administrators, and 2 more can become one. 1 of them has more than one active key. Of 3 it is not known.',
    ],
    [{ administrators: 0, canBecome: 0, unknown: 0, several: 0 }, '0 users are administrators.'],
    [
      { administrators: 0, canBecome: 0, unknown: 4, several: 0 },
      'It is not known which users are administrators: their policies were not read.',
    ],
  ])('says who can change permissions: %j', (privileged, line) => {
    expect(
      privilegeLine({ users: Array.from({ length: privileged.administrators * 2 + 4 }), privileged }),
    ).toBe(line);
  });

  it('says whom to ask, by the first tag that says so', () => {
    const users = [
      surveyed('a', idle, { tags: { Team: 'data', owner: 'payments' } }),
      surveyed('b', idle, { tags: { Owner: 'payments' } }),
      surveyed('c', idle, { tags: { TEAM: 'ops\u001b[0m' } }),
      surveyed('d', idle, { tags: { Owner: ' ' } }),
      surveyed('e', idle, { tags: null }),
    ];
    expect(summary(of(...users)).join('\n')).toContain(
      'Whom to ask, by tag: payments (2), ops [0m (1), without an Owner, Team or Application tag (2).',
    );
    const many = Array.from({ length: 7 }, (_, n) =>
      surveyed(`u${n}`, idle, { tags: { Owner: `team-${n}` } }),
    );
    expect(summary(of(...many)).join('\n')).toContain('team-4 (1), 2 more.');
  });

  it('says what Solekey would do and cost, where there is something to do', () => {
    const text = summary(of(surveyed('a', idle))).join('\n');
    expect(text).toContain('a question about this user, and change nothing before one of them decides');
    expect(text).toMatch(/about \$\d+ a month/);
    expect(summary(of(surveyed('a', []))).join('\n')).not.toContain('Solekey');
    expect(summary(of(surveyed('a', idle), surveyed('b', busy))).join('\n')).toContain(
      'each of these 2 users',
    );
  });

  it('says where the facts are from, and counts inactive second keys', () => {
    const users = [
      surveyed('a', [aged(OLDER, 600, 43), aged(NEWER, 90, 0.1, 'Inactive')], { how: 'report' }),
      surveyed('b', []),
    ];
    const text = summary(of(...users)).join('\n');
    expect(text).toContain('1 user has an inactive key beside at most one active key');
    expect(text).toMatch(
      /Sources: 1 from the credential report of \d{4}-\d\d-\d\d, \d\d:\d\d UTC; 1 read one by one\./,
    );
    expect(summary(of()).join('\n')).toContain('Sources: none.');
  });
});

describe('advice that is none', () => {
  const doubt = { kind: 'doubt', doubt: { by: 'user/x', ifMeant: OLDER, ifNot: null } } as const;
  const returns = { code: 'returns', keyId: OLDER, how: 'reactivated', count: 2, by: null } as const;

  const suspect = { kind: 'suspect', exposed: { [OLDER]: 'reported' } } as const;

  it.each([doubt, suspect, { kind: 'none' } as const])('is to ask the owner: %j', (advice) => {
    expect([adviceInShort(advice), confidenceOf(advice)]).toEqual(['ask the owner', null]);
    const [first] = of(surveyed('ci', idle)).violators;
    expect(first === undefined ? [] : explained({ ...first, advice }, NOW).at(-1)).toBe(
      'No proposal: ask the owner.',
    );
  });

  it('is to wait where nobody knows until when', () => {
    expect(adviceInShort({ kind: 'wait', wait: { until: null, why: returns } })).toBe('wait');
  });
});

describe('an explanation', () => {
  it('says by which policy somebody is an administrator, and takes nothing that a name could do', () => {
    const policy = '\u001b[2J\u202ep';
    const by = [{ policy, kind: 'inline', group: 'ops', scope: 'iam', actions: [] }] as const;
    const [first] = of(surveyed('ci', idle, { privilege: { kind: 'administrator', by } })).violators;
    const lines = first === undefined ? [] : explained(first, NOW);
    expect(lines).toContain(
      '  Administrator, by inline policy  [2Jp through group ops (every action in IAM).',
    );
  });

  it.each([
    ['a proposal', idle, /Proposal: keep ….*Confidence: high\./],
    ['a rotation', turning, /Proposal: wait until .*\nThis looks like a rotation/],
  ])('of %s', (_, keys, words) => {
    const user = surveyed('ci', [...keys, aged('AKIAIOSFODNN7EXAMPLX', 900, null, 'Inactive')]);
    const [first] = of(user).violators;
    const lines = first === undefined ? [] : explained(first, NOW);
    expect(lines.join('\n')).toMatch(words);
    expect(lines.filter((line) => line.startsWith('  …'))).toHaveLength(3);
    expect(lines[2]).toContain('MPLX  Inactive');
  });
});
