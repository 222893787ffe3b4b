import { describe, expect, it } from 'vitest';
import { EVENT_SOURCE, SURVEY_INPUT } from '../../functions/contracts/fixed-names.ts';
import { all, at, flat, type Json, synth } from './synth.ts';

const made = synth();
const properties = (path: string) => at(made, path).Properties;
const FUNCTIONS = ['Reconcile', 'Approve', 'Sweep', 'Evaluate', 'Witness', 'Health', 'Records'];
const withoutView = synth({ config: 'off' });

describe('functions', () => {
  it.each([
    [
      'Reconcile',
      {
        TABLE_NAME: '<Cases/Table>',
        ONCE_TABLE_NAME: '<Once/Table>',
        WAKE_QUEUE_URL: '<Wakes/Queue>',
        EVENT_QUEUE_ARN: '<Events/Queue>',
        WAKE_DLQ_URL: '<Wakes/DeadLetters/Queue>',
        MAIL_TOPIC_ARN: '<Notices/Mail>',
        DATA_TOPIC_ARN: '<Notices/Data>',
        OPERATOR_TOPIC_ARN: '<Operators/Topic>',
        LINK_KEY_ID: '<Links/Key>',
        PUBLIC_URL: '<Approval/Api>',
        FUNCTION_TIMEOUT_SECONDS: '60',
        CONFIG_RULE_NAME: '<ComplianceView/Rule>',
        USAGE_QUEUE_URL: '<Usage/Queue>',
      },
    ],
    [
      'Approve',
      {
        TABLE_NAME: '<Cases/Table>',
        WAKE_QUEUE_URL: '<Wakes/Queue>',
        LINK_KEY_ID: '<Links/Key>',
        RECORDS_BUCKET: '<RecordsBucket/Bucket>',
      },
    ],
    ['Sweep', { TABLE_NAME: '<Cases/Table>', WAKE_QUEUE_URL: '<Wakes/Queue>' }],
    [
      'Evaluate',
      {
        TABLE_NAME: '<Cases/Table>',
        WAKE_QUEUE_URL: '<Wakes/Queue>',
        INVENTORY_BUCKET: '<Inventory/Bucket>',
        RECORDS_BUCKET: '<RecordsBucket/Bucket>',
      },
    ],
    [
      'Records',
      {
        TABLE_NAME: '<Cases/Table>',
        ONCE_TABLE_NAME: '<Once/Table>',
        INVENTORY_BUCKET: '<Inventory/Bucket>',
        RECORDS_BUCKET: '<RecordsBucket/Bucket>',
        RECORDS_KEY_ID: '<RecordsKey/Key>',
      },
    ],
    ['Witness', { TABLE_NAME: '<Cases/Table>' }],
  ])('%s is told names and addresses only', (fn, wanted) => {
    const environment = properties(`${fn}/Function`).Environment as {
      readonly Variables: Record<string, Json>;
    };
    const told = Object.entries(environment.Variables).map(([name, value]) => [name, flat(made, value)]);
    expect(Object.fromEntries(told)).toEqual(wanted);
  });

  it.each(FUNCTIONS)('%s runs on a current runtime, and writes JSON to a log of its own that ends', (fn) => {
    expect(properties(`${fn}/Function`)).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      LoggingConfig: { LogFormat: 'JSON' },
    });
    expect(properties(`${fn}/Function`)).not.toHaveProperty('ReservedConcurrentExecutions');
    expect(properties(`${fn}/Log`).RetentionInDays).toBe(90);
  });

  it.each(['us-gov-west-1', 'cn-north-1'])(
    '%s has no JSON of the runtime, and no function asks for it',
    (region) => {
      const elsewhere = synth({ region });
      for (const fn of FUNCTIONS) {
        const { LoggingConfig } = at(elsewhere, `${fn}/Function`).Properties as {
          readonly LoggingConfig: Json;
        };
        expect(LoggingConfig).toEqual({ LogGroup: expect.anything() });
        expect(flat(elsewhere, (LoggingConfig as Record<string, Json>).LogGroup)).toBe(`<${fn}/Log>`);
      }
    },
  );

  it('links begin with publicUrl where there is one', () => {
    const own = synth({ publicUrl: 'https://keys.example.com' });
    const environment = at(own, 'Reconcile/Function').Properties.Environment;
    expect(environment).toMatchObject({ Variables: { PUBLIC_URL: 'https://keys.example.com' } });
  });
});

describe('tables', () => {
  it('of cases is kept whatever happens, and has the index of what is due', () => {
    const { Properties: table, DeletionPolicy } = at(made, 'Cases/Table');
    expect(DeletionPolicy).toBe('Retain');
    expect(table).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'due',
          KeySchema: [
            { AttributeName: 'dueShard', KeyType: 'HASH' },
            { AttributeName: 'wakeAt', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
        {
          IndexName: 'list',
          KeySchema: [
            { AttributeName: 'listGroup', KeyType: 'HASH' },
            { AttributeName: 'listRank', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      ],
      Replicas: [
        {
          Region: 'us-east-1',
          DeletionProtectionEnabled: true,
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        },
      ],
    });
  });

  it('of events done forgets, and goes with the stack', () => {
    const { Properties: table, DeletionPolicy } = at(made, 'Once/Table');
    expect(DeletionPolicy).toBe('Delete');
    expect(table).toMatchObject({
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      TimeToLiveSpecification: { AttributeName: 'expiration', Enabled: true },
    });
  });
});

describe('asynchronous hops', () => {
  it('the rule takes successful calls about keys and users, and sends them to the event queue', () => {
    const rule = properties('Detection/KeyEvents');
    expect(rule.EventPattern).toEqual({
      source: ['aws.iam'],
      'detail-type': ['AWS API Call via CloudTrail'],
      detail: {
        eventSource: ['iam.amazonaws.com'],
        eventName: [
          'CreateAccessKey',
          'UpdateAccessKey',
          'DeleteAccessKey',
          'DeleteUser',
          'UpdateUser',
          'TagUser',
          'UntagUser',
          'AttachUserPolicy',
        ],
        errorCode: [{ exists: false }],
      },
    });
    expect(rule.State).toBe('ENABLED');
    expect(rule).not.toHaveProperty('EventBusName');
    const [target] = rule.Targets as Record<string, Json>[];
    expect(flat(made, target?.Arn)).toBe('<Events/Queue>');
  });

  it('another rule takes what AWS Health says of exposed keys', () => {
    const reports = properties('Detection/ExposedKeys');
    expect(reports.EventPattern).toEqual({
      source: ['aws.health'],
      detail: { service: ['RISK'], eventTypeCode: [{ prefix: 'AWS_RISK_' }] },
    });
    expect(reports.State).toBe('ENABLED');
    expect(reports).not.toHaveProperty('EventBusName');
    const [target] = reports.Targets as Record<string, Json>[];
    expect(flat(made, target?.Arn)).toBe('<Events/Queue>');
  });

  it('no rule of ours listens to our own events, so that no pass can wake itself', () => {
    const sources = all(made, 'AWS::Events::Rule').map(({ path, resource: { Properties } }) => {
      const { source = [] } = (Properties.EventPattern ?? {}) as { readonly source?: Json[] };
      expect([path, Properties.EventPattern === undefined]).toEqual([
        path,
        'ScheduleExpression' in Properties,
      ]);
      return source;
    });
    expect(new Set(sources.flat())).toEqual(new Set(['aws.iam', 'aws.health']));
    expect(sources.flat()).not.toContain(EVENT_SOURCE);
  });

  it('every target of a rule but health and records has dead letters, and says for how long to retry', () => {
    const targets = all(made, 'AWS::Events::Rule').flatMap(({ path, resource }) =>
      (resource.Properties.Targets as Record<string, Record<string, Json>>[]).map((target) => [
        path,
        flat(made, target.DeadLetterConfig?.Arn),
        target.RetryPolicy,
      ]),
    );
    expect(targets).toEqual([
      [
        'Detection/KeyEvents',
        '<Detection/DeadLetters/Queue>',
        { MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 86_400 },
      ],
      [
        'Detection/ExposedKeys',
        '<Detection/DeadLetters/Queue>',
        { MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 86_400 },
      ],
      [
        'SweepSchedule/Rule',
        '<SweepSchedule/DeadLetters/Queue>',
        { MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 300 },
      ],
      [
        'ComplianceView/Hourly',
        '<ComplianceView/DeadLetters/Queue>',
        { MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 3600 },
      ],
      // An alarm reports the silence of either, and the next run does what one missed.
      ['RecordsSchedule/Rule', '', { MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 900 }],
      ['HealthSchedule/Rule', '', { MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 300 }],
    ]);
  });

  it('a run of sweep or evaluate that fails leaves a dead letter', () => {
    expect(properties('SweepSchedule/Rule').ScheduleExpression).toBe('rate(5 minutes)');
    const asked = all(made, 'AWS::Lambda::EventInvokeConfig').map(({ resource: { Properties: invoke } }) => {
      const { OnFailure } = (invoke.DestinationConfig ?? {}) as Record<string, Record<string, Json>>;
      const limits = [invoke.MaximumRetryAttempts, invoke.MaximumEventAgeInSeconds];
      return [flat(made, invoke.FunctionName), flat(made, OnFailure?.Destination), ...limits];
    });
    expect(asked).toEqual([
      ['<Sweep/Function>', '<SweepSchedule/DeadLetters/Queue>', 2, 300],
      ['<Evaluate/Function>', '<ComplianceView/DeadLetters/Queue>', 1, 3600],
      ['<Records/Function>', '', 0, 900],
      ['<Health/Function>', '', 0, 300],
    ]);
  });

  it.each(['Wakes', 'Events'])(
    'the queue of %s outlasts a pass six times over and gives up after five',
    (name) => {
      const queue = properties(`${name}/Queue`);
      const redrive = queue.RedrivePolicy as Record<string, Json>;
      expect(queue.VisibilityTimeout).toBe(6 * Number(properties('Reconcile/Function').Timeout));
      expect(flat(made, redrive.deadLetterTargetArn)).toBe(`<${name}/DeadLetters/Queue>`);
      expect(redrive.maxReceiveCount).toBe(5);
      expect(queue.MessageRetentionPeriod).toBe(1_209_600);
      const mappings = all(made, 'AWS::Lambda::EventSourceMapping').filter(({ path }) =>
        path.startsWith('Reconcile/'),
      );
      expect(mappings).toHaveLength(2);
      for (const { resource } of mappings) {
        expect(resource.Properties).toMatchObject({
          BatchSize: 5,
          FunctionResponseTypes: ['ReportBatchItemFailures'],
          ScalingConfig: { MaximumConcurrency: 5 },
        });
      }
    },
  );

  it('questions about usage are answered one at a time: one message a run, of a FIFO queue', () => {
    const queue = properties('Usage/Queue');
    const redrive = queue.RedrivePolicy as Record<string, Json>;
    expect(queue).toMatchObject({ FifoQueue: true, MessageRetentionPeriod: 1_209_600 });
    expect(queue.VisibilityTimeout).toBe(6 * Number(properties('Witness/Function').Timeout));
    expect(flat(made, redrive.deadLetterTargetArn)).toBe('<Usage/DeadLetters/Queue>');
    expect(redrive.maxReceiveCount).toBe(5);
    // SQS takes dead letters of a FIFO queue in a FIFO queue only.
    expect(properties('Usage/DeadLetters/Queue').FifoQueue).toBe(true);
    const mappings = all(made, 'AWS::Lambda::EventSourceMapping')
      .filter(({ path }) => path.startsWith('Witness/'))
      .map(({ resource: { Properties: mapping } }) => mapping);
    expect(mappings.map(({ EventSourceArn }) => flat(made, EventSourceArn))).toEqual(['<Usage/Queue>']);
    expect(mappings[0]).toMatchObject({ BatchSize: 1 });
    expect(mappings[0]).not.toHaveProperty('ScalingConfig');
  });

  it('every queue is encrypted, and every queue of dead letters has an alarm that says what to do', () => {
    const queues = all(made, 'AWS::SQS::Queue');
    for (const { resource } of queues) {
      expect(resource.Properties.SqsManagedSseEnabled).toBe(true);
    }
    const dead = queues.filter(({ path }) => path.endsWith('DeadLetters/Queue'));
    const alarms = all(made, 'AWS::CloudWatch::Alarm')
      .filter(({ path }) => path.endsWith('/NotEmpty'))
      .map(({ resource: { Properties: alarm } }) => {
        expect(String(alarm.AlarmDescription)).toMatch(/fix the cause/i);
        return flat(made, (alarm.Dimensions as Record<string, Json>[])[0]?.Value);
      });
    for (const { resource } of dead) {
      expect(resource.Properties.MessageRetentionPeriod).toBe(1_209_600);
    }
    expect(alarms.sort()).toEqual(dead.map(({ path }) => `<${path}>`).sort());
  });
});

it('what fails without a dead letter has an alarm, too', () => {
  const alarms = all(made, 'AWS::CloudWatch::Alarm')
    .filter(({ path }) => !path.endsWith('/NotEmpty'))
    .map(({ path, resource: { Properties: alarm } }) => {
      expect(String(alarm.AlarmDescription)).toMatch(/fix the cause/i);
      // Half hours: a case that a roll-back and the next upgrade leave behind for some minutes alarms nobody.
      expect(alarm.EvaluationPeriods).toBe(path === 'Cases/NotReadable' ? 2 : 1);
      const [dimension] = alarm.Dimensions as Record<string, Json>[];
      const metric = `${alarm.Namespace}/${alarm.MetricName} of ${flat(made, dimension?.Value)}`;
      const compared = String(alarm.ComparisonOperator).replace(/[a-z]+/g, '');
      const rule = [alarm.Statistic, compared, alarm.Threshold, alarm.Period, alarm.TreatMissingData];
      return [path, metric, ...rule];
    });
  expect(alarms).toEqual([
    ['Cases/NotReadable', 'Solekey/CaseNotReadable of reconcile', 'Sum', 'GTOETT', 1, 1800, 'notBreaching'],
    ['Cases/NotAsRecorded', 'Solekey/NotAsRecorded of reconcile', 'Sum', 'GTOETT', 1, 300, 'notBreaching'],
    [
      'Wakes/Overdue',
      'AWS/SQS/ApproximateAgeOfOldestMessage of <Wakes/Queue>',
      'Maximum',
      'GTOETT',
      3600,
      300,
      'notBreaching',
    ],
    [
      'Events/Overdue',
      'AWS/SQS/ApproximateAgeOfOldestMessage of <Events/Queue>',
      'Maximum',
      'GTOETT',
      3600,
      300,
      'notBreaching',
    ],
    ['Approval/Errors', 'AWS/Lambda/Errors of <Approve/Function>', 'Sum', 'GTOETT', 1, 300, 'notBreaching'],
    ['SweepSchedule/Silent', 'AWS/Lambda/Invocations of <Sweep/Function>', 'Sum', 'LTT', 1, 900, 'breaching'],
    [
      'Usage/Overdue',
      'AWS/SQS/ApproximateAgeOfOldestMessage of <Usage/Queue>',
      'Maximum',
      'GTOETT',
      86_400,
      300,
      'notBreaching',
    ],
    ['RecordsSchedule/Silent', 'Solekey/RecordsMade of records', 'Sum', 'LTT', 1, 3600, 'breaching'],
    ['RecordsSchedule/NotVouched', 'Solekey/NotVouched of records', 'Sum', 'GTOETT', 1, 900, 'notBreaching'],
    ['HealthSchedule/Silent', 'Solekey/HealthChecked of health', 'Sum', 'LTT', 1, 900, 'breaching'],
  ]);
});

it('no alarm promises a redrive: SQS knows it for dead letters of queues alone, and in China not at all', () => {
  for (const { resource } of all(made, 'AWS::CloudWatch::Alarm')) {
    expect(resource.Properties.AlarmDescription).not.toContain('redrive');
  }
});

describe('the view in AWS Config', () => {
  const rule = properties('ComplianceView/Rule');

  it('is a periodic rule that runs evaluate, for as long as Lambda allows', () => {
    const { Owner, SourceIdentifier, SourceDetails } = rule.Source as Record<string, Json>;
    expect(Owner).toBe('CUSTOM_LAMBDA');
    expect(flat(made, SourceIdentifier)).toBe('<Evaluate/Function>');
    expect(SourceDetails).toEqual([
      {
        EventSource: 'aws.config',
        MessageType: 'ScheduledNotification',
        MaximumExecutionFrequency: 'TwentyFour_Hours',
      },
    ]);
    expect(properties('Evaluate/Function')).toMatchObject({ Timeout: 900, MemorySize: 512 });
  });

  it.each([
    ['PT1H', 'One_Hour'],
    ['PT3H', 'Three_Hours'],
    ['PT6H', 'Six_Hours'],
    ['PT12H', 'Twelve_Hours'],
  ])('every %s is what Config calls %s', (every, frequency) => {
    const often = synth({ config: { every } });
    const { Source } = at(often, 'ComplianceView/Rule').Properties as {
      readonly Source: Record<string, Json>;
    };
    expect(Source.SourceDetails).toMatchObject([{ MaximumExecutionFrequency: frequency }]);
  });

  it('says on one short page what it is and what it needs', () => {
    expect(String(rule.Description)).toMatch(/at most one active access key.*configuration recorder/);
    expect(String(rule.Description).length).toBeLessThanOrEqual(256);
  });

  it('"off" leaves no rule and no name of one; the survey stays', () => {
    expect(all(withoutView, 'AWS::Config::ConfigRule')).toEqual([]);
    expect(JSON.stringify(withoutView.template)).not.toContain('CONFIG_RULE_NAME');
    expect(withoutView.template.Outputs).not.toHaveProperty('ConfigRuleName');
    expect(withoutView.template.Outputs).toHaveProperty('EvaluateFunctionName');
    expect(at(withoutView, 'ComplianceView/Hourly').Properties.ScheduleExpression).toBe('rate(1 hour)');
  });
});

describe('the survey', () => {
  it('is started every hour by our own schedule, and says so', () => {
    const { ScheduleExpression, Targets } = properties('ComplianceView/Hourly');
    const [target] = Targets as Record<string, Json>[];
    expect(ScheduleExpression).toBe('rate(1 hour)');
    expect(flat(made, target?.Arn)).toBe('<Evaluate/Function>');
    expect(JSON.parse(String(target?.Input))).toEqual(SURVEY_INPUT);
  });

  it('keeps the inventory encrypted, versioned, never public, reached with TLS only, and for longer than the stack', () => {
    const bucket = at(made, 'Inventory/Bucket');
    expect(bucket).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    expect(bucket.Properties).toMatchObject({
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      VersioningConfiguration: { Status: 'Enabled' },
    });
    const { PolicyDocument } = at(made, 'Inventory/Bucket/Policy').Properties;
    expect(JSON.stringify(PolicyDocument)).toContain('"Bool":{"aws:SecureTransport":"false"}');
    expect(JSON.stringify(PolicyDocument)).not.toContain('"Effect":"Allow"');
  });

  it('keeps inventories for more than a year, and readings until they are replaced', () => {
    const { LifecycleConfiguration } = properties('Inventory/Bucket');
    expect(LifecycleConfiguration).toMatchObject({
      Rules: [
        { Prefix: 'inventory/', ExpirationInDays: 400, NoncurrentVersionExpiration: { NoncurrentDays: 30 } },
        { Prefix: 'readings/', NoncurrentVersionExpiration: { NoncurrentDays: 30 } },
        { AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } },
      ],
    });
  });
});

describe('the door to the internet', () => {
  it('knows three methods, has no other integration than approve, and is throttled', () => {
    const routes = all(made, 'AWS::ApiGatewayV2::Route').map(({ resource }) => resource.Properties.RouteKey);
    expect(routes).toEqual(['GET /{proxy+}', 'HEAD /{proxy+}', 'POST /{proxy+}']);
    const integrations = all(made, 'AWS::ApiGatewayV2::Integration').map(({ resource }) =>
      flat(made, resource.Properties.IntegrationUri),
    );
    expect(new Set(integrations)).toEqual(new Set(['<Approve/Function>']));
    expect(properties('Approval/Stage').DefaultRouteSettings).toEqual({
      ThrottlingRateLimit: 20,
      ThrottlingBurstLimit: 40,
    });
  });

  it('is called by the name of the stack, and logs to a group that needs no place in a shared policy', () => {
    expect(properties('Approval/Api').Name).toBe('Solekey');
    expect(properties('Approval/Log').LogGroupName).toBe('/aws/vendedlogs/Solekey/approval-api');
    const { DestinationArn } = properties('Approval/Stage').AccessLogSettings as Record<string, Json>;
    const arn = 'arn:aws:logs:us-east-1:<AWS::AccountId>:log-group:<Approval/Log>';
    expect(flat(made, DestinationArn)).toBe(arn);
  });

  it('logs neither path nor query nor headers, for a path is a link', () => {
    const { Format: format } = properties('Approval/Stage').AccessLogSettings as { readonly Format: string };
    expect(JSON.parse(format)).toEqual({
      requestId: '$context.requestId',
      time: '$context.requestTime',
      ip: '$context.identity.sourceIp',
      method: '$context.httpMethod',
      status: '$context.status',
      responseLength: '$context.responseLength',
    });
  });
});

it.each(['us-east-1', 'us-gov-west-1', 'cn-north-1'])(
  'topics in %s are encrypted with the key of SNS',
  (region) => {
    const topics = all(synth({ region }), 'AWS::SNS::Topic').map(
      ({ resource }) => resource.Properties.KmsMasterKeyId,
    );
    // That of operators is not: CloudWatch could not publish to it.
    expect(topics).toEqual(['alias/aws/sns', 'alias/aws/sns', undefined]);
  },
);

it('the stack says who is in reserve', () => {
  const approvers = [
    { id: 'sec-lead', name: 'Security lead', email: 'security@my-company.net' },
    { id: 'ciso', name: 'Ciso', email: 'ciso@my-company.net', mail: 'none' },
  ];
  expect(synth({ approvers }).template.Outputs.ApproversInReserve?.Value).toBe('ciso');
  expect(synth({ approvers, escalation: ['ciso'] }).template.Outputs.ApproversInReserve).toBeUndefined();
});

it('the stack says where everything is', () => {
  const outputs = Object.entries(made.template.Outputs).map(([name, { Value }]) => [name, flat(made, Value)]);
  expect(Object.fromEntries(outputs)).toEqual({
    ApprovalUrl: '<Approval/Api>',
    TableName: '<Cases/Table>',
    ApproverIds: 'sec-lead',
    SelfApprovalUnchecked: 'sec-lead',
    DecisionTerms: '{"decisionValid":"P7D","changesPerHour":20,"changeWindow":null,"zone":"UTC"}',
    WakeQueueUrl: '<Wakes/Queue>',
    MailTopicArn: '<Notices/Mail>',
    DataTopicArn: '<Notices/Data>',
    ReconcileFunctionName: '<Reconcile/Function>',
    ApproveFunctionName: '<Approve/Function>',
    SweepFunctionName: '<Sweep/Function>',
    EvaluateFunctionName: '<Evaluate/Function>',
    InventoryBucketName: '<Inventory/Bucket>',
    ConfigRuleName: '<ComplianceView/Rule>',
    WitnessFunctionName: '<Witness/Function>',
    RecordsFunctionName: '<Records/Function>',
    RecordsBucketName: '<RecordsBucket/Bucket>',
    RetentionDays: '400',
    RecordsKeyId: '<RecordsKey/Key>',
    OperatorTopicArn: '<Operators/Topic>',
    HealthFunctionName: '<Health/Function>',
  });
  expect(String(made.template.Outputs.ConfigRuleName?.Description)).toMatch(/configuration recorder.*"off"/);
});
