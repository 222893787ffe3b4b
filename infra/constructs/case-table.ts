import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, Billing, ProjectionType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { DUE_INDEX } from '../../functions/contracts/fixed-names.ts';
import type { SolekeyFunction } from './function.ts';

/**
 * Cases, decision requests, decision records and history: the record of what Solekey did, kept when the stack
 * goes. An on-demand table, because most days nothing happens.
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
          // An index never decides, so it holds nothing to decide by.
          projectionType: ProjectionType.KEYS_ONLY,
        },
      ],
    });
  }

  /**
   * For reconcile: everything that a pass and its transactions need on the table itself. Not the index, whose
   * answers are stale by nature, and no DeleteItem: nothing that was recorded disappears.
   */
  grantKeepCases(fn: SolekeyFunction): void {
    this.name(fn);
    fn.allow({
      sid: 'KeepCases',
      actions: ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
      resources: [this.table.tableArn],
    });
  }

  /**
   * For approve: look at a case, and put down what was asked for. The partition key must begin with
   * `DECISION#`, so the function that the internet can reach cannot write a case, a decision record or history.
   */
  grantRequestDecisions(fn: SolekeyFunction): void {
    this.name(fn);
    fn.allow({ sid: 'ReadCase', actions: ['dynamodb:GetItem'], resources: [this.table.tableArn] });
    fn.allow({
      sid: 'PutDecisionRequest',
      actions: ['dynamodb:PutItem'],
      resources: [this.table.tableArn],
      conditions: {
        'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['DECISION#*'] },
        // ForAllValues holds for a request without any value too; so a value must be there.
        Null: { 'dynamodb:LeadingKeys': 'false' },
      },
    });
  }

  /** For evaluate: which users have an open case (each has a date in the index), and what the cases say. No write. */
  grantReadCases(fn: SolekeyFunction): void {
    this.queryDue(fn);
    fn.allow({ sid: 'ReadCases', actions: ['dynamodb:BatchGetItem'], resources: [this.table.tableArn] });
  }

  /** For the sweep: read which cases are due, and push their `wakeAt` on, without asking for what is in them. */
  grantPushWakes(fn: SolekeyFunction): void {
    this.queryDue(fn);
    fn.allow({
      sid: 'PushWakeAt',
      actions: ['dynamodb:UpdateItem'],
      resources: [this.table.tableArn],
      conditions: {
        // Every attribute that the request names, its conditions included. DynamoDB wants keys listed as well.
        'ForAllValues:StringEquals': { 'dynamodb:Attributes': ['pk', 'sk', DUE_INDEX.shard, DUE_INDEX.at] },
        // Partitions of users alone: not the control item, nor requests.
        'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['USER#*'] },
        Null: { 'dynamodb:Attributes': 'false', 'dynamodb:LeadingKeys': 'false' },
        // Else an update could ask for the whole item in return. Absent means NONE.
        StringEqualsIfExists: { 'dynamodb:ReturnValues': ['NONE'] },
      },
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
