import {
  DescribeRuleCommand,
  type EventBridgeClient,
  ListTargetsByRuleCommand,
  type Target,
} from '@aws-sdk/client-eventbridge';
import { GetEventSourceMappingCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import type { ExpectedMapping } from '../../core/health/expected.ts';
import type { MappingReading, RuleReading, TargetReading } from '../../core/health/readings.ts';
import { answered, answeredOrNull } from './not-read.ts';

/** A rule of the default bus with its targets; null if it does not exist. */
export async function readRule(events: EventBridgeClient, name: string): Promise<RuleReading | null> {
  const rule = await answeredOrNull(
    'events:DescribeRule',
    /ResourceNotFound/,
    events.send(new DescribeRuleCommand({ Name: name })),
  );
  if (rule === null) {
    return null;
  }
  // A rule has at most five targets, so there is one page.
  const { Targets = [] } = await answered(
    'events:ListTargetsByRule',
    events.send(new ListTargetsByRuleCommand({ Rule: name })),
  );
  return {
    // The other state that begins so receives more events, not fewer.
    enabled: rule.State?.startsWith('ENABLED') === true,
    pattern: jsonOf(rule.EventPattern),
    targets: Targets.map(targetOf),
  };
}

function targetOf({ Arn, Input, InputPath, InputTransformer }: Target): TargetReading {
  return {
    arn: Arn ?? '',
    input: jsonOf(Input),
    transformed: InputPath !== undefined || InputTransformer !== undefined,
  };
}

/** The event source mapping of a queue. */
export async function readMapping(
  lambda: LambdaClient,
  { id, queue, reader }: ExpectedMapping,
): Promise<MappingReading> {
  const found = await answeredOrNull(
    'lambda:GetEventSourceMapping',
    /ResourceNotFound/,
    lambda.send(new GetEventSourceMappingCommand({ UUID: id })),
  );
  return {
    queue,
    state: found === null ? null : (found.State ?? 'unknown'),
    connected: found?.FunctionArn?.endsWith(`:function:${reader}`) === true,
    filtered: (found?.FilterCriteria?.Filters ?? []).length > 0,
  };
}

/** A text as JSON; null if it is absent, and the text itself if it is not JSON. */
export function jsonOf(text: string | undefined): unknown {
  if (text === undefined || text === '') {
    return null;
  }
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
