import * as z from 'zod';
import type { SealedLinkRequest } from '../core/channel/link-request.ts';
import { instantSchema } from './case-item.ts';
import { type Same, stored } from './stored.ts';

const known = stored({
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  at: instantSchema,
  userId: z.string().regex(/^\w{1,128}$/),
  caseNumber: z.int().positive(),
  why: z.enum(['expired', 'row', 'view', 'report']),
  payload: z.string().max(1024),
  proof: z.string().regex(/^[0-9a-f]{64}$/),
});

const item = z.object({ linkRequest: known });

/**
 * The content of a stored request for a mail with a new link. It is in the partition of the answers, where `approve` may
 * write, but in another attribute, so that it is never read as an answer.
 */
export const linkRequestItemSchema: Same<z.infer<typeof known>, SealedLinkRequest> extends true
  ? z.ZodType<{ readonly linkRequest: SealedLinkRequest }>
  : never = item;
