import { describe, expect, it } from 'vitest';
import type { ObservedKey } from '../../../functions/core/model/observation.ts';
import { DAY, plus } from '../../../functions/core/model/time.ts';
import { ownerQuestion } from '../../../functions/core/words/owner-question.ts';
import { addressIn, inFull, ownerInShort } from '../../../functions/core/words/owners.ts';
import { aCase, key, NEWER, NOW, newer, OLDER, older, POLICY, THIRD, used } from '../../fakes/cases.ts';
import { HOSTILE_TAGS } from '../../fakes/hostile.ts';

const EACH = Object.entries(HOSTILE_TAGS);

describe('an owner in a mail', () => {
  it.each([
    ['Team', 'payments', 'team payments'],
    ['owner', ' Data_Platform-2 ', 'owner Data_Platform-2'],
    ['CostCenter', '42', 'CostCenter 42'],
    ['company:owner', 'payments', 'owner payments'],
    ['Te\u212am', 'payments', 'owner payments'],
    ['Owner', 'x'.repeat(40), `owner ${'x'.repeat(40)}`],
    ['Owner', 'x'.repeat(41), 'owner: see the page'],
    ['Owner', 'alice@example.com', 'owner: see the page'],
    ['Owner', 'J\u00f6rg', 'owner: see the page'],
  ])('%s=%s is %s', (tag, value, words) => {
    expect(
      ownerInShort(
        [
          { key: tag, value },
          { key: 'Team', value: 'other' },
        ],
        true,
      ),
    ).toBe(words);
  });

  it('is nobody without such a tag', () => {
    expect(ownerInShort(undefined, true)).toBeNull();
    expect(ownerInShort([], true)).toBeNull();
  });

  it('is not said to be on a page that the mail does not lead to', () => {
    expect(ownerInShort([{ key: 'Owner', value: 'alice@example.com' }], false)).toBeNull();
    expect(ownerInShort([{ key: 'Owner', value: 'alice' }], false)).toBe('owner alice');
  });

  it.each(EACH)('is on the page only if its tag is hostile: %s', (_name, value) => {
    expect(ownerInShort([{ key: 'Owner', value }], true)).toBe('owner: see the page');
    expect(ownerInShort([{ key: value, value: 'payments' }], true)).toBe('owner payments');
  });
});

it('text in full names what nobody would see', () => {
  expect(inFull('a\u202eb\u0007\u200b\ue000 \u00fc')).toBe('a[U+202E]b[U+0007][U+200B][U+E000] \u00fc');
  expect(inFull('\ud83d\udd11 \ud83d')).toBe('\u{1f511} [U+D83D]');
});

describe('an e-mail address in a tag', () => {
  it.each(['alice@example.com', 'a.b+c_d-e@mail.example.co', 'A1@x-y.org'])('is %s', (value) => {
    expect(addressIn(value)).toBe(value);
  });

  it.each([
    ...Object.values(HOSTILE_TAGS),
    'payments',
    '@example.com',
    'a@',
    'a@localhost',
    'a@-x.com',
    'a..b@example.com',
    '.a@example.com',
    'a@example.com.',
    'a@ex\u00e4mple.com',
    'a@b@example.com',
    `${'a'.repeat(65)}@example.com`,
    `a@${'b.'.repeat(130)}com`,
    ' a@example.com',
    'a@example.com\n',
  ])('is not %j', (value) => {
    expect(addressIn(value)).toBeNull();
  });
});

describe('the question to an owner', () => {
  const ask = (keys: readonly ObservedKey[], pending: readonly string[] = []) => {
    const current = aCase({ keys });
    return ownerQuestion(
      current,
      { active: keys.filter(({ status }) => status === 'Active'), pending },
      POLICY,
    );
  };

  it('is which of the active keys they use', () => {
    const old = plus(NOW, -60 * DAY);
    const unread: ObservedKey = {
      ...key(THIRD),
      lastUsed: { kind: 'not-read', known: { at: old, service: 'N/A', region: 'N/A' } },
    };
    const unknown: ObservedKey = { ...key('AKIAIOSFODNN7EXAMPLZ'), lastUsed: { kind: 'not-read' } };
    expect(ask([newer(), key(OLDER), unread, unknown])).toEqual({
      subject: 'Access keys of IAM user ci-deploy in prod-payments',
      body: [
        'IAM user ci-deploy in prod-payments (123456789012) has 4 active access keys; only one is allowed.',
        '',
        '...MPLE: created 2 Nov 2026, last used 23 Nov 2026, 14:10 UTC (S3 in eu-west-1)',
        '...3QXK: created 27 Jan 2026, no use known',
        '...R7WZ: created 27 Jan 2026, last used 24 Sep 2026, 16:10 UTC',
        '...MPLZ: created 27 Jan 2026, no use known',
        '',
        'Seen in IAM on 23 Nov 2026, 16:09 UTC.',
        '',
        'Which of these keys does your software use, and where?',
      ],
    });
  });

  it('is if they need what was deactivated', () => {
    const off = older('Inactive');
    expect(ask([newer(), off], [OLDER])?.body).toEqual([
      'Solekey deactivated key ...3QXK of IAM user ci-deploy in prod-payments (123456789012).',
      '',
      '...3QXK: created 2 Apr 2025, last used 11 Oct 2026, 16:10 UTC (STS in eu-west-1)',
      '',
      'Seen in IAM on 23 Nov 2026, 16:09 UTC.',
      '',
      'Does your software still need it, and where?',
    ]);
    const two = ask([newer(), off, key(THIRD, 'Inactive')], [OLDER, THIRD])?.body ?? [];
    expect(two[0]).toContain('deactivated keys ...3QXK and ...R7WZ of IAM user');
    expect(two.at(-1)).toBe('Does your software still need any of them, and where?');
  });

  it('is none where neither is open', () => {
    expect(ask([newer()])).toBeNull();
    expect(ask([newer(), older('Inactive')], [])).toBeNull();
    expect(ask([newer()], [THIRD])).toBeNull();
  });

  it('has printable ASCII only, no link, and no key by more than its last four characters', () => {
    const current = aCase({
      userName: 'svc\u202e',
      keys: [{ ...newer(), lastUsed: used(NOW, '\u001b[2J', 'x') }, older()],
    });
    const { subject, body } = ownerQuestion(
      current,
      { active: current.keys, pending: [] },
      { accountName: 'prod', digest: POLICY.digest },
    ) ?? { subject: '', body: [] };
    for (const line of [subject, ...body]) {
      expect(line).toMatch(/^[\x20-\x7e]*$/);
      expect(line).not.toMatch(/https?:|AKIA/);
      expect(line).not.toContain(NEWER);
    }
    expect(body).toHaveLength(8);
  });
});
