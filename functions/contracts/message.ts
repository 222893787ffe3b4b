import type * as z from 'zod';
import { broken, type ParsedEvent, parseCloudTrail } from './cloudtrail.ts';
import { isUnknownVariant } from './variant.ts';
import { refreshSchema, wakeSchema } from './wake.ts';

type Wake = z.infer<typeof wakeSchema>;
type RefreshWish = z.infer<typeof refreshSchema>;

/**
 * Parses a queue message: one of our own wakes or requests for AWS Config, a CloudTrail event from the rule, a message
 * for a newer release, or something unknown. Never throws.
 */
export function parseMessage(
  body: string,
):
  | { readonly kind: 'event'; readonly eventId: string; readonly wake: Wake }
  | { readonly kind: 'wake'; readonly wake: Wake }
  | { readonly kind: 'refresh'; readonly wish: RefreshWish }
  | { readonly kind: 'newer'; readonly of: string }
  | Exclude<ParsedEvent, { readonly kind: 'wake' }> {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return { kind: 'broken', problem: 'not JSON' };
  }
  const wake = wakeSchema.safeParse(json);
  if (wake.success) {
    return { kind: 'wake', wake: wake.data };
  }
  const wish = refreshSchema.safeParse(json);
  if (wish.success) {
    return { kind: 'refresh', wish: wish.data };
  }
  if (isOurs(json)) {
    const { kind } = json;
    const issues = kind === 'refresh' ? wish.error.issues : wake.error.issues;
    return issues.some((issue) => isUnknownVariant(issue, json))
      ? { kind: 'newer', of: String(kind).slice(0, 40) }
      : broken(kind === 'refresh' ? wish.error : wake.error);
  }
  const event = parseCloudTrail(json);
  return event.kind === 'wake' ? { ...event, kind: 'event' } : event;
}

/** True if the message is meant to be one of ours. Then its own problems are reported, not those of an event. */
function isOurs(json: unknown): json is { readonly kind: unknown } {
  return typeof json === 'object' && json !== null && 'kind' in json;
}
