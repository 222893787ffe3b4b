import {
  ConfigServiceClient,
  GetComplianceDetailsByConfigRuleCommand,
  LimitExceededException,
  NoSuchConfigRuleException,
  PutEvaluationsCommand,
  ResourceInUseException,
  StartConfigRulesEvaluationCommand,
} from '@aws-sdk/client-config-service';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { configRule, ruleStarter } from '../../functions/adapters/config-rule.ts';
import type { Evaluation } from '../../functions/core/config/survey.ts';
import { ACCOUNT, NOW, USER_ID } from '../fakes/cases.ts';

const config = mockClient(ConfigServiceClient);
const client = new ConfigServiceClient({});
const rule = configRule(client, { ruleName: 'one-key', token: 'token', test: false });
const meta = { $metadata: {}, message: 'no' };

beforeEach(() => config.reset());

const result = (ResourceId: string, more: object = {}, ResourceType = 'AWS::IAM::User') => ({
  EvaluationResultIdentifier: {
    EvaluationResultQualifier: { ConfigRuleName: 'one-key', ResourceType, ResourceId },
    OrderingTimestamp: new Date(NOW),
  },
  ComplianceType: 'COMPLIANT' as const,
  ResultRecordedTime: new Date('2026-11-23T17:00:00Z'),
  ...more,
});

describe('what AWS Config shows', () => {
  it('comes from all pages: IAM users, the account, and nothing that does not apply', async () => {
    config
      .on(GetComplianceDetailsByConfigRuleCommand)
      .resolvesOnce({ EvaluationResults: [result('AIDA1')], NextToken: 'next' })
      .resolvesOnce({
        EvaluationResults: [
          result('AIDA2', { ComplianceType: 'NON_COMPLIANT', Annotation: 'two' }),
          result('AIDA3', { ComplianceType: undefined }),
          result('AIDA4', { ComplianceType: 'NOT_APPLICABLE' }),
          result('AIDA5', { ComplianceType: 'INSUFFICIENT_DATA' }),
          result(ACCOUNT, { ComplianceType: 'NON_COMPLIANT', Annotation: 'nobody' }, 'AWS::::Account'),
          result('bucket', {}, 'AWS::S3::Bucket'),
          {},
        ],
      });
    const recorded = '2026-11-23T17:00:00.000Z';
    const { users, account } = await rule.shown();
    expect([...users]).toEqual([
      ['AIDA1', { compliance: 'COMPLIANT', annotation: null, factsAt: NOW, recorded }],
      ['AIDA2', { compliance: 'NON_COMPLIANT', annotation: 'two', factsAt: NOW, recorded }],
    ]);
    expect(account).toEqual({ compliance: 'NON_COMPLIANT', annotation: 'nobody', factsAt: NOW, recorded });
    const inputs = config
      .commandCalls(GetComplianceDetailsByConfigRuleCommand)
      .map((call) => call.args[0].input);
    const asked = { ConfigRuleName: 'one-key', Limit: 100, ComplianceTypes: ['COMPLIANT', 'NON_COMPLIANT'] };
    expect(inputs).toMatchObject([asked, { ...asked, NextToken: 'next' }]);
  });
});

it('shows nothing of the account before it was told of it', async () => {
  config.on(GetComplianceDetailsByConfigRuleCommand).resolves({ EvaluationResults: [result('AIDA1')] });
  expect((await rule.shown()).account).toBeNull();
});

describe('evaluations', () => {
  const evaluation = (userId: string, annotation: string | null): Evaluation => ({
    userId,
    compliance: 'NON_COMPLIANT',
    annotation,
    factsAt: NOW,
  });

  it('carry the time of the facts, and no empty annotation', async () => {
    config.on(PutEvaluationsCommand).resolves({});
    expect(await rule.put([evaluation(USER_ID, 'two keys'), evaluation('AIDA2', null)])).toEqual([]);
    const common = { ComplianceResourceType: 'AWS::IAM::User', ComplianceType: 'NON_COMPLIANT' };
    expect(config.commandCalls(PutEvaluationsCommand)[0]?.args[0].input).toEqual({
      ResultToken: 'token',
      TestMode: false,
      Evaluations: [
        {
          ...common,
          ComplianceResourceId: USER_ID,
          OrderingTimestamp: new Date(NOW),
          Annotation: 'two keys',
        },
        { ...common, ComplianceResourceId: 'AIDA2', OrderingTimestamp: new Date(NOW) },
      ],
    });
  });

  it('that were not taken come back', async () => {
    config.on(PutEvaluationsCommand).resolves({
      FailedEvaluations: [
        {
          ComplianceResourceType: 'AWS::IAM::User',
          ComplianceResourceId: 'AIDA2',
          ComplianceType: 'COMPLIANT',
          OrderingTimestamp: new Date(NOW),
        },
      ],
    });
    const [one, two] = [evaluation(USER_ID, null), evaluation('AIDA2', null)];
    expect(await rule.put([one, two])).toEqual([two]);
  });

  it('of the account have its type and id, and come back like others', async () => {
    const own: Evaluation = { account: ACCOUNT, compliance: 'COMPLIANT', annotation: null, factsAt: NOW };
    const sent = {
      ComplianceResourceType: 'AWS::::Account',
      ComplianceResourceId: ACCOUNT,
      ComplianceType: 'COMPLIANT' as const,
      OrderingTimestamp: new Date(NOW),
    };
    config.on(PutEvaluationsCommand).resolves({ FailedEvaluations: [sent] });
    expect(await rule.put([evaluation(USER_ID, null), own])).toEqual([own]);
    expect(config.commandCalls(PutEvaluationsCommand)[0]?.args[0].input.Evaluations?.[1]).toEqual(sent);
  });

  it('none are no call', async () => {
    expect(await rule.put([])).toEqual([]);
    expect(config.calls()).toEqual([]);
  });
});

describe('starting the rule', () => {
  const starter = ruleStarter(client, 'one-key');

  it('is asked for by name', async () => {
    config.on(StartConfigRulesEvaluationCommand, { ConfigRuleNames: ['one-key'] }).resolves({});
    expect(await starter.start()).toBe('started');
  });

  it.each([new LimitExceededException(meta), new ResourceInUseException(meta)])(
    'is put off while it runs, or ran just now (%s)',
    async (error) => {
      config.on(StartConfigRulesEvaluationCommand).rejects(error);
      expect(await starter.start()).toBe('busy');
    },
  );

  it('fails when there is no such rule', async () => {
    const error = new NoSuchConfigRuleException(meta);
    config.on(StartConfigRulesEvaluationCommand).rejects(error);
    await expect(starter.start()).rejects.toBe(error);
  });
});
