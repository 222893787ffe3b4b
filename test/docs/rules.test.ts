/** docs/rules.md and whoever cites it: no citation without a heading, no heading that nothing cites. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { FIRST, LAST, ORDER } from '../../functions/core/judge/order.ts';
import { anchorsOf, cellsOf, FILES, pageText, ROOT, TESTS } from './pages.ts';

const RULES = 'docs/rules.md';
const text = pageText(RULES);

/** The headings that can be cited, by anchor, with what stands under each. */
const headings = new Map(
  text
    .split(/^#{2,3} /m)
    .slice(1)
    .map((part): [string, string] => [anchorsOf(`### ${part}`)[0] ?? '', part])
    .filter(([anchor]) => /^(?:law-|judgement-|fact-|s\d)/.test(anchor)),
);

/** How a rule is cited in words, and the anchor that it means. Lists as in "S2 and S3" or "laws 1 and 2" count whole. */
const CITED: readonly (readonly [RegExp, (number: string) => string])[] = [
  [/\bS(\d{1,2})\b(?![-.\w])/g, (n) => `s${n}`],
  [/\blaws? (\d+)/gi, (n) => `law-${n}`],
  [/\bjudgements? (\d+)/gi, (n) => `judgement-${n}`],
  [/\bfact\s+(?:\* )?([a-z]+(?:-[a-z]+)+)/gi, (name) => `fact-${name}`],
  [/rules\.md#([\w-]+)/g, (anchor) => anchor],
];

/** Amazon S3 has the name of a rule. What is said of the service is no citation: it never proves that S3 is cited. */
const SERVICE = /\bS3 (?:in|Glacier|than|objects)\b|= 'S3'|\(S3,/g;

/** The anchors that a text cites. */
function cited(source: string): string[] {
  const words = source.replace(SERVICE, 'the service');
  return CITED.flatMap(([pattern, anchor]) =>
    [...words.matchAll(pattern)].map(([, name = '']) => anchor(name)),
  );
}

/** Citations of documents that are not in the repository, or in a form that no longer counts. */
const ELSEWHERE = /\bdomain\s+(?:\* )?facts\b|\bdesign(?:'s)? \(?§|§ ?\d|\bdesign\.md\b|\brules? \d/gi;

const SELF = 'test/docs/rules.test.ts';
const sources = [...FILES, ...TESTS]
  .filter((file) => /\.(?:ts|mjs|py|md|grit)$|\.ci\/run$/.test(file) && file !== RULES && file !== SELF)
  .filter((file) => !/^test\/(?:releases|.*golden)\//.test(file) && !file.startsWith('sandbox/python/'))
  .map((file) => ({ file, source: readFileSync(join(ROOT, file), 'utf8') }));

const known = new Set(anchorsOf(text));

describe('citations', () => {
  it('lead to a heading of docs/rules.md', () => {
    const wrong = sources.flatMap(({ file, source }) =>
      cited(source)
        .filter((anchor) => !known.has(anchor))
        .map((anchor) => `${file}: ${anchor}`),
    );
    expect(wrong).toEqual([]);
  });

  it('name nothing that is outside the repository', () => {
    const wrong = sources.flatMap(({ file, source }) =>
      [...source.matchAll(ELSEWHERE)].map(([words]) => `${file}: ${words}`),
    );
    expect(wrong).toEqual([]);
  });

  it.each([
    ['S1 and S13 bind it (law 4); see judgement 5.', ['s1', 's13', 'law-4', 'judgement-5']],
    ['one call (fact config-batch), and (fact\n * iam-lag)', ['fact-config-batch', 'fact-iam-lag']],
    ['last used today, S3 in eu-west-1; S3 Glacier', []],
    ['[S9](docs/rules.md#s9)', ['s9', 's9']],
  ])('are found in "%s"', (source, found) => {
    expect(cited(source).sort()).toEqual([...found].sort());
  });
});

test('every rule and fact is cited by code, tests or docs, unless it says what is not yet built', () => {
  const everything = new Set(sources.flatMap(({ source }) => cited(source)));
  const uncited = [...headings].filter(
    ([anchor, part]) => !everything.has(anchor) && !part.includes('Not yet built'),
  );
  expect(uncited.map(([anchor]) => anchor)).toEqual([]);
});

test('there are nine laws, fifteen safety rules and eight judgements, in order', () => {
  const numbered = (prefix: string, count: number) =>
    Array.from({ length: count }, (_, n) => `${prefix}${n + 1}`);
  const anchors = [...headings.keys()].filter((anchor) => !anchor.startsWith('fact-'));
  expect(anchors).toEqual([...numbered('law-', 9), ...numbered('s', 15), ...numbered('judgement-', 8)]);
});

test('every fact says where it is from and how sure we are', () => {
  const facts = [...headings].filter(([anchor]) => anchor.startsWith('fact-'));
  const vague = facts.filter(([, part]) => !/^Source: .+ · confidence: .*(high|medium|low)/m.test(part));
  expect(vague.map(([anchor]) => anchor)).toEqual([]);
  expect(facts.length).toBeGreaterThan(20);
});

test('the list of rules is the one that the code tries, from top to bottom', () => {
  const [, table = ''] = text.split('\n### As the code has it\n');
  const [, ...listed] = cellsOf(table);
  const number = (judgement: number | null) =>
    judgement === null ? '–' : `[${judgement}](#judgement-${judgement})`;
  expect(listed).toEqual(
    [...FIRST, ...ORDER, LAST].map(({ judgement, finds, why }) => [number(judgement), finds, why]),
  );
});
