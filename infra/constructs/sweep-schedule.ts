import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { DeadLetters } from './dead-letters.ts';
import type { SolekeyFunction } from './function.ts';

export interface SweepScheduleProps {
  readonly sweep: SolekeyFunction;
}

const EVERY = Duration.minutes(5);

/** Runs the sweep. The next run finds what one run missed, so nothing is retried for longer than the interval. */
export class SweepSchedule extends Construct {
  readonly rule: Rule;

  constructor(scope: Construct, id: string, props: SweepScheduleProps) {
    super(scope, id);
    const { sweep } = props;
    const { queue } = new DeadLetters(this, 'DeadLetters', {
      whenNotEmpty:
        'The sweep failed or could not be started, so reminders and deletions may be late (never early). Read its ' +
        'log, fix the cause, and delete these messages: the next run does what this one missed.',
    });
    const retry = { retryAttempts: 2, maxEventAge: EVERY };
    // Two steps can fail: EventBridge passing the event to Lambda, and Lambda running it later.
    this.rule = new Rule(this, 'Rule', {
      description: 'Solekey: starts the sweep, which has open cases re-evaluated on time',
      schedule: Schedule.rate(EVERY),
      targets: [new LambdaFunction(sweep.lambda, { deadLetterQueue: queue, ...retry })],
    });
    sweep.lambda.configureAsyncInvoke({
      ...retry,
      onFailure: { bind: () => ({ destination: queue.queueArn }) },
    });
    sweep.allow({ sid: 'ReportFailedRuns', actions: ['sqs:SendMessage'], resources: [queue.queueArn] });
    this.watchSilence(sweep);
  }

  /** An alarm for missing runs: a schedule that is disabled leaves no dead letter. */
  private watchSilence({ lambda }: SolekeyFunction): void {
    new Alarm(this, 'Silent', {
      alarmDescription:
        'The sweep did not run for 15 minutes, so reminders and deletions are late (never early). Fix the cause: most ' +
        'likely its rule in EventBridge is disabled, or the account has reached its Lambda concurrency limit.',
      metric: lambda.metricInvocations({ period: Duration.minutes(15), statistic: 'Sum' }),
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      threshold: 1,
      evaluationPeriods: 1,
      // Lambda reports no data points for a function that does not run.
      treatMissingData: TreatMissingData.BREACHING,
    });
  }
}
