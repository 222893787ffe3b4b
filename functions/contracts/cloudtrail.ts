import * as z from 'zod';
import type { NewOrigin } from '../core/case/origins.ts';
import { instantOf } from '../core/model/time.ts';
import { WATCHED_CALLS } from './fixed-names.ts';
import type { wakeSchema } from './wake.ts';

const watchedSchema = z.enum(WATCHED_CALLS);

/** The result of parsing an event. `odd`: the fields that could not be read and were not necessary. */
export type ParsedEvent =
  | {
      readonly kind: 'event';
      /** Null if it cannot be read. */
      readonly eventId: string | null;
      readonly wake: z.infer<typeof wakeSchema>;
      /** The creator of the key that was made, if this is about one. */
      readonly origin: NewOrigin | null;
      readonly odd: readonly string[];
    }
  | { readonly kind: 'ignored'; readonly why: 'failed-call' | 'other-call' | 'root-key' | 'no-user' }
  | { readonly kind: 'broken'; readonly problem: string };

/**
 * Parsed first (fact iam-event-fields), so that an event that needs no action is never reported as broken, whatever the rest of it looks
 * like.
 */
const headSchema = z.object({
  source: z.literal('aws.iam'),
  detail: z.looseObject({ eventSource: z.string(), eventName: z.string(), errorCode: z.string().nullish() }),
});

/** After a successful call, users and keys have names that IAM accepts. */
const name = z.string().regex(/^[\w+=,.@-]{1,128}$/);
const keyId = z.string().regex(/^\w{16,128}$/);
const status = z.enum(['Active', 'Inactive']);
const text = z.string();
/** CloudTrail writes ISO 8601 in UTC; in any other format it might be misread, so it is not used as evidence. */
const time = text
  .regex(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
  .refine((value) => !Number.isNaN(Date.parse(value)))
  .transform((value) => instantOf(Date.parse(value)));

/** The parts that say which user and which key a call was about. */
const SUBJECT = /^(requestParameters|responseElements)/;

/** Those of them that name no user. */
const NAMELESS = /\.(accessKeyId|status)$/;

/** Parses a CloudTrail record in its EventBridge envelope. Never throws. */
export function parseCloudTrail(body: unknown): ParsedEvent {
  const head = headSchema.safeParse(body);
  if (!head.success) {
    return broken(head.error);
  }
  const { detail } = head.data;
  if (detail.errorCode != null) {
    return { kind: 'ignored', why: 'failed-call' };
  }
  const eventName = watchedSchema.safeParse(detail.eventName);
  if (detail.eventSource !== 'iam.amazonaws.com' || !eventName.success) {
    return { kind: 'ignored', why: 'other-call' };
  }
  return about(readDetail(eventName.data, fieldsOf(detail)));
}

/** Reads fields by their paths. A field that is absent is null, and one that cannot be read is null and noted. */
function fieldsOf(detail: unknown) {
  const odd = new Set<string>();
  const read = <T>(path: string, schema: z.ZodType<T>): T | null => {
    let value = detail;
    const names = path.split('.');
    for (const [index, field] of names.entries()) {
      if (typeof value !== 'object' || Array.isArray(value)) {
        odd.add(names.slice(0, index).join('.'));
        return null;
      }
      value = (value as Readonly<Record<string, unknown>>)[field];
      if (value == null) {
        return null;
      }
    }
    const parsed = schema.safeParse(value);
    if (!parsed.success) {
      odd.add(path);
    }
    return parsed.success ? parsed.data : null;
  };
  return { odd, read };
}

/** Old events lack most fields (eventVersion 1.05), and new ones may have fields of new types, so each is read by itself. */
function readDetail(eventName: z.infer<typeof watchedSchema>, { odd, read }: ReturnType<typeof fieldsOf>) {
  return {
    eventName,
    odd,
    eventId: read('eventID', text.min(1).max(128)),
    at: read('eventTime', time),
    account: read('recipientAccountId', text.regex(/^\d{12}$/)),
    caller: {
      type: read('userIdentity.type', text),
      userName: read('userIdentity.userName', text),
      arn: read('userIdentity.arn', text),
      issuerType: read('userIdentity.sessionContext.sessionIssuer.type', text),
      issuerName: read('userIdentity.sessionContext.sessionIssuer.userName', text),
      issuerArn: read('userIdentity.sessionContext.sessionIssuer.arn', text),
    },
    asked: {
      userName: read('requestParameters.userName', name),
      newUserName: eventName === 'UpdateUser' ? read('requestParameters.newUserName', name) : null,
      keyId: read('requestParameters.accessKeyId', keyId),
      // An unknown status sets no expectation, but the user is still evaluated.
      status: read('requestParameters.status', status),
    },
    made: {
      userName: read('responseElements.accessKey.userName', name),
      keyId: read('responseElements.accessKey.accessKeyId', keyId),
    },
  };
}

type Detail = ReturnType<typeof readDetail>;

/** The first problem found, without any content of the event. */
export function broken({ issues }: z.ZodError): { readonly kind: 'broken'; readonly problem: string } {
  const [problem = ''] = issues.map(({ path, code }) => `${path.join('.')}: ${code}`);
  return { kind: 'broken', problem: problem.replace(/^: /, 'message: ').slice(0, 200) };
}

/**
 * Finds the user an event is about: named in the answer, otherwise in the request. Requests about the caller's own
 * keys may have no name; then the caller or finally the key id identifies the user. A request by root without a name
 * is about root's own key. Where a part that may name the user cannot be read, only what it says elsewhere counts.
 */
function about(detail: Detail): ParsedEvent {
  const { asked, made, caller, account, odd, at } = detail;
  if (account === null) {
    return { kind: 'broken', problem: 'detail.recipientAccountId: unreadable' };
  }
  const wanted = asked.newUserName ?? asked.userName;
  const unread = [...odd].filter((path) => SUBJECT.test(path));
  const unnamed = wanted === null && unread.every((path) => NAMELESS.test(path));
  if (caller.type === 'Root' && unnamed) {
    return { kind: 'ignored', why: 'root-key' };
  }
  const userName = made.userName ?? wanted ?? (unnamed ? ownName(caller) : null);
  const accessKeyId = made.keyId ?? asked.keyId;
  if (userName === null && accessKeyId === null) {
    return unread.length === 0
      ? { kind: 'ignored', why: 'no-user' }
      : { kind: 'broken', problem: `detail.${unread[0]}: unreadable` };
  }
  return {
    kind: 'event',
    eventId: detail.eventId,
    wake: {
      kind: 'user',
      account,
      ...(userName === null ? {} : { userName }),
      ...(accessKeyId === null ? {} : { accessKeyId }),
      ...expectation(detail),
      attempt: 0,
    },
    origin: made.keyId === null || at === null ? null : { keyId: made.keyId, ...callerIn(caller), at },
    odd: [...odd],
  };
}

type Caller = Detail['caller'];

/** The caller's name if it is a user, as the owner of the key. */
function ownName({ type, userName }: Caller): string | null {
  return (type === 'IAMUser' ? name.safeParse(userName).data : null) ?? null;
}

/** The state that IAM must show by now, so that an evaluation that comes too early is repeated. */
function expectation({ eventName, asked, made, at }: Detail): Pick<z.infer<typeof wakeSchema>, 'expects'> {
  const since = at === null ? {} : { at };
  if (eventName === 'CreateAccessKey') {
    return made.keyId === null ? {} : { expects: { keyId: made.keyId, status: 'Active', ...since } };
  }
  if (asked.keyId === null) {
    return {};
  }
  if (eventName === 'DeleteAccessKey') {
    return { expects: { keyId: asked.keyId, status: 'Deleted', ...since } };
  }
  return asked.status === null ? {} : { expects: { keyId: asked.keyId, status: asked.status, ...since } };
}

/** The caller's name, and the ARNs under which it may stand in the settings, if there are any. */
function callerIn(caller: Caller): Pick<NewOrigin, 'createdBy' | 'arns'> {
  const arns = [caller.arn, caller.issuerArn].filter((one) => one !== null && ARN.test(one)) as string[];
  const createdBy = callerName(caller);
  return arns.length === 0 ? { createdBy } : { createdBy, arns: [...new Set(arns)] };
}

/** An ARN of IAM or STS. The longest has a path of 512 characters. Callers choose the names in it, so no others are stored. */
const ARN = /^arn:aws[\w-]*:(?:iam|sts)::\d{12}:[\w+=,.@/-]{1,700}$/;

/**
 * `user/<name>`, `role/<name>`, `root`, or the end of the ARN, in plain characters only, because callers choose their
 * names. A federated session counts as its user: treated as a role, a stolen key would appear trusted.
 */
function callerName({ type, userName, arn, issuerType, issuerName }: Caller): string {
  if (type === 'Root' || issuerType === 'Root') {
    return 'root';
  }
  if (type === 'IAMUser' && userName !== null) {
    return `user/${plain(userName)}`;
  }
  if (issuerName !== null && (type === 'AssumedRole' || issuerType === 'Role')) {
    return `role/${plain(issuerName)}`;
  }
  if (issuerName !== null && issuerType === 'IAMUser') {
    return `user/${plain(issuerName)}`;
  }
  return plain(arn?.split(':').at(-1) ?? type ?? '');
}

function plain(text: string): string {
  return text.replace(/[^\w+=,.@/-]/g, '').slice(0, 120) || 'unknown';
}
