import type * as z from 'zod';
import { broken, type ParsedEvent, parseCloudTrail } from './cloudtrail.ts';
import { isHealthEvent, parseHealth } from './health-event.ts';
import { isUnknownVariant } from './variant.ts';
import {
  digestSchema,
  mailLinkSchema,
  refreshSchema,
  signOffSchema,
  statementSchema,
  wakeSchema,
} from './wake.ts';

type Wake = z.infer<typeof wakeSchema>;
type RefreshWish = z.infer<typeof refreshSchema>;
type DigestWish = z.infer<typeof digestSchema>;
type MailLinkWish = z.infer<typeof mailLinkSchema>;
type StatementWish = z.infer<typeof statementSchema>;
type SignOffWish = z.infer<typeof signOffSchema>;

/**
 * The queue that a message came from. Into the event queue only EventBridge can send, so what an event there says is
 * evidence. In the wake queue nothing is (S15).
 */
export type Door = 'events' | 'wakes';

/**
 * Parses a queue message: one of our own wakes or requests (for AWS Config, for a digest, for a new link, for a statement, for a
 * sign-off), an event from one of the rules, a message for a newer release, or something unknown. In the wake queue an event is no more than a wake; in the event queue
 * nothing but events is understood. Never throws.
 */
export function parseMessage(
  body: string,
  door: Door,
):
  | { readonly kind: 'wake'; readonly wake: Wake }
  | { readonly kind: 'refresh'; readonly wish: RefreshWish }
  | { readonly kind: 'digest'; readonly wish: DigestWish }
  | { readonly kind: 'mail-link'; readonly wish: MailLinkWish }
  | { readonly kind: 'statement'; readonly wish: StatementWish }
  | { readonly kind: 'sign-off'; readonly wish: SignOffWish }
  | { readonly kind: 'wakes'; readonly wakes: readonly Wake[] }
  | { readonly kind: 'newer'; readonly of: string }
  | ParsedEvent {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return { kind: 'broken', problem: 'not JSON' };
  }
  const event = isHealthEvent(json) ? parseHealth(json) : parseCloudTrail(json);
  if (door === 'events') {
    return event;
  }
  return isOurs(json) ? parseOurs(json) : withoutEvidence(event);
}

/** An event from the wake queue, where anybody may have put it: only whom to re-evaluate. */
function withoutEvidence(event: ParsedEvent) {
  switch (event.kind) {
    case 'event':
      return { kind: 'wake', wake: event.wake } as const;
    case 'reports':
      return { kind: 'wakes', wakes: event.reports.map(({ wake }) => wake) } as const;
    case 'ignored':
    case 'broken':
      return event;
  }
}

function parseOurs(json: { readonly kind: unknown }) {
  const wish = refreshSchema.safeParse(json);
  if (wish.success) {
    return { kind: 'refresh', wish: wish.data } as const;
  }
  const digest = digestSchema.safeParse(json);
  if (digest.success) {
    return { kind: 'digest', wish: digest.data } as const;
  }
  const link = mailLinkSchema.safeParse(json);
  if (link.success) {
    return { kind: 'mail-link', wish: link.data } as const;
  }
  const statement = statementSchema.safeParse(json);
  if (statement.success) {
    return { kind: 'statement', wish: statement.data } as const;
  }
  const signOff = signOffSchema.safeParse(json);
  if (signOff.success) {
    return { kind: 'sign-off', wish: signOff.data } as const;
  }
  const wake = wakeSchema.safeParse(json);
  if (wake.success) {
    return { kind: 'wake', wake: wake.data } as const;
  }
  const { kind } = json;
  const tried = { refresh: wish, digest, 'mail-link': link, statement, 'sign-off': signOff };
  const { error } = isKindOf(tried, kind) ? tried[kind] : wake;
  return error.issues.some((issue) => isUnknownVariant(issue, json))
    ? ({ kind: 'newer', of: String(kind).slice(0, 40) } as const)
    : broken(error);
}

function isKindOf<Tried extends object>(tried: Tried, kind: unknown): kind is keyof Tried {
  return typeof kind === 'string' && Object.hasOwn(tried, kind);
}

/** True if the message is meant to be one of ours. Then its own problems are reported, not those of an event. */
function isOurs(json: unknown): json is { readonly kind: unknown } {
  return typeof json === 'object' && json !== null && 'kind' in json;
}
