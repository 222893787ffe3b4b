import {
  type ConfigServiceClient,
  type ConfigurationRecorder,
  DescribeConfigRuleEvaluationStatusCommand,
  DescribeConfigRulesCommand,
  DescribeConfigurationRecorderStatusCommand,
  DescribeConfigurationRecordersCommand,
} from '@aws-sdk/client-config-service';
import type { ConfigRuleReading, RecorderReading } from '../../core/health/readings.ts';
import { type Instant, instantOf } from '../../core/model/time.ts';
import { answered, answeredOrNull } from './not-read.ts';

const USERS = 'AWS::IAM::User';
const NO_RULE = /NoSuchConfigRule/;

/** The customer's recorder in the client's Region. */
export async function readRecorder(config: ConfigServiceClient, region: string): Promise<RecorderReading> {
  const { ConfigurationRecorders = [] } = await answered(
    'config:DescribeConfigurationRecorders',
    config.send(new DescribeConfigurationRecordersCommand({})),
  );
  const { ConfigurationRecordersStatus = [] } = await answered(
    'config:DescribeConfigurationRecorderStatus',
    config.send(new DescribeConfigurationRecorderStatusCommand({})),
  );
  return {
    region,
    recording: ConfigurationRecordersStatus.some(({ recording }) => recording === true),
    users: ConfigurationRecorders.some(recordsUsers),
  };
}

/** IAM users are of a global type, which "all types" includes only if it says so. */
function recordsUsers({ recordingGroup = {} }: ConfigurationRecorder): boolean {
  const { allSupported, includeGlobalResourceTypes, resourceTypes = [] } = recordingGroup;
  const { recordingStrategy, exclusionByResourceTypes } = recordingGroup;
  if (recordingStrategy?.useOnly === 'EXCLUSION_BY_RESOURCE_TYPES') {
    return !(exclusionByResourceTypes?.resourceTypes ?? []).some((type) => type === USERS);
  }
  return (
    (allSupported === true && includeGlobalResourceTypes === true) ||
    resourceTypes.some((type) => type === USERS)
  );
}

/** The rule and its latest runs; null if it does not exist. */
export async function readConfigRule(
  config: ConfigServiceClient,
  name: string,
): Promise<ConfigRuleReading | null> {
  const rules = await answeredOrNull(
    'config:DescribeConfigRules',
    NO_RULE,
    config.send(new DescribeConfigRulesCommand({ ConfigRuleNames: [name] })),
  );
  const status = await answeredOrNull(
    'config:DescribeConfigRuleEvaluationStatus',
    NO_RULE,
    config.send(new DescribeConfigRuleEvaluationStatusCommand({ ConfigRuleNames: [name] })),
  );
  const rule = rules?.ConfigRules?.[0];
  const run = status?.ConfigRulesEvaluationStatus?.[0];
  if (rule === undefined) {
    return null;
  }
  return {
    active: rule.ConfigRuleState === 'ACTIVE' || rule.ConfigRuleState === 'EVALUATING',
    activatedAt: at(run?.FirstActivatedTime),
    succeededAt: at(run?.LastSuccessfulEvaluationTime),
    failedAt: at(run?.LastFailedEvaluationTime),
  };
}

function at(date: Date | undefined): Instant | null {
  return date === undefined ? null : instantOf(date.getTime());
}
