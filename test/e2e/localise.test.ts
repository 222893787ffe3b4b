import { describe, expect, it } from 'vitest';
import type { Template } from '../../sandbox/launch/assembly.ts';
import { linesOf, localise } from '../../sandbox/launch/localise.ts';
import { judge } from '../../sandbox/launch/supported.ts';
import { synth } from '../infra/synth.ts';

const TEMPLATE: Template = {
  Parameters: { BootstrapVersion: { Type: 'AWS::SSM::Parameter::Value<String>' } },
  Resources: {
    Wakes: { Type: 'AWS::SQS::Queue', Properties: { VisibilityTimeout: 360 }, Metadata: { path: 'x' } },
    Questions: { Type: 'AWS::SQS::Queue', Properties: { FifoQueue: true, VisibilityTimeout: 1_800 } },
    Slow: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: { EventSourceArn: { 'Fn::GetAtt': ['Questions', 'Arn'] } },
    },
    Policy: { Type: 'AWS::SQS::QueuePolicy', Properties: { Queues: [{ Ref: 'Wakes' }] } },
    DeadLetters: { Type: 'AWS::SQS::Queue', Properties: { VisibilityTimeout: 30 } },
    Reader: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: { EventSourceArn: { 'Fn::GetAtt': ['Wakes', 'Arn'] } },
    },
    Page: { Type: 'AWS::Lambda::Function', Properties: { Timeout: 10 } },
    Patient: { Type: 'AWS::Lambda::Function', Properties: { Timeout: 90 } },
    Beat: {
      Type: 'AWS::Events::Rule',
      Properties: {
        ScheduleExpression: 'rate(5 minutes)',
        Targets: [
          { Id: 'one', RetryPolicy: {} },
          { Id: 'two', RetryPolicy: {} },
        ],
      },
    },
    Role: { Type: 'AWS::IAM::Role', Properties: {} },
  },
};

describe('localise', () => {
  it('tells every difference with its reason', () => {
    const { template, differences } = localise(TEMPLATE, {
      visibilitySeconds: 2,
      schedule: 'rate(1 minute)',
    });
    expect(template.Parameters).toBeUndefined();
    expect(template.Resources.Wakes).toEqual({
      Type: 'AWS::SQS::Queue',
      Properties: { VisibilityTimeout: 2 },
    });
    expect(template.Resources.Patient).toEqual(TEMPLATE.Resources.Patient);
    expect(template.Resources.DeadLetters).toEqual(TEMPLATE.Resources.DeadLetters);
    // A message of this one must not become visible while somebody works on it.
    expect(template.Resources.Questions).toEqual(TEMPLATE.Resources.Questions);
    expect(template.Resources.Beat?.Properties?.ScheduleExpression).toBe('rate(1 minute)');
    expect(linesOf(differences).map((line) => line.replace(/: [^:]*$/, ''))).toEqual([
      'left out: Parameters',
      'changed: Wakes.VisibilityTimeout is 2 instead of 360',
      'changed: Page.Timeout is 60 instead of 10',
      'changed: Beat.ScheduleExpression is rate(1 minute) instead of rate(5 minutes)',
      'without effect: AWS::SQS::QueuePolicy, AWS::IAM::Role',
      'without effect: AWS::Events::Rule Targets.RetryPolicy',
    ]);
  });

  it('leaves the schedule as it is unless asked', () => {
    const { template } = localise(TEMPLATE, { visibilitySeconds: 2 });
    expect(template.Resources.Beat).toEqual(TEMPLATE.Resources.Beat);
  });

  it('fails on a resource type that no list names', () => {
    const Resources = { ...TEMPLATE.Resources, Trail: { Type: 'AWS::CloudTrail::Trail' } };
    expect(() => localise({ ...TEMPLATE, Resources }, { visibilitySeconds: 2 })).toThrow(
      'The sandbox does not know AWS::CloudTrail::Trail',
    );
  });

  it('fails on a property that no list names, however deep', () => {
    const Resources = {
      Wakes: { Type: 'AWS::SQS::Queue', Properties: { DelaySeconds: 3 } },
      Beat: { Type: 'AWS::Events::Rule', Properties: { Targets: [{ Id: 'one' }, { InputPath: '$.x' }] } },
    };
    expect(() => localise({ Resources }, { visibilitySeconds: 2 })).toThrow(
      'The sandbox does not know AWS::SQS::Queue DelaySeconds, AWS::Events::Rule Targets.InputPath: try it',
    );
  });
});

// Before the tests: the first synthesis of a process takes the longest.
const made = [{}, { mode: 'observe' }, { config: 'off' }, { usage: 'off' }].map(
  (settings) => synth(settings).template,
);

describe('the template that would be deployed', () => {
  it('holds nothing that the sandbox does not know, in enforce and observe mode, without the rule and without usage', () => {
    for (const { Resources } of made) {
      const deployed = Object.values(Resources).filter(({ Type }) => Type !== 'AWS::Config::ConfigRule');
      expect([...judge(deployed).unknown]).toEqual([]);
    }
  });

  it('has these properties, which prove nothing here', () => {
    const { withoutEffect } = judge(Object.values(made[0]?.Resources ?? {}));
    expect([...withoutEffect.keys()].filter((name) => name.includes(' ')).sort()).toEqual([
      'AWS::ApiGatewayV2::Stage AccessLogSettings',
      'AWS::ApiGatewayV2::Stage DefaultRouteSettings',
      'AWS::DynamoDB::GlobalTable Replicas',
      'AWS::DynamoDB::GlobalTable TimeToLiveSpecification',
      'AWS::Events::Rule Targets.DeadLetterConfig',
      'AWS::Events::Rule Targets.RetryPolicy',
      'AWS::KMS::Key KeyPolicy',
      'AWS::Lambda::Function Architectures',
      'AWS::Lambda::Function LoggingConfig.LogFormat',
      'AWS::Lambda::Function MemorySize',
      'AWS::Lambda::Function RecursiveLoop',
      'AWS::Lambda::Function Runtime',
      'AWS::Logs::LogGroup RetentionInDays',
      'AWS::S3::Bucket BucketEncryption',
      'AWS::S3::Bucket LifecycleConfiguration',
      'AWS::S3::Bucket ObjectLockEnabled',
      'AWS::S3::Bucket OwnershipControls',
      'AWS::S3::Bucket PublicAccessBlockConfiguration',
      'AWS::SNS::Subscription Endpoint',
      'AWS::SNS::Topic KmsMasterKeyId',
      'AWS::SQS::Queue RedriveAllowPolicy',
      'AWS::SQS::Queue SqsManagedSseEnabled',
    ]);
  });
});
