import { Stack } from 'aws-cdk-lib';
import { CfnConfigRule } from 'aws-cdk-lib/aws-config';
import * as iam from 'aws-cdk-lib/aws-iam';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { Settings } from '../../functions/contracts/settings.ts';
import type { SolekeyFunction } from './function.ts';
import { Survey, type SurveyProps } from './survey.ts';

export interface ComplianceViewProps extends SurveyProps {
  readonly every: Settings['config']['every'];
}

/** AWS Config's names for the intervals of a rule. */
const FREQUENCIES: Record<ComplianceViewProps['every'], string> = {
  PT1H: 'One_Hour',
  PT3H: 'Three_Hours',
  PT6H: 'Six_Hours',
  PT12H: 'Twelve_Hours',
  PT24H: 'TwentyFour_Hours',
};

/** At most 256 characters, the limit of the AWS Config console. */
const DESCRIPTION =
  'Solekey: every IAM user has at most one active access key, and mail reaches an approver. The annotation says who is asked, ' +
  'what was decided, until when. Needs a configuration recorder in this account and region; one region per account is enough.';

/**
 * The survey with its view in AWS Config: a periodic rule that invokes evaluate as well. AWS Config's record of an IAM user does not contain
 * access keys, so a rule triggered by changes would never run (docs/adr/011, fact config-user-item).
 */
export class ComplianceView extends Survey {
  readonly rule: CfnConfigRule;

  constructor(scope: Construct, id: string, props: ComplianceViewProps) {
    super(scope, id, props);
    const { evaluate, every } = props;
    const source = { eventSource: 'aws.config', messageType: 'ScheduledNotification' };
    this.rule = new CfnConfigRule(this, 'Rule', {
      description: DESCRIPTION,
      source: {
        owner: 'CUSTOM_LAMBDA',
        sourceIdentifier: evaluate.lambda.functionArn,
        sourceDetails: [{ ...source, maximumExecutionFrequency: FREQUENCIES[every] }],
      },
    });
    this.rule.addResourceDependency(this.letConfigRun(evaluate));
    this.grantReport(evaluate);
  }

  /** For reconcile: run the rule when a verdict has changed instead of waiting for its schedule. */
  grantRefresh(fn: SolekeyFunction): void {
    fn.tell('CONFIG_RULE_NAME', this.rule.ref);
    fn.allow({
      sid: 'RunComplianceRule',
      actions: ['config:StartConfigRulesEvaluation'],
      resources: [this.rule.attrArn],
    });
  }

  /**
   * Our own permission, because CDK's rule construct would also grant the function `config:Put*`. Any rule of this
   * account may invoke the function, because the exact ARN is not known in time: AWS Config chooses the rule's id
   * while creating the rule, and before that checks that it may invoke the function (aws-cdk PR #16617).
   */
  private letConfigRun({ lambda }: SolekeyFunction): CfnPermission {
    const { account } = Stack.of(this);
    return new CfnPermission(this, 'ConfigMayRun', {
      action: 'lambda:InvokeFunction',
      functionName: lambda.functionArn,
      principal: 'config.amazonaws.com',
      sourceAccount: account,
      sourceArn: Stack.of(this).formatArn({ service: 'config', resource: 'config-rule', resourceName: '*' }),
    });
  }

  /** Permissions to read AWS Config's results of this rule and to report those that differ. */
  private grantReport(evaluate: SolekeyFunction): void {
    // IAM supports no narrower resource for this call. The result token of the run, issued by AWS Config, limits it
    // to this rule.
    evaluate.allow({ sid: 'PutEvaluations', actions: ['config:PutEvaluations'], resources: ['*'] });
    // A policy of its own, outside the role's construct tree: the function depends on that tree, and the rule on the
    // function. So the first run, which AWS Config starts when it creates the rule, may come before this permission.
    // It is retried a minute later.
    new iam.Policy(this, 'ReadResults', {
      roles: [evaluate.role],
      statements: [
        new iam.PolicyStatement({
          sid: 'ReadResults',
          actions: ['config:GetComplianceDetailsByConfigRule'],
          resources: [this.rule.attrArn],
        }),
      ],
    });
  }
}
