import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, Billing, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import type { SolekeyFunction } from './function.ts';

/**
 * The CloudTrail events already handled, and the anchors being made (Powertools idempotency, with its default attribute
 * names). It only saves work and nothing depends on it, so it is neither backed up nor retained.
 */
export class OnceTable extends Construct {
  readonly table: TableV2;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.table = new TableV2(this, 'Table', {
      partitionKey: { name: 'id', type: AttributeType.STRING },
      billing: Billing.onDemand(),
      timeToLiveAttribute: 'expiration',
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }

  /** The four calls that Powertools' DynamoDB layer makes. */
  grantRemember(fn: SolekeyFunction): void {
    fn.tell('ONCE_TABLE_NAME', this.table.tableName);
    fn.allow({
      sid: 'RememberEvents',
      actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
      resources: [this.table.tableArn],
    });
  }
}
