import * as z from 'zod';
import { instantOf } from '../core/model/time.ts';
import type { UsageEvent } from '../core/usage/event.ts';
import { isRegion } from '../core/usage/regions.ts';

/** The events of one page of the event history, and how many there were that could not be read. */
export interface LookedUp {
  readonly events: readonly UsageEvent[];
  readonly unread: number;
}

/** Longer texts are cut: CloudTrail allows a user agent 1 KB, and nothing else that is read here needs more. */
const LONGEST = 1024;

/** A text by the way, which may be absent and of any type: then it is null. */
const maybeText = z
  .string()
  .transform((text) => text.slice(0, LONGEST))
  .nullish()
  .catch(null)
  .transform((text) => text ?? null);

const time = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
  .refine((value) => !Number.isNaN(Date.parse(value)))
  .transform((value) => instantOf(Date.parse(value)));

const SERVICE = /^([a-z0-9][a-z0-9.-]{0,60})\.amazonaws\.com(?:\.cn)?$/;

const recordSchema = z.object({
  eventTime: time,
  eventSource: z
    .string()
    .regex(SERVICE)
    .transform((source) => source.replace(SERVICE, '$1')),
  eventName: z.string().regex(/^[\w:.-]{1,128}$/),
  awsRegion: z.string().refine(isRegion),
  sourceIPAddress: maybeText,
  userAgent: maybeText,
  errorCode: maybeText,
  // The answer's own field is a text; inside the event it is a boolean, and old events have none.
  readOnly: z.boolean().nullish().catch(null),
  userIdentity: z.object({ invokedBy: maybeText, accessKeyId: maybeText }).nullish().catch(null),
});

/**
 * Reads the `CloudTrailEvent` texts of one answer of LookupEvents about a key. An event that is no JSON, lacks time, service,
 * name or Region, or names another key is not used, but counted. Never throws, whatever the texts hold.
 */
export function readLookup(texts: readonly (string | undefined)[], keyId: string): LookedUp {
  const events = texts.flatMap((text) => readEvent(text ?? '', keyId) ?? []);
  return { events, unread: texts.length - events.length };
}

function readEvent(text: string, keyId: string): UsageEvent | null {
  const { data } = recordSchema.safeParse(jsonOf(text));
  const accessKeyId = data?.userIdentity?.accessKeyId ?? null;
  if (data === undefined || (accessKeyId !== null && accessKeyId !== keyId)) {
    return null;
  }
  return {
    at: data.eventTime,
    service: data.eventSource,
    region: data.awsRegion,
    sourceIp: data.sourceIPAddress ?? '',
    userAgent: data.userAgent ?? '',
    eventName: data.eventName,
    errorCode: data.errorCode,
    readOnly: data.readOnly ?? null,
    invokedBy: data.userIdentity?.invokedBy ?? null,
    accessKeyId,
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
