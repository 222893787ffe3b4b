/** The account, before anything of Solekey is in it. */
import { type CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import {
  type CloudTrailClient,
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  type GetEventSelectorsCommandOutput,
  GetTrailStatusCommand,
} from '@aws-sdk/client-cloudtrail';
import {
  type ConfigServiceClient,
  DescribeConfigurationRecorderStatusCommand,
  DescribeConfigurationRecordersCommand,
} from '@aws-sdk/client-config-service';
import type { Account, Trail } from '../world.ts';

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

    async trails() {
      const { trailList = [] } = await clients.trail.send(new DescribeTrailsCommand({}));
      const covering = trailList.filter(
        ({ HomeRegion, IsMultiRegionTrail }) => IsMultiRegionTrail === true || HomeRegion === region,
      );
      const found: Trail[] = [];
      for (const { TrailARN = '', Name = '' } of covering) {
        const { IsLogging } = await clients.trail.send(new GetTrailStatusCommand({ Name: TrailARN }));
        const selectors = await clients.trail.send(new GetEventSelectorsCommand({ TrailName: TrailARN }));
        found.push({ name: Name, logging: IsLogging === true, writes: logsWrites(selectors) });
      }
      return found;
    },

    async recorder() {
      const { ConfigurationRecorders = [] } = await clients.config.send(
        new DescribeConfigurationRecordersCommand({}),
      );
      const [recorder] = ConfigurationRecorders;
      if (recorder === undefined) {
        return null;
      }
      const { ConfigurationRecordersStatus = [] } = await clients.config.send(
        new DescribeConfigurationRecorderStatusCommand({}),
      );
      const { allSupported, includeGlobalResourceTypes, resourceTypes = [] } = recorder.recordingGroup ?? {};
      const all = allSupported === true && includeGlobalResourceTypes === true;
      return {
        recording: ConfigurationRecordersStatus[0]?.recording === true,
        users: all || resourceTypes.includes('AWS::IAM::User'),
      };
    },
  };
}

type Selectors = Pick<GetEventSelectorsCommandOutput, 'EventSelectors' | 'AdvancedEventSelectors'>;

/** True if a trail with these selectors logs management events that write. */
function logsWrites({ EventSelectors = [], AdvancedEventSelectors = [] }: Selectors): boolean {
  const basic = EventSelectors.some(
    ({ IncludeManagementEvents, ReadWriteType }) =>
      IncludeManagementEvents === true && ReadWriteType !== 'ReadOnly',
  );
  const advanced = AdvancedEventSelectors.some(({ FieldSelectors = [] }) => {
    const equals = (field: string) => FieldSelectors.find(({ Field }) => Field === field)?.Equals ?? [];
    return equals('eventCategory').includes('Management') && !equals('readOnly').includes('true');
  });
  return basic || advanced;
}
