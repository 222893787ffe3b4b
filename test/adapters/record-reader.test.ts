import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { recordReader } from '../../functions/adapters/record-reader.ts';
import { entryHash, historyEntry } from '../../functions/core/case/history.ts';
import { ACCOUNT, aCase, NOW, USER_ID } from '../fakes/cases.ts';

const dynamo = mockClient(DynamoDBDocumentClient);
const reader = recordReader(DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'us-east-1' })), 'T');
const PK = `USER#${ACCOUNT}#${USER_ID}`;

const current = aCase({ version: 1 });
const entry = historyEntry(null, current, { at: NOW, rule: 'awaiting', events: [] }, null);
const item = { pk: PK, sk: 'CASE', case: current, version: 1, hash: entryHash(entry), failures: 0 };
const stored = { pk: PK, sk: 'HIST#000000001', entry };

beforeEach(() => dynamo.reset());

describe('the record of a user', () => {
  it('is read consistently, all pages of it', async () => {
    dynamo.on(GetCommand).resolves({ Item: item });
    dynamo
      .on(QueryCommand)
      .resolvesOnce({ Items: [], LastEvaluatedKey: { pk: PK, sk: 'x' } })
      .resolves({ Items: [item, { pk: PK, sk: 'EVIDENCE' }, stored] });
    const { findings, entries } = await reader.record(ACCOUNT, USER_ID);
    expect([findings, entries.length]).toEqual([[], 1]);
    const [query] = dynamo.commandCalls(QueryCommand);
    expect(query?.args[0].input).toMatchObject({
      ConsistentRead: true,
      ExpressionAttributeValues: { ':pk': PK },
    });
    expect(dynamo.commandCalls(GetCommand)[0]?.args[0].input).toMatchObject({ ConsistentRead: true });
  });

  it('is read again if Solekey wrote a version in between', async () => {
    const older = { ...item, version: 0 };
    dynamo.on(GetCommand).resolvesOnce({ Item: older }).resolves({ Item: item });
    dynamo.on(QueryCommand).resolves({ Items: [stored] });
    expect((await reader.record(ACCOUNT, USER_ID)).findings).toEqual([]);
    expect(dynamo.commandCalls(QueryCommand)).toHaveLength(2);
  });

  it('is not judged while it keeps changing', async () => {
    const versions = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
    dynamo.on(GetCommand).callsFake(() => ({ Item: { ...item, version: versions.pop() } }));
    dynamo.on(QueryCommand).resolves({ Items: [stored] });
    await expect(reader.record(ACCOUNT, USER_ID)).rejects.toThrow('Try again in a minute');
  });
});

describe('the UserId of a name', () => {
  it('is found whatever its case, or not at all', async () => {
    dynamo
      .on(GetCommand, { Key: { pk: `NAME#${ACCOUNT}#ci-deploy`, sk: 'NAME' } })
      .resolves({ Item: { userId: USER_ID } });
    expect(await reader.userIdOf(ACCOUNT, 'CI-Deploy')).toBe(USER_ID);
    dynamo.on(GetCommand).resolves({});
    expect(await reader.userIdOf(ACCOUNT, 'nobody')).toBe(null);
  });
});
