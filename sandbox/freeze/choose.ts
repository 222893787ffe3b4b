import type { Plain } from './plain.ts';

/** An item or message, and the story or play that it is from. */
export interface Sample {
  readonly from: string;
  readonly item: Plain;
}

/** Fields whose text says who or where, not which variant: any value of theirs is as good as another. */
const NAMES = /^(?:userName|by|recipient|address|createdBy|service|region|detail|path|account|data|keep)$/;

/** A text that may be the name of a variant. */
const VARIANT = /^(?:[A-Z]{2,12}|[A-Za-z][a-z]*(?:-[a-z]+)*)$/;

const KEY_ID = /^A[KS]IA\w+$/;

/** What is special about the shape of a value: which fields it has, which variants, what is null and what is empty. */
export function featuresOf(value: Plain, path = ''): string[] {
  if (Array.isArray(value)) {
    return [
      `${path}[${value.length === 0 ? 'none' : 'some'}]`,
      ...value.flatMap((one) => featuresOf(one, `${path}[]`)),
    ];
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value as { readonly [field: string]: Plain });
    const empty = entries.length === 0 ? [`${path}{none}`] : [];
    return [
      ...empty,
      ...entries.flatMap(([field, one]) => featuresOf(one, `${path}.${KEY_ID.test(field) ? '*' : field}`)),
    ];
  }
  if (typeof value === 'boolean' || value === null) {
    return [`${path}=${value}`];
  }
  const field = path.split('.').at(-1) ?? '';
  const named = typeof value === 'string' && VARIANT.test(value) && !NAMES.test(field);
  return [named ? `${path}=${value}` : path];
}

/** In the order given, those that show something which none before showed; `seen` goes on over several calls. */
export function telling<Some extends Sample>(samples: readonly Some[], seen = new Set<string>()): Some[] {
  return samples.filter(({ item }) => {
    const before = seen.size;
    for (const feature of featuresOf(item)) {
      seen.add(feature);
    }
    return seen.size > before;
  });
}
