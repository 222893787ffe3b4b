/** All of Solekey in one account: each function with its capabilities. */
import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import {
  approversInReserve,
  durationSeconds,
  operatorAddresses,
  type Settings,
  uncheckedApprovers,
} from '../functions/contracts/settings.ts';
import { ApprovalApi } from './constructs/approval-api.ts';
import { CaseTable } from './constructs/case-table.ts';
import { ComplianceView } from './constructs/compliance-view.ts';
import { Detection } from './constructs/detection.ts';
import { EventQueue } from './constructs/event-queue.ts';
import { SolekeyFunction } from './constructs/function.ts';
import { HealthSchedule } from './constructs/health.ts';
import { InventoryBucket } from './constructs/inventory-bucket.ts';
import { LinkKey } from './constructs/link-key.ts';
import { Notices } from './constructs/notices.ts';
import { OnceTable } from './constructs/once-table.ts';
import { Operators } from './constructs/operators.ts';
import { RecordsBucket } from './constructs/records-bucket.ts';
import { RecordsKey } from './constructs/records-key.ts';
import { RecordsSchedule } from './constructs/records-schedule.ts';
import { Remediation } from './constructs/remediation.ts';
import { Survey } from './constructs/survey.ts';
import { SweepSchedule } from './constructs/sweep-schedule.ts';
import { Usage } from './constructs/usage.ts';
import { WakeQueue } from './constructs/wake-queue.ts';

const OWN_KEYS_UNCHECKED =
  'Ids of the approvers of whom the settings do not say which keys they created, for the operator command "doctor"';

const IN_RESERVE =
  'Ids of the approvers whom nobody mails a first link while others can be asked, for the operator command "doctor"';

const SECONDS_A_DAY = 86_400;

export interface SolekeyStackProps extends StackProps {
  readonly settings: Settings;
  /** Ids of approvers whose address gets no subscription; see infra/settings.ts. */
  readonly withoutSubscription: readonly string[];
}

export class SolekeyStack extends Stack {
  constructor(scope: Construct, id: string, props: SolekeyStackProps) {
    const { settings, withoutSubscription, ...stackProps } = props;
    super(scope, id, {
      description: 'Solekey: keeps every IAM user at no more than one active access key',
      ...stackProps,
    });

    const reconcile = new SolekeyFunction(this, 'Reconcile', {
      handler: 'reconcile',
      description: 'evaluates one user and carries out decisions',
      timeout: Duration.seconds(60),
      settings,
      mayCauseItself: true,
    });
    const approve = new SolekeyFunction(this, 'Approve', {
      handler: 'approve',
      description: "shows a case and records an approver's decision",
      timeout: Duration.seconds(10),
      settings,
    });
    const sweep = new SolekeyFunction(this, 'Sweep', {
      handler: 'sweep',
      description: 'has open cases re-evaluated on time',
      timeout: Duration.seconds(60),
      settings,
    });

    const cases = new CaseTable(this, 'Cases');
    cases.grantKeepCases(reconcile);
    cases.grantListCases(reconcile);
    cases.grantRequestDecisions(approve);
    cases.grantPushWakes(sweep);

    const once = new OnceTable(this, 'Once');
    once.grantRemember(reconcile);

    const wakes = new WakeQueue(this, 'Wakes', { readerTimeout: reconcile.timeout });
    wakes.grantRead(reconcile);
    wakes.grantGiveUp(reconcile);
    for (const fn of [reconcile, approve, sweep]) {
      wakes.grantSend(fn);
    }
    const events = new EventQueue(this, 'Events', { readerTimeout: reconcile.timeout });
    events.grantRead(reconcile);
    const detection = new Detection(this, 'Detection', { events });

    const notices = new Notices(this, 'Notices', { approvers: settings.approvers, withoutSubscription });
    notices.grantPublish(reconcile);
    notices.grantPutEvents(reconcile);

    const links = new LinkKey(this, 'Links');
    links.grantMint(reconcile);
    links.grantCheck(approve);

    const remediation = new Remediation(this, 'Remediation', {
      mode: settings.mode,
      only: settings.only,
      exclude: settings.exclude,
    });
    remediation.grantObserve(reconcile);
    remediation.grantChangeKeys(reconcile);

    const api = new ApprovalApi(this, 'Approval', { approve });
    const sweepSchedule = new SweepSchedule(this, 'SweepSchedule', { sweep });

    reconcile.tell('PUBLIC_URL', settings.publicUrl ?? api.url);
    // A lease lasts 30 s longer than this timeout, which the function cannot read otherwise.
    reconcile.tell('FUNCTION_TIMEOUT_SECONDS', String(reconcile.timeout.toSeconds()));

    this.publish('ApprovalUrl', 'Address of the pages that links in mails open', api.url);
    this.publish('TableName', 'Table of cases, decisions and history', cases.table.tableName);
    const ids = settings.approvers.map(({ id }) => id).join(',');
    this.publish('ApproverIds', 'Ids of the approvers, for the operator command "revoke"', ids);
    const unchecked = uncheckedApprovers(settings);
    if (unchecked.length > 0) {
      this.publish('SelfApprovalUnchecked', OWN_KEYS_UNCHECKED, unchecked.join(','));
    }
    const reserve = approversInReserve(settings);
    if (reserve.length > 0) {
      this.publish('ApproversInReserve', IN_RESERVE, reserve.join(','));
    }
    const { decisionValid, changesPerHour, changeWindow, digest } = settings;
    const terms = JSON.stringify({ decisionValid, changesPerHour, changeWindow, zone: digest.zone });
    this.publish(
      'DecisionTerms',
      'Settings by which decisions wait, for the operator command "decisions"',
      terms,
    );
    this.publish('WakeQueueUrl', 'Send a message here to have a user re-evaluated', wakes.queue.queueUrl);
    this.publish('MailTopicArn', 'Topic of the mails to approvers', notices.mail.topicArn);
    this.publish('DataTopicArn', 'Topic of the same notices as JSON, without links', notices.data.topicArn);
    this.publish('ReconcileFunctionName', 'Function that evaluates a user', reconcile.lambda.functionName);
    this.publish('ApproveFunctionName', 'Function that serves the pages', approve.lambda.functionName);
    this.publish(
      'SweepFunctionName',
      'Function that has open cases re-evaluated on time',
      sweep.lambda.functionName,
    );

    const evaluate = new SolekeyFunction(this, 'Evaluate', {
      handler: 'evaluate',
      description:
        'surveys all users: finds those whose events were lost, takes the inventory, reports to AWS Config',
      // Lambda's maximum: thousands of users may have to be read at the rate that IAM allows.
      timeout: Duration.minutes(15),
      settings,
    });
    cases.grantReadCases(evaluate);
    cases.grantKeepAbout(evaluate);
    wakes.grantSend(evaluate);
    remediation.grantSurvey(evaluate);
    const retentionDays = durationSeconds(settings.retention) / SECONDS_A_DAY;
    const inventory = new InventoryBucket(this, 'Inventory', { retentionDays });
    inventory.grantKeep(evaluate);
    this.publish('EvaluateFunctionName', 'Function that surveys all users', evaluate.lambda.functionName);
    const holds = 'Bucket of the inventory of all users; inventory/latest.json points to the latest';
    this.publish('InventoryBucketName', holds, inventory.bucket.bucketName);

    // The survey's construct has the id that the view had in 0.2.0: the queue below it must keep its logical id.
    let survey: Survey;
    let configRule: string | null = null;
    if (settings.config.rule === 'on') {
      const view = new ComplianceView(this, 'ComplianceView', { evaluate, every: settings.config.every });
      view.grantRefresh(reconcile);
      const needs =
        'Rule in AWS Config. It needs a configuration recorder in this region; "config": "off" deploys without the rule';
      this.publish('ConfigRuleName', needs, view.rule.ref);
      survey = view;
      configRule = view.rule.ref;
    } else {
      survey = new Survey(this, 'ComplianceView', { evaluate });
    }

    if (settings.usage !== 'off') {
      const witness = new SolekeyFunction(this, 'Witness', {
        handler: 'witness',
        description: "looks up in CloudTrail's event history who uses the keys of a user",
        // Two keys in six regions are 60 calls, one a second; CloudTrail may throttle, and then it waits longer.
        timeout: Duration.minutes(5),
        settings,
      });
      cases.grantKeepUsage(witness);
      new Usage(this, 'Usage', { witness }).grantAsk(reconcile);
      const purpose = 'Function that looks up who uses keys';
      this.publish('WitnessFunctionName', purpose, witness.lambda.functionName);
    }

    const records = new SolekeyFunction(this, 'Records', {
      handler: 'records',
      description: 'records what was decided and done, and signs it',
      // The first run reads the history of every user.
      timeout: Duration.minutes(14),
      settings,
      // yazl.
      requires: true,
    });
    cases.grantReadRecords(records);
    once.grantRemember(records);
    inventory.grantReadInventories(records);
    const { objectLock } = settings;
    const kept = new RecordsBucket(this, 'RecordsBucket', { retentionDays, objectLock });
    kept.grantRecord(records);
    kept.grantOrders(evaluate);
    kept.grantReports(approve);
    const signing = new RecordsKey(this, 'RecordsKey');
    signing.grantSign(records);
    new RecordsSchedule(this, 'RecordsSchedule', { records });
    this.publish('RecordsFunctionName', 'Function that records and signs', records.lambda.functionName);
    this.publish('RecordsBucketName', 'Bucket of the signed records', kept.bucket.bucketName);
    this.publish('RetentionDays', 'Days for which records are kept', String(retentionDays));
    this.publish('RecordsKeyId', 'Key that signs records; its public half verifies them', signing.key.keyId);

    const operators = new Operators(this, 'Operators', { addresses: operatorAddresses(settings) });
    this.publish('OperatorTopicArn', 'Topic of alarms and findings for operators', operators.topic.topicArn);
    const health = new SolekeyFunction(this, 'Health', {
      handler: 'health',
      description: 'checks if Solekey can keep its promises, and tells operators if not',
      timeout: Duration.seconds(60),
      settings,
    });
    cases.grantKeepHealth(health);
    inventory.grantDate(health);
    kept.grantAnchors(health);
    signing.grantCheck(health);
    operators.grantTell(health);
    operators.grantTellOfKeys(reconcile);
    // After everything that it watches.
    new HealthSchedule(this, 'HealthSchedule', {
      health,
      detection: detection.rules,
      eventQueue: events.queue,
      sweep: { rule: sweepSchedule.rule, fn: sweep },
      survey: { rule: survey.schedule, fn: evaluate },
      mailTopicArn: notices.mail.topicArn,
      operatorTopicArn: operators.topic.topicArn,
      configRule,
    });
    this.publish('HealthFunctionName', 'Function that checks Solekey itself', health.lambda.functionName);
    operators.tellOfAlarms();
  }

  private publish(name: string, description: string, value: string): void {
    new CfnOutput(this, name, { description, value });
  }
}
