import * as z from 'zod';
import { instantOf } from '../core/model/time.ts';
import { WATCHED_CALLS } from './fixed-names.ts';
import type { wakeSchema } from './wake.ts';

const watchedSchema = z.enum(WATCHED_CALLS);

/** The result of parsing an event in the wake queue. */
export type ParsedEvent =
  | { readonly kind: 'wake'; readonly eventId: string; readonly wake: z.infer<typeof wakeSchema> }
  | { readonly kind: 'ignored'; readonly why: 'failed-call' | 'other-call' | 'root-key' | 'no-user' }
  | { readonly kind: 'broken'; readonly problem: string };

/**
 * Parsed first (fact iam-event-fields), so that an event that needs no action is never reported as broken, whatever the rest of it looks
 * like.
 */
const headSchema = z.object({
  source: z.literal('aws.iam'),
  detail: z.object({ eventSource: z.string(), eventName: z.string(), errorCode: z.string().nullish() }),
});

/** After a successful call, users and keys have names that IAM accepts. */
const name = z
  .string()
  .regex(/^[\w+=,.@-]{1,128}$/)
  .nullish();
const keyId = z.string().regex(/^\w{16,128}$/);

/** Evidence about the caller. Used if it has the expected type, otherwise left out. */
const evidence = z.string().nullish().catch(null);

/** Old events lack most fields (eventVersion 1.05), so only the necessary ones are required. */
const detailSchema = z.object({
  eventName: watchedSchema,
  eventID: z.string().min(1).max(128),
  eventTime: z.string().catch(''),
  recipientAccountId: z.string().regex(/^\d{12}$/),
  userIdentity: z.looseObject({
    type: evidence,
    userName: evidence,
    arn: evidence,
    sessionContext: z
      .looseObject({
        sessionIssuer: z.looseObject({ type: evidence, userName: evidence }).nullish().catch(null),
      })
      .nullish()
      .catch(null),
  }),
  requestParameters: z
    .looseObject({
      userName: name,
      newUserName: name,
      accessKeyId: keyId.nullish(),
      // An unknown status sets no expectation, but the user is still evaluated.
      status: z.enum(['Active', 'Inactive']).nullish().catch(null),
    })
    .nullish(),
  responseElements: z
    .looseObject({ accessKey: z.looseObject({ accessKeyId: keyId, userName: name }).nullish() })
    .nullish(),
});

type Detail = z.infer<typeof detailSchema>;

/** Parses a CloudTrail record in its EventBridge envelope. Never throws. */
export function parseCloudTrail(body: unknown): ParsedEvent {
  const head = headSchema.safeParse(body);
  if (!head.success) {
    return broken(head.error);
  }
  const { eventSource, eventName, errorCode } = head.data.detail;
  if (errorCode != null) {
    return { kind: 'ignored', why: 'failed-call' };
  }
  if (eventSource !== 'iam.amazonaws.com' || !watchedSchema.safeParse(eventName).success) {
    return { kind: 'ignored', why: 'other-call' };
  }
  const parsed = z.object({ detail: detailSchema }).safeParse(body);
  return parsed.success ? about(parsed.data.detail) : broken(parsed.error);
}

/** The first problem found, without any content of the event. */
export function broken({ issues }: z.ZodError): { readonly kind: 'broken'; readonly problem: string } {
  const [problem = ''] = issues.map(({ path, code }) => `${path.join('.')}: ${code}`);
  return { kind: 'broken', problem: problem.replace(/^: /, 'message: ').slice(0, 200) };
}

/**
 * Finds the user an event is about: named in the answer, otherwise in the request. Requests about the caller's own
 * keys may have no name; then the caller or finally the key id identifies the user. A request by root without a name
 * is about root's own key.
 */
function about(detail: Detail): ParsedEvent {
  const { requestParameters: asked, responseElements: answer, userIdentity: caller } = detail;
  const made = answer?.accessKey ?? null;
  const wanted = (detail.eventName === 'UpdateUser' ? asked?.newUserName : null) ?? asked?.userName;
  if (caller.type === 'Root' && wanted == null) {
    return { kind: 'ignored', why: 'root-key' };
  }
  const userName = made?.userName ?? wanted ?? ownName(caller);
  const accessKeyId = made?.accessKeyId ?? asked?.accessKeyId;
  if (userName == null && accessKeyId == null) {
    return { kind: 'ignored', why: 'no-user' };
  }
  const at = timeOf(detail);
  return {
    kind: 'wake',
    eventId: detail.eventID,
    wake: {
      kind: 'user',
      account: detail.recipientAccountId,
      ...(userName == null ? {} : { userName }),
      ...(accessKeyId == null ? {} : { accessKeyId }),
      ...expectation(detail),
      ...(made === null || at === null
        ? {}
        : { origin: { keyId: made.accessKeyId, createdBy: callerName(caller), at } }),
      attempt: 0,
    },
  };
}

type Caller = Detail['userIdentity'];

/** The caller's name if it is a user, as the owner of the key. */
function ownName({ type, userName }: Caller): string | null {
  return (type === 'IAMUser' ? name.safeParse(userName).data : null) ?? null;
}

/** The state that IAM must show by now, so that an evaluation that comes too early is repeated. */
function expectation({ eventName, requestParameters: asked, responseElements: answer }: Detail) {
  const made = answer?.accessKey?.accessKeyId;
  if (eventName === 'CreateAccessKey') {
    return made === undefined ? {} : { expects: { keyId: made, status: 'Active' as const } };
  }
  const key = asked?.accessKeyId;
  if (key == null) {
    return {};
  }
  if (eventName === 'DeleteAccessKey') {
    return { expects: { keyId: key, status: 'Deleted' as const } };
  }
  return asked?.status == null ? {} : { expects: { keyId: key, status: asked.status } };
}

/**
 * `user/<name>`, `role/<name>`, `root`, or the end of the ARN, in plain characters only, because callers choose their
 * names. A federated session counts as its user: treated as a role, a stolen key would appear trusted.
 */
function callerName({ type, userName, arn, sessionContext }: Caller): string {
  const issuer = sessionContext?.sessionIssuer;
  if (type === 'Root' || issuer?.type === 'Root') {
    return 'root';
  }
  if (type === 'IAMUser' && userName != null) {
    return `user/${plain(userName)}`;
  }
  if (issuer?.userName != null && (type === 'AssumedRole' || issuer.type === 'Role')) {
    return `role/${plain(issuer.userName)}`;
  }
  if (issuer?.userName != null && issuer.type === 'IAMUser') {
    return `user/${plain(issuer.userName)}`;
  }
  return plain(arn?.split(':').at(-1) ?? type ?? '');
}

function plain(text: string): string {
  return text.replace(/[^\w+=,.@/-]/g, '').slice(0, 120) || 'unknown';
}

/**
 * The time of the event. CloudTrail writes ISO 8601 in UTC; in any other format it might be misread, so it is not
 * used as evidence.
 */
function timeOf({ eventTime }: Detail): string | null {
  const millis = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(eventTime) ? Date.parse(eventTime) : Number.NaN;
  return Number.isNaN(millis) ? null : instantOf(millis);
}
