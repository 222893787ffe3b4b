import * as z from 'zod';
import { LIST_INDEX } from './fixed-names.ts';

/** The item of a case in the list index (keys only): its rank, and the account and user that it is about. */
export const listItemSchema = z
  .object({
    pk: z.templateLiteral([z.literal('USER#'), z.string().regex(/^\d{12}#\w{1,128}$/)]),
    sk: z.literal('CASE'),
    [LIST_INDEX.rank]: z.string(),
  })
  .transform(({ pk, [LIST_INDEX.rank]: rank }) => {
    const [, account = '', userId = ''] = pk.split('#');
    return { rank, account, userId };
  });

/** A place in the list as a text for an address: `4#2026-11-23T14:10:00.000Z~123456789012~AIDACKCEVSQ6C2EXAMPLE`. */
export function placeText({ rank, account, userId }: z.infer<typeof listItemSchema>): string {
  return [rank, account, userId].join('~');
}

/** The place that such a text names; null if it names none. */
export function placeOf(text: string): z.infer<typeof listItemSchema> | null {
  const [, rank, account, userId] = PLACE.exec(text) ?? [];
  return rank === undefined || account === undefined || userId === undefined
    ? null
    : { rank, account, userId };
}

const PLACE = /^(\d{1,2}#[\d:.TZ-]{20,30})~(\d{12})~(\w{1,128})$/;
