/**
 * A new variant must not compile until everything that speaks of it has spoken. For each of our unions one variant is added
 * in a copy of the sources, and the compiler has to name every place in the table of probes.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Copy } from './variants/compiler.ts';
import { PROBES } from './variants/probes.ts';
import { unionsIn, unionsOf, withVariant } from './variants/unions.ts';

const ROOT = join(import.meta.dirname, '../..');
const unions = unionsIn(ROOT);
const copy = new Copy(ROOT);
afterAll(() => copy.end());

it('the sources compile as they are', () => {
  expect(copy.placesWith('functions/app/metrics.ts', (source) => source)).toEqual([]);
});

it('each union has a probe, and each probe a union', () => {
  expect(unions.map(({ name }) => name)).toEqual(Object.keys(PROBES).sort());
  for (const { name, of } of unions) {
    const { says = [], variant, because } = PROBES[name] ?? {};
    expect([name, variant !== undefined, because !== undefined]).toEqual([
      name,
      of === 'objects',
      says.length === 0,
    ]);
  }
});

it('a union is found in every form that it is written in', () => {
  const found = (type: string) => unionsOf('a.ts', `export type A =${type};\n`).map(({ of }) => of);
  expect(found(" 'a' | 'b'")).toEqual(['text']);
  expect(found("\n  // The one\n  | 'a'\n  | `b`\n  | C")).toEqual(['text']);
  expect(found("\n  | { readonly kind: 'a'; readonly b: C | null }\n  | D")).toEqual(['objects']);
  expect(found(" Readonly<{ a: 1 }> & (\n  | { readonly kind: 'a' }\n  | { readonly kind: 'b' }\n)")).toEqual(
    ['objects'],
  );
  expect([found(' string'), found(" 'a'"), found(' B | null'), found(" { a: 'b' | 'c' }")].flat()).toEqual(
    [],
  );
});

describe('one variant more is missed by nobody:', () => {
  const spokenOf = unions.flatMap((union) => {
    const { says = [], variant = "'added'" } = PROBES[union.name] ?? {};
    return says.length === 0 ? [] : [{ name: union.name, union, says, variant }];
  });

  it.each(spokenOf)('$name', ({ union, says, variant }) => {
    const places = copy.placesWith(union.file, (source) => withVariant(source, union, variant), says);
    expect(says.filter((place) => !places.includes(place))).toEqual([]);
  });
});

describe('a setting that nobody reads does not compile:', () => {
  const SETTINGS = 'functions/contracts/settings.ts';
  const FIELDS = 'functions/contracts/settings-fields.ts';
  it.each([
    ['beside all others', SETTINGS, '    mode: oneOf(', 'policyOf'],
    ['of an approver', FIELDS, "    id: text('an approver id", 'approverOf'],
    ['of the exclusion', FIELDS, '    users: globs(40),\n', 'ruleOf'],
    ['of those whose keys are changed', FIELDS, '      users: globs(12),\n', 'ruleOf'],
    ['of a tag', FIELDS, '    key: tagKey,\n', 'tagOf'],
    ['of the digest', FIELDS, '      zone: z.string({ error: zoneWanted })', 'digestOf'],
    ['of the view in AWS Config', FIELDS, '      maxRunsPerDay: z\n', 'viewOf'],
  ])('%s', (_where, file, before, reader) => {
    expect(readFileSync(join(ROOT, file), 'utf8')).toContain(before);
    const place = `functions/adapters/settings.ts ${reader}`;
    const places = copy.placesWith(
      file,
      (source) => source.replace(before, `added: z.string(),\n${before}`),
      [place],
    );
    expect(places).toContain(place);
  });
});
