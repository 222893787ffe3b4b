/**
 * The effect of a resource or property on the emulator, as of ministack 1.5.33: `AS_IN_AWS` as far as Solekey relies
 * on it; the reason why it is deployed without effect; or the effects of its own properties.
 */
export type Effect = typeof AS_IN_AWS | string | { readonly [property: string]: Effect };

export const AS_IN_AWS = true;

const RIGHTS =
  'the gateway checks writes in IAM, lookups in CloudTrail, and messages for the queues of events and usage; test/infra proves all other rights';
const ONE_TRY = 'EventBridge tries once here, and the gateway runs the rule of AWS Config once';
const ENCRYPTION = 'nothing is encrypted, and all of it goes away with this run';
const NODE = 'functions run on the Node and the processor of this machine';
const KEPT = 'nothing expires here: all of it goes away with this run';

/**
 * Everything that the template may contain. Properties without effect are reported, so that nobody takes the sandbox
 * for a proof of them. Anything not listed here is an error, because it would be left out silently.
 */
export const EFFECTS: Readonly<Record<string, Effect>> = {
  'AWS::ApiGatewayV2::Api': { Description: AS_IN_AWS, Name: AS_IN_AWS, ProtocolType: AS_IN_AWS },
  'AWS::ApiGatewayV2::Integration': {
    ApiId: AS_IN_AWS,
    IntegrationType: AS_IN_AWS,
    IntegrationUri: AS_IN_AWS,
    PayloadFormatVersion: AS_IN_AWS,
  },
  'AWS::ApiGatewayV2::Route': {
    ApiId: AS_IN_AWS,
    AuthorizationType: AS_IN_AWS,
    RouteKey: AS_IN_AWS,
    Target: AS_IN_AWS,
  },
  'AWS::ApiGatewayV2::Stage': {
    AccessLogSettings: 'requests are not logged',
    ApiId: AS_IN_AWS,
    AutoDeploy: AS_IN_AWS,
    DefaultRouteSettings: 'requests are not throttled',
    StageName: AS_IN_AWS,
  },
  'AWS::CloudWatch::Alarm': 'nobody is told when one goes off',
  'AWS::DynamoDB::GlobalTable': {
    AttributeDefinitions: AS_IN_AWS,
    BillingMode: AS_IN_AWS,
    GlobalSecondaryIndexes: AS_IN_AWS,
    KeySchema: AS_IN_AWS,
    Replicas: 'no second region, no recovery to a point in time, no protection against deletion',
    TimeToLiveSpecification: KEPT,
  },
  'AWS::Events::Rule': {
    Description: AS_IN_AWS,
    EventPattern: AS_IN_AWS,
    ScheduleExpression: AS_IN_AWS,
    State: AS_IN_AWS,
    Targets: {
      Arn: AS_IN_AWS,
      DeadLetterConfig: ONE_TRY,
      Id: AS_IN_AWS,
      Input: AS_IN_AWS,
      RetryPolicy: ONE_TRY,
    },
  },
  'AWS::IAM::ManagedPolicy': RIGHTS,
  'AWS::IAM::Policy': RIGHTS,
  'AWS::IAM::Role': RIGHTS,
  'AWS::KMS::Key': { Description: AS_IN_AWS, KeyPolicy: RIGHTS, KeySpec: AS_IN_AWS, KeyUsage: AS_IN_AWS },
  'AWS::Lambda::EventInvokeConfig': ONE_TRY,
  'AWS::Lambda::EventSourceMapping': {
    BatchSize: AS_IN_AWS,
    EventSourceArn: AS_IN_AWS,
    FunctionName: AS_IN_AWS,
    FunctionResponseTypes: AS_IN_AWS,
    ScalingConfig: AS_IN_AWS,
  },
  'AWS::Lambda::Function': {
    Architectures: NODE,
    Code: AS_IN_AWS,
    Description: AS_IN_AWS,
    Environment: AS_IN_AWS,
    Handler: AS_IN_AWS,
    LoggingConfig: { LogFormat: "Lambda's own lines are plain text", LogGroup: AS_IN_AWS },
    MemorySize: "Node's heap is limited as in AWS, other memory is not",
    RecursiveLoop: 'no chain of runs is ended here',
    Role: AS_IN_AWS,
    Runtime: NODE,
    Timeout: AS_IN_AWS,
  },
  'AWS::Lambda::Permission': RIGHTS,
  'AWS::Logs::LogGroup': { LogGroupName: AS_IN_AWS, RetentionInDays: KEPT },
  'AWS::S3::Bucket': {
    BucketEncryption: ENCRYPTION,
    LifecycleConfiguration: KEPT,
    ObjectLockConfiguration: KEPT,
    ObjectLockEnabled: KEPT,
    OwnershipControls: RIGHTS,
    PublicAccessBlockConfiguration: RIGHTS,
    VersioningConfiguration: AS_IN_AWS,
  },
  'AWS::S3::BucketPolicy': RIGHTS,
  'AWS::SNS::Subscription': {
    Endpoint:
      'SNS asks, sends and cuts off as in AWS, but no mail leaves this machine: all of it goes to local inboxes',
    FilterPolicy: AS_IN_AWS,
    Protocol: AS_IN_AWS,
    TopicArn: AS_IN_AWS,
  },
  'AWS::SNS::Topic': { DisplayName: AS_IN_AWS, KmsMasterKeyId: ENCRYPTION },
  'AWS::SNS::TopicPolicy': RIGHTS,
  'AWS::SQS::Queue': {
    FifoQueue: AS_IN_AWS,
    MessageRetentionPeriod: AS_IN_AWS,
    RedriveAllowPolicy: RIGHTS,
    RedrivePolicy: AS_IN_AWS,
    SqsManagedSseEnabled: ENCRYPTION,
    VisibilityTimeout: AS_IN_AWS,
  },
  'AWS::SQS::QueuePolicy': RIGHTS,
};

/**
 * Resource types that the emulator cannot create, with the reason. They are left out, and references to them need a
 * replacement.
 */
export const DROPPED: Readonly<Record<string, string>> = {
  'AWS::Config::ConfigRule':
    'ministack has no AWS Config; the gateway plays it and runs the deployed function',
};

const NO_BOOTSTRAP = 'bundles go straight to the emulated bucket, so there is no bootstrap stack to check';

/** Sections of a template that are left out, with the reason. */
export const DROPPED_SECTIONS: Readonly<Record<string, string>> = {
  Parameters: NO_BOOTSTRAP,
  Rules: NO_BOOTSTRAP,
};

/** The result of looking up a template in the list. Names are like `AWS::Events::Rule Targets.RetryPolicy`. */
export interface Judged {
  /** Reasons, by the name of the resource or property without effect. */
  readonly withoutEffect: ReadonlyMap<string, string>;
  /** Names that no list has. */
  readonly unknown: ReadonlySet<string>;
}

/** Looks up every resource with all its properties. */
export function judge(
  resources: Iterable<{ readonly Type: string; readonly Properties?: Readonly<Record<string, unknown>> }>,
): Judged {
  const withoutEffect = new Map<string, string>();
  const unknown = new Set<string>();
  const look = (effect: Effect | undefined, value: unknown, name: string, separator: string): void => {
    if (effect === undefined) {
      unknown.add(name);
    } else if (typeof effect === 'string') {
      withoutEffect.set(name, effect);
    } else if (effect !== AS_IN_AWS) {
      for (const one of Array.isArray(value) ? value : [value]) {
        for (const [property, own] of Object.entries(one ?? {})) {
          look(effect[property], own, `${name}${separator}${property}`, '.');
        }
      }
    }
  };
  for (const { Type, Properties } of resources) {
    look(EFFECTS[Type], Properties, Type, ' ');
  }
  return { withoutEffect, unknown };
}
