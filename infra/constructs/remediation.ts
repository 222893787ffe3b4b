import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Settings } from '../../functions/contracts/settings.ts';
import type { SolekeyFunction } from './function.ts';

export interface RemediationProps {
  readonly mode: Settings['mode'];
  readonly exclude: Settings['exclude'];
}

const CHANGES = ['iam:UpdateAccessKey', 'iam:DeleteAccessKey'];

/** Rights on IAM. This file alone names the two actions that change a key, and `grantChangeKeys` alone gives them. */
export class Remediation extends Construct {
  private readonly mode: RemediationProps['mode'];
  private readonly exclude: RemediationProps['exclude'];
  private readonly users: string;

  constructor(scope: Construct, id: string, props: RemediationProps) {
    super(scope, id);
    this.mode = props.mode;
    this.exclude = props.exclude;
    this.users = this.user('*');
  }

  /** For reconcile: look at one user, and find a renamed one. */
  grantObserve(fn: SolekeyFunction): void {
    this.observeUsers(fn);
    // IAM knows no narrower resource for this call.
    fn.allow({ sid: 'ListUsers', actions: ['iam:ListUsers'], resources: ['*'] });
  }

  /** For evaluate: look at all users at once, and at single ones where that is not enough. */
  grantSurvey(fn: SolekeyFunction): void {
    this.observeUsers(fn);
    // IAM knows no narrower resource for these calls.
    fn.allow({
      sid: 'SurveyUsers',
      actions: [
        'iam:GenerateCredentialReport',
        'iam:GetCredentialReport',
        'iam:GetAccountAuthorizationDetails',
      ],
      resources: ['*'],
    });
  }

  /**
   * Deactivate, restore and delete. In observe mode nobody gets this, so not even a mistake in our code could
   * change a key. IAM has no condition on the status asked for: deactivating and restoring are one right.
   */
  grantChangeKeys(fn: SolekeyFunction): void {
    if (this.mode === 'observe') return;
    fn.allow({
      sid: 'ChangeKeys',
      actions: CHANGES,
      resources: [this.users],
    });
    this.denyExcluded(fn);
  }

  /**
   * S9: whoever the code excludes, this Deny excludes too, from the same setting. A glob stands for a name at the
   * root and below any path, exactly as `functions/core/exclusion.ts` reads it.
   */
  private denyExcluded(fn: SolekeyFunction): void {
    const { tag, users } = this.exclude;
    if (users.length > 0) {
      const resources = users.flatMap((glob) => [this.user(glob), this.user(`*/${glob}`)]);
      fn.forbid({ sid: 'NeverChangeExcludedNames', actions: CHANGES, resources });
    }
    if (tag !== null) {
      const conditions = { StringEquals: { [`aws:ResourceTag/${tag.key}`]: tag.value } };
      fn.forbid({ sid: 'NeverChangeExcludedTag', actions: CHANGES, resources: [this.users], conditions });
    }
  }

  private observeUsers(fn: SolekeyFunction): void {
    fn.allow({
      sid: 'ObserveUsers',
      actions: ['iam:GetUser', 'iam:ListAccessKeys', 'iam:GetAccessKeyLastUsed'],
      resources: [this.users],
    });
  }

  private user(resourceName: string): string {
    return Stack.of(this).formatArn({ service: 'iam', region: '', resource: 'user', resourceName });
  }
}
