import { CloudTrailClient, CreateTrailCommand, StartLoggingCommand } from '@aws-sdk/client-cloudtrail';
import type { Clients } from './clients.ts';

/** The trail that an account must have for Solekey to receive events. The gateway delivers them whatever its state. */
export const TRAIL = 'all-events';

/** Creates the trail and starts it. */
export async function startTrail(clients: Clients): Promise<void> {
  const cloudTrail = clients.make(CloudTrailClient);
  await cloudTrail.send(
    new CreateTrailCommand({
      Name: TRAIL,
      S3BucketName: 'trail-of-this-account',
      IsMultiRegionTrail: true,
      IncludeGlobalServiceEvents: true,
    }),
  );
  await cloudTrail.send(new StartLoggingCommand({ Name: TRAIL }));
  cloudTrail.destroy();
}
