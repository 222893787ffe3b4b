import { Duration, Lazy, Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { type CfnRule, Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { type CfnEventSourceMapping, EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import type { Queue, QueuePolicy } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { SURVEY_INPUT } from '../../functions/contracts/fixed-names.ts';
import { DeadLetters } from './dead-letters.ts';
import type { DetectionRules } from './detection.ts';
import type { SolekeyFunction } from './function.ts';

export interface HealthScheduleProps {
  readonly health: SolekeyFunction;
  readonly detection: DetectionRules;
  readonly eventQueue: Queue;
  readonly sweep: { readonly rule: Rule; readonly fn: SolekeyFunction };
  readonly survey: { readonly rule: Rule; readonly fn: SolekeyFunction };
  /** The topic whose subscriptions are the approvers'. */
  readonly mailTopicArn: string;
  readonly operatorTopicArn: string;
  /** The rule in AWS Config; null without the view. */
  readonly configRule: string | null;
}

const EVERY = Duration.minutes(5);

/** Reads that IAM offers for no narrower resource, or whose resources belong to others: trails of an organisation, recorders. */
const READ_ACCOUNT = [
  'cloudtrail:DescribeTrails',
  'cloudtrail:GetEventSelectors',
  'cloudtrail:GetTrailStatus',
  'sns:GetSubscriptionAttributes',
];

const READ_CONFIG = [
  'config:DescribeConfigRuleEvaluationStatus',
  'config:DescribeConfigRules',
  'config:DescribeConfigurationRecorderStatus',
  'config:DescribeConfigurationRecorders',
];

/**
 * Runs health, which compares what it finds with the template as deployed. It must be constructed last, because every
 * queue of dead letters and every event source mapping of the stack is watched without being listed anywhere.
 */
export class HealthSchedule extends Construct {
  constructor(scope: Construct, id: string, props: HealthScheduleProps) {
    super(scope, id);
    this.tellExpected(props);
    this.letRead(props);
    new Rule(this, 'Rule', {
      description: 'Solekey: starts health, which checks if Solekey can keep its promises',
      schedule: Schedule.rate(EVERY),
      // The next run does what this one missed, and an alarm reports missing ones: neither retries nor dead letters.
      targets: [new LambdaFunction(props.health.lambda, { retryAttempts: 0, maxEventAge: EVERY })],
    });
    props.health.lambda.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: EVERY });
    this.watchSilence();
  }

  private get deadLetters(): DeadLetters[] {
    return Stack.of(this)
      .node.findAll()
      .filter((one) => one instanceof DeadLetters);
  }

  private get mappings(): EventSourceMapping[] {
    return Stack.of(this)
      .node.findAll()
      .filter((one) => one instanceof EventSourceMapping);
  }

  /** The template as health must find it, with the names that exist only once it is deployed. */
  private tellExpected(props: HealthScheduleProps): void {
    const { health, detection, eventQueue, sweep, survey, mailTopicArn, configRule } = props;
    const stack = Stack.of(this);
    const prefix = stack.node.path.length + 1;
    const expected = () =>
      stack.toJsonString({
        region: stack.region,
        keyRule: {
          name: detection.keys.ruleName,
          target: eventQueue.queueArn,
          input: null,
          pattern: (detection.keys.node.defaultChild as CfnRule).eventPattern,
        },
        exposureRule: detection.reports.ruleName,
        sweepRule: { name: sweep.rule.ruleName, target: sweep.fn.lambda.functionArn, input: null },
        surveyRule: {
          name: survey.rule.ruleName,
          target: survey.fn.lambda.functionArn,
          input: SURVEY_INPUT,
        },
        eventQueue: {
          url: eventQueue.queueUrl,
          policy: (eventQueue.node.findChild('Policy') as QueuePolicy).document,
        },
        mappings: this.mappings.map((mapping) => ({
          id: mapping.eventSourceMappingId,
          queue: mapping.node.id.toLowerCase(),
          reader: (mapping.node.defaultChild as CfnEventSourceMapping).functionName,
        })),
        deadLetters: Object.fromEntries(
          this.deadLetters.map(({ node, queue }) => [
            node.path.slice(prefix, -'/DeadLetters'.length),
            queue.queueName,
          ]),
        ),
        configRule,
      });
    health.tell('EXPECTED', Lazy.string({ produce: expected }));
    health.tell('MAIL_TOPIC_ARN', mailTopicArn);
  }

  private letRead(props: HealthScheduleProps): void {
    const { health, detection, eventQueue, sweep, survey, mailTopicArn, operatorTopicArn } = props;
    const { keys, reports } = detection;
    health.allow({
      sid: 'ReadRules',
      actions: ['events:DescribeRule', 'events:ListTargetsByRule'],
      resources: [keys, reports, sweep.rule, survey.rule].map(({ ruleArn }) => ruleArn),
    });
    health.allow({
      sid: 'ReadMappings',
      actions: ['lambda:GetEventSourceMapping'],
      resources: this.mappings.map(({ eventSourceMappingArn }) => eventSourceMappingArn),
    });
    health.allow({
      sid: 'ReadQueues',
      actions: ['sqs:GetQueueAttributes'],
      resources: [eventQueue, ...this.deadLetters.map(({ queue }) => queue)].map(({ queueArn }) => queueArn),
    });
    health.allow({
      sid: 'ReadSubscriptions',
      actions: ['sns:ListSubscriptionsByTopic'],
      resources: [mailTopicArn, operatorTopicArn],
    });
    health.allow({
      sid: 'ReadAccount',
      actions: [...READ_ACCOUNT, ...(props.configRule === null ? [] : READ_CONFIG)].sort(),
      resources: ['*'],
    });
  }

  /** An alarm for runs that are missing or fail: health counts only a run that did everything. */
  private watchSilence(): void {
    new Alarm(this, 'Silent', {
      alarmDescription:
        'Health did not complete a run for 15 minutes, so nobody would be told that Solekey is blind. Read its log, and ' +
        'check that its rule in EventBridge is enabled; fix the cause.',
      metric: new Metric({
        namespace: 'Solekey',
        metricName: 'HealthChecked',
        dimensionsMap: { service: 'health' },
        period: Duration.minutes(15),
        statistic: 'Sum',
      }),
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      threshold: 1,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.BREACHING,
    });
  }
}
