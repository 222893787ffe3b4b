import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FIRST, LAST, ORDER } from '../../functions/core/judge/order.ts';
import { cellsOf } from './pages.ts';

const ROOT = join(import.meta.dirname, '../..');
const ADR = join(ROOT, 'docs/adr');
const pages = readdirSync(ADR).sort();
const read = (name: string) => readFileSync(join(ADR, name), 'utf8');

describe('decision records', () => {
  it('are numbered without gaps', () => {
    expect(pages.map((name) => Number(/^(\d{3})-[a-z0-9-]+\.md$/.exec(name)?.[1]))).toEqual(
      pages.map((_, n) => n + 1),
    );
  });

  it.each(pages)('%s says what, why, what follows and what else there was, in at most 40 lines', (name) => {
    const page = read(name);
    expect(page.trimEnd().split('\n').length).toBeLessThanOrEqual(40);
    for (const part of ['**What.**', '**Why', '**Consequences.**', '**Alternatives.**']) {
      expect(page).toContain(part);
    }
  });

  it.each(pages)('%s speaks of files that exist', (name) => {
    const files = [...read(name).matchAll(/`((?:functions|infra|sandbox|test|docs)\/[\w./-]+)`/g)].map(
      ([, file]) => file,
    );
    expect(files.filter((file) => !existsSync(join(ROOT, file ?? '')))).toEqual([]);
    const others = [...read(name).matchAll(/adr\/(\d{3})/g)].map(([, number]) => number ?? '');
    expect(others.filter((number) => !pages.some((page) => page.startsWith(number)))).toEqual([]);
  });

  it('002 lists the rules in the order that the code has, with what each finds', () => {
    const [, ...listed] = cellsOf(read('002-order-of-judgement.md'));
    expect(listed).toEqual([...FIRST, ...ORDER, LAST].map(({ finds, rule }) => [finds, `\`${rule.name}\``]));
  });

  it('001 has a dependency that must never be shipped, and no function imports it', () => {
    const sources = readdirSync(join(ROOT, 'functions'), { recursive: true, encoding: 'utf8' }).filter(
      (file) => file.endsWith('.ts'),
    );
    const importing = sources.filter((file) =>
      readFileSync(join(ROOT, 'functions', file), 'utf8').includes('@cloud-copilot'),
    );
    expect(importing).toEqual([]);
  });

  it('have a reason for every dependency', () => {
    const { dependencies, devDependencies } = JSON.parse(
      readFileSync(join(ROOT, 'package.json'), 'utf8'),
    ) as {
      readonly dependencies: Record<string, string>;
      readonly devDependencies: Record<string, string>;
    };
    const [first = ''] = pages;
    const told = read(first);
    const named = (name: string) =>
      told.includes(`\`${name}\``) || told.includes(`\`${name.split('/')[1]}\``);
    expect(
      [...Object.keys(dependencies), ...Object.keys(devDependencies)].filter((name) => !named(name)),
    ).toEqual([]);
  });
});
