import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LETTER_QUEUES } from '../../ops/control/letters.ts';
import { NAMES } from '../../ops/control/names.ts';
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

  it('names tables and rules by how their names begin', () => {
    const begins = [...operate.matchAll(/'Solekey-(\w+)'|-prefix Solekey-(\w+)/g)].flatMap(([, ...found]) =>
      found.filter((name) => name !== undefined && name !== ''),
    );
    const types = ['AWS::DynamoDB::GlobalTable', 'AWS::Events::Rule'];
    const names = Object.entries(made.template.Resources)
      .filter(([, { Type }]) => types.includes(Type))
      .map(([id]) => id);
    expect(begins.length).toBeGreaterThan(1);
    for (const begin of begins) {
      expect(
        names.filter((name) => name.startsWith(begin ?? '')),
        begin,
      ).toHaveLength(1);
    }
  });

  it('has one line for each command', () => {
    const [block = ''] = shellBlocks(section(operate, 'Commands'));
    const shown = [...block.matchAll(/^npm run control -- (\S+) .*# \S/gm)].map(([, command]) => command);
    expect(shown.toSorted()).toEqual([...NAMES].sort());
  });
});

describe('docs/control.md', () => {
  const control = pageText('docs/control.md');

  it('has a heading for each command', () => {
    const headings = control
      .split('\n')
      .filter((line) => line.startsWith('### `'))
      .flatMap((line) => [...line.matchAll(/`([a-z-]+)/g)].map(([, name]) => name));
    expect(headings.toSorted()).toEqual([...NAMES].sort());
  });

  it('names each dead-letter queue', () => {
    for (const name of LETTER_QUEUES) {
      expect(section(control, 'Act')).toContain(`\`${name}\``);
    }
  });
});

it('no page needs raw messages of a queue, or a scan of a table', () => {
  const raw = /aws sqs |dynamodb (?:scan|query|get-item|put-item)|--message-body|start-message-move-task/;
  expect(PAGES.filter((page) => raw.test(pageText(page)))).toEqual([]);
});

it('every page asks for outputs that the stack has', () => {
  const asked = PAGES.flatMap((page) =>
    [...pageText(page).matchAll(/(?<!-)\boutput (\w+)(?:\)|$)/gm)].map(([, name]) => name ?? ''),
  );
  expect(asked.length).toBeGreaterThan(5);
  expect(asked.filter((name) => !(name in made.template.Outputs))).toEqual([]);
});
