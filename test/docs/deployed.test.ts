import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { all, synth } from '../infra/synth.ts';
import { shellBlocks, syntaxProblems } from './commands.ts';

const ROOT = join(import.meta.dirname, '../..');
const runbook = readFileSync(join(ROOT, 'docs/runbook.md'), 'utf8');
const made = synth();

describe('the runbook', () => {
  it('has one heading for each alarm that exists, and for no other', () => {
    const headings = [...runbook.matchAll(/^## `(.+)`$/gm)].map(([, heading]) => heading);
    expect(headings.sort()).toEqual(
      all(made, 'AWS::CloudWatch::Alarm')
        .map(({ path }) => path)
        .sort(),
    );
  });

  it('explains each metric that a function counts, and no other', () => {
    const counted = readdirSync(join(ROOT, 'functions'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .flatMap((file) => [
        ...readFileSync(join(ROOT, 'functions', file), 'utf8').matchAll(/\.count\(([^;]*)\);/g),
      ])
      .flatMap(([, argument = '']) => [...argument.matchAll(/'(\w+)'/g)].map(([, name]) => name));
    const explained = [...runbook.matchAll(/^\| `(\w+)` +\|/gm)].map(([, name]) => name);
    expect(explained.sort()).toEqual([...new Set(counted)].sort());
  });

  it('names queues and topics by how their names begin', () => {
    const begins = [...runbook.matchAll(/\b(?:queue|arn) (\w+)\)|:Solekey-(\w+)/g)].map(
      ([, queue, topic]) => queue ?? topic,
    );
    const names = Object.entries(made.template.Resources)
      .filter(([, { Type }]) => ['AWS::SQS::Queue', 'AWS::SNS::Topic'].includes(Type))
      .map(([id]) => id);
    expect(begins.length).toBeGreaterThan(5);
    for (const begin of begins)
      expect(
        names.filter((name) => name.startsWith(begin ?? '')),
        begin,
      ).toHaveLength(1);
  });

  it('has commands that a shell can read', () => {
    const blocks = shellBlocks(runbook);
    expect(blocks.length).toBeGreaterThan(4);
    expect(blocks.map(syntaxProblems).filter((problem) => problem !== '')).toEqual([]);
  });
});
