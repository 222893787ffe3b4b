import type { Node } from 'constructs';
import { describe, expect, test } from 'vitest';
import { REGIONS } from '../../../functions/contracts/fixed-names.ts';
import { paused, reinstated, resumed, revoked } from '../../../functions/core/model/control.ts';
import { isPaused, pausedSince, UNRESTRICTED } from '../../../functions/core/model/policy.ts';
import { readSettings } from '../../../infra/settings.ts';
import { type Command, parseArguments } from '../../../ops/control/arguments.ts';
import { NAMES, USAGE, usageOf } from '../../../ops/control/names.ts';
import { inWords, Refused } from '../../../ops/control/trouble.ts';

const NOON = '2026-11-23T12:00:00.000Z';
const LATER = '2026-11-23T15:00:00.000Z';

describe('the control item', () => {
  test('a pause begins once and ends once', () => {
    const begun = paused(paused(UNRESTRICTED, NOON), LATER);
    expect(begun.pauses).toEqual([{ from: NOON, to: null }]);
    expect(isPaused(begun)).toBe(true);
    const ended = resumed(begun, LATER);
    expect(resumed(ended, '2027-01-01T00:00:00.000Z')).toBe(ended);
    expect(isPaused(ended)).toBe(false);
    expect(pausedSince(ended, '2026-11-23T13:00:00.000Z', '2026-12-01T00:00:00.000Z')).toBe(2 * 3600);
    const again = paused(ended, '2026-12-01T00:00:00.000Z');
    expect(again.pauses).toHaveLength(2);
    expect(resumed(again, '2026-12-02T00:00:00.000Z').pauses.map(({ to }) => to)).toEqual([
      LATER,
      '2026-12-02T00:00:00.000Z',
    ]);
  });

  test('an approver is revoked and reinstated', () => {
    const without = revoked(revoked(UNRESTRICTED, 'sec-lead'), 'sec-lead');
    expect(without.revoked).toEqual(['sec-lead']);
    expect(reinstated(without, 'sec-lead').revoked).toEqual([]);
  });
});

describe('the command line', () => {
  const PACK = ['evidence', '--from=2026-10-01', '--to=2026-10-31', '--out=x', '--reason', 'audit'];
  const solekey: Command = {
    name: 'status',
    id: '',
    stack: 'Solekey',
    region: 'us-east-1',
    reason: '',
    json: false,
    flags: [],
    options: {},
  };

  test.each<[readonly string[], Partial<Command>]>([
    [['status'], {}],
    [['pause', '--reason', 'incident 4711'], { name: 'pause', reason: 'incident 4711' }],
    [
      ['revoke', 'sec-lead', '--region', 'cn-north-1', '--reason= left the company '],
      { name: 'revoke', id: 'sec-lead', region: 'cn-north-1', reason: 'left the company' },
    ],
    [['--stack', 'Mine', 'cases', '--json'], { name: 'cases', stack: 'Mine', json: true }],
    [
      ['redrive', 'wakes', '--dry-run', '--discard'],
      { name: 'redrive', id: 'wakes', flags: ['dry-run', 'discard'] },
    ],
    [
      ['records', '--since', '2026-10-01', '--out=kept', '--full-ids'],
      { name: 'records', flags: ['full-ids'], options: { since: '2026-10-01', out: 'kept' } },
    ],
    [['resume', '--reason', `it's "over"`], { name: 'resume', reason: `it's "over"` }],
  ])('%j is understood', (args, command) => {
    expect(parseArguments(args)).toEqual({ command: { ...solekey, ...command } });
  });

  test.each([
    [[], 'No command given.'],
    [['stop'], 'There is no command "stop". All commands'],
    [['pasue'], 'There is no command "pasue". Did you mean pause?'],
    [['Status'], 'Did you mean status?'],
    [
      ['show'],
      'show needs the name or the UserId of an IAM user, for example: npm run control -- show ci-deploy',
    ],
    [['show', 'a', 'b'], '"b" is one argument too many after show'],
    [
      ['revoke'],
      "revoke needs the id of an approver, for example: npm run control -- revoke sec-lead --reason 'incident 4711'",
    ],
    [['revoke', 'sec-lead'], 'revoke needs a reason, which is recorded with your name'],
    [['pause'], "for example: npm run control -- pause --reason 'incident 4711'"],
    [['pause', '--reason', '   '], 'pause needs a reason'],
    [['pause', '--reason'], "--reason needs a value, for example --reason='incident 4711'."],
    [['pause', '--reason', 'a\nb'], 'The reason has a line break or a control character'],
    [['pause', '--reason', 'x'.repeat(501)], 'The reason has 501 characters'],
    [['cases', '--reason', 'x'], 'cases changes nothing that needs a reason: leave --reason out.'],
    [['redrive'], 'redrive needs the name of a dead-letter queue'],
    [['cases', '--dry-run'], 'cases has no option --dry-run.'],
    [['records', '--since', '2026-10-01'], 'records needs --out, for example: npm run control -- records'],
    [['records', '--since'], '--since needs a value, for example --since=2026-10-01.'],
    [['cases', '--since', '2026-10-01'], 'cases has no option --since.'],
    [['records', '--full-ids', '--discard'], 'records has no option --discard.'],
    [
      ['records', '--since', '2026-02-30', '--out', 'x'],
      '--since: "2026-02-30" is no day: write it as 2026-10-01.',
    ],
    [['records', '--since', 'today', '--out', 'x'], '--since: "today" is no day'],
    [[...PACK, '--sample', '0', '--seed', '7'], '--sample: "0" is no whole number from 1 to 1000000.'],
    [[...PACK, '--sample', '5', '--seed', '-7'], '--seed: "-7" is no whole number from 0'],
    [PACK.slice(0, -2), 'evidence needs a reason'],
    [['confirm'], 'confirm needs the link of the confirmation mail, in single quotes'],
    [['pause', 'now', '--reason', 'x'], '"now" is one argument too many after pause.'],
    [['pause', '--region'], '--region needs a value, for example --region=us-east-1.'],
    [['pause', '--stack='], '--stack needs a value, for example --stack=Solekey.'],
    [['pause', '--force', 'x'], 'There is no option "--force".'],
    [['pause', '--constructor=x'], 'There is no option "--constructor".'],
    [['cases', '--json=x'], 'There is no option "--json".'],
    [['pause', '--regoin=x'], 'Did you mean --region?'],
    [['pause', '--region', 'us-eest-1'], 'not in "us-eest-1". Did you mean us-east-1?'],
    [
      ['pause', '--region', 'eu-central-1'],
      'Solekey runs only in us-east-1, us-gov-west-1, cn-north-1, not in',
    ],
  ])('%j is answered with what is wrong', (args, problem) => {
    expect(parseArguments(args)).toEqual({ problem: expect.stringContaining(problem) });
  });

  test('the help has every command with its argument', () => {
    for (const name of NAMES) {
      expect(USAGE).toContain(`  ${[name, usageOf(name).argument?.word].filter(Boolean).join(' ')} `);
    }
  });

  test.each([[['--help']], [['pause', '-h']], [['help']]])('%j is a wish for help', (args) => {
    expect(parseArguments(args)).toEqual({ help: true });
  });

  test('the regions are those that can be deployed to', () => {
    const lead = { id: 'a', name: 'A', email: 'a@b.net' };
    const read = (region: string) => {
      const solekey = { region, accountName: 'x', mode: 'observe', approvers: [lead] };
      return readSettings({
        tryGetContext: (name: string) => (name === 'solekey' ? solekey : undefined),
      } as Node);
    };
    for (const region of REGIONS) {
      expect(read(region).settings.region).toBe(region);
    }
    expect(() => read('eu-central-1')).toThrow(`must be one of ${REGIONS.join(', ')}`);
  });
});

describe('trouble in words', () => {
  const command: Command = {
    name: 'revoke',
    id: 'sec-lead',
    stack: 'Mine',
    region: 'us-east-1',
    reason: 'x',
    json: false,
    flags: [],
    options: {},
  };
  const named = (name: string, message = 'the words of AWS') => Object.assign(new Error(message), { name });

  test.each([
    [named('CredentialsProviderError'), 'Nothing was changed. No AWS credentials found: set AWS_PROFILE'],
    [named('ExpiredTokenException'), 'they may have expired. AWS says: the words of AWS'],
    [
      named('AccessDeniedException'),
      'Nothing was changed. These credentials do not have permission for this. AWS says: the words of AWS',
    ],
    [
      Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' }),
      'us-east-1 could not be reached (getaddrinfo)',
    ],
    [named('ValidationError', 'Stack with id Mine does not exist'), 'There is no stack "Mine" in us-east-1.'],
    [named('ChangedMeanwhile'), 'Nothing was changed. Someone else changed this at the same moment'],
    [new Refused('because'), 'Nothing was changed. because'],
    [named('Error'), 'It is not certain whether anything was changed: check with status. the words of AWS'],
    ['odd', 'check with status. odd'],
    [null, 'check with status. null'],
  ])('%s', (error, says) => {
    expect(inWords(error, command)).toContain(says);
  });

  test.each(['status', 'show', 'cases', 'doctor'] as const)('%s changes nothing, whatever fails', (name) => {
    expect(inWords(named('Error'), { ...command, name })).toBe('Nothing was changed. the words of AWS');
  });

  test.each(['redrive', 'resubscribe', 'confirm'] as const)('%s may have done a part', (name) => {
    for (const error of [named('Error'), named('AccessDeniedException')]) {
      expect(inWords(error, { ...command, name })).toContain('Repeating the command is safe.');
    }
  });
});
