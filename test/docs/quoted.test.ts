import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pendingAnnotation } from '../../functions/core/config/annotation.ts';
import { UNRESTRICTED } from '../../functions/core/model/policy.ts';
import { inGrace, NOW, POLICY } from '../fakes/cases.ts';
import { FILES, inBackticks, pageText, proseOf, ROOT } from './pages.ts';

const sources = FILES.filter((file) => /^(?:functions|infra)\/.*\.ts$/.test(file))
  .map((file) => readFileSync(join(ROOT, file), 'utf8'))
  .join('\n');

/** What a page says that people read elsewhere: log lines, titles, annotations. Three words or more, and no command. */
function quotedOn(page: string): string[] {
  const text = pageText(page);
  const titles = [
    ...proseOf(text)
      .replace(/`[^`]*`/g, '')
      .matchAll(/"([A-Z][^"\n]+)"/g),
  ];
  return [...inBackticks(text), ...titles.map(([, title = '']) => title)].filter(
    (words) => /^[A-Z…][\w…]* [\w…]+ [\w…]/.test(words) && !/[{}<>|$]/.test(words),
  );
}

/** Whether the code has these words; `…` stands for what is put in. */
function isInCode(words: string): boolean {
  const pattern = words
    .split('…')
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('.{1,40}?');
  return new RegExp(pattern).test(sources);
}

describe.each(['docs/operate.md', 'docs/aws-config.md'])('%s', (page) => {
  it('quotes log lines, titles and annotations as the code has them', () => {
    const quoted = quotedOn(page);
    expect(quoted.length).toBeGreaterThan(0);
    expect(quoted.filter((words) => !isInCode(words))).toEqual([]);
  });
});

it('docs/aws-config.md shows an annotation as AWS Config gets it', () => {
  const current = inGrace();
  const shown = pendingAnnotation(current.keys, current, { policy: POLICY, control: UNRESTRICTED, now: NOW });
  expect(pageText('docs/aws-config.md')).toContain(`\`${shown}\``);
});

it('the check above finds words that the code does not have', () => {
  expect(quotedOn('docs/operate.md')).toContain('Something went wrong');
  expect(['A message could … be handled', 'Nobody ever wrote this'].map(isInCode)).toEqual([true, false]);
});
