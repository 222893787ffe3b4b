import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, plus } from '../../../functions/core/model/time.ts';
import { UTC } from '../../../functions/core/model/zone.ts';
import type { TakeOver } from '../../../functions/core/usage/take-over.ts';
import { AGENTS, type Family, type NotLookedUp, type Source } from '../../../functions/core/usage/usage.ts';
import { consumerSentences } from '../../../functions/core/words/consumers.ts';
import { PLAIN } from '../../../functions/core/words/style.ts';
import { takeOverWords } from '../../../functions/core/words/take-over.ts';
import { takeOverInMail } from '../../../functions/core/words/take-over-short.ts';
import {
  coverageSentence,
  familyWords,
  HISTORY_LIMITS,
  originWords,
  usageInShort,
} from '../../../functions/core/words/usage.ts';
import { NEWER, NOW, OLDER, THIRD } from '../../fakes/cases.ts';
import { anyText } from '../../fakes/texts.ts';
import { family, usage } from '../../fakes/usage.ts';

const ci = family({ agent: 'github-actions', service: 'sts' });
const cli = (network: string) => family({ agent: 'aws-cli', source: { kind: 'network', network } });
const service = (name: string): Source => ({ kind: 'service', service: name });
const unread = (why: NotLookedUp, partly = {}) =>
  usage([], { lookup: { kind: 'not-looked-up', why, ...partly } });

describe('an origin', () => {
  it.each([
    [ci, 'GitHub Actions'],
    [family(), '203.0.113.0/24 (boto3)'],
    [cli('unknown'), 'an unknown address (AWS CLI)'],
    [family({ source: service('cloudformation') }), 'CloudFormation'],
    [family({ source: service('aws') }), 'AWS'],
  ])('%#', (one, words) => {
    expect(originWords(one, PLAIN)).toBe(words);
  });
});

describe('usage in one line', () => {
  it('names where, which services and when, the latest first', () => {
    const old = family({ last: plus(NOW, -2 * DAY), service: 'ec2' });
    expect(usageInShort(usage([ci, { ...ci, service: 'ecs' }, old]), NOW, UTC)).toBe(
      'GitHub Actions: STS and ECS, today 16:10 UTC; 203.0.113.0/24 (boto3): EC2, 21 Nov 2026 (2 days ago)',
    );
  });

  it('counts what it does not name', () => {
    const services = ['s3', 'sts', 'ec2', 'ecs', 'iam'].map((name) => family({ service: name }));
    expect(usageInShort(usage(services), NOW, UTC)).toContain('S3, STS, EC2 and 2 more');
    const many = [family(), ci, cli('10.0.0.0/24'), cli('10.0.1.0/24')];
    expect(usageInShort(usage(many), NOW, UTC)).toMatch(/; 2 more$/);
    expect(usageInShort(usage(many, { leftOut: 3 }), NOW, UTC)).toMatch(/; many more$/);
  });

  it('says since when nothing was seen', () => {
    expect(usageInShort(usage([]), NOW, UTC)).toBe('not seen since 25 Aug 2026 (90 days ago)');
  });

  it.each<[NotLookedUp, string]>([
    ['off', 'not looked up (usage is off)'],
    ['waiting', 'not looked up (not yet)'],
    ['throttled', 'not looked up (throttled)'],
    ['denied', 'not looked up (not permitted)'],
    ['failed', 'not looked up (CloudTrail gave no answer)'],
  ])('says why there was no lookup: %s', (why, words) => {
    expect(usageInShort(unread(why), NOW, UTC)).toBe(words);
  });

  it('says if only a part was read', () => {
    expect(usageInShort(unread('throttled', { partly: true }), NOW, UTC)).toBe(
      'not looked up (throttled; only a part was read)',
    );
  });
});

describe('one family in words', () => {
  it.each([
    [family(), '203.0.113.0/24 (boto3): S3 in eu-west-1, today 16:10 UTC; 1 call seen'],
    [family({ count: 3, errors: 1 }), 'UTC; 3 calls seen, 1 of them failed'],
    [family({ errors: 1 }), 'UTC; 1 call seen, which failed'],
    [family({ count: 2, errors: 2 }), 'UTC; 2 calls seen, which failed'],
  ])('%#', (one, words) => {
    expect(familyWords(one, NOW, UTC)).toContain(words);
  });

  it('is plain text, whatever is stored', () => {
    const odd = anyText(80);
    const stored = fc.record({
      source: fc.oneof(
        odd.map((network): Source => ({ kind: 'network', network })),
        odd.map(service),
      ),
      agent: fc.constantFrom(...AGENTS),
      service: odd,
      region: odd,
    });
    fc.assert(
      fc.property(stored, (more) => {
        const one: Family = family(more);
        for (const text of [familyWords(one, NOW, UTC), usageInShort(usage([one]), NOW, UTC)]) {
          expect(text).toMatch(/^[\x20-\x7e]{1,300}$/);
        }
      }),
    );
  });
});

it('says how far a reading reaches, and what is missing', () => {
  expect(coverageSentence(usage([]), UTC)).toBe(
    'Read 23 Nov 2026, 16:10 UTC in us-east-1 and eu-west-1: complete back to 25 Aug 2026, 16:10 UTC, samples before that.',
  );
  const odd = usage([], { lookup: { kind: 'looked-up', at: NOW, back: NOW }, leftOut: 2, unread: 1 });
  expect(coverageSentence(odd, UTC)).toMatch(
    /^Read 23 Nov 2026, 16:10 UTC: .* 2 older kinds of use are left out\. 1 event could not be read\.$/,
  );
  expect(coverageSentence({ ...odd, unread: 2 }, UTC)).toContain('2 events could not be read.');
  expect(coverageSentence(unread('off'), UTC)).toBeNull();
});

describe('consumers', () => {
  it('are named with what would replace the key', () => {
    expect(
      consumerSentences({ kinds: ['ci', 'person'], shared: true, managedByCode: ['terraform'] }),
    ).toEqual([
      'It seems to be used by a CI job and a person.',
      'Several kinds of software share this key, so each of them must be changed.',
      'Terraform uses this key: change it in the configuration or pipeline, too.',
      'A CI job needs no access key: it can assume a role through OIDC.',
      'A person needs no access key: IAM Identity Center gives them credentials for a few hours.',
    ]);
  });

  it('may be several tools', () => {
    expect(consumerSentences({ kinds: [], shared: false, managedByCode: ['cdk', 'pulumi'] })).toEqual([
      'AWS CDK and Pulumi use this key: change it in the configuration or pipeline, too.',
    ]);
  });

  it('are not guessed', () => {
    expect(consumerSentences({ kinds: ['unknown'], shared: false, managedByCode: [] })).toEqual([]);
  });
});

describe('a take-over in words', () => {
  const four = ['a', 'b', 'c', 'd'].map((name) => family({ service: name }));
  it.each<[TakeOver, RegExp]>([
    [{ kind: 'taken-over' }, /^Every use seen of the deactivated key/],
    [
      { kind: 'partly', missing: four, hidden: 0 },
      /since: 203\.0\.113\.0\/24 \(boto3\), A, last today .*; 1 more\. The/,
    ],
    [{ kind: 'partly', missing: [ci], hidden: 0 }, /since: GitHub Actions, STS, last today 16:10 UTC\. The/],
    [{ kind: 'partly', missing: [ci], hidden: 2 }, /UTC\. Not all of its uses are known\. The/],
    [{ kind: 'partly', missing: [], hidden: 2 }, /since\. Not all of its uses are known\. The/],
    [
      { kind: 'not-seen', missing: [ci] },
      /^None of the uses of the deactivated key was seen .*: GitHub Actions/,
    ],
    [{ kind: 'not-seen', missing: [] }, /nothing to compare/],
  ])('always says what the history cannot show: %#', (verdict, words) => {
    expect(takeOverWords(verdict, NOW, UTC, PLAIN)).toMatch(words);
    expect(takeOverWords(verdict, NOW, UTC, PLAIN)).toContain(HISTORY_LIMITS);
  });

  it('says that nothing was read', () => {
    expect(takeOverWords({ kind: 'not-looked-up', why: 'denied' }, NOW, UTC, PLAIN)).toContain(
      'not looked up (not permitted)',
    );
  });
});

describe('a take-over in a mail', () => {
  const limits = 'CloudTrail does not show S3 reads or assumed roles.';
  const said = (verdicts: readonly TakeOver[], onlyMissing = false) =>
    takeOverInMail(
      verdicts.map((verdict, n) => ({ id: [OLDER, THIRD][n] ?? '', verdict })),
      NEWER,
      { onlyMissing, named: 2 },
      PLAIN,
    );

  it.each<[TakeOver, string]>([
    [{ kind: 'taken-over' }, 'Everything seen of ...3QXK has since been seen with ...MPLE.'],
    [
      { kind: 'partly', missing: [], hidden: 2 },
      'Everything seen of ...3QXK has since been seen with ...MPLE. Not all of its uses are known.',
    ],
    [
      { kind: 'not-seen', missing: [] },
      'CloudTrail shows no use of ...3QXK, so there is nothing to compare with ...MPLE.',
    ],
  ])('is said with the limits, and not where only the missing ones are wanted: %#', (verdict, words) => {
    expect(said([verdict]).join(' ')).toBe(`${words} ${limits}`);
    expect(said([verdict], true)).toEqual([]);
  });

  it('is not known if nothing was read', () => {
    expect(said([{ kind: 'not-looked-up', why: 'denied' }])).toEqual([
      'It is not known if ...MPLE does the work of ...3QXK.',
    ]);
    expect(said([{ kind: 'not-looked-up', why: 'denied' }], true)).toEqual([]);
  });

  it('names two missing consumers, whatever else is asked, and counts the others', () => {
    const missing = ['a', 'b', 'c', 'c'].map((service) => family({ service }));
    for (const onlyMissing of [true, false]) {
      expect(said([{ kind: 'partly', missing, hidden: 1 }], onlyMissing)).toEqual([
        'Seen with ...3QXK but not with ...MPLE since: calls from 203.0.113.0/24 (boto3, A); from 203.0.113.0/24 (boto3, B); and 1 more.',
        'Not all of its uses are known.',
        limits,
      ]);
    }
  });

  it('is said once for two keys of which the same is true, and else of each', () => {
    const partly = (service: string): TakeOver => ({
      kind: 'partly',
      missing: [family({ service })],
      hidden: 1,
    });
    expect(said([partly('a'), partly('b')])).toEqual([
      'Seen with ...3QXK and ...R7WZ but not with ...MPLE since: calls from 203.0.113.0/24 (boto3, A); from 203.0.113.0/24 (boto3, B).',
      'Not all of their uses are known.',
      limits,
    ]);
    expect(said([{ kind: 'not-looked-up', why: 'denied' }, { kind: 'taken-over' }])).toEqual([
      'Everything seen of ...R7WZ has since been seen with ...MPLE.',
      'It is not known if ...MPLE does the work of ...3QXK.',
      limits,
    ]);
  });
});
