import { describe, expect, it } from 'vitest';
import { DAY, plus } from '../../../functions/core/model/time.ts';
import { UTC } from '../../../functions/core/model/zone.ts';
import type { Proposal } from '../../../functions/core/proposal/proposal.ts';
import type { Origin, UsageReason } from '../../../functions/core/proposal/reason.ts';
import { AGENTS } from '../../../functions/core/usage/usage.ts';
import { reasonSentences } from '../../../functions/core/words/advice.ts';
import { originsWords } from '../../../functions/core/words/sources.ts';
import { PLAIN } from '../../../functions/core/words/style.ts';
import {
  AGENT as AGENT_NAMES,
  HISTORY_LIMITS as NOT_SHOWN,
  originWords,
} from '../../../functions/core/words/usage.ts';
import { DEPENDS_ON_UNSEEN, usageSentence } from '../../../functions/core/words/usage-reasons.ts';
import { NEWER, NOW, newer, OLDER, older } from '../../fakes/cases.ts';

const boto3: Origin = { source: { kind: 'network', network: '203.0.113.0/24' }, agent: 'boto3' };
const actions: Origin = { source: { kind: 'network', network: '192.0.2.0/24' }, agent: 'github-actions' };
const service = (name: string): Origin => ({ source: { kind: 'service', service: name }, agent: 'other' });

const sentences: [UsageReason, string][] = [
  [
    { code: 'seen-with', keyId: NEWER, origins: [actions, boto3] },
    'CloudTrail shows ...MPLE in use from GitHub Actions and 203.0.113.0/24 (boto3).',
  ],
  [
    { code: 'moved', keyId: OLDER, to: NEWER },
    'Everything that CloudTrail shows for ...3QXK has since been seen with ...MPLE.',
  ],
  [
    { code: 'not-moved', keyId: OLDER, origins: [boto3] },
    '...3QXK was used from 203.0.113.0/24 (boto3). The same use has not been seen since with the key to keep.',
  ],
  [
    { code: 'disjoint', keyId: OLDER, kept: NEWER },
    '...MPLE is new, and nothing that ...3QXK did has been seen with it.',
  ],
  [
    { code: 'seen-since', keyId: OLDER, at: plus(NOW, -3 * DAY), origins: [boto3] },
    'CloudTrail shows a later use of ...3QXK than IAM: 20 Nov 2026 (3 days ago), from 203.0.113.0/24 (boto3).',
  ],
  [
    { code: 'unseen', keyId: OLDER },
    'IAM shows a use of ...3QXK in the last 90 days that CloudTrail does not show, so other uses may be missing too.',
  ],
  [
    { code: 'not-looked-up', keyId: OLDER, why: 'waiting' },
    'CloudTrail has not yet been asked who uses ...3QXK.',
  ],
  [
    { code: 'not-looked-up', keyId: OLDER, why: 'throttled' },
    'It is not known who uses ...3QXK: CloudTrail throttled the lookup.',
  ],
  [
    { code: 'not-looked-up', keyId: OLDER, why: 'failed' },
    'It is not known who uses ...3QXK: CloudTrail gave no answer.',
  ],
  [
    { code: 'not-looked-up', keyId: OLDER, why: 'denied' },
    'It is not known who uses ...3QXK: Solekey has no permission to look it up in CloudTrail.',
  ],
  [{ code: 'only-errors', keyId: NEWER }, 'Every call with ...MPLE that CloudTrail shows has failed.'],
  [
    { code: 'only-checks', keyId: NEWER },
    'As far as CloudTrail shows, ...MPLE only reads or opens sessions.',
  ],
  [
    { code: 'shared', keyId: NEWER, origins: [actions, boto3] },
    '...MPLE seems to be shared. It is used from GitHub Actions and 203.0.113.0/24 (boto3).',
  ],
  [
    { code: 'managed-by-code', keyId: NEWER, origins: [service('cloudformation.amazonaws.com')] },
    '...MPLE is used from CloudFormation. If code also creates the keys of this user, change the code first.',
  ],
];

describe('the words for usage', () => {
  it.each(sentences)('%j', (reason, words) => {
    expect(usageSentence(reason, NOW, PLAIN)).toBe(words);
  });

  it('say once what cannot be seen, where a reason depends on it', () => {
    const of = (...reasons: UsageReason[]) => {
      const proposal: Proposal = { keep: NEWER, others: [OLDER], confidence: 'low', reasons };
      return reasonSentences(proposal, [newer(), older()], NOW, UTC, PLAIN).filter((one) => one === NOT_SHOWN)
        .length;
    };
    for (const [reason] of sentences) {
      expect(of(reason)).toBe(DEPENDS_ON_UNSEEN[reason.code] ? 1 : 0);
    }
    expect(of({ code: 'unseen', keyId: OLDER }, { code: 'moved', keyId: OLDER, to: NEWER })).toBe(1);
  });

  it('name three origins and count the rest', () => {
    const other = (agent: Origin['agent']): Origin => ({ ...boto3, agent });
    expect(
      originsWords([actions, boto3, boto3, service('sqs'), other('sdk-go'), other('other')], PLAIN),
    ).toBe('GitHub Actions, 203.0.113.0/24 (boto3), SQS and 2 more');
  });

  it('have a name for every program, and none that a mail program would turn into a link', () => {
    for (const agent of AGENTS) {
      expect(AGENT_NAMES[agent]).toMatch(/^[A-Za-z0-9][A-Za-z0-9 .+-]*$/);
    }
    for (const hostile of ['evil.example.com', '<script>', 'a b.amazonaws.com', 'x'.repeat(41)]) {
      expect(originWords(service(hostile), PLAIN)).toBe('a service of AWS');
    }
  });
});
