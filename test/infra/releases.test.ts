/** What a deployment over the release before may change of what holds state: nothing that replaces it, and one index more. */
import { describe, expect, it } from 'vitest';
import { frozen } from '../releases/frozen.ts';
import { PREDECESSOR } from '../releases/predecessor.ts';
import { EXAMPLE, type Json, type Resource, synth } from './synth.ts';

type Resources = Readonly<Record<string, Resource>>;

const before = frozen(PREDECESSOR).json<{ readonly Resources: Resources }>('template.json').Resources;
const now: Resources = synth({ approvers: EXAMPLE.approvers }).template.Resources;

/** What is lost, or forgotten, when CloudFormation replaces it. */
const STATEFUL = [
  'AWS::DynamoDB::GlobalTable',
  'AWS::KMS::Key',
  'AWS::SNS::Topic',
  'AWS::SQS::Queue',
  'AWS::Logs::LogGroup',
];

/** Properties whose change replaces a resource, as CloudFormation's reference has them. */
const REPLACING: Readonly<Record<string, readonly string[]>> = {
  'AWS::DynamoDB::GlobalTable': ['TableName', 'KeySchema', 'LocalSecondaryIndexes'],
  'AWS::KMS::Key': ['KeySpec', 'KeyUsage', 'MultiRegion'],
  'AWS::SNS::Topic': ['TopicName', 'FifoTopic'],
  'AWS::SQS::Queue': ['QueueName', 'FifoQueue'],
  'AWS::Logs::LogGroup': ['LogGroupName'],
};

const stateful = (resources: Resources) =>
  Object.entries(resources).filter(([, { Type }]) => STATEFUL.includes(Type));

const listOf = (value: Json | undefined) => (Array.isArray(value) ? value : []);
const names = (value: Json | undefined, field: string) =>
  listOf(value).map((one) => (one as Record<string, Json>)[field]);

describe(`a deployment over release ${PREDECESSOR}`, () => {
  it('finds everything that holds state under its logical id', () => {
    const kept = stateful(now).map(([id, { Type }]) => [id, Type]);
    expect(stateful(before).length).toBeGreaterThan(8);
    expect(kept).toEqual(expect.arrayContaining(stateful(before).map(([id, { Type }]) => [id, Type])));
  });

  it.each(stateful(before))('does not replace %s', (id, { Type, Properties, DeletionPolicy }) => {
    const fixed = REPLACING[Type] ?? [];
    const of = (properties: Record<string, Json> | undefined) => fixed.map((name) => properties?.[name]);
    expect(of(now[id]?.Properties)).toEqual(of(Properties));
    expect(now[id]?.DeletionPolicy).toBe(DeletionPolicy);
  });

  const tables = stateful(before).filter(([, { Type }]) => Type === 'AWS::DynamoDB::GlobalTable');

  it.each(tables)('adds at most one index to %s, and changes none', (id, { Properties }) => {
    const indexes = listOf(now[id]?.Properties.GlobalSecondaryIndexes);
    const former = listOf(Properties.GlobalSecondaryIndexes);
    expect(indexes).toEqual(expect.arrayContaining(former));
    expect(indexes.length - former.length).toBeLessThanOrEqual(1);
    const types = listOf(now[id]?.Properties.AttributeDefinitions);
    expect(types).toEqual(expect.arrayContaining(listOf(Properties.AttributeDefinitions)));
    // DynamoDB refuses a definition of what is no key: so each further one belongs to the further index.
    const further =
      names(types, 'AttributeName').length - names(Properties.AttributeDefinitions, 'AttributeName').length;
    expect(further).toBeLessThanOrEqual(2 * (indexes.length - former.length));
  });
});
