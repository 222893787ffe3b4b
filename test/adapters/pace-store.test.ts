import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { paceStore } from '../../functions/adapters/pace-store.ts';
import { DIGEST_SHARD, paceKey } from '../../functions/contracts/pace-item.ts';
import { type Pace, UNUSED_PACE } from '../../functions/core/channel/pace.ts';
import { plus } from '../../functions/core/model/time.ts';
import { ACCOUNT, NOW } from '../fakes/cases.ts';

const dynamo = mockClient(DynamoDBDocumentClient);
const MARK = '0123456789abcdef';
const ABOUT = { account: ACCOUNT, address: MARK };
const PACE: Pace = { ...UNUSED_PACE, nextAt: NOW, hour: '2026-11-23T16', used: 1, due: plus(NOW, 60) };
const LOST = new ConditionalCheckFailedException({ $metadata: {}, message: 'no' });

const fresh = () => paceStore(DynamoDBDocumentClient.from(new DynamoDBClient({})), 'cases');
const used = (pace: Pace) => ({ next: { ...pace, used: pace.used + 1 }, result: pace.used });
const calls = () => [dynamo.commandCalls(GetCommand).length, dynamo.commandCalls(UpdateCommand).length];

beforeEach(() => dynamo.reset());

describe('the pace of an address', () => {
  it('begins unused, in an item that must not be there yet, and in the partition of due digests', async () => {
    dynamo.on(GetCommand).resolves({}).on(UpdateCommand).resolves({});
    const result = await fresh().change(ABOUT, () => ({ next: PACE, result: 'stored' }));
    expect(result).toBe('stored');
    expect(dynamo.commandCalls(UpdateCommand)[0]?.args[0].input).toMatchObject({
      Key: paceKey(ACCOUNT, MARK),
      ConditionExpression: 'attribute_not_exists(pk)',
      ExpressionAttributeValues: {
        ':pace': PACE,
        ':revision': 1,
        ':dueShard': DIGEST_SHARD,
        ':wakeAt': plus(NOW, 60),
      },
    });
  });

  it('costs one read, then one write for each mail, and nothing for a refusal', async () => {
    const Item = { ...paceKey(ACCOUNT, MARK), pace: PACE, revision: 7 };
    dynamo.on(GetCommand).resolves({ Item }).on(UpdateCommand).resolves({});
    const store = fresh();
    expect(await store.change(ABOUT, used)).toBe(1);
    expect(await store.change(ABOUT, used)).toBe(2);
    expect(await store.change(ABOUT, ({ used: so }) => ({ next: null, result: so }))).toBe(3);
    expect(calls()).toEqual([1, 2]);
    expect(dynamo.commandCalls(UpdateCommand)[1]?.args[0].input).toMatchObject({
      ConditionExpression: '#revision = :seen',
      ExpressionAttributeValues: { ':seen': 8, ':revision': 9 },
    });
  });

  it('is read again after somebody else wrote it', async () => {
    const Item = { ...paceKey(ACCOUNT, MARK), pace: { ...PACE, used: 2 }, revision: 8 };
    dynamo
      .on(GetCommand)
      .resolvesOnce({ Item: { ...Item, pace: PACE, revision: 7 } })
      .resolvesOnce({ Item });
    dynamo.on(UpdateCommand).rejectsOnce(LOST).resolves({});
    expect(await fresh().change(ABOUT, used)).toBe(2);
    expect(calls()).toEqual([2, 2]);
  });

  it('is read again if what this process remembers does not suffice, and not if it has just been read', async () => {
    const Item = { ...paceKey(ACCOUNT, MARK), pace: PACE, revision: 7 };
    dynamo.on(GetCommand).resolves({ Item });
    const store = fresh();
    const unsure = ({ used: so }: Pace) => ({ next: null, result: so, unsure: true });
    expect(await store.change(ABOUT, unsure)).toBe(1);
    expect(calls()).toEqual([1, 0]);
    dynamo.on(GetCommand).resolves({ Item: { ...Item, pace: { ...PACE, used: 2 }, revision: 8 } });
    expect(await store.change(ABOUT, unsure)).toBe(2);
    expect(calls()).toEqual([2, 0]);
  });

  it('is given up after ten lost races, and any other error is raised', async () => {
    const Item = { ...paceKey(ACCOUNT, MARK), pace: PACE, revision: 7 };
    dynamo.on(GetCommand).resolves({ Item }).on(UpdateCommand).rejects(LOST);
    await expect(fresh().change(ABOUT, used)).rejects.toThrow('again and again');
    dynamo.on(UpdateCommand).rejects(new Error('throttled'));
    await expect(fresh().change(ABOUT, used)).rejects.toThrow('throttled');
  });

  it('leaves the partition when nothing is due', async () => {
    dynamo.on(GetCommand).resolves({}).on(UpdateCommand).resolves({});
    await fresh().change(ABOUT, () => ({ next: { ...PACE, due: null }, result: null }));
    const { UpdateExpression } = dynamo.commandCalls(UpdateCommand)[0]?.args[0].input ?? {};
    expect(UpdateExpression).toContain('REMOVE #dueShard, #wakeAt');
  });
});
