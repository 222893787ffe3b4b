import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ENVELOPES } from '../../ops/control/results.ts';
import { pageText, ROOT } from './pages.ts';
import { controlSchema } from './schemas/control.ts';
import { SCHEMAS } from './schemas/schemas.ts';

describe('docs/schemas', () => {
  it.each(Object.entries(SCHEMAS))('%s is what the contracts say (if not: npm run schemas)', (file, text) => {
    expect(pageText(`docs/schemas/${file}`)).toBe(text);
  });

  it('has no other schema', () => {
    expect(readdirSync(join(ROOT, 'docs/schemas')).sort()).toEqual(Object.keys(SCHEMAS).sort());
  });

  it.each(Object.entries(SCHEMAS))('%s allows no further field anywhere', (_file, text) => {
    const objects = objectsIn(JSON.parse(text)).filter(({ type }) => type === 'object');
    expect(objects.length).toBeGreaterThan(2);
    for (const one of objects) {
      expect(one.additionalProperties).toBe(false);
    }
  });
});

it('has one schema for each command', () => {
  const { oneOf } = JSON.parse(controlSchema()) as { readonly oneOf: readonly { readonly title: string }[] };
  expect(oneOf.map(({ title }) => title)).toEqual(Object.keys(ENVELOPES));
});

/** Every object within a value, itself included. */
function objectsIn(value: unknown): Record<string, unknown>[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  const within = Object.values(value).flatMap(objectsIn);
  return Array.isArray(value) ? within : [value as Record<string, unknown>, ...within];
}
