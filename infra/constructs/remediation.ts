import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { SolekeyFunction } from './function.ts';

export interface RemediationProps {
  readonly mode: 'enforce' | 'observe';
}

/** Rights on IAM. This file alone names the two actions that change a key, and `grantChangeKeys` alone gives them. */
export class Remediation extends Construct {
  private readonly mode: RemediationProps['mode'];
  private readonly users: string;

  constructor(scope: Construct, id: string, props: RemediationProps) {
    super(scope, id);
    this.mode = props.mode;
    this.users = Stack.of(this).formatArn({
      service: 'iam',
      region: '',
      resource: 'user',
      resourceName: '*',
    });
  }

  grantObserve(fn: SolekeyFunction): void {
    fn.allow({
      sid: 'ObserveUsers',
      actions: ['iam:GetUser', 'iam:ListAccessKeys', 'iam:GetAccessKeyLastUsed'],
      resources: [this.users],
    });
    // IAM knows no narrower resource for this call.
    fn.allow({ sid: 'ListUsers', actions: ['iam:ListUsers'], resources: ['*'] });
  }

  /**
   * Deactivate, restore and delete. In observe mode nobody gets this, so not even a mistake in our code could
   * change a key. IAM has no condition on the status asked for: deactivating and restoring are one right.
   */
  grantChangeKeys(fn: SolekeyFunction): void {
    if (this.mode === 'observe') return;
    fn.allow({
      sid: 'ChangeKeys',
      actions: ['iam:UpdateAccessKey', 'iam:DeleteAccessKey'],
      resources: [this.users],
    });
  }
}
