import { describe, expect, it } from 'vitest';
import { assess } from '../../../functions/core/assess/assessment.ts';
import { question, reportOf } from '../../../functions/core/assess/report.ts';
import {
  NOT_SEEN,
  type UsageByKey,
  usageCell,
  usageExplained,
  usageTable,
} from '../../../functions/core/assess/usage.ts';
import { lastFour } from '../../../functions/core/model/observation.ts';
import type { NotLookedUp } from '../../../functions/core/usage/usage.ts';
import { HISTORY_LIMITS } from '../../../functions/core/words/usage.ts';
import { ACCOUNT, NEWER, NOW, OLDER } from '../../fakes/cases.ts';
import { family, usage } from '../../fakes/usage.ts';
import { aged, surveyed, TERMS } from './users.ts';

const idle = [aged(OLDER, 600, 43), aged(NEWER, 90, 0.01)];
const assessment = assess([surveyed('ci-deploy', idle), surveyed('x', idle)], TERMS, NOW);
const { violators } = assessment;
const unread = (why: NotLookedUp) => usage([], { lookup: { kind: 'not-looked-up', why } });
const seen: UsageByKey = new Map([
  [NEWER, usage([family({ agent: 'github-actions', service: 'sts' }), family({ agent: 'terraform' })])],
  [OLDER, usage([], { keyId: OLDER })],
]);
const [newer, older] = [`…${lastFour(NEWER)}`, `…${lastFour(OLDER)}`];

describe('the list of usage', () => {
  it('has a line for each active key, and says what "not seen" means', () => {
    expect(usageTable(violators.slice(0, 1), seen, NOW)).toEqual([
      "Usage of active keys, from CloudTrail's event history:",
      `  ci-deploy  ${newer}  GitHub Actions: STS, today 16:10 UTC; 203.0.113.0/24 (Terraform): S3, today 16:10 UTC`,
      `  ci-deploy  ${older}  not seen since 25 Aug 2026 (90 days ago)`,
      NOT_SEEN,
    ]);
    expect(NOT_SEEN).toContain(HISTORY_LIMITS);
  });

  it('has "-" where nothing was looked up, and says how to change that', () => {
    const lines = usageTable(violators, new Map([[OLDER, unread('throttled')]]), NOW);
    expect(lines[1]).toBe(`  ci-deploy  ${newer}  -`);
    expect(lines[2]).toBe(`  ci-deploy  ${older}  not looked up (throttled)`);
    expect(lines.at(-1)).toContain('--usage all');
  });

  it('is empty without users', () => {
    expect(usageTable([], seen, NOW)).toEqual([]);
  });

  it('takes nothing that a name could do to a terminal', () => {
    const evil = assess([surveyed('\u001b[2Jroot\u202e\n', idle)], TERMS, NOW).violators;
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(usageTable(evil, seen, NOW).join('')).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
  });
});

it.each<[NotLookedUp, string]>([
  ['off', '-'],
  ['waiting', '-'],
  ['throttled', 'not looked up (throttled)'],
  ['denied', 'not looked up (not permitted)'],
  ['failed', 'not looked up (CloudTrail gave no answer)'],
])('usage that is not looked up (%s) is %s', (why, words) => {
  expect(usageCell(unread(why), NOW)).toBe(words);
});

it('is explained family by family, with what would replace the key', () => {
  const lines = violators.slice(0, 1).flatMap((one) => usageExplained(one, seen, NOW));
  const text = lines.join('\n');
  expect(text).toContain(`Usage of ${newer}: GitHub Actions: STS`);
  expect(text).toContain('  - GitHub Actions: STS in eu-west-1, today 16:10 UTC; 1 call seen');
  expect(text).toContain('  It seems to be used by a CI job.');
  expect(text).toContain('  Terraform uses this key');
  expect(text).toContain('  Read 23 Nov 2026, 16:10 UTC in us-east-1 and eu-west-1');
  expect(lines.at(-1)).toBe(NOT_SEEN);
  const none = violators.slice(0, 1).flatMap((one) => usageExplained(one, new Map(), NOW));
  expect(none).toEqual(['', `Usage of ${newer}: -`, `Usage of ${older}: -`, NOT_SEEN]);
});

describe('usage in the report', () => {
  const options = { account: ACCOUNT, denied: [], fullIds: false };

  it('is beside each violation, by the key as the report shows it', () => {
    const [one] = reportOf(assessment, { ...options, usage: seen }).violations;
    expect(one?.usage).toMatchObject([
      { key: newer, kinds: ['ci'], shared: false, managedByCode: ['terraform'], leftOut: 0 },
      { key: older, words: 'not seen since 25 Aug 2026 (90 days ago)', families: [] },
    ]);
    const [full] = reportOf(assessment, { ...options, fullIds: true, usage: seen }).violations;
    expect(full?.usage.map(({ key }) => key)).toEqual([NEWER, OLDER]);
    expect(JSON.stringify(reportOf(assessment, { ...options, usage: seen }))).not.toContain(NEWER);
  });

  it('comes with its limits if anything was looked up', () => {
    const note = (usageOf?: UsageByKey) =>
      reportOf(assessment, { ...options, ...(usageOf ? { usage: usageOf } : {}) }).usageNote;
    expect([note(seen), note(), note(new Map([[OLDER, unread('denied')]]))]).toEqual([NOT_SEEN, null, null]);
  });

  it('changes no proposal and no confidence, whatever was seen', () => {
    const plain = reportOf(assessment, options).violations;
    const looked = reportOf(assessment, { ...options, usage: seen }).violations;
    const advice = (list: typeof plain) =>
      list.map(({ proposal, confidence, why }) => [proposal, confidence, why]);
    expect(advice(looked)).toEqual(advice(plain));
    expect(plain[0]?.usage.map(({ words }) => words)).toEqual(['-', '-']);
  });

  it('is in the question to the owner where calls were seen', () => {
    const [one] = reportOf(assessment, { ...options, usage: seen }).violations;
    const [without] = reportOf(assessment, options).violations;
    expect(one === undefined ? '' : question(one, ACCOUNT)).toContain(
      `CloudTrail shows calls: ${newer} GitHub Actions: STS, today 16:10 UTC; 203`,
    );
    expect(without === undefined ? '' : question(without, ACCOUNT)).not.toContain('CloudTrail');
  });
});
