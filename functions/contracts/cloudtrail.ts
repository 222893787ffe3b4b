import * as z from 'zod';
import { instantOf } from '../core/model/time.ts';
import { WATCHED_CALLS } from './fixed-names.ts';
import type { wakeSchema } from './wake.ts';

const watchedSchema = z.enum(WATCHED_CALLS);

/** What a message in the wake queue turned out to be. */
export type ParsedEvent =
  | { readonly kind: 'wake'; readonly eventId: string; readonly wake: z.infer<typeof wakeSchema> }
  | { readonly kind: 'ignored'; readonly why: 'failed-call' | 'other-call' | 'root-key' | 'no-user' }
  | { readonly kind: 'broken'; readonly problem: string };

/** Judged first, so that what asks for nothing is never called broken: others may shape it as they like. */
const headSchema = z.object({
  source: z.literal('aws.iam'),
  detail: z.object({ eventSource: z.string(), eventName: z.string(), errorCode: z.string().nullish() }),
});

/** A call that succeeded can only have named users and keys as IAM names them. */
const name = z
  .string()
  .regex(/^[\w+=,.@-]{1,128}$/)
  .nullish();
const keyId = z.string().regex(/^\w{16,128}$/);

/** Evidence about the caller: taken where it has the right shape, and left out where not. */
const evidence = z.string().nullish().catch(null);

/** Old events lack most fields (eventVersion 1.05), so only what is needed is asked for. */
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
      // A status that we do not know expects nothing, and is a reason to look all the same.
      status: z.enum(['Active', 'Inactive']).nullish().catch(null),
    })
    .nullish(),
  responseElements: z
    .looseObject({ accessKey: z.looseObject({ accessKeyId: keyId, userName: name }).nullish() })
    .nullish(),
});

type Detail = z.infer<typeof detailSchema>;

/** Reads an EventBridge envelope around a CloudTrail record. Never throws. */
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

/** What is wrong first, without quoting the event. */
export function broken({ issues }: z.ZodError): { readonly kind: 'broken'; readonly problem: string } {
  const [problem = ''] = issues.map(({ path, code }) => `${path.join('.')}: ${code}`);
  return { kind: 'broken', problem: problem.replace(/^: /, 'message: ').slice(0, 200) };
}

/**
 * Who is meant: the answer names the owner; else the request does; a person acting on their own keys may leave the
 * name out, then the caller or at last the key id tells. Root that names nobody means root's own key.
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

/** The caller as the owner of the key, if it is a user. */
function ownName({ type, userName }: Caller): string | null {
  return (type === 'IAMUser' ? name.safeParse(userName).data : null) ?? null;
}

/** What IAM should show by now, so that a look that comes too early is repeated. */
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
 * `user/<name>`, `role/<name>`, `root`, or the end of the ARN: plain characters only, because callers choose their names.
 * A federated session is its user's own doing: called a role, a stolen key would pass for a trusted one.
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

/** CloudTrail writes ISO times in UTC; another format could mean another moment, so it counts as no evidence. */
function timeOf({ eventTime }: Detail): string | null {
  const millis = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(eventTime) ? Date.parse(eventTime) : Number.NaN;
  return Number.isNaN(millis) ? null : instantOf(millis);
}
