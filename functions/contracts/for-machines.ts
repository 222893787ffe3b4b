/**
 * The promise to other programs: messages on the data topic, and the details of events on the event bus. No function reads
 * this; `npm run schemas` makes the JSON Schemas in docs/schemas of it.
 */
import * as z from 'zod';
import type { CaseEventDetail } from '../core/messages/case-events.ts';
import type { DataMessage } from '../core/messages/news.ts';
import { instantSchema } from './case-item.ts';
import type { Same } from './stored.ts';

const noticeSchema = z.enum([
  'detected',
  'rotation',
  'reminder',
  'escalated',
  'asked-again',
  'deactivated',
  'deletion-announced',
  'confirm-deletion',
  'held',
  'restored',
  'exception-ending',
  'closed',
]);

export const phaseSchema = z.enum([
  'rotating',
  'awaiting-decision',
  'exception',
  'approved',
  'grace',
  'awaiting-confirmation',
  'deleting',
  'held',
  'excluded',
  'closed',
]);

export const heldForSchema = z.enum([
  'unknown',
  'no-active-key',
  'restore-by-hand',
  'used-after-deactivation',
]);

export const closedAsSchema = z.enum(['remediated', 'by-owner', 'by-restore', 'user-gone', 'deactivated']);

const endsInSchema = z.string().min(1).max(4);

const keySchema = z.strictObject({
  endsIn: endsInSchema,
  status: z.enum(['Active', 'Inactive', 'Expired']),
  createdBy: z.string().nullable(),
  unexpectedCreator: z.boolean(),
  exposed: z.boolean(),
  graceEnds: instantSchema.nullable(),
  deleted: instantSchema.nullable(),
});

const decisionSchema = z.strictObject({
  by: z.string(),
  at: instantSchema,
  keepEndsIn: endsInSchema.nullable(),
  confirmed: z.strictObject({ by: z.string(), at: instantSchema }).nullable(),
});

/** The fields that messages and events have in common. */
const aboutSchema = {
  schemaVersion: z.literal(2),
  at: instantSchema,
  account: z.string(),
  accountName: z.string(),
  userId: z.string(),
  userName: z.string(),
  case: z.int().positive(),
  phase: phaseSchema,
  keys: z.array(keySchema),
  decision: decisionSchema.nullable(),
};

/** Amazon Q Developer's schema of custom notifications, version 1.0, as far as we use it. */
const chatSchema = {
  version: z.literal('1.0'),
  source: z.literal('custom'),
  id: z.string(),
  content: z.strictObject({
    textType: z.literal('client-markdown'),
    title: z.string(),
    description: z.string(),
    nextSteps: z.array(z.string()).exactOptional(),
    keywords: z.array(z.string()),
  }),
  metadata: z.strictObject({
    threadId: z.string(),
    summary: z.string(),
    eventType: z.templateLiteral(['solekey-', noticeSchema]),
    additionalContext: z.strictObject({ account: z.string(), userId: z.string(), case: z.string() }),
  }),
};

const dataMessage = z.strictObject({
  ...aboutSchema,
  notice: noticeSchema,
  urgent: z.boolean(),
  phaseSince: instantSchema,
  heldFor: heldForSchema.nullable(),
  closedAs: closedAsSchema.nullable(),
  ...chatSchema,
});

/** A message on the data topic. Does not compile if the core's message has another field or value. */
export const dataMessageSchema: Same<z.infer<typeof dataMessage>, DataMessage> extends true
  ? z.ZodType<DataMessage>
  : never = dataMessage;

const caseEventDetail = z.strictObject({
  ...aboutSchema,
  id: z.string(),
  event: z.enum(['case-detected', 'case-decided', 'key-deactivated', 'key-deleted']),
  caseVersion: z.int().positive(),
  keyEndsIn: endsInSchema.nullable(),
});

/** The `detail` of an event on the event bus. Does not compile if the core's has another field or value. */
export const caseEventDetailSchema: Same<z.infer<typeof caseEventDetail>, CaseEventDetail> extends true
  ? z.ZodType<CaseEventDetail>
  : never = caseEventDetail;
