import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { AttributeType, Billing, ProjectionType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { DUE_INDEX, LIST_INDEX } from '../../functions/contracts/fixed-names.ts';
import type { SolekeyFunction } from './function.ts';

/**
 * The table of cases, requests, decision records and history: the record of what Solekey did, retained if the stack
 * is deleted. It is billed on demand, because on most days nothing happens.
 */
export class CaseTable extends Construct {
  readonly table: TableV2;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.table = new TableV2(this, 'Table', {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billing: Billing.onDemand(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
      globalSecondaryIndexes: [
        {
          indexName: DUE_INDEX.name,
          partitionKey: { name: DUE_INDEX.shard, type: AttributeType.STRING },
          sortKey: { name: DUE_INDEX.at, type: AttributeType.STRING },
          // Keys only: nothing is decided from the index, so it needs no data.
          projectionType: ProjectionType.KEYS_ONLY,
        },
        {
          indexName: LIST_INDEX.name,
          partitionKey: { name: LIST_INDEX.group, type: AttributeType.STRING },
          sortKey: { name: LIST_INDEX.rank, type: AttributeType.STRING },
          projectionType: ProjectionType.KEYS_ONLY,
        },
      ],
    });
    this.watchUnreadable();
    this.watchAltered();
  }

  /**
   * A case that cannot be read is tried again every 15 minutes, or with the next sweep after that, so each half hour
   * counts it. One that a roll-back and the next upgrade leave behind for some minutes alarms nobody.
   */
  private watchUnreadable(): void {
    new Alarm(this, 'NotReadable', {
      alarmDescription:
        'Reconcile could not read a case for an hour, so it changes no key of that user and sends no mail about them. ' +
        'Its log says which user and why. Fix the cause: most likely a newer release wrote the case, so deploy that ' +
        'release again; if the item is damaged, repair it.',
      metric: new Metric({
        namespace: 'Solekey',
        metricName: 'CaseNotReadable',
        dimensionsMap: { service: 'reconcile' },
        period: Duration.minutes(30),
        statistic: 'Sum',
      }),
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      threshold: 1,
      evaluationPeriods: 2,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }

  /** Nobody but reconcile writes cases, so one that is not what its history says is reported at once. */
  private watchAltered(): void {
    new Alarm(this, 'NotAsRecorded', {
      alarmDescription:
        'A case or a stored answer in the table is not what Solekey recorded, so no key was changed because of it. ' +
        'Somebody other than Solekey has written to the table. The log of reconcile says which user. Fix the cause: ' +
        'find out who did it, and restore the item.',
      metric: new Metric({
        namespace: 'Solekey',
        metricName: 'NotAsRecorded',
        dimensionsMap: { service: 'reconcile' },
        period: Duration.minutes(5),
        statistic: 'Sum',
      }),
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      threshold: 1,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }

  /**
   * For reconcile: everything that a pass and its transactions need on the table itself. The index is not included,
   * because its answers may be stale. Neither is DeleteItem, because nothing recorded is ever deleted.
   */
  grantKeepCases(fn: SolekeyFunction): void {
    this.name(fn);
    fn.allow({
      sid: 'KeepCases',
      actions: [
        'dynamodb:GetItem',
        'dynamodb:BatchGetItem',
        'dynamodb:ConditionCheckItem',
        'dynamodb:PutItem',
        'dynamodb:UpdateItem',
      ],
      resources: [this.table.tableArn],
    });
  }

  /**
   * For reconcile: the list of open cases, and those that a release without the list wrote, for digests. Nothing is decided
   * from an index.
   */
  grantListCases(fn: SolekeyFunction): void {
    fn.allow({
      sid: 'ListCases',
      actions: ['dynamodb:Query'],
      resources: [DUE_INDEX, LIST_INDEX].map(({ name }) => `${this.table.tableArn}/index/${name}`),
    });
  }

  /**
   * For approve: read a case, or those of a page of the list, and record a request. The partition key must begin with `DECISION#`, so the function
   * that is reachable from the internet cannot write a case, a decision record or history.
   */
  grantRequestDecisions(fn: SolekeyFunction): void {
    this.name(fn);
    const reads = ['dynamodb:GetItem', 'dynamodb:BatchGetItem'];
    fn.allow({ sid: 'ReadCase', actions: reads, resources: [this.table.tableArn] });
    this.grantQueryList(fn);
    fn.allow({
      sid: 'PutDecisionRequest',
      actions: ['dynamodb:PutItem'],
      resources: [this.table.tableArn],
      conditions: {
        'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['DECISION#*'] },
        // ForAllValues also holds for a request without any values, so this requires one.
        Null: { 'dynamodb:LeadingKeys': 'false' },
      },
    });
  }

  /** To read which cases are open, most urgent first. The index has keys only, so nothing else can be read through it. */
  grantQueryList(fn: SolekeyFunction): void {
    fn.allow({
      sid: 'QueryList',
      actions: ['dynamodb:Query'],
      resources: [`${this.table.tableArn}/index/${LIST_INDEX.name}`],
    });
  }

  /**
   * For witness: store who uses the keys of a user. The partition key must begin with `USAGE#`, so the function can write
   * no case, and it can read nothing.
   */
  grantKeepUsage(fn: SolekeyFunction): void {
    this.name(fn);
    fn.allow({
      sid: 'KeepUsage',
      actions: ['dynamodb:PutItem'],
      resources: [this.table.tableArn],
      conditions: {
        'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['USAGE#*'] },
        // As above: ForAllValues also holds for a request without any values.
        Null: { 'dynamodb:LeadingKeys': 'false' },
      },
    });
  }

  /**
   * For evaluate: read which users have an open case (each has a due date in the index) and the cases themselves. No
   * writes.
   */
  grantReadCases(fn: SolekeyFunction): void {
    this.queryDue(fn);
    fn.allow({ sid: 'ReadCases', actions: ['dynamodb:BatchGetItem'], resources: [this.table.tableArn] });
  }

  /**
   * For evaluate: keep the facts about users that mails and pages show. The partition key must begin with `ABOUT#`, so
   * the function cannot write a case, an answer or the control item (docs/adr/019).
   */
  grantKeepAbout(fn: SolekeyFunction): void {
    fn.allow({
      sid: 'KeepAbout',
      actions: ['dynamodb:PutItem'],
      resources: [this.table.tableArn],
      conditions: {
        'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['ABOUT#*'] },
        Null: { 'dynamodb:LeadingKeys': 'false' },
      },
    });
  }

  /** For the sweep: read which cases are due and move their `wakeAt`, without reading the cases. */
  grantPushWakes(fn: SolekeyFunction): void {
    this.queryDue(fn);
    fn.allow({
      sid: 'PushWakeAt',
      actions: ['dynamodb:UpdateItem'],
      resources: [this.table.tableArn],
      conditions: {
        // All attributes that the request names, including those in its conditions. DynamoDB requires the keys to be
        // listed as well.
        'ForAllValues:StringEquals': { 'dynamodb:Attributes': ['pk', 'sk', DUE_INDEX.shard, DUE_INDEX.at] },
        // Only partitions of users: neither the control item nor requests.
        'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['USER#*'] },
        Null: { 'dynamodb:Attributes': 'false', 'dynamodb:LeadingKeys': 'false' },
        // Otherwise an update could return the whole item. An absent value means NONE.
        StringEqualsIfExists: { 'dynamodb:ReturnValues': ['NONE'] },
      },
    });
  }

  /**
   * For health: read the control item, its ledger, the stamps, open cases and histories, and keep what it found. The partition key of
   * what it writes must begin with `HEALTH#`, so the function can write no case, no answer and not the control item.
   */
  grantKeepHealth(fn: SolekeyFunction): void {
    this.queryDue(fn);
    const resources = [this.table.tableArn];
    fn.allow({ sid: 'ReadTable', actions: ['dynamodb:BatchGetItem', 'dynamodb:GetItem'], resources });
    fn.allow({
      sid: 'ReadLedgerAndHistory',
      actions: ['dynamodb:Query'],
      resources,
      conditions: {
        'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['LEDGER#*', 'USER#*'] },
        Null: { 'dynamodb:LeadingKeys': 'false' },
      },
    });
    fn.allow({
      sid: 'KeepHealth',
      actions: ['dynamodb:UpdateItem'],
      resources,
      conditions: {
        'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['HEALTH#*'] },
        Null: { 'dynamodb:LeadingKeys': 'false' },
      },
    });
  }

  /**
   * For records: everything, to read only. Scan is how it finds every user once a day: a closed case is in no index.
   */
  grantReadRecords(fn: SolekeyFunction): void {
    this.queryDue(fn);
    fn.allow({
      sid: 'ReadRecords',
      actions: ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:Scan'],
      resources: [this.table.tableArn],
    });
  }

  private queryDue(fn: SolekeyFunction): void {
    this.name(fn);
    fn.allow({
      sid: 'QueryDue',
      actions: ['dynamodb:Query'],
      resources: [`${this.table.tableArn}/index/${DUE_INDEX.name}`],
    });
  }

  private name(fn: SolekeyFunction): void {
    fn.tell('TABLE_NAME', this.table.tableName);
  }
}
