import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchGetCommand, DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, it } from 'vitest';
import { signOffAsked, signOffKeeper } from '../../functions/adapters/sign-off-asks.ts';
import { askOf } from '../../functions/core/signoff/ask.ts';
import { ACCOUNT, NOW } from '../fakes/cases.ts';
import { aSignOffFile } from '../fakes/sign-offs.ts';

const dynamo = mockClient(DynamoDBDocumentClient);
const documents = DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'us-east-1' }));
const KEY = { pk: `ABOUT#${ACCOUNT}#SIGNOFF`, sk: 'SIGNOFF' };
const ASK = { ...askOf(aSignOffFile(), NOW), leftAt: NOW };
const stored = (...items: object[]) =>
  dynamo.on(BatchGetCommand).resolves({ Responses: { T: items as never } });

beforeEach(() => dynamo.reset());

it('the state of sign-offs is stored where the survey may write', async () => {
  dynamo.on(PutCommand).resolves({});
  await signOffKeeper(documents, 'T').keep(ACCOUNT, ASK);
  expect(dynamo.commandCalls(PutCommand)[0]?.args[0].input).toEqual({
    TableName: 'T',
    Item: { ...KEY, signOff: ASK, schema: 1 },
  });
});

it('it is read with the control item, and is none if it is of a newer release', async () => {
  stored({ ...KEY, signOff: ASK }, { pk: 'CONTROL', sk: 'CONTROL', revoked: ['sec-lead'] });
  expect(await signOffKeeper(documents, 'T').ask(ACCOUNT)).toEqual(ASK);
  const asked = signOffAsked(documents, 'T');
  expect(await asked.read(ACCOUNT)).toEqual({ ask: ASK, control: { pauses: [], revoked: ['sec-lead'] } });
  stored({ ...KEY, signOff: { ...ASK, asked: 'soon' } });
  expect(await asked.read(ACCOUNT)).toEqual({ ask: null, control: { pauses: [], revoked: [] } });
});
