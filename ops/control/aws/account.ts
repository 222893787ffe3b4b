/** The account, before anything of Solekey is in it. */
import { type CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import type { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import type { ConfigServiceClient } from '@aws-sdk/client-config-service';
import { readRecorder } from '../../../functions/adapters/health/aws-config.ts';
import { readTrails } from '../../../functions/adapters/health/trails.ts';
import type { Account } from '../world.ts';

interface Clients {
  readonly formation: CloudFormationClient;
  readonly trail: CloudTrailClient;
  readonly config: ConfigServiceClient;
}

export function accountReader(clients: Clients, account: string, region: string): Account {
  return {
    account,

    async bootstrap() {
      try {
        const { Stacks = [] } = await clients.formation.send(
          new DescribeStacksCommand({ StackName: 'CDKToolkit' }),
        );
        const version = Stacks[0]?.Outputs?.find(({ OutputKey }) => OutputKey === 'BootstrapVersion');
        return Number(version?.OutputValue ?? 0);
      } catch (error) {
        if (error instanceof Error && error.message.includes('does not exist')) {
          return null;
        }
        throw error;
      }
    },

    trails: () => readTrails(clients.trail),

    recorder: () => readRecorder(clients.config, region),
  };
}
