import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import type { SolekeyFunction } from './function.ts';

export interface RecordsScheduleProps {
  readonly records: SolekeyFunction;
}

const EVERY = Duration.minutes(15);

/** Starts records, and nothing else does. The next run records what one run missed. */
export class RecordsSchedule extends Construct {
  readonly rule: Rule;

  constructor(scope: Construct, id: string, { records }: RecordsScheduleProps) {
    super(scope, id);
    this.rule = new Rule(this, 'Rule', {
      description: 'Solekey: starts records, which signs what was decided and done',
      schedule: Schedule.rate(EVERY),
      // The next run records what this one missed, and an alarm reports missing ones: neither retries nor dead letters.
      targets: [new LambdaFunction(records.lambda, { retryAttempts: 0, maxEventAge: EVERY })],
    });
    records.lambda.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: EVERY });
    this.watchSilence();
    this.watchUnvouched();
  }

  private watchSilence(): void {
    new Alarm(this, 'Silent', {
      alarmDescription:
        'Records completed no run for an hour, so nothing that happened since is signed. Read its log, and check that its ' +
        'rule in EventBridge is enabled; fix the cause. Nothing is lost: the next run records all of it.',
      metric: this.counted('RecordsMade', Duration.hours(1)),
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      threshold: 1,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.BREACHING,
    });
  }

  /** Nobody but reconcile writes history, so a history that does not fit is reported at once. */
  private watchUnvouched(): void {
    new Alarm(this, 'NotVouched', {
      alarmDescription:
        'Records found a history, a ledger or an anchor that is not what Solekey wrote, so it vouches for nothing in it. ' +
        'Somebody other than Solekey has written to the table or the bucket. Its log says where. Fix the cause: "npm run ' +
        'verify" says which entry it is; find out who wrote it, and restore the item or the object. It also comes once ' +
        'when the ledger says that the table was restored from a backup: if nobody did that, entries were removed.',
      metric: this.counted('NotVouched', Duration.minutes(15)),
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      threshold: 1,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }

  private counted(metricName: string, period: Duration): Metric {
    return new Metric({
      namespace: 'Solekey',
      metricName,
      dimensionsMap: { service: 'records' },
      period,
      statistic: 'Sum',
    });
  }
}
