import { describe, expect, test } from 'vitest';
import { DEFAULT_OUT, parseOptions } from '../../../ops/assess/options.ts';

const NOTHING = {
  profile: null,
  region: null,
  endpointUrl: null,
  out: DEFAULT_OUT,
  full: false,
  json: false,
  quiet: false,
  failOn: 'unknown',
  since: null,
  explain: null,
  fullIds: false,
  credentialReport: null,
  usage: 'on',
};

describe('the options of an assessment', () => {
  test.each([
    [[], {}],
    [['--profile', 'prod', '-q'], { profile: 'prod', quiet: true }],
    [['--profile=prod', '--full', '--json'], { profile: 'prod', full: true, json: true }],
    [['--fail-on', 'never', '--out', 'x', '--full-ids'], { failOn: 'never', out: 'x', fullIds: true }],
    [
      ['--credential-report', 'r.csv', '--since', 's.json'],
      { credentialReport: 'r.csv', since: 's.json', usage: 'off' },
    ],
    [['--usage', 'all'], { usage: 'all' }],
    [['--usage=off', '--credential-report', 'r.csv'], { usage: 'off', credentialReport: 'r.csv' }],
    [
      ['--endpoint-url', 'http://x', '--region', 'cn-north-1', '--explain', 'ci'],
      { endpointUrl: 'http://x', region: 'cn-north-1', explain: 'ci' },
    ],
  ])('%j', (args, wanted) => {
    expect(parseOptions(args)).toEqual({ options: { ...NOTHING, ...wanted } });
  });

  test.each([
    [['--help'], 'help'],
    [['-h', '--policy'], 'help'],
    [['--policy'], 'policy'],
  ])('%j prints something and stops', (args, show) => {
    expect(parseOptions(args)).toEqual({ show });
  });

  test.each([
    [
      ['--profil', 'x'],
      'There is no option --profil. Did you mean --profile? All options: npm run assess -- --help',
    ],
    [['prod'], '"prod" is one word too many. All options: npm run assess -- --help'],
    [['--out='], '--out needs a value. All options: npm run assess -- --help'],
    [['--fail-on', 'violation'], '--fail-on must be never, violations or unknown. Did you mean violations?'],
    [
      ['--credential-report', 'r.csv', '--profile', 'x'],
      '--profile is for an account; --credential-report reads a file instead.',
    ],
    [['--usage', 'al'], '--usage must be on, all or off. Did you mean all?'],
    [
      ['--credential-report', 'r.csv', '--usage', 'on'],
      '--usage is for an account; --credential-report reads a file instead.',
    ],
  ])('%j is refused, with what to do', (args, problem) => {
    expect(parseOptions(args)).toEqual({ problem });
  });

  test.each([[['--profile']], [['--full=yes']], [['-x']]])('%j is refused in one line', (args) => {
    const parsed = parseOptions(args);
    expect('problem' in parsed ? parsed.problem : '').toMatch(
      /^[^\n]+All options: npm run assess -- --help$/,
    );
  });
});
