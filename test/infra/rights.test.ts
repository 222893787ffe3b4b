import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filterOf } from '../../functions/contracts/settings.ts';
import { acknowledgedWildcards } from '../../infra/acknowledged.ts';
import { readSettings } from '../../infra/settings.ts';
import { type Row, rightsOf, rowsOf } from './policies.ts';
import { all, at, flat, type Json, pathOf, synth } from './synth.ts';

const enforce = synth();
const observe = synth({ mode: 'observe' });
const withoutView = synth({ config: 'off' });
const withoutUsage = synth({ usage: 'off' });

const allow = (resources: string, actions: string[], conditions?: Row['conditions']): Row => ({
  effect: 'Allow',
  actions,
  resources: resources.split(' '),
  ...(conditions === undefined ? {} : { conditions }),
});
const CHANGES = ['iam:DeleteAccessKey', 'iam:UpdateAccessKey'];
const USERS = 'arn:aws:iam::<AWS::AccountId>:user/*';

const OBSERVE_USERS = allow(USERS, ['iam:GetAccessKeyLastUsed', 'iam:GetUser', 'iam:ListAccessKeys']);
const QUERY_DUE = allow('<Cases/Table>/index/due', ['dynamodb:Query']);

/** The rights table, as deployed: this is the text to compare with docs/permissions.md. */
const RECONCILE_OBSERVING = {
  WriteOwnLog: allow('<Reconcile/Log>', ['logs:CreateLogStream', 'logs:PutLogEvents']),
  KeepCases: allow('<Cases/Table>', [
    'dynamodb:BatchGetItem',
    'dynamodb:ConditionCheckItem',
    'dynamodb:GetItem',
    'dynamodb:PutItem',
    'dynamodb:UpdateItem',
  ]),
  RememberEvents: allow('<Once/Table>', [
    'dynamodb:DeleteItem',
    'dynamodb:GetItem',
    'dynamodb:PutItem',
    'dynamodb:UpdateItem',
  ]),
  ListCases: allow('<Cases/Table>/index/due <Cases/Table>/index/list', ['dynamodb:Query']),
  ReadWakes: allow('<Wakes/Queue>', ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage']),
  ReadEvents: allow('<Events/Queue>', ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage']),
  SendWakes: allow('<Wakes/Queue>', ['sqs:SendMessage']),
  GiveUp: allow('<Wakes/DeadLetters/Queue>', ['sqs:SendMessage']),
  PublishNotices: allow('<Notices/Data> <Notices/Mail>', ['sns:Publish']),
  TellOperators: allow('<Operators/Topic>', ['sns:Publish']),
  PutEvents: allow('arn:aws:events:us-east-1:<AWS::AccountId>:event-bus/default', ['events:PutEvents'], {
    'ForAllValues:StringEquals': { 'events:source': 'solekey' },
    Null: { 'events:source': 'false' },
  }),
  ObserveUsers: OBSERVE_USERS,
  ListUsers: allow('*', ['iam:ListUsers']),
  RunComplianceRule: allow('<ComplianceView/Rule>', ['config:StartConfigRulesEvaluation']),
  AskUsage: allow('<Usage/Queue>', ['sqs:SendMessage']),
};

const HEALTH_OF_CONFIG = [
  'config:DescribeConfigRuleEvaluationStatus',
  'config:DescribeConfigRules',
  'config:DescribeConfigurationRecorderStatus',
  'config:DescribeConfigurationRecorders',
];

const RIGHTS = {
  Reconcile: {
    ...RECONCILE_OBSERVING,
    ChangeKeys: allow(USERS, CHANGES),
    NeverChangeExcludedTag: {
      effect: 'Deny',
      actions: CHANGES,
      resources: [USERS],
      conditions: { StringEquals: { 'aws:ResourceTag/solekey:exclude': 'true' } },
    },
  },
  Approve: {
    WriteOwnLog: allow('<Approve/Log>', ['logs:CreateLogStream', 'logs:PutLogEvents']),
    ReadCase: allow('<Cases/Table>', ['dynamodb:BatchGetItem', 'dynamodb:GetItem']),
    QueryList: allow('<Cases/Table>/index/list', ['dynamodb:Query']),
    PutDecisionRequest: allow('<Cases/Table>', ['dynamodb:PutItem'], {
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['DECISION#*'] },
      Null: { 'dynamodb:LeadingKeys': 'false' },
    }),
    SendWakes: allow('<Wakes/Queue>', ['sqs:SendMessage']),
    ReadReports: allow(
      '<RecordsBucket/Bucket>/reports/latest.json <RecordsBucket/Bucket>/reports/sign-off.json',
      ['s3:GetObject'],
    ),
  },
  Sweep: {
    WriteOwnLog: allow('<Sweep/Log>', ['logs:CreateLogStream', 'logs:PutLogEvents']),
    QueryDue: QUERY_DUE,
    PushWakeAt: allow('<Cases/Table>', ['dynamodb:UpdateItem'], {
      'ForAllValues:StringEquals': { 'dynamodb:Attributes': ['pk', 'sk', 'dueShard', 'wakeAt'] },
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['USER#*'] },
      Null: { 'dynamodb:Attributes': 'false', 'dynamodb:LeadingKeys': 'false' },
      StringEqualsIfExists: { 'dynamodb:ReturnValues': ['NONE'] },
    }),
    SendWakes: allow('<Wakes/Queue>', ['sqs:SendMessage']),
    ReportFailedRuns: allow('<SweepSchedule/DeadLetters/Queue>', ['sqs:SendMessage']),
  },
  Evaluate: {
    WriteOwnLog: allow('<Evaluate/Log>', ['logs:CreateLogStream', 'logs:PutLogEvents']),
    QueryDue: QUERY_DUE,
    ReadCases: allow('<Cases/Table>', ['dynamodb:BatchGetItem']),
    KeepAbout: allow('<Cases/Table>', ['dynamodb:PutItem'], {
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['ABOUT#*'] },
      Null: { 'dynamodb:LeadingKeys': 'false' },
    }),
    ObserveUsers: OBSERVE_USERS,
    SurveyUsers: allow('*', [
      'iam:GenerateCredentialReport',
      'iam:GetAccountAuthorizationDetails',
      'iam:GetCredentialReport',
    ]),
    PutEvaluations: allow('*', ['config:PutEvaluations']),
    ReadResults: allow('<ComplianceView/Rule>', ['config:GetComplianceDetailsByConfigRule']),
    SendWakes: allow('<Wakes/Queue>', ['sqs:SendMessage']),
    ReportFailedRuns: allow('<ComplianceView/DeadLetters/Queue>', ['sqs:SendMessage']),
    KeepInventory: {
      effect: 'Allow',
      actions: ['s3:GetObject', 's3:PutObject'],
      resources: ['<Inventory/Bucket>/inventory/*', '<Inventory/Bucket>/readings/*'],
    },
    ListInventory: allow('<Inventory/Bucket>', ['s3:ListBucket']),
    ReadOrders: allow(
      '<RecordsBucket/Bucket>/orders/live.json <RecordsBucket/Bucket>/reports/sign-off.json',
      ['s3:GetObject'],
    ),
    ListRecords: allow('<RecordsBucket/Bucket>', ['s3:ListBucket']),
  },
  Witness: {
    WriteOwnLog: allow('<Witness/Log>', ['logs:CreateLogStream', 'logs:PutLogEvents']),
    ReadQuestions: allow('<Usage/Queue>', [
      'sqs:DeleteMessage',
      'sqs:GetQueueAttributes',
      'sqs:ReceiveMessage',
    ]),
    LookUpEvents: allow('*', ['cloudtrail:LookupEvents']),
    KeepUsage: allow('<Cases/Table>', ['dynamodb:PutItem'], {
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['USAGE#*'] },
      Null: { 'dynamodb:LeadingKeys': 'false' },
    }),
  },
  Health: {
    WriteOwnLog: allow('<Health/Log>', ['logs:CreateLogStream', 'logs:PutLogEvents']),
    QueryDue: QUERY_DUE,
    ReadTable: allow('<Cases/Table>', ['dynamodb:BatchGetItem', 'dynamodb:GetItem']),
    ReadLedgerAndHistory: allow('<Cases/Table>', ['dynamodb:Query'], {
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['LEDGER#*', 'USER#*'] },
      Null: { 'dynamodb:LeadingKeys': 'false' },
    }),
    KeepHealth: allow('<Cases/Table>', ['dynamodb:UpdateItem'], {
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['HEALTH#*'] },
      Null: { 'dynamodb:LeadingKeys': 'false' },
    }),
    ReadDateOfInventory: allow('<Inventory/Bucket>/inventory/latest.json', ['s3:GetObject']),
    ListInventory: allow('<Inventory/Bucket>', ['s3:ListBucket']),
    ReadAnchors: allow('<RecordsBucket/Bucket>/anchors/*', ['s3:GetObject']),
    ListRecords: allow('<RecordsBucket/Bucket>', ['s3:ListBucket']),
    TellOperators: allow('<Operators/Topic>', ['sns:Publish']),
    ReadRules: allow(
      '<ComplianceView/Hourly> <Detection/ExposedKeys> <Detection/KeyEvents> <SweepSchedule/Rule>',
      ['events:DescribeRule', 'events:ListTargetsByRule'],
    ),
    ReadMappings: allow(
      ['<Reconcile/Function/Events>', '<Reconcile/Function/Wakes>', '<Witness/Function/Questions>']
        .map((id) => `arn:aws:lambda:us-east-1:<AWS::AccountId>:event-source-mapping:${id}`)
        .join(' '),
      ['lambda:GetEventSourceMapping'],
    ),
    ReadQueues: allow(
      '<ComplianceView/DeadLetters/Queue> <Detection/DeadLetters/Queue> <Events/DeadLetters/Queue> ' +
        '<Events/Queue> <SweepSchedule/DeadLetters/Queue> <Usage/DeadLetters/Queue> <Wakes/DeadLetters/Queue>',
      ['sqs:GetQueueAttributes'],
    ),
    ReadSubscriptions: allow('<Notices/Mail> <Operators/Topic>', ['sns:ListSubscriptionsByTopic']),
    ReadAccount: allow('*', [
      'cloudtrail:DescribeTrails',
      'cloudtrail:GetEventSelectors',
      'cloudtrail:GetTrailStatus',
      ...HEALTH_OF_CONFIG,
      'sns:GetSubscriptionAttributes',
    ]),
  },
  /** It reads, puts into its bucket, and signs (the key's own policy); it writes nothing in the table of cases. */
  Records: {
    WriteOwnLog: allow('<Records/Log>', ['logs:CreateLogStream', 'logs:PutLogEvents']),
    QueryDue: QUERY_DUE,
    ReadRecords: allow('<Cases/Table>', [
      'dynamodb:BatchGetItem',
      'dynamodb:GetItem',
      'dynamodb:Query',
      'dynamodb:Scan',
    ]),
    RememberEvents: allow('<Once/Table>', [
      'dynamodb:DeleteItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
    ]),
    ReadInventory: allow('<Inventory/Bucket>/inventory/*', ['s3:GetObject']),
    ListInventory: allow('<Inventory/Bucket>', ['s3:ListBucket']),
    KeepRecords: allow(
      ['anchors/*', 'orders/live.json', 'packs/*', 'reports/*']
        .map((key) => `<RecordsBucket/Bucket>/${key}`)
        .join(' '),
      ['s3:GetObject', 's3:PutObject'],
    ),
    ListRecords: allow('<RecordsBucket/Bucket>', ['s3:ListBucket']),
  },
};

describe('rights of the functions', () => {
  it.each(Object.entries(RIGHTS))('%s has exactly these', (fn, rights) => {
    expect(rightsOf(enforce, fn)).toEqual(rights);
  });

  it('in observe mode no role can change a key, and all else is the same', () => {
    expect(rightsOf(observe, 'Reconcile')).toEqual(RECONCILE_OBSERVING);
    expect(rightsOf(observe, 'Approve')).toEqual(RIGHTS.Approve);
    expect(rightsOf(observe, 'Sweep')).toEqual(RIGHTS.Sweep);
    expect(rightsOf(observe, 'Evaluate')).toEqual(RIGHTS.Evaluate);
    expect(rightsOf(observe, 'Witness')).toEqual(RIGHTS.Witness);
    expect(rightsOf(observe, 'Health')).toEqual(RIGHTS.Health);
    expect(rightsOf(observe, 'Records')).toEqual(RIGHTS.Records);
    expect(JSON.stringify(observe.template)).not.toMatch(/iam:(Update|Delete)AccessKey/);
  });

  it('excluded names are denied at the root and below any path; no rule of exclusion, no Deny', () => {
    const tag = { key: 'keep', value: 'off' };
    const excluding = rightsOf(synth({ exclude: { tag, users: ['break-glass-*', 'svc/old'] } }), 'Reconcile');
    expect(excluding.NeverChangeExcludedNames).toEqual({
      effect: 'Deny',
      actions: CHANGES,
      resources: ['*/break-glass-*', '*/svc/old', 'break-glass-*', 'svc/old'].map((name) =>
        USERS.replace('*', name),
      ),
    });
    expect(excluding.NeverChangeExcludedTag?.conditions).toEqual({
      StringEquals: { 'aws:ResourceTag/keep': 'off' },
    });
    const nine = Array.from({ length: 9 }, (_, n) => `user-${n}`);
    const split = rightsOf(synth({ exclude: { tag: null, users: nine } }), 'Reconcile');
    expect(split.NeverChangeExcludedNames?.resources).toHaveLength(16);
    expect(split.NeverChangeExcludedNames2?.resources).toEqual(
      ['*/user-8', 'user-8'].map((name) => USERS.replace('*', name)),
    );
    const none = rightsOf(synth({ exclude: { tag: null, users: [] } }), 'Reconcile');
    expect(Object.keys(none).filter((sid) => sid.startsWith('Never'))).toEqual([]);
  });

  it('without the view in AWS Config nobody has a right there, and all else is the same', () => {
    const { RunComplianceRule: _, ...rest } = RIGHTS.Reconcile;
    expect(rightsOf(withoutView, 'Reconcile')).toEqual(rest);
    expect(rightsOf(withoutView, 'Approve')).toEqual(RIGHTS.Approve);
    expect(rightsOf(withoutView, 'Sweep')).toEqual(RIGHTS.Sweep);
    const { PutEvaluations: __, ReadResults: ___, ...survey } = RIGHTS.Evaluate;
    expect(rightsOf(withoutView, 'Evaluate')).toEqual(survey);
    const { ReadAccount } = rightsOf(withoutView, 'Health');
    expect(ReadAccount?.actions).toEqual(
      RIGHTS.Health.ReadAccount.actions.filter((action) => !HEALTH_OF_CONFIG.includes(action)),
    );
    expect(JSON.stringify(withoutView.template)).not.toContain('config:');
  });

  it('without usage nobody asks CloudTrail, witness and its queue are not there, and all else is the same', () => {
    const { AskUsage: _, ...rest } = RIGHTS.Reconcile;
    expect(rightsOf(withoutUsage, 'Reconcile')).toEqual(rest);
    for (const fn of ['Approve', 'Sweep', 'Evaluate'] as const) {
      expect(rightsOf(withoutUsage, fn)).toEqual(RIGHTS[fn]);
    }
    const names = Object.entries(withoutUsage.template.Resources).flatMap(([id, { Type }]) => [id, Type]);
    expect(names.filter((name) => /Witness|^Usage/.test(name))).toEqual([]);
    expect(/cloudtrail:Look|USAGE|Witness/.exec(JSON.stringify(withoutUsage.template))).toBe(null);
    const further = synth({ usage: ['eu-west-1'] });
    expect(rightsOf(further, 'Witness')).toEqual(RIGHTS.Witness);
    expect(rightsOf(further, 'Reconcile')).toEqual(RIGHTS.Reconcile);
  });

  it('only reconcile may ask about usage, and only witness may look it up', () => {
    const having = (action: string, resource: string) =>
      Object.keys(RIGHTS).filter((fn) =>
        Object.values(rightsOf(enforce, fn)).some(
          ({ actions, resources }) => actions.includes(action) && resources.includes(resource),
        ),
      );
    expect(having('sqs:SendMessage', '<Usage/Queue>')).toEqual(['Reconcile']);
    expect(having('sqs:ReceiveMessage', '<Usage/Queue>')).toEqual(['Witness']);
    expect(having('cloudtrail:LookupEvents', '*')).toEqual(['Witness']);
    expect(having('sqs:SendMessage', '<Usage/DeadLetters/Queue>')).toEqual([]);
  });

  it('no role or policy exists beside those', () => {
    const roles = (made: typeof enforce) => all(made, 'AWS::IAM::Role').map(({ path }) => path);
    const policies = (made: typeof enforce) => all(made, 'AWS::IAM::Policy').map(({ path }) => path);
    const names = Object.keys(RIGHTS).sort();
    const defaults = names.map((fn) => `${fn}/Role/DefaultPolicy`);
    expect(roles(enforce).sort()).toEqual(names.map((fn) => `${fn}/Role`));
    expect(policies(enforce).sort()).toEqual(['ComplianceView/ReadResults', ...defaults].sort());
    expect(roles(withoutView).sort()).toEqual(names.map((fn) => `${fn}/Role`));
    expect(policies(withoutView).sort()).toEqual(defaults);
    expect(roles(withoutUsage).sort()).toEqual(
      names.filter((fn) => fn !== 'Witness').map((fn) => `${fn}/Role`),
    );
    for (const made of [enforce, withoutView, withoutUsage]) {
      const managed = all(made, 'AWS::IAM::ManagedPolicy').map(({ path }) => path);
      expect(managed).toEqual(['Reconcile/Role/TellOperators']);
    }
  });

  it('a wildcard in a resource is on the acknowledged list, and the list has nothing else', () => {
    const found = Object.keys(RIGHTS).flatMap((role) =>
      Object.values(rightsOf(enforce, role))
        .flatMap(({ resources }) => resources)
        .filter((resource) => resource.includes('*'))
        .map((resource) => `${role} ${resource}`),
    );
    const acknowledged = acknowledgedWildcards(enforce.stack, readSettings(enforce.stack.node).settings).map(
      ({ role, resource }) =>
        `${role} ${resource.replace(/<(\w+)\.Arn>/, (_, id: string) => `<${pathOf(enforce, id)}>`)}`,
    );
    expect(new Set(found)).toEqual(new Set(acknowledged));
    expect(JSON.stringify(Object.keys(RIGHTS).map((role) => rightsOf(enforce, role)))).not.toMatch(/:\*"/);
  });

  it('only the remediation construct names the actions that change a key', () => {
    const folder = join(import.meta.dirname, '../../infra');
    const naming = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .filter((file) =>
        /iam:(?:\*|Update|Delete|Create|Put|Attach)/.test(readFileSync(join(folder, file), 'utf8')),
      );
    expect(naming).toEqual(['constructs/remediation.ts']);
  });
});

describe('the control item, its ledger and the setbacks', () => {
  /** The functions that may write an item of this partition, as their conditions on the partition key say. */
  const writers = (partition: string) =>
    Object.keys(RIGHTS).filter((fn) =>
      Object.values(rightsOf(enforce, fn)).some(({ effect, actions, resources, conditions }) => {
        const all = JSON.stringify(conditions ?? {});
        const keys = /"dynamodb:LeadingKeys":\["([A-Z]+#)\*"\]/.exec(all)?.[1] ?? '';
        return (
          effect === 'Allow' &&
          resources.includes('<Cases/Table>') &&
          actions.some((action) => /^dynamodb:(Put|Update|Delete|BatchWrite)/.test(action)) &&
          partition.startsWith(keys)
        );
      }),
    );

  it.each(['CONTROL', 'LEDGER#123456789012', 'SETBACKS#123456789012'])(
    '%s can be written by reconcile alone: no other role can pause or forge a reason to',
    (partition) => {
      expect(writers(partition)).toEqual(['Reconcile']);
    },
  );

  it('the way to tell that is right: others can write what is theirs', () => {
    expect(writers('DECISION#1')).toEqual(['Reconcile', 'Approve']);
    expect(writers('HEALTH#1')).toEqual(['Reconcile', 'Health']);
  });
});

describe('health', () => {
  it('reads, tells operators, and writes its own partition: it can do nothing else', () => {
    const { TellOperators, KeepHealth, WriteOwnLog, ...rest } = rightsOf(enforce, 'Health');
    const actions = Object.values(rest).flatMap(({ actions: some }) => some);
    expect(actions.filter((action) => !/:(?:Get|BatchGet|List|Describe|Query)/.test(action))).toEqual([]);
    expect([TellOperators, KeepHealth, WriteOwnLog].map((row) => row?.effect)).toEqual(
      Array.from({ length: 3 }, () => 'Allow'),
    );
  });
});

describe('rights that resources give', () => {
  it('the link key: the account administers, reconcile makes links, approve checks them', () => {
    const key = at(enforce, 'Links/Key');
    const rows = rowsOf(enforce, key.Properties.KeyPolicy);
    const mac = { StringEquals: { 'kms:MacAlgorithm': 'HMAC_SHA_256' } };
    const { AccountAdministers: administers, ...uses } = rows;
    expect(uses).toEqual({
      MintLinks: { ...allow('*', ['kms:GenerateMac'], mac), principal: '<Reconcile/Role>' },
      CheckLinks: { ...allow('*', ['kms:VerifyMac'], mac), principal: '<Approve/Role>' },
    });
    expect(administers?.principal).toBe('arn:aws:iam::<AWS::AccountId>:root');
    for (const action of administers?.actions ?? ['*']) {
      expect(action).not.toMatch(/\*|Mac|CreateGrant/);
    }
    expect(administers?.actions).toContain('kms:PutKeyPolicy');
    expect(key).toMatchObject({ DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
    expect(key.Properties).toMatchObject({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' });
  });

  it('queues let in their own rule and nobody else, and only over TLS', () => {
    const senders = Object.fromEntries(
      all(enforce, 'AWS::SQS::QueuePolicy').map(({ path, resource }) => {
        const rows = Object.values(rowsOf(enforce, resource.Properties.PolicyDocument));
        const denies = rows.filter(({ effect }) => effect === 'Deny');
        const [overTls, ...others] = denies.map(({ conditions }) => conditions);
        expect(overTls).toEqual({ Bool: { 'aws:SecureTransport': 'false' } });
        // What the Deny for everybody else does is proved in event-queue.test.ts.
        expect(others).toHaveLength(/^(?:Events|Usage)\/Queue/.test(path) ? 1 : 0);
        const allows = rows.filter(({ effect }) => effect === 'Allow');
        for (const { principal, actions } of allows) {
          expect([principal, actions]).toEqual(['events.amazonaws.com', ['sqs:SendMessage']]);
        }
        return [path.replace('/Policy', ''), allows.map(({ conditions }) => sourceOf(conditions))];
      }),
    );
    expect(senders).toEqual({
      'Wakes/Queue': [],
      'Wakes/DeadLetters/Queue': [],
      'Events/Queue': ['<Detection/KeyEvents>,<Detection/ExposedKeys>'],
      'Events/DeadLetters/Queue': [],
      'ComplianceView/DeadLetters/Queue': ['<ComplianceView/Hourly>'],
      'Detection/DeadLetters/Queue': ['<Detection/KeyEvents>,<Detection/ExposedKeys>'],
      'SweepSchedule/DeadLetters/Queue': ['<SweepSchedule/Rule>'],
      'Usage/Queue': [],
      'Usage/DeadLetters/Queue': [],
    });
  });

  it('AWS Config may run evaluate, for rules of this account alone, and our schedule; nobody else may', () => {
    const { ConfigMayRun: permission, ...more } = Object.fromEntries(
      all(enforce, 'AWS::Lambda::Permission')
        .filter(({ resource }) => flat(enforce, resource.Properties.FunctionName) === '<Evaluate/Function>')
        .map(({ path, resource }) => [path.split('/').at(-1), resource.Properties]),
    );
    const [schedule, ...others] = Object.values<Record<string, Json>>(more);
    expect(others).toEqual([]);
    expect([schedule?.Principal, flat(enforce, schedule?.SourceArn)]).toEqual([
      'events.amazonaws.com',
      '<ComplianceView/Hourly>',
    ]);
    expect(permission).toMatchObject({
      Action: 'lambda:InvokeFunction',
      Principal: 'config.amazonaws.com',
      SourceAccount: { Ref: 'AWS::AccountId' },
    });
    const rules = 'arn:aws:config:us-east-1:<AWS::AccountId>:config-rule/*';
    expect(flat(enforce, permission?.SourceArn)).toBe(rules);
    const waitsFor = at(enforce, 'ComplianceView/Rule').DependsOn ?? [];
    expect(waitsFor.map((id) => pathOf(enforce, id))).toEqual(['ComplianceView/ConfigMayRun']);
  });

  it('the mail topic takes mail subscriptions of approvers only', () => {
    const two = synth({
      approvers: [
        { id: 'a', name: 'A', email: 'Both@corp.internal' },
        { id: 'b', name: 'B', email: 'both@corp.internal' },
        { id: 'c', name: 'C', email: 'c@corp.internal', mail: 'none' },
      ],
    });
    const rows = rowsOf(two, at(two, 'Notices/MailPolicy').Properties.PolicyDocument);
    const denied = Object.values(rows).map(({ effect, actions, principal, conditions }) => {
      expect([effect, principal]).toEqual(['Deny', '*']);
      return { actions, conditions };
    });
    expect(denied).toEqual([
      { actions: ['sns:Publish'], conditions: { Bool: { 'aws:SecureTransport': 'false' } } },
      { actions: ['sns:Subscribe'], conditions: { StringNotEquals: { 'sns:Protocol': 'email' } } },
      {
        actions: ['sns:Subscribe'],
        conditions: { StringNotEquals: { 'sns:Endpoint': ['both@corp.internal', 'c@corp.internal'] } },
      },
    ]);
    const subscriptions = all(two, 'AWS::SNS::Subscription')
      .filter(({ path }) => path.startsWith('Notices/'))
      .map(({ resource: { Properties, DependsOn } }) => {
        expect(DependsOn).toHaveLength(1);
        return [
          flat(two, Properties.TopicArn),
          Properties.Protocol,
          Properties.Endpoint,
          Properties.FilterPolicy,
        ];
      });
    expect(subscriptions).toEqual([
      [
        '<Notices/Mail>',
        'email',
        'both@corp.internal',
        filterOf({ address: 'Both@corp.internal', ids: ['a', 'b'] }),
      ],
      ['<Notices/Mail>', 'email', 'c@corp.internal', filterOf({ address: 'c@corp.internal', ids: ['c'] })],
    ]);
  });
});

describe('the topic of operators', () => {
  it('takes messages of alarms of this account, and only over TLS', () => {
    const rows = rowsOf(enforce, at(enforce, 'Operators/Policy').Properties.PolicyDocument);
    expect(Object.values(rows).map(({ effect, principal, actions }) => [effect, principal, actions])).toEqual(
      [
        ['Deny', '*', ['sns:Publish']],
        ['Allow', 'cloudwatch.amazonaws.com', ['sns:Publish']],
      ],
    );
    expect(JSON.stringify(rows.AlarmsOfThisAccount?.conditions)).toContain('alarm:*');
  });

  it('has the operators of the settings, else the approvers, each address once', () => {
    const endpoints = (settings: Record<string, unknown>) => {
      const made = synth(settings);
      return all(made, 'AWS::SNS::Subscription')
        .filter(({ path }) => path.startsWith('Operators/'))
        .map(({ resource: { Properties } }) => [flat(made, Properties.TopicArn), Properties.Endpoint]);
    };
    expect(endpoints({ operators: ['Ops@corp.internal', 'ops@corp.internal'] })).toEqual([
      ['<Operators/Topic>', 'ops@corp.internal'],
    ]);
    expect(endpoints({ operators: null })).toEqual([['<Operators/Topic>', 'security@corp.internal']]);
  });
});

function sourceOf(conditions: Row['conditions']): string {
  const { ArnEquals, ...more } = conditions as { readonly ArnEquals: Record<string, Row['conditions']> };
  expect([Object.keys(ArnEquals), more]).toEqual([['aws:SourceArn'], {}]);
  return flat(enforce, ArnEquals['aws:SourceArn']);
}
