import { Duration, Stack } from 'aws-cdk-lib';
import { CfnConfigRule } from 'aws-cdk-lib/aws-config';
import * as iam from 'aws-cdk-lib/aws-iam';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { Settings } from '../../functions/contracts/settings.ts';
import { DeadLetters } from './dead-letters.ts';
import type { SolekeyFunction } from './function.ts';

export interface ComplianceViewProps {
  /** The function that AWS Config runs. */
  readonly evaluate: SolekeyFunction;
  readonly every: Settings['config']['every'];
}

/** What AWS Config calls its frequencies. */
const FREQUENCIES: Record<ComplianceViewProps['every'], string> = {
  PT1H: 'One_Hour',
  PT3H: 'Three_Hours',
  PT6H: 'Six_Hours',
  PT12H: 'Twelve_Hours',
  PT24H: 'TwentyFour_Hours',
};

/** AWS Config's console shows at most 256 characters of it. */
const DESCRIPTION =
  'Solekey: every IAM user has at most one active access key. The annotation says who is asked, what was decided and ' +
  'until when. Needs a configuration recorder in this account and region; one region per account is enough.';

/**
 * The view in AWS Config: a periodic rule that runs evaluate. The facts of an IAM user that Config records hold no
 * access keys, so a rule that waits for changes of them would never be run (docs/adr/011).
 */
export class ComplianceView extends Construct {
  readonly rule: CfnConfigRule;

  constructor(scope: Construct, id: string, props: ComplianceViewProps) {
    super(scope, id);
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
    this.keepFailures(evaluate);
  }

  /** For reconcile: have the rule run when a verdict changed, rather than wait for its schedule. */
  grantRefresh(fn: SolekeyFunction): void {
    fn.tell('CONFIG_RULE_NAME', this.rule.ref);
    fn.allow({
      sid: 'RunComplianceRule',
      actions: ['config:StartConfigRulesEvaluation'],
      resources: [this.rule.attrArn],
    });
  }

  /**
   * Our own permission instead of the ready-made rule's, which also gives the function `config:Put*`. Any rule of this
   * account may run the function, as the exact ARN cannot be had: Config makes up the rule's id while it creates the
   * rule, and before that wants to see that it may run the function (aws-cdk PR #16617).
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

  /** Read what Config holds of this rule, and put what differs. */
  private grantReport(evaluate: SolekeyFunction): void {
    // IAM knows no narrower resource for this call; the token of the run, which Config hands out, is what narrows it.
    evaluate.allow({ sid: 'PutEvaluations', actions: ['config:PutEvaluations'], resources: ['*'] });
    // A policy of its own, outside the role's tree: the function waits for that tree, and the rule for the function.
    // So the first run, which Config starts with the rule, may come before this right. It is tried again a minute later.
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

  /** Config does not wait for the function: Lambda queues the run, and drops it when its tries are used up. */
  private keepFailures(evaluate: SolekeyFunction): void {
    const { queue } = new DeadLetters(this, 'DeadLetters', {
      whenNotEmpty:
        'A run of the rule in AWS Config failed, so Config may show old results, and events that were lost stay so. ' +
        "Read evaluate's log, put the cause right, delete these messages, and run the rule again.",
    });
    evaluate.lambda.configureAsyncInvoke({
      retryAttempts: 1,
      maxEventAge: Duration.hours(1),
      onFailure: { bind: () => ({ destination: queue.queueArn }) },
    });
    evaluate.allow({ sid: 'ReportFailedRuns', actions: ['sqs:SendMessage'], resources: [queue.queueArn] });
  }
}
