import { randomUUID } from 'node:crypto';
import type { TrailRecord } from '../../gateway/cloudtrail.ts';
import type { Launched } from '../../launch/launch.ts';
import type { OldCase } from './cast.ts';

/** Age of the keys whose creation is told. An archive of EventBridge, like CloudTrail's event history, may go back so far. */
const DAYS_AGO = 60;

/**
 * Replays the events by which these keys were created, as from an archive of EventBridge. Old keys have no creator on record,
 * because Solekey was not there; a replay, which any operator may begin, is how it learns of those that an archive still has.
 */
export function replayCreations({ world }: Launched, users: readonly OldCase[]): void {
  for (const { userName, keep } of users) {
    world.gateway.trail.deliver(creationOf(world.account, userName, keep));
  }
}

/** CloudTrail's record of a key that the pipeline of the organisation created. */
export function creationOf(account: string, userName: string, accessKeyId: string): TrailRecord {
  const at = `${new Date(Date.now() - DAYS_AGO * 86_400_000).toISOString().slice(0, 19)}Z`;
  const role = 'KeyPipeline';
  return {
    eventVersion: '1.10',
    userIdentity: {
      type: 'AssumedRole',
      arn: `arn:aws:sts::${account}:assumed-role/${role}/pipeline`,
      accountId: account,
      sessionContext: {
        sessionIssuer: {
          type: 'Role',
          arn: `arn:aws:iam::${account}:role/${role}`,
          accountId: account,
          userName: role,
        },
      },
    },
    eventTime: at,
    eventSource: 'iam.amazonaws.com',
    eventName: 'CreateAccessKey',
    awsRegion: 'us-east-1',
    requestParameters: { userName },
    responseElements: { accessKey: { accessKeyId, status: 'Active', userName } },
    eventID: randomUUID(),
    readOnly: false,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: account,
    eventCategory: 'Management',
  };
}
