import * as z from 'zod';
import type { UnreadCase, UnreadKey } from '../core/case/unread.ts';
import { type CaseItem, caseItemSchema } from './items.ts';
import { SCHEMA } from './stored.ts';
import { at, isUnknownVariant } from './variant.ts';

/**
 * The result of reading a stored case: the item, or the parts to show to people if this release leaves the case
 * alone.
 */
export type CaseRead =
  | { readonly item: CaseItem }
  | {
      readonly unread: UnreadCase;
      /** The version of the item, on condition of which its next try may be moved; null if it cannot be read. */
      readonly version: number | null;
    };

/** Maximum length of text from an item that is shown to anybody. */
const SHOWN = 60;

/** Reads a case item. Never throws: an unreadable case is a value, so that no message about it is retried forever. */
export function readCase(item: Record<string, unknown>): CaseRead {
  const read = caseItemSchema.safeParse(item);
  if (read.success) {
    return { item: read.data };
  }
  const { schema, version, case: content } = item;
  const unknown = read.error.issues.find((issue) => isUnknownVariant(issue, item));
  const later = typeof schema === 'number' && schema > SCHEMA.case;
  const why = unknown !== undefined || later ? 'newer' : 'broken';
  const known = partsSchema.parse(content);
  const [, account = '', userId = ''] = String(item.pk).split('#');
  return {
    unread: { why, reason: reasonOf(unknown ?? read.error.issues[0], item), account, userId, ...known },
    version: typeof version === 'number' ? version : null,
  };
}

function reasonOf(issue: z.core.$ZodIssue | undefined, item: unknown): string {
  const path = issue?.path ?? [];
  const place = path.join('.').replace(/^case\./, '');
  const found = at(item, path);
  if (issue === undefined || place === '') {
    return 'the item is not laid out as a case';
  }
  if (found === undefined) {
    return `${place} is missing`;
  }
  return typeof found === 'object'
    ? `${place} cannot be read`
    : `${place} is ${JSON.stringify(found).slice(0, SHOWN)}`;
}

const keySchema = z
  .object({ id: z.string().regex(/^\w{16,128}$/), status: z.string().max(SHOWN).nullable().catch(null) })
  .transform((key): UnreadKey[] => [key])
  .catch([]);

/**
 * The readable parts of a case of any layout. Each is parsed by itself, so that a broken one does not hide the
 * others.
 */
const partsSchema = z
  .object({
    userName: z
      .string()
      .regex(/^[\w+=,.@-]{1,128}$/)
      .nullable()
      .catch(null),
    number: z.int().positive().nullable().catch(null),
    keys: z
      .array(keySchema)
      .transform((keys) => keys.flat())
      .catch([]),
  })
  .catch({ userName: null, number: null, keys: [] });
