import { describe, expect, it } from 'vitest';
import { parseSettings } from '../../functions/contracts/settings.ts';
import { exampleAddresses } from '../../infra/settings.ts';
import { NAMES } from '../../ops/control/names.ts';
import { blocksOf, pageText, section } from './pages.ts';

const readme = pageText('README.md');
const lines = readme.trimEnd().split('\n');
const firstScreen = lines
  .slice(0, 25)
  .join('\n')
  .replace(/\s+(?:> )?/g, ' ');

describe('the README', () => {
  it('has at most 130 lines', () => {
    expect(lines.length).toBeLessThanOrEqual(130);
  });

  it.each([
    'one active access key',
    '**No key is deactivated or deleted without a person',
    'npm ci && npm start',
    'docs/pictures/mail.png',
    'docs/pictures/page.png',
  ])('says on its first screen what it is, what it promises and how to see it: %s', (words) => {
    expect(firstScreen).toContain(words);
  });

  it.each([
    '**Maturity: ',
    'not yet run on a real AWS account',
    'OrderingTimestamp',
    'must record IAM users',
    'log groups in GovCloud and China',
    'macOS is untested',
  ])('says on its first screen what is unproven: %s', (words) => {
    expect(firstScreen).toContain(words);
  });

  it('names the version that package.json has, or will have with the next release', () => {
    const { version } = JSON.parse(pageText('package.json')) as { readonly version: string };
    const [, named = ''] = /\*\*Maturity: (\d+\.\d+\.\d+)/.exec(readme) ?? [];
    const releases = [...pageText('CHANGELOG.md').matchAll(/^## (?:Unreleased: )?(\d+\.\d+\.\d+)$/gm)];
    const [first, second] = releases.map(([, number]) => number);
    expect(named).toBe(first);
    expect([first, second]).toContain(version);
  });

  it('shows five operator commands, and says how many others there are', () => {
    const operate = section(readme, 'Operate it');
    const shown = [...operate.matchAll(/npm run control -- (\S+)/g)].map(([, command]) => command ?? '');
    expect(shown).toEqual(NAMES.filter((name) => shown.includes(name)));
    expect(shown).toHaveLength(5);
    expect(NAMES.length - shown.length).toBe(15);
    expect(operate).toContain('has the other 15');
  });
});

describe('how the README deploys', () => {
  const deploy = section(readme, 'Deploy it in six steps');
  const [given = '', ...others] = blocksOf(readme, 'json');
  const first = JSON.parse(given) as unknown;

  it('has six steps', () => {
    expect(deploy.match(/^\d\. \*\*/gm)).toEqual([1, 2, 3, 4, 5, 6].map((n) => `${n}. **`));
  });

  it('has settings that can be deployed, and are no example', () => {
    expect(others).toEqual([]);
    const parsed = parseSettings(first);
    expect(parsed.ok && exampleAddresses(parsed.settings)).toEqual([]);
  });

  it('begins without the view in AWS Config, whose first run would mail people who cannot get mail yet', () => {
    expect(first).toMatchObject({ mode: 'observe', config: 'off' });
    const order = [
      '```json',
      '**Deploy**: `npx cdk deploy`',
      '**Confirm the mail.**',
      '**Turn on the view in AWS Config.**',
      'Remove `"config": "off"`',
      'run `npx cdk deploy` again',
    ];
    const places = order.map((words) => deploy.indexOf(words));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places.every((place) => place > 0)).toBe(true);
  });
});
