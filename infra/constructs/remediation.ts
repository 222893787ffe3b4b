import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Settings } from '../../functions/contracts/settings.ts';
import type { SolekeyFunction } from './function.ts';

export interface RemediationProps {
  readonly mode: Settings['mode'];
  readonly exclude: Settings['exclude'];
}

const CHANGES = ['iam:UpdateAccessKey', 'iam:DeleteAccessKey'];

/**
 * Long lists fill more than one policy. The CDK moves whole statements into policies of their own, which hold 6,144
 * characters each: ten globs of the longest kind make some 3,500.
 */
const GLOBS_IN_A_STATEMENT = 10;

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
    if (this.mode === 'observe') {
      return;
    }
    fn.allow({
      sid: 'ChangeKeys',
      actions: CHANGES,
      resources: [this.users],
    });
    this.denyExcluded(fn);
  }

  /**
   * S9: whoever the code excludes, this Deny excludes too, from the same setting. A glob stands for a name at the
   * root and below any path, exactly as `functions/core/model/exclusion.ts` reads it.
   */
  private denyExcluded(fn: SolekeyFunction): void {
    const { tag, users } = this.exclude;
    for (let from = 0; from < users.length; from += GLOBS_IN_A_STATEMENT) {
      const globs = users.slice(from, from + GLOBS_IN_A_STATEMENT);
      const resources = globs.flatMap((glob) => [this.user(glob), this.user(`*/${glob}`)]);
      const number = from === 0 ? '' : String(from / GLOBS_IN_A_STATEMENT + 1);
      fn.forbid({ sid: `NeverChangeExcludedNames${number}`, actions: CHANGES, resources });
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
