import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import type { Node } from 'constructs';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { controlStore } from '../../functions/adapters/control-store.ts';
import { REGIONS } from '../../functions/contracts/fixed-names.ts';
import { paused, reinstated, resumed, revoked } from '../../functions/core/model/control.ts';
import { isPaused, pausedSince, UNRESTRICTED } from '../../functions/core/model/policy.ts';
import { readSettings } from '../../infra/settings.ts';
import { type Command, parseArguments } from '../../ops/arguments.ts';
import { control, main } from '../../ops/control.ts';
import { inWords, Refused } from '../../ops/trouble.ts';
import { type Update, updated } from '../fakes/updated.ts';

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
  const solekey = { name: 'pause', id: '', stack: 'Solekey', region: 'us-east-1' };

  test.each([
    [['pause'], solekey],
    [
      ['revoke', 'sec-lead', '--region', 'cn-north-1'],
      { ...solekey, name: 'revoke', id: 'sec-lead', region: 'cn-north-1' },
    ],
    [['--stack', 'Mine', 'status'], { ...solekey, name: 'status', stack: 'Mine' }],
    [
      ['--stack=Mine', 'resume', '--region=us-gov-west-1'],
      { ...solekey, name: 'resume', stack: 'Mine', region: 'us-gov-west-1' },
    ],
  ])('%j is understood', (args, command) => {
    expect(parseArguments(args)).toEqual({ command });
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
    [['revoke'], 'revoke needs the id of an approver'],
    [['reinstate'], 'reinstate needs the id of an approver'],
    [['pause', 'now'], '"now" is one argument too many after pause.'],
    [['revoke', 'a', 'b'], '"b" is one argument too many after revoke.'],
    [['pause', '--region'], '--region needs a value, for example --region=us-east-1.'],
    [['pause', '--stack='], '--stack needs a value, for example --stack=Solekey.'],
    [['pause', '--force', 'x'], 'There is no option "--force".'],
    [['pause', '--regoin=x'], 'Did you mean --region?'],
    [['pause', '--region', 'us-eest-1'], 'not in "us-eest-1". Did you mean us-east-1?'],
    [
      ['pause', '--region', 'eu-central-1'],
      'Solekey runs only in us-east-1, us-gov-west-1, cn-north-1, not in',
    ],
  ])('%j is answered with what is wrong', (args, problem) => {
    expect(parseArguments(args)).toEqual({ problem: expect.stringContaining(problem) });
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

  test('help goes to stdout and is no failure; a mistake goes to stderr and is one', async () => {
    const [said, complained]: [string[], string[]] = [[], []];
    const to = (lines: string[]) => (text: string | Uint8Array) => lines.push(String(text)) > 0;
    const out = vi.spyOn(process.stdout, 'write').mockImplementation(to(said));
    const err = vi.spyOn(process.stderr, 'write').mockImplementation(to(complained));
    try {
      expect([await main(['--help']), await main(['stpo'])]).toEqual([0, 2]);
    } finally {
      out.mockRestore();
      err.mockRestore();
    }
    expect(said.join('')).toMatch(/^Usage: npm run control/);
    expect(complained.join('')).toMatch(/^There is no command "stpo"/);
  });
});

describe('trouble in words', () => {
  const command: Command = { name: 'revoke', id: 'sec-lead', stack: 'Mine', region: 'us-east-1' };
  const named = (name: string, message = 'the words of AWS') => Object.assign(new Error(message), { name });

  test.each([
    [named('CredentialsProviderError'), 'Nothing was changed. No AWS credentials found: set AWS_PROFILE'],
    [named('ExpiredTokenException'), 'they may have expired. AWS says: the words of AWS'],
    [named('AccessDeniedException'), 'do not have permission for this. AWS says: the words of AWS'],
    [
      Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' }),
      'us-east-1 could not be reached (getaddrinfo)',
    ],
    [named('ValidationError', 'Stack with id Mine does not exist'), 'There is no stack "Mine" in us-east-1.'],
    [named('ConditionalCheckFailedException'), 'Someone else changed this at the same moment'],
    [new Refused('because'), 'Nothing was changed. because'],
    [named('Error'), 'It is not certain whether anything was changed: check with status. the words of AWS'],
    ['odd', 'check with status. odd'],
    [null, 'check with status. null'],
  ])('%s', (error, says) => {
    expect(inWords(error, command)).toContain(says);
  });

  test.each(['status', 'show'] as const)('%s changes nothing, whatever fails', (name) => {
    expect(inWords(named('Error'), { ...command, name })).toBe('Nothing was changed. the words of AWS');
  });
});

describe('carrying a command out', () => {
  const dynamo = mockClient(DynamoDBDocumentClient);
  const store = controlStore(DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'us-east-1' })), 'T');
  const approvers = ['platform-lead', 'sec-lead'];
  const command = (name: Exclude<Command['name'], 'show'>, id = '') => ({ name, id });
  const stored = (ids: readonly string[]) =>
    dynamo.on(GetCommand).resolves({ Item: { pk: 'CONTROL', sk: 'CONTROL', revoked: ids, revision: 4 } });

  beforeEach(() => dynamo.reset());

  test('pause writes the item on the revision it read', async () => {
    dynamo.on(GetCommand).resolves({ Item: { pk: 'CONTROL', sk: 'CONTROL', revoked: ['a'], revision: 4 } });
    dynamo.on(UpdateCommand).resolves({});
    expect(await control(store, command('pause'), approvers, NOON)).toBe(
      'Paused since 23 Nov 2026, 12:00 UTC. Revoked: a. Takes effect from the next evaluation and the next page.',
    );
    expect(dynamo.commandCalls(GetCommand)[0]?.args[0].input.ConsistentRead).toBe(true);
    const input = dynamo.commandCalls(UpdateCommand)[0]?.args[0].input;
    expect(input).toMatchObject({
      TableName: 'T',
      ConditionExpression: 'attribute_not_exists(revision) OR revision = :seen',
      ExpressionAttributeValues: { ':seen': 4 },
    });
    const before = { pk: 'CONTROL', sk: 'CONTROL', revoked: ['a'], revision: 4, later: { kept: true } };
    const after = { ...before, pauses: [{ from: NOON, to: null }], revision: 5, schema: 1 };
    expect(updated(before, input as Update), 'what a newer release keeps there stays').toEqual(after);
  });

  test('status writes nothing, and an empty table means unrestricted', async () => {
    dynamo.on(GetCommand).resolves({});
    expect(await control(store, command('status'), approvers, NOON)).toMatch(
      /^Not paused. No approver is revoked./,
    );
    expect(dynamo.commandCalls(UpdateCommand)).toHaveLength(0);
  });

  test.each(['revoke', 'reinstate'] as const)('%s takes no id but that of an approver', async (name) => {
    stored([]);
    const told =
      /^No approver has the id "sec-laed". Did you mean sec-lead\? The approvers are: platform-lead, sec-lead.$/;
    await expect(control(store, command(name, 'sec-laed'), approvers, NOON)).rejects.toThrow(told);
    await expect(control(store, command(name, 'sec-lead'), null, NOON)).rejects.toThrow(
      'has no output ApproverIds',
    );
    expect(dynamo.commandCalls(UpdateCommand)).toHaveLength(0);
  });

  test('whoever is revoked may be reinstated, also when the settings do not name them any more', async () => {
    stored(['gone-lead']);
    dynamo.on(UpdateCommand).resolves({});
    expect(await control(store, command('reinstate', 'gone-lead'), approvers, NOON)).toContain(
      'No approver is revoked.',
    );
  });

  test('a pause works whatever the stack says of its approvers', async () => {
    stored([]);
    dynamo.on(UpdateCommand).resolves({});
    expect(await control(store, command('pause'), null, NOON)).toMatch(/^Paused since/);
    expect(await control(store, command('resume'), null, NOON)).toMatch(/^Not paused/);
  });

  test('says that nobody is left when the last approver goes', async () => {
    stored(['platform-lead']);
    dynamo.on(UpdateCommand).resolves({});
    expect(await control(store, command('status'), approvers, NOON)).not.toContain('Nobody can decide');
    expect(await control(store, command('revoke', 'sec-lead'), approvers, NOON)).toContain(
      'Revoked: platform-lead, sec-lead. Nobody can decide now, and nobody gets a mail',
    );
  });
});
