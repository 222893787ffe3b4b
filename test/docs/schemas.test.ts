import { expect, it } from 'vitest';
import { controlSchema } from '../../docs/schemas/control.ts';
import { ENVELOPES } from '../../ops/control/results.ts';
import { pageText } from './pages.ts';

interface Schema {
  readonly type?: string;
  readonly additionalProperties?: unknown;
}

/** Every object schema in a schema, itself included. */
function objects(schema: unknown): Schema[] {
  if (typeof schema !== 'object' || schema === null) {
    return [];
  }
  const inside = Object.values(schema).flatMap(objects);
  return 'type' in schema && schema.type === 'object' ? [schema as Schema, ...inside] : inside;
}

it('the committed schema of the commands is the one that their tests use', () => {
  const committed: unknown = JSON.parse(pageText('docs/schemas/control.v1.json'));
  expect(committed, 'run npm run schemas').toEqual(JSON.parse(controlSchema()));
});

it('has one schema for each command, and no object may have other fields', () => {
  const { oneOf } = JSON.parse(controlSchema()) as { readonly oneOf: readonly { readonly title: string }[] };
  expect(oneOf.map(({ title }) => title)).toEqual(Object.keys(ENVELOPES));
  const found = objects(oneOf);
  expect(found.length).toBeGreaterThan(30);
  expect(found.filter(({ additionalProperties }) => additionalProperties !== false)).toEqual([]);
});
