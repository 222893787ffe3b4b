import { randomUUID } from 'node:crypto';
import type { AwsCall } from './call.ts';
import { header, type WebAnswer } from './http.ts';
import { type Caller, userIdentity } from './identity.ts';
import { errorCodeOf } from './refusal.ts';
import { textOf } from './xml.ts';

/**
 * A CloudTrail record of an IAM write. The index signature keeps it open, because AWS adds elements to records over
 * time.
 */
export interface TrailRecord {
  readonly eventName: string;
  readonly eventID: string;
  readonly eventTime: string;
  readonly requestParameters: Readonly<Record<string, unknown>> | null;
  readonly responseElements: Readonly<Record<string, unknown>> | null;
  readonly errorCode?: string;
  readonly [element: string]: unknown;
}

/** True for calls that reach EventBridge. CloudTrail records reads as well, but EventBridge does not deliver them. */
export const isRecorded = (action: string): boolean => !/^(Get|List|Generate|Simulate)/.test(action);

/** Error codes that IAM shortens in its answers and CloudTrail writes in full (`NoSuchEntityException`). */
const MODEL_NAMES = new Set([
  'NoSuchEntity',
  'LimitExceeded',
  'EntityAlreadyExists',
  'DeleteConflict',
  'InvalidInput',
  'ServiceFailure',
  'Throttling',
  'ConcurrentModification',
  'EntityTemporarilyUnmodifiable',
]);

/** Writes the record of one IAM call, success or failure. */
export function trailRecord(call: AwsCall, answer: WebAnswer, caller: Caller, account: string): TrailRecord {
  const text = answer.body.toString('utf8');
  const code = errorCodeOf(answer);
  const onConsole = header(call.request, 'x-sandbox-console') !== undefined;
  return {
    eventVersion: '1.10',
    userIdentity: userIdentity(caller, call.credential, call.request, account),
    eventTime: `${new Date().toISOString().slice(0, 19)}Z`,
    eventSource: 'iam.amazonaws.com',
    eventName: call.action,
    awsRegion: 'us-east-1',
    sourceIPAddress: header(call.request, 'x-sandbox-source-ip') ?? '203.0.113.17',
    userAgent: onConsole ? 'AWS Internal' : (header(call.request, 'user-agent') ?? 'sandbox'),
    ...(code === undefined
      ? {}
      : {
          errorCode: MODEL_NAMES.has(code) ? `${code}Exception` : code,
          errorMessage: textOf(text, 'Message') ?? '',
        }),
    // For a failed call AWS usually leaves both elements empty, so no reader may depend on them.
    requestParameters: code === undefined ? requestParameters(call.parameters) : null,
    responseElements: code === undefined ? responseElements(call.action, text) : null,
    requestID: textOf(text, 'RequestId') ?? randomUUID(),
    eventID: randomUUID(),
    readOnly: false,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: account,
    eventCategory: 'Management',
    tlsDetails: {
      tlsVersion: 'TLSv1.3',
      cipherSuite: 'TLS_AES_128_GCM_SHA256',
      clientProvidedHostHeader: 'iam.amazonaws.com',
    },
    ...(onConsole ? { sessionCredentialFromConsole: 'true' } : {}),
  };
}

const lowerCamel = (name: string): string => name.slice(0, 1).toLowerCase() + name.slice(1);

/**
 * The `requestParameters` element: `UserName=x` becomes `userName`, `Tags.member.1.Key=k` becomes `tags[0].key`; null
 * if the call has no parameters.
 */
function requestParameters(parameters: URLSearchParams): Record<string, unknown> | null {
  const read: Record<string, unknown> = {};
  for (const [name, value] of parameters) {
    if (name === 'Action' || name === 'Version') {
      continue;
    }
    const [first = '', member, index, field] = name.split('.');
    const key = lowerCamel(first);
    if (member !== 'member') {
      read[key] = value;
      continue;
    }
    const list = (read[key] ?? []) as unknown[];
    const at = Number(index) - 1;
    list[at] =
      field === undefined ? value : { ...(list[at] as object | undefined), [lowerCamel(field)]: value };
    read[key] = list;
  }
  return Object.keys(read).length === 0 ? null : read;
}

/**
 * The `responseElements` element. Of the writes relevant to Solekey only the two creations have one, and it never has
 * the secret key.
 */
function responseElements(action: string, xml: string): Record<string, unknown> | null {
  if (action === 'CreateAccessKey') {
    return { accessKey: elements(xml, ['AccessKeyId', 'Status', 'UserName', 'CreateDate']) };
  }
  if (action === 'CreateUser') {
    return { user: elements(xml, ['Path', 'UserName', 'UserId', 'Arn', 'CreateDate']) };
  }
  return null;
}

function elements(xml: string, names: readonly string[]): Record<string, string> {
  const read: Record<string, string> = {};
  for (const name of names) {
    const text = textOf(xml, name);
    if (text !== undefined) {
      read[lowerCamel(name)] = name === 'CreateDate' ? asLocaleDate(text) : text;
    }
  }
  return read;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Formats a date as CloudTrail does inside `responseElements`: `Jul 10, 2023 12:24:29 PM`. */
function asLocaleDate(iso: string): string {
  const date = new Date(iso);
  const two = (value: number) => String(value).padStart(2, '0');
  const hour = date.getUTCHours();
  const time = `${hour % 12 || 12}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} ${hour < 12 ? 'AM' : 'PM'}`;
  return `${MONTHS[date.getUTCMonth()]} ${date.getUTCDate()}, ${date.getUTCFullYear()} ${time}`;
}

/** The name of the user a record is about: from the answer, else from the request, else the calling user. */
export function subjectOf(record: TrailRecord, caller: Caller): string | undefined {
  const answered = record.responseElements?.accessKey ?? record.responseElements?.user;
  const named =
    (answered as { readonly userName?: unknown } | undefined)?.userName ?? record.requestParameters?.userName;
  if (typeof named === 'string') {
    return named;
  }
  return caller.kind === 'user' ? caller.userName : undefined;
}
