import * as z from 'zod';
import { DECISION_REASONS, LONGEST_COMMENT } from '../core/case/decision.ts';
import { type DecisionRequest, type NewerRequest, unsignedRequest } from '../core/case/requests.ts';
import { sha256 } from '../core/model/digest.ts';
import { instantSchema } from './case-item.ts';
import { type Same, stored } from './stored.ts';

const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);
const keyIdSchema = z.string().regex(/^\w{16,128}$/);

/**
 * The part that everything stored by `approve` has. The longest fields are limited, because they come from the
 * internet.
 */
const sealed = {
  digest: sha256Hex,
  at: instantSchema,
  payload: z.string().max(1024),
  proof: sha256Hex,
};

const answer = z.discriminatedUnion('kind', [
  stored({
    kind: z.literal('keep'),
    keep: keyIdSchema,
    off: z.array(keyIdSchema).max(100),
    acknowledged: z.array(keyIdSchema).max(100),
    reason: z.enum(DECISION_REASONS).exactOptional(),
    commentDigest: sha256Hex.exactOptional(),
  }),
  stored({
    kind: z.literal('none'),
    off: z.array(keyIdSchema).max(100),
    acknowledged: z.array(keyIdSchema).max(100),
    reason: z.enum(DECISION_REASONS).exactOptional(),
    commentDigest: sha256Hex.exactOptional(),
  }),
  stored({
    kind: z.literal('not-now'),
    spare: z.array(keyIdSchema).max(100),
    off: z.array(keyIdSchema).max(100),
    until: instantSchema,
    acknowledged: z.array(keyIdSchema).max(100),
    reason: z.enum(DECISION_REASONS).exactOptional(),
    commentDigest: sha256Hex,
  }),
  stored({ kind: z.literal('restore'), keys: z.array(keyIdSchema).min(1).max(100) }),
  stored({ kind: z.literal('confirm'), keys: z.array(keyIdSchema).min(1).max(100) }),
  stored({
    kind: z.literal('keep-inactive'),
    keys: z.array(keyIdSchema).min(1).max(100),
    until: instantSchema,
    commentDigest: sha256Hex,
  }),
]);

const known = stored({ ...sealed, ask: answer });

const knownItem = z.object({ request: known });

/** The content of a request item: an answer of a kind that this release knows. */
export const requestItemSchema: Same<z.infer<typeof known>, DecisionRequest> extends true
  ? z.ZodType<{ readonly request: DecisionRequest }>
  : never = knownItem;

/** The kinds of answers that this release knows. */
const KINDS: readonly string[] = answer.options.map(({ shape }) => shape.kind.value);

/** An answer of a kind that this release does not know, with any fields. */
const newerItem = z.object({
  request: stored({
    ...sealed,
    ask: z
      .looseObject({ kind: z.string().max(40) })
      .refine(
        ({ kind }) => !KINDS.includes(kind),
        'a kind of answer that is known has the fields of that kind',
      ),
  }),
});

/** Reads the item under a request's key: an answer, one of a newer release, or an unsigned one. Never throws. */
export function readRequest(item: Record<string, unknown>, digest: string): DecisionRequest | NewerRequest {
  const answered = requestItemSchema.safeParse(item);
  if (answered.success) {
    return answered.data.request;
  }
  const newer = newerItem.safeParse(item);
  return newer.success
    ? { newer: newer.data.request.ask.kind, sealed: newer.data.request }
    : unsignedRequest(digest);
}

/** A comment stands beside the sealed request, so that it can be erased without breaking its proof. */
const commentItem = z.looseObject({ comment: z.string().max(LONGEST_COMMENT) });

/** An item whose comment an operator erased, and when. */
const erasedItem = z.looseObject({ comment: z.undefined().optional(), erased: instantSchema });

/** Stands in place of a comment that was erased. */
export const ERASED = 'erased under retention';

/** True for the item of an answer or a statement whose words were given before this day. */
export function isErasable(item: Record<string, unknown>, day: string): boolean {
  const given = z.looseObject({ at: instantSchema }).safeParse(item.request ?? item.statement).data;
  return given !== undefined && given.at < day && item.comment !== undefined;
}

/**
 * The comment in an item (undefined: there is none), or {@link ERASED}. Null if it has none, or not the words whose digest is
 * given: nobody gave those.
 */
export function readComment(item: Record<string, unknown> | undefined, commentDigest: string): string | null {
  if (erasedItem.safeParse(item).success) {
    return ERASED;
  }
  const comment = commentItem.safeParse(item).data?.comment;
  return comment !== undefined && sha256(comment) === commentDigest ? comment : null;
}
