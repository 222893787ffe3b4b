import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Settings } from '../../functions/contracts/settings.ts';
import type { SolekeyFunction } from './function.ts';

export interface RemediationProps {
  readonly mode: Settings['mode'];
  readonly only: Settings['only'];
  readonly exclude: Settings['exclude'];
}

const MAY_CHANGE = { enforce: true, observe: false } as const satisfies Record<Settings['mode'], boolean>;

/** True if a role has the permission to change a key in this mode. */
export function mayChangeKeys(mode: Settings['mode']): boolean {
  return MAY_CHANGE[mode];
}

/** The condition that a user has this tag. */
function having({ key, value }: NonNullable<Settings['exclude']['tag']>) {
  return { StringEquals: { [`aws:ResourceTag/${key}`]: value } };
}

const CHANGES = ['iam:UpdateAccessKey', 'iam:DeleteAccessKey'];

/**
 * CDK moves statements of a long policy as a whole into further policies, each limited to 6,144 characters. Eight
 * globs of maximum length take about 2,900, so two statements fit into one of these; and what stays in the role's own
 * policies, which may take 10,240 together, leaves about 500 for other permissions.
 */
const GLOBS_IN_A_STATEMENT = 8;

/**
 * Permissions on IAM. The two actions that change a key are named only in this file, and granted only by
 * `grantChangeKeys`.
 */
export class Remediation extends Construct {
  private readonly mode: RemediationProps['mode'];
  private readonly only: RemediationProps['only'];
  private readonly exclude: RemediationProps['exclude'];
  private readonly users: string;

  constructor(scope: Construct, id: string, props: RemediationProps) {
    super(scope, id);
    this.mode = props.mode;
    this.only = props.only;
    this.exclude = props.exclude;
    this.users = this.user('*');
  }

  /** For reconcile: read one user, and find a user who was renamed. */
  grantObserve(fn: SolekeyFunction): void {
    this.observeUsers(fn);
    // IAM supports no narrower resource for this call.
    fn.allow({ sid: 'ListUsers', actions: ['iam:ListUsers'], resources: ['*'] });
  }

  /** For evaluate: read all users at once, and single users where that is not enough. */
  grantSurvey(fn: SolekeyFunction): void {
    this.observeUsers(fn);
    // IAM supports no narrower resource for these calls.
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
   * Permissions to deactivate, restore and delete. In observe mode they are not granted, so not even a mistake in our
   * code can change a key; with `only` they reach no other users. IAM has no condition key for the requested status, so
   * deactivating and restoring are one permission.
   */
  grantChangeKeys(fn: SolekeyFunction): void {
    if (!mayChangeKeys(this.mode)) {
      return;
    }
    if (this.only === null) {
      fn.allow({ sid: 'ChangeKeys', actions: CHANGES, resources: [this.users] });
    } else {
      this.allowOnly(fn, this.only);
    }
    this.denyExcluded(fn);
  }

  /** Allows changes to the users of `only`: a matching name or the tag is enough, so each has statements of its own. */
  private allowOnly(fn: SolekeyFunction, { tag, users }: NonNullable<Settings['only']>): void {
    const named = users.length === 0 ? [] : [{ sid: 'ChangeKeysOfNames', resources: this.named(users) }];
    const tagged =
      tag === null ? [] : [{ sid: 'ChangeKeysOfTagged', resources: [this.users], conditions: having(tag) }];
    const rights = [...named, ...tagged].map((right) => ({ actions: CHANGES, ...right }));
    fn.allowApart('Only', rights);
  }

  /** S9: denies changes to the users that the code excludes, from the same setting. */
  private denyExcluded(fn: SolekeyFunction): void {
    const { tag, users } = this.exclude;
    for (let from = 0; from < users.length; from += GLOBS_IN_A_STATEMENT) {
      const resources = this.named(users.slice(from, from + GLOBS_IN_A_STATEMENT));
      const number = from === 0 ? '' : String(from / GLOBS_IN_A_STATEMENT + 1);
      fn.forbid({ sid: `NeverChangeExcludedNames${number}`, actions: CHANGES, resources });
    }
    if (tag !== null) {
      const conditions = having(tag);
      fn.forbid({ sid: 'NeverChangeExcludedTag', actions: CHANGES, resources: [this.users], conditions });
    }
  }

  /**
   * The resources for globs of users. A glob matches a name at the root and below any path, exactly as in
   * `functions/core/model/exclusion.ts`.
   */
  private named(globs: readonly string[]): string[] {
    return globs.flatMap((glob) => [this.user(glob), this.user(`*/${glob}`)]);
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
