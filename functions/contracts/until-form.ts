/** The forms of answers that leave something as it is until a date. */
import * as z from 'zod';
import {
  deactivated,
  deactivation,
  facts,
  groundsFields,
  groundsOf,
  keyIdList,
  type PostedDeactivation,
  type PostedGrounds,
  type Typed,
  text,
  typed,
} from './form-fields.ts';

/** A posted form about something that stays as it is until a date. The day is as typed. */
export type PostedUntil =
  | (PostedDeactivation & {
      readonly kind: 'not-now';
      readonly spare: readonly string[];
      readonly until: string;
      /** The keys that stay, typed if none is deactivated. */
      readonly stay: Typed;
    })
  | {
      readonly kind: 'keep-inactive';
      readonly keys: readonly string[];
      readonly until: string;
      readonly stay: Typed;
      readonly grounds?: PostedGrounds;
      readonly facts: string;
    }
  /** No answer, but the choice to leave Active keys as they are; `spare` is null before anybody chose which. */
  | {
      readonly kind: 'check-not-now';
      readonly spare: readonly string[] | null;
      /** From an answer that was refused because something changed, so that it is not typed again. */
      readonly until: string;
      readonly grounds?: PostedGrounds;
      readonly facts: string;
    }
  /** No answer, but the choice to put a deletion off. */
  | {
      readonly kind: 'check-keep-inactive';
      readonly until: string;
      readonly grounds?: PostedGrounds;
      readonly facts: string;
    };

/** The value of the choice to leave the keys as they are. */
export const NOT_NOW = 'not-now';

/** The steps of forms that only lead to another page. */
export const STEPS = { spare: 'spare', putOff: 'later' } as const;

const until = text.default('');
const { comment } = groundsFields;

/** The schemas of these forms. */
export const untilForms = [
  z
    .strictObject({ step: z.literal('check'), keep: z.literal(NOT_NOW), ...groundsFields, until, facts })
    .transform(({ until: day, facts: shown, ...given }) => ({
      kind: 'check-not-now' as const,
      spare: null,
      until: day,
      facts: shown,
      ...groundsOf(given),
    })),
  z
    .strictObject({
      step: z.literal(STEPS.spare),
      key: keyIdList.default([]),
      ...groundsFields,
      until,
      facts,
    })
    .transform(({ key, until: day, facts: shown, ...given }) => ({
      kind: 'check-not-now' as const,
      spare: key,
      until: day,
      facts: shown,
      ...groundsOf(given),
    })),
  z
    .strictObject({ spare: keyIdList, until, stay: typed, ...deactivation })
    .transform(({ spare, until: day, stay, ...form }) => ({
      ...deactivated(form),
      kind: 'not-now' as const,
      spare,
      until: day,
      stay,
    })),
  z
    .strictObject({ step: z.literal(STEPS.putOff), comment, until, facts })
    .transform(({ until: day, facts: shown, comment: given }) => ({
      kind: 'check-keep-inactive' as const,
      until: day,
      facts: shown,
      ...groundsOf({ comment: given }),
    })),
  z
    .strictObject({ inactive: keyIdList, until, stay: typed, comment, facts })
    .transform(({ inactive, comment: given, ...form }) => ({
      ...form,
      kind: 'keep-inactive' as const,
      keys: inactive,
      ...groundsOf({ comment: given }),
    })),
] as const;
