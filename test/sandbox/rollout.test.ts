import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand, QueryCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Assembly, Resource, Template } from '../../sandbox/launch/assembly.ts';
import { type Clients, clientsOf } from '../../sandbox/launch/clients.ts';
import { type Deployed, deploy, deployedTemplate, update } from '../../sandbox/launch/deploy.ts';
import { refuseToLoseTables } from '../../sandbox/launch/tables.ts';
import type { World } from '../../sandbox/world/world.ts';
import { openWorld } from './world.ts';

const STACK = 'rollout';
const INDEX = { Projection: { ProjectionType: 'KEYS_ONLY' } };

const index = (name: string) => ({
  ...INDEX,
  IndexName: name,
  KeySchema: [{ AttributeName: name, KeyType: 'HASH' }],
});

/** A table as the CDK writes it, with these indexes, each on the attribute of its name. */
const tableWith = (...names: readonly string[]): Resource => ({
  Type: 'AWS::DynamoDB::GlobalTable',
  Properties: {
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    AttributeDefinitions: ['pk', ...names].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    GlobalSecondaryIndexes: names.map(index),
    Replicas: [{ Region: 'us-east-1' }],
  },
});

const templateWith = (Table: Resource, VisibilityTimeout = 30): Template => ({
  Resources: { Table, Queue: { Type: 'AWS::SQS::Queue', Properties: { VisibilityTimeout } } },
});

const assemblyOf = (template: Template): Assembly => ({
  stackName: STACK,
  template,
  assets: [{ path: import.meta.filename, packaging: 'file', bucket: 'bundles', key: 'any' }],
});

let world: World;
let clients: Clients;
let documents: DynamoDBDocumentClient;
let deployed: Deployed;

beforeAll(async () => {
  world = await openWorld();
  clients = clientsOf(world.gateway.url, world.region);
  documents = DynamoDBDocumentClient.from(clients.make(DynamoDBClient));
  const template = templateWith(tableWith('due'));
  deployed = await deploy(clients, assemblyOf(template), template);
  await documents.send(
    new PutCommand({ TableName: deployed.resources.Table, Item: { pk: 'one', due: 'now', list: 'a' } }),
  );
});
afterAll(() => world?.stop());

const tableId = async () => {
  const { Table } = await documents.send(new DescribeTableCommand({ TableName: deployed.resources.Table }));
  return Table?.TableId;
};

const updateTo = (template: Template) => update(clients, assemblyOf(template), template);

describe('an update of a stack with a table', () => {
  it('adds an index and changes other resources, and table, items and ids survive', async () => {
    const id = await tableId();
    expect(await updateTo(templateWith(tableWith('due', 'list'), 45))).toEqual(deployed);
    expect(await tableId()).toBe(id);
    const { Items } = await documents.send(
      new QueryCommand({
        TableName: deployed.resources.Table,
        IndexName: 'list',
        KeyConditionExpression: '#list = :a',
        ExpressionAttributeNames: { '#list': 'list' },
        ExpressionAttributeValues: { ':a': 'a' },
      }),
    );
    expect(Items).toEqual([expect.objectContaining({ pk: 'one', list: 'a' })]);
    expect(await deployedTemplate(clients, STACK)).toEqual(templateWith(tableWith('due', 'list'), 45));
  });

  it('leaves the table alone that is as it was, whatever was added before', async () => {
    const id = await tableId();
    expect(await updateTo(templateWith(tableWith('due', 'list'), 50))).toEqual(deployed);
    expect(await tableId()).toBe(id);
    const { Items } = await documents.send(new ScanCommand({ TableName: deployed.resources.Table }));
    expect(Items).toHaveLength(1);
  });

  it('is refused by CloudFormation if it changes nothing, and then leaves everything as it is', async () => {
    const same = await deployedTemplate(clients, STACK);
    expect(await updateTo(same)).toEqual(deployed);
    expect(await deployedTemplate(clients, STACK)).toEqual(same);
  });
});

describe('an update that would lose what is stored', () => {
  const before = templateWith(tableWith('due'));
  const { Properties, Type } = tableWith('due');
  const keys = [{ AttributeName: 'due', KeyType: 'HASH' }];

  it.each([
    [
      'replaces the table',
      { Table: { Type, Properties: { ...Properties, KeySchema: keys } } },
      'KeySchema differs',
    ],
    [
      'names the table',
      { Table: { Type, Properties: { ...Properties, TableName: 'cases' } } },
      'TableName differs',
    ],
    ['drops the table', {}, 'leave the table Table behind'],
    ['adds two indexes', { Table: tableWith('due', 'list', 'third') }, 'not list and third'],
  ])('is refused when it %s', (_what, Resources, why) => {
    expect(() => refuseToLoseTables(before, { Resources })).toThrow(why);
  });

  it('is taken when it adds or drops one index', () => {
    const after = templateWith(tableWith('due', 'list'));
    expect(() => refuseToLoseTables(before, after)).not.toThrow();
    expect(() => refuseToLoseTables(after, before)).not.toThrow();
  });
});
