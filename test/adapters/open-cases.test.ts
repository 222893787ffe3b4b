import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb';
import { BatchGetCommand, DynamoDBDocumentClient, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { openCases } from '../../functions/adapters/open-cases.ts';
import { dueShard } from '../../functions/contracts/due.ts';
import { APPROVER_GROUP, LIST_INDEX } from '../../functions/contracts/fixed-names.ts';
import { CONTROL_KEY, caseKey } from '../../functions/contracts/items.ts';
import { ACCOUNT, aCase, NOW, USER_ID } from '../fakes/cases.ts';

const dynamo = mockClient(DynamoDBDocumentClient);
const list = openCases(DynamoDBDocumentClient.from(new DynamoDBClient({})), 'cases');
const LISTED = { IndexName: LIST_INDEX.name };

const listed = (userId: string, account = ACCOUNT) => ({
  ...caseKey(account, userId),
  listGroup: APPROVER_GROUP,
  listRank: `4#${NOW}`,
});
const item = (userId: string) => {
  const current = aCase({ userId });
  const { version } = current;
  return { ...caseKey(ACCOUNT, userId), case: current, version, hash: '0'.repeat(64), failures: 0 };
};

beforeEach(() => {
  dynamo.reset();
  dynamo.on(QueryCommand).resolves({ Items: [] });
});

describe('the open cases', () => {
  it('come in the order of the list, with the control item, and without those that cannot be read', async () => {
    dynamo
      .on(QueryCommand, LISTED)
      .resolvesOnce({
        Items: [listed('AIDA2'), listed('AIDA9', '210987654321')],
        LastEvaluatedKey: { pk: 'x' },
      })
      .resolvesOnce({ Items: [listed('AIDA1'), listed('AIDA3'), listed('AIDA4')] });
    const control = { ...CONTROL_KEY, revoked: ['sec-lead'] };
    const odd = { ...caseKey(ACCOUNT, 'AIDA3'), case: {} };
    dynamo
      .on(BatchGetCommand)
      .resolves({ Responses: { cases: [item('AIDA1'), control, odd, item('AIDA2')] } });
    const found = await list.open(ACCOUNT);
    expect(found.map((one) => one.case?.userId)).toEqual(['AIDA2', 'AIDA1']);
    expect(found[0]?.control).toEqual({ pauses: [], revoked: ['sec-lead'] });
  });

  it('are read 33 users at a time', async () => {
    const users = Array.from({ length: 70 }, (_, n) => `AIDA${n}`);
    dynamo.on(QueryCommand, LISTED).resolves({ Items: users.map((userId) => listed(userId)) });
    dynamo.on(BatchGetCommand).resolves({ Responses: { cases: [] } });
    expect(await list.open(ACCOUNT)).toEqual([]);
    expect(dynamo.commandCalls(BatchGetCommand)).toHaveLength(3);
  });
});

describe('a case that is in no list', () => {
  it('is found through the due index', async () => {
    dynamo.on(QueryCommand, LISTED).resolves({ Items: [listed('AIDA1')] });
    const due = (userId: string) => ({
      ...caseKey(ACCOUNT, userId),
      dueShard: dueShard(userId),
      wakeAt: NOW,
    });
    dynamo
      .on(QueryCommand, { ExpressionAttributeValues: { ':shard': dueShard('AIDA1') } })
      .resolves({ Items: [due('AIDA1'), due('AIDA2')] });
    expect(await list.unlisted(ACCOUNT)).toEqual(['AIDA2']);
  });

  it('is put into it if nobody wrote it since', async () => {
    dynamo.on(UpdateCommand).resolves({});
    await list.enlist(aCase({ version: 7 }), `4#${NOW}`);
    expect(dynamo.commandCalls(UpdateCommand)[0]?.args[0].input).toMatchObject({
      Key: caseKey(ACCOUNT, USER_ID),
      ConditionExpression: 'version = :version',
      ExpressionAttributeValues: { ':version': 7, ':listGroup': APPROVER_GROUP, ':listRank': `4#${NOW}` },
    });
  });

  it.each([
    new ConditionalCheckFailedException({ $metadata: {}, message: 'no' }),
    new TransactionConflictException({ $metadata: {}, message: 'no' }),
  ])('is left to whoever writes it at the same time', async (error) => {
    dynamo.on(UpdateCommand).rejects(error);
    await expect(list.enlist(aCase(), `4#${NOW}`)).resolves.toBeUndefined();
  });

  it('raises any other error', async () => {
    dynamo.on(UpdateCommand).rejects(new Error('throttled'));
    await expect(list.enlist(aCase(), `4#${NOW}`)).rejects.toThrow('throttled');
  });
});
