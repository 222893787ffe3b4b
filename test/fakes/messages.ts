import { sendDigests } from '../../functions/app/reconcile/digest.ts';
import { mailLink } from '../../functions/app/reconcile/mail-link.ts';
import { receive } from '../../functions/app/reconcile/receive.ts';
import { reconcile } from '../../functions/app/reconcile/reconcile.ts';
import type { DigestWish, MailLinkWish, News, Wake } from '../../functions/app/wake.ts';
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
