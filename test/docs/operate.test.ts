import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseMessage } from '../../functions/contracts/message.ts';
import { all, synth } from '../infra/synth.ts';
import { PAGES, pageText, ROOT, section, shellBlocks } from './pages.ts';

const operate = pageText('docs/operate.md');
const made = synth({});

describe('docs/operate.md', () => {
  it('has one heading for each alarm that exists, and for no other', () => {
    const headings = [...section(operate, 'Alarms').matchAll(/^### `(.+)`$/gm)].map(([, heading]) => heading);
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
    const explained = [...section(operate, 'Metrics without an alarm').matchAll(/^\| `(\w+)` +\|/gm)].map(
      ([, name]) => name,
    );
    expect(explained.sort()).toEqual([...new Set(counted)].sort());
    const declared = readFileSync(join(ROOT, 'functions/app/metrics.ts'), 'utf8').matchAll(
      /^ {2}\| '(\w+)'/gm,
    );
    expect([...declared].map(([, name]) => name)).toEqual(explained);
  });

  it('names queues, tables and rules by how their names begin', () => {
    const begins = [
      ...operate.matchAll(/\bqueue (\w+)\)|'Solekey-(\w+)'|-prefix Solekey-(\w+)|\bmove (\w+) (\w+)$/gm),
    ].flatMap(([, ...found]) => found.filter((name) => name !== undefined));
    const types = ['AWS::SQS::Queue', 'AWS::DynamoDB::GlobalTable', 'AWS::Events::Rule'];
    const names = Object.entries(made.template.Resources)
      .filter(([, { Type }]) => types.includes(Type))
      .map(([id]) => id);
    expect(begins.length).toBeGreaterThan(7);
    for (const begin of begins) {
      expect(
        names.filter((name) => name.startsWith(begin ?? '')),
        begin,
      ).toHaveLength(1);
    }
  });

  it('subscribes an address anew exactly as the template does', () => {
    const [, attributes = ''] = /sns subscribe [^`]*--attributes '(.*)'/.exec(operate) ?? [];
    const { FilterPolicy } = JSON.parse(attributes) as { readonly FilterPolicy: string };
    const [subscription] = all(made, 'AWS::SNS::Subscription');
    expect(JSON.parse(FilterPolicy)).toEqual(subscription?.resource.Properties.FilterPolicy);
    expect(/--protocol (\S+)/.exec(operate)?.[1]).toBe(subscription?.resource.Properties.Protocol);
  });

  it('sends a message that reconcile understands', () => {
    const given = shellBlocks(operate).flatMap(
      (block) => /--message-body \\\n *'(.*)'/.exec(block)?.[1] ?? [],
    );
    expect(given.map((body) => parseMessage(body, 'wakes').kind)).toEqual(['wake']);
  });
});

it('every page asks for outputs that the stack has', () => {
  const asked = PAGES.flatMap((page) =>
    [...pageText(page).matchAll(/(?<!-)\boutput (\w+)(?:\)|$)/gm)].map(([, name]) => name ?? ''),
  );
  expect(asked.length).toBeGreaterThan(10);
  expect(asked.filter((name) => !(name in made.template.Outputs))).toEqual([]);
});
