import {
  type ComplianceType,
  ConfigServiceClient,
  DeleteConfigRuleCommand,
  DescribeConfigRulesCommand,
  DescribeConfigurationRecorderStatusCommand,
  type Evaluation,
  GetComplianceDetailsByConfigRuleCommand,
  type GetComplianceDetailsByConfigRuleCommandInput,
  PutEvaluationsCommand,
  paginateGetComplianceDetailsByConfigRule,
  StartConfigRulesEvaluationCommand,
  StartConfigurationRecorderCommand,
  StopConfigurationRecorderCommand,
} from '@aws-sdk/client-config-service';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ConfigService } from '../../sandbox/gateway/config/service.ts';
import { type Gateway, startGateway } from '../../sandbox/gateway/server.ts';
import { choosePorts } from '../../sandbox/world/ports.ts';
import { ADMIN } from './world.ts';

const ACCOUNT = '123456789012';
const RULE = {
  name: 'one-key',
  arn: `arn:aws:config:us-east-1:${ACCOUNT}:config-rule/config-rule-abc123`,
  id: 'config-rule-abc123',
  functionName: 'evaluate',
};

/** What the rule's function was given, and what it does. */
interface Invoked {
  readonly functionName: string;
  readonly event: { readonly invokingEvent: string; readonly resultToken: string };
}
let invoked: Invoked[] = [];
let work: () => Promise<void> = async () => undefined;

let service: ConfigService;
let gateway: Gateway;
let config: ConfigServiceClient;

beforeAll(async () => {
  const ports = await choosePorts();
  gateway = await startGateway({
    port: ports.gateway,
    account: ACCOUNT,
    ministackUrl: 'http://127.0.0.1:1',
    motoUrl: 'http://127.0.0.1:1',
    say: () => undefined,
    services: { config: (call) => service.handler(call) },
  });
  config = new ConfigServiceClient({
    region: 'us-east-1',
    endpoint: gateway.url,
    credentials: ADMIN,
    maxAttempts: 1,
  });
});
afterAll(() => gateway?.stop());
beforeEach(() => {
  invoked = [];
  work = async () => undefined;
  service = new ConfigService({
    account: ACCOUNT,
    startEverySeconds: 0.3,
    invoke(functionName, event) {
      invoked.push({ functionName, event: event as Invoked['event'] });
      return work();
    },
  });
  service.register(RULE);
});

async function token(): Promise<string> {
  await service.runScheduled();
  return invoked.at(-1)?.event.resultToken ?? '';
}

const entry = (id: string, more: Partial<Evaluation> = {}): Evaluation => ({
  ComplianceResourceType: 'AWS::IAM::User',
  ComplianceResourceId: id,
  ComplianceType: 'COMPLIANT',
  OrderingTimestamp: new Date('2026-11-24T10:00:00.123Z'),
  ...more,
});

const put = (ResultToken: string, Evaluations: Evaluation[], TestMode?: boolean) =>
  config.send(new PutEvaluationsCommand({ ResultToken, Evaluations, TestMode }));

const details = (input: Partial<GetComplianceDetailsByConfigRuleCommandInput> = {}) =>
  config.send(new GetComplianceDetailsByConfigRuleCommand({ ConfigRuleName: RULE.name, ...input }));

const start = (...names: string[]) =>
  config.send(new StartConfigRulesEvaluationCommand({ ConfigRuleNames: names }));

const many = (count: number): Evaluation[] =>
  Array.from({ length: count }, (_, at) => entry(`AIDA${String(at).padStart(4, '0')}`));

describe('PutEvaluations', () => {
  it('keeps what a run puts, with full milliseconds', async () => {
    const annotation = 'Two active keys';
    await put(await token(), [entry('AIDA1', { ComplianceType: 'NON_COMPLIANT', Annotation: annotation })]);
    expect(service.view()).toEqual([
      {
        resourceId: 'AIDA1',
        complianceType: 'NON_COMPLIANT',
        annotation,
        orderingTimestamp: '2026-11-24T10:00:00.123Z',
        recordedTime: expect.any(String),
      },
    ]);
    const [result] = (await details()).EvaluationResults ?? [];
    expect(result).toMatchObject({
      EvaluationResultIdentifier: {
        EvaluationResultQualifier: {
          ConfigRuleName: RULE.name,
          ResourceType: 'AWS::IAM::User',
          ResourceId: 'AIDA1',
        },
        OrderingTimestamp: new Date('2026-11-24T10:00:00.123Z'),
      },
      ComplianceType: 'NON_COMPLIANT',
      Annotation: annotation,
      ConfigRuleInvokedTime: new Date(service.runs[0]?.at ?? ''),
    });
    expect(result?.ResultRecordedTime?.getTime()).toBeGreaterThan(Date.now() - 10_000);
  });

  it('shows the account beside the users, and the API shows both', async () => {
    const account = { ComplianceResourceType: 'AWS::::Account' };
    await put(await token(), [entry('AIDA1'), entry('123456789012', account)]);
    expect(service.view()).toMatchObject([{ resourceId: 'AIDA1' }]);
    expect(service.view('AWS::::Account')).toMatchObject([{ resourceId: '123456789012' }]);
    expect((await details()).EvaluationResults).toHaveLength(2);
  });

  it('takes at most a hundred at a time, and counts those it took', async () => {
    const valid = await token();
    await expect(put(valid, many(101))).rejects.toMatchObject({ name: 'ValidationException' });
    expect(service.view()).toEqual([]);
    await put(valid, many(100));
    expect(service.accepted).toBe(100);
  });

  it('refuses what Config refuses', async () => {
    const valid = await token();
    const refused = async (name: string, more: Partial<Evaluation>) =>
      expect(put(valid, [entry('AIDA1'), entry('AIDA2', more)])).rejects.toMatchObject({ name });
    await refused('ValidationException', { Annotation: '' });
    await refused('ValidationException', { Annotation: 'x'.repeat(257) });
    await refused('ValidationException', { ComplianceResourceId: undefined });
    await refused('ValidationException', { ComplianceResourceType: undefined });
    await refused('ValidationException', { OrderingTimestamp: undefined });
    await refused('ValidationException', { ComplianceType: 'FINE' as 'COMPLIANT' });
    await refused('InvalidParameterValueException', { ComplianceType: 'INSUFFICIENT_DATA' });
    expect(service.view()).toEqual([]);
    await put(valid, [entry('AIDA1', { Annotation: 'x'.repeat(256) })]);
  });

  it('wants a token that a run was given; in test mode any, and keeps nothing', async () => {
    await expect(put('made-up', [entry('AIDA1')])).rejects.toMatchObject({
      name: 'InvalidResultTokenException',
    });
    await put('TESTMODE', [entry('AIDA1')], true);
    const bad = [entry('AIDA1', { Annotation: '' })];
    await expect(put('TESTMODE', bad, true)).rejects.toMatchObject({ name: 'ValidationException' });
    expect([service.view(), service.accepted]).toEqual([[], 0]);
  });

  it('never lets older facts win, and forgets the time of what does not apply any more', async () => {
    const valid = await token();
    const at = (second: number) => ({ OrderingTimestamp: new Date(Date.UTC(2026, 10, 24, 10, 0, second)) });
    const ended = { ComplianceType: 'NOT_APPLICABLE' } as const;
    await put(valid, [entry('AIDA1', { ComplianceType: 'NON_COMPLIANT', ...at(5) })]);
    await put(valid, [entry('AIDA1', at(4)), entry('AIDA1', { ...ended, ...at(4) })]);
    expect(service.view()).toMatchObject([{ complianceType: 'NON_COMPLIANT' }]);
    await put(valid, [entry('AIDA1', { ...ended, ...at(6) })]);
    expect(service.view()).toEqual([]);
    await put(valid, [entry('AIDA1', at(3))]);
    expect(service.view()).toMatchObject([{ complianceType: 'COMPLIANT' }]);
  });

  it('lists what does not apply only to those who do not say what they want', async () => {
    await put(await token(), [entry('AIDA1'), entry('AIDA2', { ComplianceType: 'NOT_APPLICABLE' })]);
    const types = async (...ComplianceTypes: ComplianceType[]) =>
      (await details({ ComplianceTypes })).EvaluationResults?.map((one) => one.ComplianceType);
    expect(await types()).toEqual(['COMPLIANT', 'NOT_APPLICABLE']);
    expect(await types('NOT_APPLICABLE')).toEqual(['NOT_APPLICABLE']);
    expect(await types('COMPLIANT', 'NON_COMPLIANT')).toEqual(['COMPLIANT']);
  });

  it('fails entries on demand', async () => {
    service.faults.failEntries(2);
    const { FailedEvaluations } = await put(await token(), many(3));
    expect(FailedEvaluations?.map((one) => one.ComplianceResourceId)).toEqual(['AIDA0000', 'AIDA0001']);
    expect(service.view().map(({ resourceId }) => resourceId)).toEqual(['AIDA0002']);
    expect(service.accepted).toBe(1);
  });
});

describe('GetComplianceDetailsByConfigRule', () => {
  it('is paged, and filtered by compliance', async () => {
    const valid = await token();
    await put(valid, many(100));
    await put(valid, [entry('AIDA9999', { ComplianceType: 'NON_COMPLIANT' })]);
    expect((await details()).EvaluationResults).toHaveLength(10);
    const ids: string[] = [];
    for await (const page of paginateGetComplianceDetailsByConfigRule(
      { client: config, pageSize: 40 },
      { ConfigRuleName: RULE.name },
    )) {
      ids.push(
        ...(page.EvaluationResults ?? []).map(
          (one) => one.EvaluationResultIdentifier?.EvaluationResultQualifier?.ResourceId ?? '',
        ),
      );
    }
    expect(ids).toEqual(service.view().map(({ resourceId }) => resourceId));
    expect(ids).toHaveLength(101);
    const violating = await details({ ComplianceTypes: ['NON_COMPLIANT'] });
    expect(violating.EvaluationResults).toHaveLength(1);
    expect(violating.NextToken).toBeUndefined();
  });

  it('refuses an unknown rule, a strange token and a page that is too long', async () => {
    const refused = (name: string, input: Partial<GetComplianceDetailsByConfigRuleCommandInput>) =>
      expect(details(input)).rejects.toMatchObject({ name });
    await refused('NoSuchConfigRuleException', { ConfigRuleName: 'other' });
    await refused('InvalidNextTokenException', { NextToken: 'bm9uc2Vuc2U' });
    await refused('ValidationException', { Limit: 101 });
    await refused('InvalidParameterValueException', { ComplianceTypes: ['INSUFFICIENT_DATA'] });
  });
});

describe('a run', () => {
  it('gives the function what AWS Config gives it', async () => {
    await service.runScheduled();
    expect(invoked).toMatchObject([
      {
        functionName: 'evaluate',
        event: {
          ruleParameters: '{}',
          eventLeftScope: false,
          configRuleArn: RULE.arn,
          configRuleName: RULE.name,
          configRuleId: RULE.id,
          accountId: ACCOUNT,
          version: '1.0',
        },
      },
    ]);
    expect(JSON.parse(invoked[0]?.event.invokingEvent ?? '')).toEqual({
      awsAccountId: ACCOUNT,
      notificationCreationTime: service.runs[0]?.at,
      messageType: 'ScheduledNotification',
      recordVersion: '1.0',
    });
    expect(service.runs).toMatchObject([{ trigger: 'schedule', ok: true, error: null }]);
  });

  it('that fails is on record', async () => {
    work = () => Promise.reject(new Error('Task timed out'));
    expect(await service.runScheduled()).toMatchObject({ ok: false, error: 'Task timed out' });
  });

  it('is started once in a while, not while it runs, and nobody waits for it', async () => {
    const limit = { name: 'LimitExceededException' };
    let finish: () => void = () => undefined;
    work = () =>
      new Promise((resolve) => {
        finish = resolve;
      });
    await start(RULE.name);
    expect([service.isRunning, service.runs]).toEqual([true, []]);
    await new Promise((resolve) => setTimeout(resolve, 350));
    await expect(start(RULE.name)).rejects.toMatchObject(limit);
    finish();
    await expect.poll(() => service.runs).toMatchObject([{ trigger: 'start', ok: true }]);
    work = async () => undefined;
    await start(RULE.name);
    await expect(start(RULE.name)).rejects.toMatchObject(limit);
    await new Promise((resolve) => setTimeout(resolve, 350));
    service.faults.refuseStarts(1);
    await expect(start(RULE.name)).rejects.toMatchObject(limit);
    await start(RULE.name);
    expect(invoked).toHaveLength(3);
  });

  it('is of a rule that exists, and of 25 rules at most', async () => {
    await expect(start('other')).rejects.toMatchObject({ name: 'NoSuchConfigRuleException' });
    const names = Array.from({ length: 26 }, () => RULE.name);
    await expect(start(...names)).rejects.toMatchObject({ name: 'ValidationException' });
    expect(service.runs).toEqual([]);
  });
});

describe('the rule', () => {
  it('is described, and every call is counted', async () => {
    gateway.counts.reset();
    const { ConfigRules } = await config.send(new DescribeConfigRulesCommand({}));
    expect(ConfigRules).toMatchObject([{ ConfigRuleName: RULE.name, ConfigRuleArn: RULE.arn }]);
    const other = config.send(new DescribeConfigRulesCommand({ ConfigRuleNames: ['other'] }));
    await expect(other).rejects.toMatchObject({ name: 'NoSuchConfigRuleException' });
    expect(gateway.counts.snapshot()).toEqual({
      'config:DescribeConfigRules': { ok: 1, NoSuchConfigRuleException: 1 },
    });
  });

  it('can be deleted, and the recorder stopped and started', async () => {
    const name = { ConfigurationRecorderName: 'default' };
    const recording = async () => {
      const { ConfigurationRecordersStatus } = await config.send(
        new DescribeConfigurationRecorderStatusCommand({}),
      );
      return ConfigurationRecordersStatus?.[0]?.recording;
    };
    await config.send(new StopConfigurationRecorderCommand(name));
    expect(await recording()).toBe(false);
    await config.send(new StartConfigurationRecorderCommand(name));
    expect(await recording()).toBe(true);
    await config.send(new DeleteConfigRuleCommand({ ConfigRuleName: RULE.name }));
    const gone = config.send(new DescribeConfigRulesCommand({ ConfigRuleNames: [RULE.name] }));
    await expect(gone).rejects.toMatchObject({ name: 'NoSuchConfigRuleException' });
  });
});
