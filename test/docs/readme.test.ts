import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseMessage } from '../../functions/contracts/message.ts';
import { parseSettings, settingsSchema } from '../../functions/contracts/settings.ts';
import { exampleAddresses } from '../../infra/settings.ts';
import { cellsOf, section, shellBlocks, syntaxProblems } from './pages.ts';

const ROOT = join(import.meta.dirname, '../..');
const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');

describe('the table of settings', () => {
  const rows = cellsOf(section(readme, 'Settings')).slice(1);
  const shape = settingsSchema.shape;
  const bare = (cell = '') => cell.replaceAll('`', '');

  it('has every setting of the schema, and no other', () => {
    expect(rows.map(([name]) => bare(name)).sort()).toEqual(Object.keys(shape).sort());
  });

  it.each(rows)('%s has its real default: %s', (name, told = '') => {
    const found = shape[bare(name) as keyof typeof shape].safeParse(undefined);
    if (!found.success) {
      return expect(told).toBe('required');
    }
    expect(JSON.parse(bare(told))).toEqual(found.data);
  });

  it.each(rows)('%s says whether it may be no time at all', (name, _, meaning = '') => {
    const schema = shape[bare(name) as keyof typeof shape];
    if (!schema.safeParse('PT1H').success || bare(name) === 'accountName') {
      return;
    }
    expect(meaning.includes('may be `PT0S`')).toBe(schema.safeParse('PT0S').success);
  });

  it('names the parts of settings that have parts', () => {
    const about = (setting: string) => rows.find(([name]) => bare(name) === setting)?.join(' ');
    for (const part of Object.keys(shape.approvers.element.shape)) {
      expect(about('approvers')).toContain(`"${part}"`);
    }
    for (const part of Object.keys(shape.exclude.unwrap().shape)) {
      expect(about('exclude')).toContain(`"${part}"`);
    }
  });
});

describe('what the README tells people to type', () => {
  const blocks = shellBlocks(readme);

  it('can be read by a shell', () => {
    expect(blocks.length).toBeGreaterThan(7);
    expect(blocks.map(syntaxProblems).filter((problem) => problem !== '')).toEqual([]);
  });

  const [given = '', ...others] = [...readme.matchAll(/^```json\n([\s\S]*?)^```$/gm)].map(
    ([, block]) => block ?? '',
  );
  const first = JSON.parse(`{${given}}`) as { readonly solekey: unknown };

  it('has settings that can be deployed, and are no example', () => {
    expect(others).toEqual([]);
    const parsed = parseSettings(first.solekey);
    expect(parsed.ok && exampleAddresses(parsed.settings)).toEqual([]);
  });

  it('begins without the view in AWS Config, whose first run would mail people who cannot get mail yet', () => {
    expect(first.solekey).toMatchObject({ mode: 'observe', config: 'off' });
    const deploy = section(readme, 'Deploy it');
    const order = ['```json', '\nnpx cdk deploy\n', '**Confirm the mail.**', '**Then switch the view on**'];
    const places = order.map((words) => deploy.indexOf(words));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places.every((place) => place > 0)).toBe(true);
    const again = deploy.indexOf('\nnpx cdk deploy\n', places.at(-1));
    expect(again).toBeGreaterThan(0);
    expect(again).toBeLessThan(deploy.indexOf('**Now it looks once.**'));
  });

  it('has no command that would put other settings in place of those in cdk.json', () => {
    const operate = readFileSync(join(ROOT, 'docs/operate.md'), 'utf8');
    const commands = [...blocks, ...shellBlocks(operate)].flatMap(
      (block) => block.match(/^.*\bcdk .*$/gm) ?? [],
    );
    expect(commands).toEqual(['npx cdk deploy', 'npx cdk deploy', 'npx cdk destroy']);
    const inWords = [...`${readme}${operate}`.matchAll(/`(npx cdk (?:deploy|destroy|diff|drift)[^`]*)`/g)];
    for (const [, command] of inWords) {
      expect(command).not.toMatch(/ -c\b| --context/);
    }
  });

  it('sets the region before the first command that needs it', () => {
    const lines = blocks.join('').split('\n');
    const needing = lines.findIndex((line) => /\baws \w/.test(line));
    expect(lines.indexOf('export AWS_REGION=us-east-1')).toBeGreaterThan(-1);
    expect(lines.indexOf('export AWS_REGION=us-east-1')).toBeLessThan(needing);
  });

  it('waits between lifting the protection of a table and deleting it', () => {
    const operate = readFileSync(join(ROOT, 'docs/operate.md'), 'utf8');
    for (const page of [readme, operate]) {
      expect(page).toMatch(
        /update-table .*\n *aws dynamodb wait table-exists .*\n *aws dynamodb delete-table /,
      );
    }
  });

  it('has a wake that reconcile understands', () => {
    const given = blocks.flatMap((block) => /--message-body \\\n *'(.*)'/.exec(block)?.[1] ?? []);
    expect(given.map((body) => parseMessage(body).kind)).toEqual(['wake']);
  });

  it('names scripts and commands that exist', () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      readonly scripts: object;
    };
    const named = [...readme.matchAll(/npm run ([\w:]+)/g)].map(([, script]) => script ?? '');
    expect(named.filter((script) => !(script in scripts))).toEqual([]);
    const usage = readFileSync(join(ROOT, 'ops/control.ts'), 'utf8');
    const commands = [...readme.matchAll(/npm run control -- (\w+)/g)].map(([, command]) => command ?? '');
    const current = [...usage.matchAll(/^ {2}([a-z]+)(?: ID)? {3,}/gm)].map(([, command]) => command);
    expect(commands).toEqual(current);
  });
});

describe('links and folders', () => {
  it('lead somewhere', () => {
    const files = [...readme.matchAll(/\]\(([\w./-]+)\)/g)].map(([, file]) => file ?? '');
    expect(files.length).toBeGreaterThan(5);
    expect(files.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
  });

  it('of the map exist', () => {
    const folders = [...readme.matchAll(/^\| `(\w+\/)` +\|/gm)].map(([, folder]) => folder ?? '');
    expect(folders.length).toBeGreaterThan(4);
    expect(folders.filter((folder) => !existsSync(join(ROOT, folder)))).toEqual([]);
  });

  it('the first 25 lines say what it is, what it promises, and how to see it', () => {
    const first = readme.split('\n').slice(0, 25).join('\n');
    for (const words of [
      'one active access key',
      'unless a person decides',
      'npm ci && npm start',
      'docs/flow.svg',
    ]) {
      expect(first).toContain(words);
    }
  });
});
