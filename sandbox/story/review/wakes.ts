import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Launched } from '../../launch/launch.ts';

/** The most messages in one call. */
const AT_ONCE = 10;

/** Has these users re-evaluated now, as `npm run control -- check` does for one. */
export async function reevaluate(
  { clients, deployed, world }: Launched,
  userNames: readonly string[],
): Promise<void> {
  const sqs = clients.make(SQSClient);
  for (let from = 0; from < userNames.length; from += AT_ONCE) {
    const Entries = userNames.slice(from, from + AT_ONCE).map((userName, place) => ({
      Id: String(place),
      MessageBody: JSON.stringify({ kind: 'user', account: world.account, userName, attempt: 0 }),
    }));
    await sqs.send(new SendMessageBatchCommand({ QueueUrl: deployed.outputs.WakeQueueUrl ?? '', Entries }));
  }
  sqs.destroy();
}
