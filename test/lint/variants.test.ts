/**
 * How nobody is asked about a new variant: a last branch that takes whatever is left, a list that it is not in, a table that
 * need not be complete. The slow check (test/slow/variants.slow.ts) shows that the compiler asks everywhere else.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');

const SILENT: readonly (readonly [what: string, pattern: RegExp, example: string])[] = [
  ['a last branch for the rest', /^\s*default:/m, "switch (kind) {\n  default:\n    return 'decide';\n}"],
  ['a list of variants', /\[\s*'[^\]]*\]\s*\.includes\(/, "['question', 'excluded'].includes(state)"],
  ['a table with gaps', /\bPartial<\s*Record</, 'const ON_THE_WAY: Partial<Record<Phase, string>> = {}'],
  ['a mode by its name', /\.mode === '/, "policy.mode === 'observe'"],
];

const sources = ['functions', 'infra', 'ops'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => `${folder}/${file}`),
);

it.each(SILENT)('nothing speaks of variants by %s', (_what, pattern, example) => {
  expect(example).toMatch(pattern);
  expect(sources.length).toBeGreaterThan(100);
  expect(sources.filter((file) => pattern.test(readFileSync(join(ROOT, file), 'utf8')))).toEqual([]);
});
