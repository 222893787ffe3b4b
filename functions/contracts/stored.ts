import * as z from 'zod';

/**
 * The layout version of each kind of item, stored beside its content. It increases when a release adds a field or a
 * variant. It only tells people who wrote an item; the content alone determines what may be acted on. An item without
 * it is from release 0.1.0, whose layout is 1.
 */
export const SCHEMA = {
  case: 6,
  history: 6,
  line: 1,
  decision: 3,
  request: 3,
  linkRequest: 1,
  statement: 1,
  noted: 1,
  evidence: 2,
  name: 3,
  budget: 1,
  setbacks: 1,
  refresh: 1,
  usage: 1,
  about: 1,
  signOff: 1,
  pace: 1,
  health: 1,
  stamp: 1,
  control: 4,
  ledger: 2,
} as const;

/**
 * The schema of a stored object. At run time it keeps unknown fields, so that no write loses what a newer release
 * stored; its type has only the known fields.
 */
export const stored = <S extends z.core.$ZodLooseShape>(shape: S) =>
  z.looseObject(shape) as unknown as z.ZodObject<S, z.core.$strip>;

/** Flattened and read-only at every level, so that only names, optionality and types of fields are compared. */
type Plain<T> = T extends string | number | boolean | null | undefined
  ? T
  : { readonly [Field in keyof T]: Plain<T[Field]> };

/**
 * True if a schema's type and a type of the core are the same. A field or variant that only one of them has does not
 * compile.
 */
export type Same<A, B> =
  (<T>() => T extends Plain<A> ? 1 : 2) extends <T>() => T extends Plain<B> ? 1 : 2 ? true : false;
