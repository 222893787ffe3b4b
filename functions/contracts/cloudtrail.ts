import * as z from 'zod';
import type { NewExposure } from '../core/case/exposure.ts';
import type { NewOrigin } from '../core/case/origins.ts';
import { accountId, fieldsOf, keyId, name, status, text, time } from './event-fields.ts';
import { QUARANTINE, WATCHED_CALLS } from './fixed-names.ts';
import type { wakeSchema } from './wake.ts';

const watchedSchema = z.enum(WATCHED_CALLS);

/** The content of an event about one user. `odd`: the fields that could not be read and were not necessary. */
export interface EventAboutUser {
  readonly kind: 'event';
  /** Null if it cannot be read. */
  readonly eventId: string | null;
  readonly wake: z.infer<typeof wakeSchema>;
  /** The creator of the key that was made, if this is about one. */
  readonly origin: NewOrigin | null;
  /** Present if AWS calls a key exposed. */
  readonly exposure?: NewExposure;
  readonly odd: readonly string[];
}

/** The result of parsing an event. `reports`: it is about several keys, each of which may be another user's. */
export type ParsedEvent =
  | EventAboutUser
  | { readonly kind: 'reports'; readonly reports: readonly EventAboutUser[] }
  | {
      readonly kind: 'ignored';
      readonly why: 'failed-call' | 'other-call' | 'root-key' | 'no-user' | 'other-event' | 'over';
    }
  | { readonly kind: 'broken'; readonly problem: string };

/**
 * Parsed first (fact iam-event-fields), so that an event that needs no action is never reported as broken, whatever the rest of it looks
 * like.
 */
const headSchema = z.object({
  source: z.literal('aws.iam'),
  detail: z.looseObject({ eventSource: z.string(), eventName: z.string(), errorCode: z.string().nullish() }),
});

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
  if (detail.eventSource === 'iam.amazonaws.com' && detail.eventName === QUARANTINE.call) {
    return quarantined(fieldsOf(detail));
  }
  const eventName = watchedSchema.safeParse(detail.eventName);
  if (detail.eventSource !== 'iam.amazonaws.com' || !eventName.success) {
    return { kind: 'ignored', why: 'other-call' };
  }
  return about(readDetail(eventName.data, fieldsOf(detail)));
}

/** Old events lack most fields (eventVersion 1.05), and new ones may have fields of new types, so each is read by itself. */
function readDetail(eventName: z.infer<typeof watchedSchema>, { odd, read }: ReturnType<typeof fieldsOf>) {
  return {
    eventName,
    odd,
    eventId: read('eventID', text.min(1).max(128)),
    at: read('eventTime', time),
    account: read('recipientAccountId', accountId),
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

/** The quarantine policies are AWS's own, so a policy of the account with the same name is none of them. */
const quarantine = text.regex(new RegExp(`^arn:[\\w-]+:iam::aws:policy/${QUARANTINE.policy}`));

/**
 * AWS attached a policy to a user that stops the worst use of a leaked key. The call names the user and no key. Anybody who may
 * attach policies can do the same, so it only raises an alarm (S15).
 */
function quarantined({ odd, read }: ReturnType<typeof fieldsOf>): ParsedEvent {
  if (read('requestParameters.policyArn', quarantine) === null) {
    return { kind: 'ignored', why: 'other-call' };
  }
  const account = read('recipientAccountId', accountId);
  const userName = read('requestParameters.userName', name);
  const at = read('eventTime', time);
  if (account === null || userName === null || at === null) {
    return { kind: 'broken', problem: 'detail of a quarantine: unreadable' };
  }
  const eventId = read('eventID', text.min(1).max(128));
  const wake = { kind: 'user', account, userName, attempt: 0 } as const;
  return { kind: 'event', eventId, wake, origin: null, exposure: { kind: 'user', at }, odd: [...odd] };
}

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
