import * as z from 'zod';
import { sha256 } from '../core/model/digest.ts';
import type { Instant } from '../core/model/time.ts';
import { broken, type EventAboutUser, type ParsedEvent } from './cloudtrail.ts';
import { accountId, fieldsOf, name, text, time } from './event-fields.ts';
import { EXPOSURE } from './fixed-names.ts';

/** Parsed first, so that an event about anything else is never reported as broken. */
const headSchema = z.object({
  source: z.literal('aws.health'),
  detail: z.looseObject({ service: z.string(), eventTypeCode: z.string() }),
});

/** A long-term or a temporary access key. A name of a user may look like any other text. */
const accessKey = text.regex(/^A[KS]IA\w{12,124}$/);

/** The ARN of an IAM user, whose path may have several parts. */
const USER_ARN = /^arn:[\w-]+:iam::\d{12}:user\/(?:.+\/)?([^/]+)$/;

/** One thing that AWS Health names. A resolved one is over. */
const entitySchema = z.object({ entityValue: z.string(), status: z.string().optional() });

/** True for an event of AWS Health, whatever it is about. */
export function isHealthEvent(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'source' in body && body.source === 'aws.health';
}

/**
 * Parses an event of AWS Health in its EventBridge envelope: a report for each exposed key, or user, that it names. Never throws.
 * It may come twice, as a backup from another Region, and in pages; each report has an id that tells it again.
 */
export function parseHealth(body: unknown): ParsedEvent {
  const head = headSchema.safeParse(body);
  if (!head.success) {
    return broken(head.error);
  }
  const { service, eventTypeCode } = head.data.detail;
  if (service !== EXPOSURE.service || !eventTypeCode.startsWith(EXPOSURE.code)) {
    return { kind: 'ignored', why: 'other-event' };
  }
  const { odd, read } = fieldsOf(body);
  if (read('detail.statusCode', text) === 'closed') {
    return { kind: 'ignored', why: 'over' };
  }
  // In the account that sees all of an organisation, the event is about another one.
  const account = read('detail.affectedAccount', accountId) ?? read('account', accountId);
  const at = read('time', time);
  const id = read('detail.communicationId', text.min(1)) ?? read('id', text.min(1));
  const entities = read('detail.affectedEntities', z.array(z.unknown())) ?? [];
  if (account === null || at === null) {
    return { kind: 'broken', problem: `${account === null ? 'account' : 'time'}: unreadable` };
  }
  const found = entities.map((entity) => reportOf(entity, { account, at, id }));
  const reports = found.flatMap((one) => (one === null || one === 'resolved' ? [] : [one]));
  if (reports.length === 0) {
    return found.length > 0 && found.every((one) => one === 'resolved')
      ? { kind: 'ignored', why: 'over' }
      : { kind: 'broken', problem: 'detail.affectedEntities: names no access key or user' };
  }
  const unread = [...odd, ...(found.includes(null) ? ['detail.affectedEntities'] : [])];
  return { kind: 'reports', reports: reports.map((report) => ({ ...report, odd: unread })) };
}

interface Of {
  readonly account: string;
  readonly at: Instant;
  /** Null: nothing tells the event again. */
  readonly id: string | null;
}

/** The report about one key or one user; null if the entity is neither, or cannot be read. */
function reportOf(entity: unknown, { account, at, id }: Of): EventAboutUser | 'resolved' | null {
  const { data } = entitySchema.safeParse(entity);
  if (data === undefined) {
    return null;
  }
  if (data.status === 'RESOLVED') {
    return 'resolved';
  }
  const { entityValue } = data;
  // The id is kept for a day in plain text, which no key id should be.
  const eventId = id === null ? null : `exposed ${id} ${sha256(entityValue).slice(0, 16)}`;
  const event = { kind: 'event', eventId, origin: null, odd: [] } as const;
  if (accessKey.safeParse(entityValue).success) {
    return {
      ...event,
      wake: { kind: 'user', account, accessKeyId: entityValue, attempt: 0 },
      exposure: { kind: 'key', keyId: entityValue, at },
    };
  }
  const userName = name.safeParse(USER_ARN.exec(entityValue)?.[1]).data;
  return userName === undefined
    ? null
    : { ...event, wake: { kind: 'user', account, userName, attempt: 0 }, exposure: { kind: 'user', at } };
}
