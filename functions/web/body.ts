import { isFormType, LARGEST_FORM, type PostedForm, parseForm } from '../contracts/decision-form.ts';
import {
  LARGEST_REVIEW,
  type PostedReportWish,
  type PostedReview,
  parseReview,
} from '../contracts/review-form.ts';
import { LARGEST_STATEMENT, type PostedStatement, parseStatement } from '../contracts/statement-form.ts';

/** A body that is not one of our forms: of another type, too large, or with other fields. */
export type UnreadableBody = { readonly status: 415 | 413 | 400 };

/**
 * Reads a posted form. The bytes are counted on arrival, because a client's content length proves nothing. The
 * framework's own parser is not used, because it fails on broken multipart bodies and keeps only the last of repeated
 * fields.
 */
export function readForm(request: Request): Promise<{ readonly form: PostedForm } | UnreadableBody> {
  return readWith(request, LARGEST_FORM, parseForm);
}

/** Reads a posted form of the page of a list, which is larger. */
export function readReview(
  request: Request,
): Promise<{ readonly form: PostedReview | PostedReportWish } | UnreadableBody> {
  return readWith(request, LARGEST_REVIEW, parseReview);
}

/** Reads a posted form of the page of a report. */
export function readStatement(
  request: Request,
): Promise<{ readonly form: PostedStatement } | UnreadableBody> {
  return readWith(request, LARGEST_STATEMENT, parseStatement);
}

async function readWith<Form>(
  request: Request,
  largest: number,
  parse: (body: Uint8Array) => Form | null,
): Promise<{ readonly form: Form } | UnreadableBody> {
  const encoding = request.headers.get('content-encoding') ?? 'identity';
  if (!isFormType(request.headers.get('content-type')) || encoding.toLowerCase() !== 'identity') {
    return { status: 415 };
  }
  const body = await limited(request.body, largest);
  if (body === null) {
    return { status: 413 };
  }
  const form = parse(body);
  return form === null ? { status: 400 } : { form };
}

/** All bytes of a stream; null if there are more than `most`. */
async function limited(stream: ReadableStream<Uint8Array> | null, most: number): Promise<Uint8Array | null> {
  if (stream === null) {
    return new Uint8Array();
  }
  const reader = stream.getReader();
  const parts: Uint8Array[] = [];
  let size = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    size += part.value.byteLength;
    if (size > most) {
      await reader.cancel();
      return null;
    }
    parts.push(part.value);
  }
  return Buffer.concat(parts);
}
