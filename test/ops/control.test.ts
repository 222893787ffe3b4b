import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test } from 'vitest';
import { controlStore } from '../../functions/adapters/control-store.ts';
import { paused, reinstated, resumed, revoked } from '../../functions/core/control.ts';
import { isPaused, pausedSince, UNRESTRICTED } from '../../functions/core/policy.ts';
import { control, parseCommand } from '../../ops/control.ts';

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

describe('the commands', () => {
  test.each([
    [['pause'], { name: 'pause', id: '', stack: 'Solekey', region: 'us-east-1' }],
    [
      ['revoke', 'sec-lead', '--region', 'cn-north-1'],
      { name: 'revoke', id: 'sec-lead', stack: 'Solekey', region: 'cn-north-1' },
    ],
    [['--stack', 'Mine', 'status'], { name: 'status', id: '', stack: 'Mine', region: 'us-east-1' }],
  ])('%j is understood', (args, command) => {
    expect(parseCommand(args)).toEqual(command);
  });

  test.each([
    [[]],
    [['stop']],
    [['revoke']],
    [['pause', 'now']],
    [['pause', '--region']],
    [['pause', '--force', 'x']],
  ])('%j is answered with how to do it', (args) => {
    expect(parseCommand(args)).toMatch(/^Usage: npm run control/);
  });
});

describe('carrying a command out', () => {
  const dynamo = mockClient(DynamoDBDocumentClient);
  const store = controlStore(DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'us-east-1' })), 'T');
  const command = (name: 'pause' | 'resume' | 'status' | 'revoke', id = '') => ({
    name,
    id,
    stack: 'S',
    region: 'r',
  });

  beforeEach(() => dynamo.reset());

  test('pause writes the item on the revision it read', async () => {
    dynamo.on(GetCommand).resolves({ Item: { pk: 'CONTROL', sk: 'CONTROL', revoked: ['a'], revision: 4 } });
    dynamo.on(PutCommand).resolves({});
    expect(await control(store, command('pause'), NOON)).toBe(
      'Paused since 23 Nov 2026, 12:00 UTC. Revoked: a. In force from the next look and the next page on.',
    );
    expect(dynamo.commandCalls(GetCommand)[0]?.args[0].input.ConsistentRead).toBe(true);
    expect(dynamo.commandCalls(PutCommand)[0]?.args[0].input).toEqual({
      TableName: 'T',
      Item: { pk: 'CONTROL', sk: 'CONTROL', pauses: [{ from: NOON, to: null }], revoked: ['a'], revision: 5 },
      ConditionExpression: 'attribute_not_exists(revision) OR revision = :seen',
      ExpressionAttributeValues: { ':seen': 4 },
    });
  });

  test('status writes nothing, and an empty table means unrestricted', async () => {
    dynamo.on(GetCommand).resolves({});
    expect(await control(store, command('status'), NOON)).toMatch(/^Not paused. No approver is revoked./);
    expect(dynamo.commandCalls(PutCommand)).toHaveLength(0);
  });
});
