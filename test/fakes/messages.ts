import { askSignOff } from '../../functions/app/reconcile/ask-sign-off.ts';
import { sendDigests } from '../../functions/app/reconcile/digest.ts';
import { mailLink } from '../../functions/app/reconcile/mail-link.ts';
import { receive } from '../../functions/app/reconcile/receive.ts';
import { reconcile } from '../../functions/app/reconcile/reconcile.ts';
import { noteStatement } from '../../functions/app/reconcile/statement.ts';
import type {
  DigestWish,
  MailLinkWish,
  News,
  SignOffWish,
  StatementWish,
  Wake,
} from '../../functions/app/wake.ts';
import { type Door, parseMessage } from '../../functions/contracts/message.ts';
import type { Instant } from '../../functions/core/model/time.ts';
import { NAME } from './acts.ts';
import { ACCOUNT } from './cases.ts';
import type { MemoryWorld } from './world.ts';

/** Handles one message as reconcile does when it comes from that queue; nothing remembers events here. */
export async function arrives(m: MemoryWorld, door: Door, message: object): Promise<void> {
  const body = JSON.stringify(message);
  const reception = {
    log: m.log,
    account: ACCOUNT,
    reconcile: (wake: Wake, news: News | null) => reconcile(m.world, wake, news),
    refresh: async () => undefined,
    digest: (wish: DigestWish) => sendDigests(m.world, wish),
    mailLink: (wish: MailLinkWish) => mailLink(m.world, wish),
    statement: (wish: StatementWish) => noteStatement(m.world, wish),
    signOff: (wish: SignOffWish) => askSignOff(m.world, wish),
    once: async (_eventId: string, work: () => Promise<unknown>) => {
      await work();
    },
    stamp: async () => undefined,
    bury: async (text: string) => {
      m.buried.push(text);
    },
  };
  await receive(reception, parseMessage(body, door), body);
}

/** A call about a key of the user of most stories, in EventBridge's envelope. */
export function keyEvent(
  eventName: 'CreateAccessKey' | 'UpdateAccessKey' | 'DeleteAccessKey',
  { keyId, by = 'admin', at, status, userName = NAME }: KeyCall,
): object {
  const made = eventName === 'CreateAccessKey';
  return {
    source: 'aws.iam',
    'detail-type': 'AWS API Call via CloudTrail',
    account: ACCOUNT,
    detail: {
      eventSource: 'iam.amazonaws.com',
      eventName,
      eventID: `${eventName}-${keyId}-${at}`,
      eventTime: at,
      recipientAccountId: ACCOUNT,
      userIdentity: { type: 'IAMUser', userName: by },
      requestParameters: made ? { userName } : { userName, accessKeyId: keyId, status },
      responseElements: made ? { accessKey: { accessKeyId: keyId, userName, status: 'Active' } } : null,
    },
  };
}

export interface KeyCall {
  readonly keyId: string;
  /** The IAM user who makes the call. */
  readonly by?: string;
  readonly at: Instant;
  readonly status?: 'Active' | 'Inactive';
  readonly userName?: string;
}

/** An event of AWS Health that names these keys, or other things, in EventBridge's envelope. */
export function healthEvent(values: readonly string[], more: Readonly<Record<string, unknown>> = {}): object {
  return {
    version: '0',
    id: '7bf73129-1428-4cd3-a780-95db273d1602',
    'detail-type': 'AWS Health Event',
    source: 'aws.health',
    account: ACCOUNT,
    time: '2026-11-23T16:05:00Z',
    region: 'us-east-1',
    resources: values,
    detail: {
      eventArn:
        'arn:aws:health:us-east-1::event/RISK/AWS_RISK_CREDENTIALS_EXPOSED/AWS_RISK_CREDENTIALS_EXPOSED_1',
      service: 'RISK',
      eventTypeCode: 'AWS_RISK_CREDENTIALS_EXPOSED',
      eventTypeCategory: 'issue',
      eventScopeCode: 'ACCOUNT_SPECIFIC',
      communicationId: '01b0993207d81a09dcd552ebd1e633e36cf1f09a-1',
      startTime: 'Mon, 23 Nov 2026 16:01:00 GMT',
      lastUpdatedTime: 'Mon, 23 Nov 2026 16:04:00 GMT',
      statusCode: 'open',
      eventRegion: 'us-east-1',
      eventDescription: [{ language: 'en_US', latestDescription: 'Your access key was found in public.' }],
      affectedEntities: values.map((entityValue) => ({
        entityValue,
        status: 'IMPAIRED',
        lastUpdatedTime: 'Mon, 23 Nov 2026 16:04:00 GMT',
      })),
      affectedAccount: ACCOUNT,
      page: '1',
      totalPages: '1',
      ...more,
    },
  };
}

/** The call by which AWS quarantines a user. It names no key. */
export function quarantineEvent(
  at: Instant,
  { userName = NAME, policyArn = 'arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3' } = {},
): object {
  return {
    source: 'aws.iam',
    'detail-type': 'AWS API Call via CloudTrail',
    account: ACCOUNT,
    detail: {
      eventSource: 'iam.amazonaws.com',
      eventName: 'AttachUserPolicy',
      eventID: `AttachUserPolicy-${userName}-${at}`,
      eventTime: at,
      recipientAccountId: ACCOUNT,
      userIdentity: { type: 'Root', invokedBy: 'iam.amazonaws.com' },
      requestParameters: { userName, policyArn },
      responseElements: null,
    },
  };
}
