import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { NAMES } from '../../ops/control/names.ts';
import { blocksOf, inBackticks, PAGES, pageText, ROOT, shellBlocks, syntaxProblems } from './pages.ts';

const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  readonly scripts: Readonly<Record<string, string>>;
};
const CDK = 'node_modules/aws-cdk/lib/cli/cli-type-registry.json';
const { commands: cdk } = JSON.parse(readFileSync(join(ROOT, CDK), 'utf8')) as {
  readonly commands: Readonly<Record<string, unknown>>;
};

/** What npm does without a script of that name. */
const OF_NPM = ['ci', 'install'];

/** Every command that a page shows: each line of its shell blocks, and what stands in backticks in its prose. */
function shownOn(page: string): string[] {
  const lines = shellBlocks(page).flatMap((block) => block.split('\n'));
  return [...lines.map((line) => line.replace(/#.*$/, '')), ...inBackticks(page)].flatMap((line) =>
    line.split(/&&|\|\||;/).map((command) => command.trim()),
  );
}

/** What is wrong with a command of ours; empty when it exists, or is none of ours. */
function problemWith(command: string): string {
  const [tool, first = '', second = ''] = command.split(/\s+/);
  if (tool === 'npm' && first === 'run') {
    if (!(second in scripts)) {
      return `there is no script ${second}`;
    }
    const [, verb = ''] = /^npm run control -- (\S+)/.exec(command) ?? [];
    const known = verb === '' || verb === '--help' || NAMES.some((name) => name === verb);
    return known ? '' : `there is no command ${verb}`;
  }
  if (tool === 'npm') {
    return first in scripts || OF_NPM.includes(first) ? '' : `npm has no ${first} here`;
  }
  if (tool === 'npx' && first === 'cdk') {
    return second in cdk ? '' : `cdk has no ${second}`;
  }
  if (tool === 'npx') {
    return existsSync(join(ROOT, 'node_modules/.bin', first)) ? '' : `${first} is not installed`;
  }
  return '';
}

describe.each(PAGES)('%s', (page) => {
  const text = pageText(page);

  it('shows commands that exist', () => {
    expect(shownOn(text).map(problemWith).filter(Boolean)).toEqual([]);
  });

  it('has commands that a shell can read', () => {
    expect(shellBlocks(text).map(syntaxProblems).filter(Boolean)).toEqual([]);
  });

  it('has JSON that can be parsed', () => {
    for (const block of blocksOf(text, 'json')) {
      expect(() => JSON.parse(block.startsWith('{') ? block : `{${block}}`), block).not.toThrow();
    }
  });

  it('has no command that would put other settings in place of those in cdk.json', () => {
    const deploying = shownOn(text).filter((command) =>
      /^npx cdk (?:deploy|destroy|diff|drift)/.test(command),
    );
    const replacing = deploying.filter((command) => / -c solekey=| --context/.test(command));
    expect(replacing).toEqual([]);
  });

  it('sets the region before the first block that needs it', () => {
    const lines = shellBlocks(text).join('').split('\n');
    const needing = lines.findIndex((line) => /\baws (?!iam)\w/.test(line));
    const set = lines.indexOf('export AWS_REGION=us-east-1');
    expect(needing < 0 || (set > -1 && set < needing)).toBe(true);
  });

  it('waits between lifting the protection of a table and deleting it', () => {
    const pattern = /update-table .*\n *aws dynamodb wait table-exists .*\n *aws dynamodb delete-table /g;
    expect(text.match(pattern) ?? []).toHaveLength((text.match(/dynamodb delete-table/g) ?? []).length);
  });
});

it('the check above finds what does not exist', () => {
  const shown = 'Try `npm run nothing`, `npm run control -- stop`, `npx cdk fly`, `npx nothing-at-all`.';
  expect(shownOn(shown).map(problemWith)).toEqual([
    'there is no script nothing',
    'there is no command stop',
    'cdk has no fly',
    'nothing-at-all is not installed',
  ]);
  const blocks = PAGES.flatMap((page) => shellBlocks(pageText(page)));
  expect(blocks.length).toBeGreaterThan(20);
});
