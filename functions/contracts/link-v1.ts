import * as z from 'zod';
import type { CaseClaim, NewCaseClaim } from '../core/case/requests.ts';
import { epochMillis, instantOf } from '../core/model/time.ts';
import { LINK_LETTERS } from './fixed-names.ts';

const PURPOSES = Object.keys(LINK_LETTERS) as (keyof typeof LINK_LETTERS)[];

/** One letter per field, because the token is in a mail, where long lines are wrapped. */
const payloadSchema = z.strictObject({
  a: z.string().regex(/^\d{12}$/),
  u: z.string().regex(/^\w{1,128}$/),
  n: z.int().positive(),
  r: z.string().min(1).max(64),
  h: z.string().regex(/^[0-9a-f]{16}$/),
  p: z.string(),
  /** Expiry in milliseconds since 1970. The limit is the latest date that JavaScript can represent. */
  e: z.int().positive().max(8.64e15),
});

/** A claim that has a form in version 1. */
export type ClaimOfV1 = NewCaseClaim & { readonly purpose: keyof typeof LINK_LETTERS };

/** The payload of version 1, JSON, as bytes. It has no form for a list, nor for a link to delete. */
export function bytesOfV1(claim: ClaimOfV1): Buffer {
  const payload: z.infer<typeof payloadSchema> = {
    a: claim.account,
    u: claim.userId,
    n: claim.caseNumber,
    r: claim.recipient,
    h: claim.address,
    p: LINK_LETTERS[claim.purpose],
    e: epochMillis(claim.expires),
  };
  return Buffer.from(JSON.stringify(payload), 'utf8');
}

/** The claim in a payload of version 1; null if it is none. */
export function claimInV1(payload: Buffer): CaseClaim | null {
  const parsed = payloadSchema.safeParse(jsonOrUndefined(payload.toString('utf8')));
  if (!parsed.success) {
    return null;
  }
  const { a, u, n, r, h, p, e } = parsed.data;
  const purpose = PURPOSES.find((one) => LINK_LETTERS[one] === p);
  return purpose === undefined
    ? null
    : {
        scope: 'case',
        account: a,
        userId: u,
        caseNumber: n,
        recipient: r,
        address: h,
        purpose,
        expires: instantOf(e),
      };
}

function jsonOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
