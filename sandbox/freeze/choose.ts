import type { Plain } from './plain.ts';

/** An item or message, and the story or play that wrote it. */
export interface Sample {
  readonly from: string;
  readonly item: Plain;
}

/** Fields whose text is a name or an address, not a variant: for these any value is as good as another. */
const NAMES = /^(?:userName|by|recipient|address|createdBy|service|region|detail|path|account|data|keep)$/;

/** A text that may be the name of a variant. */
const VARIANT = /^(?:[A-Z]{2,12}|[A-Za-z][a-z]*(?:-[a-z]+)*)$/;

const KEY_ID = /^A[KS]IA\w+$/;

/** The features of a value's shape: which fields it has, which variants, what is null and what is empty. */
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

/**
 * The samples that show a feature none before them had, in the order given. `seen` collects features over several
 * calls.
 */
export function telling<Some extends Sample>(samples: readonly Some[], seen = new Set<string>()): Some[] {
  return samples.filter(({ item }) => {
    const before = seen.size;
    for (const feature of featuresOf(item)) {
      seen.add(feature);
    }
    return seen.size > before;
  });
}
