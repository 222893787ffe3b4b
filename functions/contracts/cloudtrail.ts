import * as z from 'zod';
import { instantOf } from '../core/time.ts';
import type { wakeSchema } from './wake.ts';

/** The IAM calls after which a user may have other active keys, another name, no existence, or be excluded or not. */
export const WATCHED_CALLS = [
  'CreateAccessKey',
  'UpdateAccessKey',
  'DeleteAccessKey',
  'DeleteUser',
  'UpdateUser',
  'TagUser',
  'UntagUser',
] as const;

/** What a message in the wake queue turned out to be. */
export type ParsedEvent =
  | { kind: 'wake'; eventId: string; wake: z.infer<typeof wakeSchema> }
  | { kind: 'ignored'; why: 'failed-call' | 'other-call' | 'root-key' | 'no-user' }
  | { kind: 'broken'; problem: string };

const name = z.string().min(1).max(128).nullish();
const keyId = z.string().regex(/^\w{16,128}$/);

/** Old and failed events lack most fields (eventVersion 1.05, errors), so only what is needed is asked for. */
const eventSchema = z.object({
  source: z.literal('aws.iam'),
  detail: z.object({
    eventSource: z.string(),
    eventName: z.string(),
    eventID: z.string().min(1).max(128),
    eventTime: z.string(),
    errorCode: z.string().nullish(),
    recipientAccountId: z.string().regex(/^\d{12}$/),
    userIdentity: z.looseObject({
      type: z.string().nullish(),
      userName: z.string().nullish(),
      arn: z.string().nullish(),
      sessionContext: z
        .looseObject({ sessionIssuer: z.looseObject({ userName: z.string().nullish() }).nullish() })
        .nullish(),
    }),
    requestParameters: z
      .looseObject({
        userName: name,
        newUserName: name,
        accessKeyId: keyId.nullish(),
        status: z.enum(['Active', 'Inactive']).nullish(),
      })
      .nullish(),
    responseElements: z
      .looseObject({ accessKey: z.looseObject({ accessKeyId: keyId, userName: name }).nullish() })
      .nullish(),
  }),
});

type Detail = z.infer<typeof eventSchema>['detail'];

/** Reads an EventBridge envelope around a CloudTrail record. Never throws. */
export function parseCloudTrail(body: unknown): ParsedEvent {
  const parsed = eventSchema.safeParse(body);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return { kind: 'broken', problem: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not an event'}` };
  }
  const { detail } = parsed.data;
  if (detail.errorCode != null) return { kind: 'ignored', why: 'failed-call' };
  const watched = (WATCHED_CALLS as readonly string[]).includes(detail.eventName);
  if (detail.eventSource !== 'iam.amazonaws.com' || !watched) return { kind: 'ignored', why: 'other-call' };
  return about(detail);
}

/**
 * Who is meant: the answer names the owner; else the request does; a person acting on their own keys may leave the
 * name out, then the caller or at last the key id tells. Root without a name means root's own key.
 */
function about(detail: Detail): ParsedEvent {
  const { requestParameters: asked, responseElements: answer, userIdentity: caller } = detail;
  const made = answer?.accessKey ?? null;
  const named = made?.userName ?? asked?.newUserName ?? asked?.userName;
  if (named == null && caller.type === 'Root') return { kind: 'ignored', why: 'root-key' };
  const userName = named ?? (caller.type === 'IAMUser' ? caller.userName : null);
  const accessKeyId = made?.accessKeyId ?? asked?.accessKeyId;
  if (userName == null && accessKeyId == null) return { kind: 'ignored', why: 'no-user' };
  return {
    kind: 'wake',
    eventId: detail.eventID,
    wake: {
      kind: 'user',
      account: detail.recipientAccountId,
      ...(userName == null ? {} : { userName }),
      ...(accessKeyId == null ? {} : { accessKeyId }),
      ...expectation(detail),
      ...(made === null
        ? {}
        : { origin: { keyId: made.accessKeyId, createdBy: callerName(caller), at: timeOf(detail) } }),
      look: 0,
    },
  };
}

/** What IAM should show by now, so that a look that comes too early is repeated. */
function expectation({ eventName, requestParameters: asked, responseElements: answer }: Detail) {
  const made = answer?.accessKey?.accessKeyId;
  if (eventName === 'CreateAccessKey')
    return made === undefined ? {} : { expects: { keyId: made, status: 'Active' as const } };
  const key = asked?.accessKeyId;
  if (key == null) return {};
  if (eventName === 'DeleteAccessKey') return { expects: { keyId: key, status: 'Deleted' as const } };
  return asked?.status == null ? {} : { expects: { keyId: key, status: asked.status } };
}

/** `user/<name>`, `role/<name>`, `root`, or the type: plain characters only, because callers choose their names. */
function callerName({ type, userName, arn, sessionContext }: Detail['userIdentity']): string {
  const printable = (text: string) => text.replace(/[^\w+=,.@/-]/g, '').slice(0, 120);
  const role = sessionContext?.sessionIssuer?.userName;
  if (type === 'Root') return 'root';
  if (type === 'IAMUser' && userName != null) return `user/${printable(userName)}`;
  if (role != null) return `role/${printable(role)}`;
  return printable(arn?.split(':').at(-1) ?? type ?? 'unknown');
}

/** CloudTrail writes ISO times without fractions; a time it cannot mean is the start of 1970, never a wrong date. */
function timeOf({ eventTime }: Detail): string {
  const millis = Date.parse(eventTime);
  return instantOf(Number.isNaN(millis) ? 0 : millis);
}
