import * as z from 'zod';

/**
 * The layout of each kind of item, as a number beside the item's content. It goes up when a release adds a field or a
 * variant, and only tells people who wrote an item: what may be acted on follows from the content. An item without the
 * number is from release 0.1.0, whose layout is 1.
 */
export const SCHEMA = {
  case: 1,
  history: 1,
  decision: 1,
  request: 1,
  evidence: 1,
  name: 1,
  budget: 1,
  refresh: 1,
  control: 1,
} as const;

/**
 * An object as it is stored: at run time it keeps the fields that this release does not know, so that no write loses what
 * a newer release put there; its type has the known fields alone.
 */
export const stored = <S extends z.core.$ZodLooseShape>(shape: S) =>
  z.looseObject(shape) as unknown as z.ZodObject<S, z.core.$strip>;

/** Flattened and read-only all the way down, so that only names, optionality and types of fields are compared. */
type Plain<T> = T extends string | number | boolean | null | undefined
  ? T
  : { readonly [Field in keyof T]: Plain<T[Field]> };

/** Whether a schema's type and a type of the core are the same: a field or variant of one alone must not compile. */
export type Same<A, B> =
  (<T>() => T extends Plain<A> ? 1 : 2) extends <T>() => T extends Plain<B> ? 1 : 2 ? true : false;
