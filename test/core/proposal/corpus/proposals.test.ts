import { describe, expect, it } from 'vitest';
import { readAbout } from '../../../../functions/contracts/about-item.ts';
import { aboutUser } from '../../../../functions/core/inventory/about.ts';
import { DAY } from '../../../../functions/core/model/time.ts';
import { evidenceFrom } from '../../../../functions/core/proposal/context.ts';
import { propose } from '../../../../functions/core/proposal/proposal.ts';
import { pageText } from '../../../docs/pages.ts';
import { SITUATIONS } from './all.ts';
import { histories } from './generate.ts';
import { measured, outcomes } from './page.ts';
import { scoreOf } from './score.ts';

const all = outcomes('usage and tags');
const first = all.filter(({ history }) => history.situation.number <= 99);

describe.each([
  ['all situations', all],
  ['the first 99 situations', first],
])('proposals for %s', (_which, outcomesOf) => {
  const score = scoreOf(outcomesOf);

  it('are right in 99 % of at least 500 histories', () => {
    expect(score.histories).toBeGreaterThanOrEqual(500);
    expect(score.right / score.histories).toBeGreaterThanOrEqual(0.99);
  });

  it('are never wrong with high confidence', () => {
    expect(
      outcomesOf.filter(({ said, confidence }) => said === 'wrong key' && confidence === 'high'),
    ).toEqual([]);
  });

  it('name the key at high or medium in 60 % of the ordinary ones that have one', () => {
    expect(score.toKeep).toBeGreaterThan(150);
    expect(score.kept / score.toKeep).toBeGreaterThanOrEqual(0.6);
  });
});

describe('without tags, as in mails and pages before the first survey', () => {
  it('one situation is proposed wrongly: the key in an envelope', () => {
    const wrong = outcomes('usage').filter(({ said }) => said === 'wrong key');
    expect(new Set(wrong.map(({ history }) => history.situation.number))).toEqual(new Set([96]));
  });
});

describe('with the facts that the survey stores, as in mails and pages', () => {
  it('the owner of the key in an envelope is asked, and nothing of what is on it is stored', () => {
    const enveloped = histories(
      SITUATIONS.filter(({ number }) => number === 96),
      6,
    );
    expect(enveloped).toHaveLength(6);
    for (const { keys, usage, tags, now } of enveloped) {
      const found = { tags, path: '/', console: false, privilege: { kind: 'ordinary' } } as const;
      const item = { about: aboutUser(found, now) };
      expect(JSON.stringify(item)).not.toMatch(/envelope/);
      const about = readAbout(JSON.parse(JSON.stringify(item)));
      const evidence = evidenceFrom({ usage: { at: now, keys: Object.values(usage) }, about }, { usage: [] });
      const terms = { now, quietPeriod: DAY, rotationWindow: 7 * DAY, unexpected: {}, exposed: {}, back: {} };
      const proposal = propose(keys, { ...terms, ...evidence });
      expect(proposal?.confidence).toBe('low');
      expect(proposal?.reasons.map(({ code }) => code)).toContain('in-reserve');
    }
  });
});

describe('a last use that IAM does not give', () => {
  const [history] = histories(
    SITUATIONS.filter(({ number }) => number === 35),
    1,
  );

  it('leads to the owner, and a false "never" would not', () => {
    const { keys = [], usage = {}, now = '' } = history ?? {};
    const context = {
      now,
      quietPeriod: DAY,
      rotationWindow: 7 * DAY,
      unexpected: {},
      exposed: {},
      back: {},
      usage,
    };
    const never = keys.map((key) =>
      key.lastUsed.kind === 'not-read' ? { ...key, lastUsed: { kind: 'never' } as const } : key,
    );
    expect(propose(keys, context)?.confidence).toBe('low');
    expect(propose(never, context)?.confidence).not.toBe('low');
  });
});

describe('docs/proposals.md', () => {
  it('shows what `npm run corpus` measures', () => {
    expect(pageText('docs/proposals.md')).toContain(`\n${measured()}\n`);
  });
});
