import { Duration } from 'aws-cdk-lib';
import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { SURVEY_INPUT } from '../../functions/contracts/fixed-names.ts';
import { DeadLetters } from './dead-letters.ts';
import type { SolekeyFunction } from './function.ts';

export interface SurveyProps {
  readonly evaluate: SolekeyFunction;
}

/** A run does what is due, so a missed one is made up for by the next. */
const EVERY = Duration.hours(1);

/**
 * The survey of all users: evaluate runs every hour, reads a share of the users live, and once a day takes the
 * inventory. It needs no AWS Config.
 */
export class Survey extends Construct {
  readonly schedule: Rule;
  private readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, { evaluate }: SurveyProps) {
    super(scope, id);
    const { queue } = new DeadLetters(this, 'DeadLetters', {
      whenNotEmpty:
        'A survey failed: AWS Config may show old results, the inventory may be old, and users whose events were lost ' +
        "were not found. Read evaluate's log, fix the cause, and delete these messages: the next run, within the hour, " +
        'does what this one missed. To have its results earlier, run the rule in AWS Config again.',
    });
    this.deadLetters = queue;
    this.keepFailures(evaluate);
    this.schedule = new Rule(this, 'Hourly', {
      description:
        'Solekey: starts the survey, which reads all users in turn and takes the inventory once a day',
      schedule: Schedule.rate(EVERY),
      targets: [
        new LambdaFunction(evaluate.lambda, {
          event: RuleTargetInput.fromObject(SURVEY_INPUT),
          deadLetterQueue: queue,
          retryAttempts: 2,
          maxEventAge: EVERY,
        }),
      ],
    });
  }

  /** Both AWS Config and EventBridge invoke the function asynchronously: Lambda queues the run and silently drops it after its retries. */
  private keepFailures(evaluate: SolekeyFunction): void {
    const { queueArn } = this.deadLetters;
    evaluate.lambda.configureAsyncInvoke({
      retryAttempts: 1,
      maxEventAge: Duration.hours(1),
      onFailure: { bind: () => ({ destination: queueArn }) },
    });
    evaluate.allow({ sid: 'ReportFailedRuns', actions: ['sqs:SendMessage'], resources: [queueArn] });
  }
}
