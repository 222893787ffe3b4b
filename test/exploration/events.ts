import type { Wake } from '../../functions/app/wake.ts';
import { parseCloudTrail } from '../../functions/contracts/cloudtrail.ts';
import type { Instant } from '../../functions/core/model/time.ts';
import { ACCOUNT } from '../fakes/cases.ts';

/** What somebody did to IAM, as CloudTrail tells it. */
export interface IamCall {
  readonly eventName: string;
  /** Left out by people who act on their own keys. */
  readonly userName?: string;
  readonly accessKeyId?: string;
  readonly status?: 'Active' | 'Inactive';
  readonly newUserName?: string;
}

/** The wake that an IAM call becomes: written as the event would be, read by the parser of the product. */
export function eventOf({ eventName, ...asked }: IamCall, at: Instant): Wake {
  const made = eventName === 'CreateAccessKey';
  const parsed = parseCloudTrail({
    source: 'aws.iam',
    detail: {
      eventSource: 'iam.amazonaws.com',
      eventName,
      eventID: `${eventName}-${at}`,
      eventTime: at,
      recipientAccountId: ACCOUNT,
      userIdentity: { type: 'AssumedRole', sessionContext: { sessionIssuer: { userName: 'admin' } } },
      requestParameters: made ? { userName: asked.userName } : asked,
      responseElements: made
        ? { accessKey: { accessKeyId: asked.accessKeyId, userName: asked.userName } }
        : null,
    },
  });
  if (parsed.kind !== 'event') {
    throw new Error(`the event is none: ${JSON.stringify(parsed)}`);
  }
  return { ...parsed.wake } as Wake;
}
