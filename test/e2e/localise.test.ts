import { describe, expect, it } from 'vitest';
import type { Template } from '../../sandbox/launch/assembly.ts';
import { localise } from '../../sandbox/launch/localise.ts';

const TEMPLATE: Template = {
  Parameters: { BootstrapVersion: { Type: 'AWS::SSM::Parameter::Value<String>' } },
  Resources: {
    Wakes: { Type: 'AWS::SQS::Queue', Properties: { VisibilityTimeout: 360 }, Metadata: { path: 'x' } },
    DeadLetters: { Type: 'AWS::SQS::Queue', Properties: { VisibilityTimeout: 30 } },
    Reader: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: { EventSourceArn: { 'Fn::GetAtt': ['Wakes', 'Arn'] } },
    },
    Beat: { Type: 'AWS::Events::Rule', Properties: { ScheduleExpression: 'rate(5 minutes)' } },
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
    expect(template.Resources.DeadLetters).toEqual(TEMPLATE.Resources.DeadLetters);
    expect(template.Resources.Beat?.Properties?.ScheduleExpression).toBe('rate(1 minute)');
    expect(differences.map((line) => line.split(':').slice(0, 2).join(':'))).toEqual([
      'left out: Parameters',
      'changed: Wakes.VisibilityTimeout is 2 instead of 360',
      'changed: Beat.ScheduleExpression is rate(1 minute) instead of rate(5 minutes)',
      'without effect: AWS',
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
});
