import { describe, expect, it } from 'vitest';
import { configPage } from '../../sandbox/front/config-page.ts';
import { ConfigService } from '../../sandbox/gateway/config/service.ts';
import type { Template } from '../../sandbox/launch/assembly.ts';
import { registerRule, ruleLiterals } from '../../sandbox/launch/config-rule.ts';
import { localise } from '../../sandbox/launch/localise.ts';

const PLACE = { account: '123456789012', region: 'eu-central-1' };
const ARN = 'arn:aws:config:eu-central-1:123456789012:config-rule/config-rule-so1eke';

const ruleOf = (SourceIdentifier: unknown) => ({
  Type: 'AWS::Config::ConfigRule',
  Properties: { Source: { Owner: 'CUSTOM_LAMBDA', SourceIdentifier } },
  DependsOn: ['MayRun'],
});

const TEMPLATE: Template = {
  Resources: {
    Evaluate: { Type: 'AWS::Lambda::Function' },
    MayRun: { Type: 'AWS::Lambda::Permission' },
    Rule: ruleOf({ 'Fn::GetAtt': ['Evaluate', 'Arn'] }),
    Reconcile: {
      Type: 'AWS::Lambda::Function',
      Properties: { Environment: { Variables: { CONFIG_RULE_NAME: { Ref: 'Rule' } } } },
      DependsOn: ['Rule'],
    },
    Policy: {
      Type: 'AWS::IAM::Policy',
      Properties: { Resource: [{ 'Fn::GetAtt': ['Rule', 'Arn'] }, { 'Fn::GetAtt': ['Evaluate', 'Arn'] }] },
    },
  },
  Outputs: { Id: { Value: { 'Fn::GetAtt': ['Rule', 'ConfigRuleId'] } } },
};

const service = () => new ConfigService({ account: PLACE.account, invoke: async () => undefined });

describe('the rule of the template', () => {
  it('is left out, and what refers to it gets its name, ARN and id', () => {
    const literals = ruleLiterals(TEMPLATE, PLACE);
    const { template, differences } = localise(TEMPLATE, { visibilitySeconds: 2, literals });
    expect(template.Resources.Rule).toBeUndefined();
    expect(template.Resources.Reconcile).toEqual({
      Type: 'AWS::Lambda::Function',
      Properties: { Environment: { Variables: { CONFIG_RULE_NAME: 'solekey-rule' } } },
    });
    expect(template.Resources.Policy?.Properties?.Resource).toEqual([
      ARN,
      { 'Fn::GetAtt': ['Evaluate', 'Arn'] },
    ]);
    expect(template.Outputs).toEqual({ Id: { Value: 'config-rule-so1eke' } });
    expect(differences.slice(0, 2)).toEqual([
      {
        kind: 'left out',
        what: 'AWS::Config::ConfigRule',
        why: 'ministack has no AWS Config; the gateway plays it and runs the deployed function',
      },
      {
        kind: 'changed',
        what: 'Rule',
        why: `what refers to it gets solekey-rule, ${ARN}, config-rule-so1eke`,
      },
    ]);
  });

  it('is not left out when something refers to it in a way that is not known', () => {
    const literals = ruleLiterals(TEMPLATE, PLACE);
    const strange = {
      ...TEMPLATE,
      Outputs: { Type: { Value: { 'Fn::GetAtt': ['Rule', 'Compliance.Type'] } } },
    };
    expect(() => localise(strange, { visibilitySeconds: 2, literals })).toThrow('Rule is left out');
    expect(() => localise(TEMPLATE, { visibilitySeconds: 2 })).toThrow('Rule is left out');
  });

  it('is registered with the function it runs', () => {
    const config = service();
    registerRule(config, TEMPLATE, ruleLiterals(TEMPLATE, PLACE), {
      outputs: {},
      resources: { Evaluate: 'solekey-evaluate' },
    });
    expect(config.rule).toEqual({
      name: 'solekey-rule',
      arn: ARN,
      id: 'config-rule-so1eke',
      functionName: 'solekey-evaluate',
    });
  });

  it('need not be there, but must run a function of the template', () => {
    const config = service();
    const { Rule: _rule, ...Resources } = TEMPLATE.Resources;
    expect(ruleLiterals({ Resources }, PLACE)).toEqual({});
    registerRule(config, { Resources }, {}, { outputs: {}, resources: {} });
    expect(config.rule).toBeUndefined();
    expect(() => config.runScheduled()).toThrow('there is no rule');
    const managed = { Resources: { ...Resources, Rule: ruleOf('ACCESS_KEYS_ROTATED') } };
    expect(() => ruleLiterals(managed, PLACE)).toThrow('runs no function of the template');
  });
});

describe('the page of AWS Config', () => {
  const rule = { name: 'solekey-rule', arn: ARN, id: 'config-rule-so1eke', functionName: 'f' };
  const line = {
    complianceType: 'COMPLIANT',
    annotation: null,
    orderingTimestamp: '2026-11-24T10:00:00.123Z',
    recordedTime: '2026-11-24T10:00:01.000Z',
  };
  const view = (type = 'AWS::IAM::User') => (type === 'AWS::IAM::User' ? users : account);
  const account = [{ ...line, resourceId: '123456789012' }];
  const users = [
    { ...line, resourceId: 'AIDA1' },
    {
      ...line,
      resourceId: 'AIDA2',
      complianceType: 'NON_COMPLIANT',
      annotation: '2 active keys <b>&"',
    },
  ];
  const run = { at: '2026-11-24T10:00:00.000Z', trigger: 'schedule', ok: false, error: '<script>' } as const;

  it('shows what is wrong first, with names, and brings no markup along', () => {
    const names = new Map([['AIDA2', '<i>bot</i>']]);
    const { headers, body } = configPage(
      { rule, runs: [run], isRunning: false, view },
      names,
      Date.parse('2026-11-24T10:02:00.000Z'),
    );
    const html = body.toString();
    expect(html.indexOf('AIDA2')).toBeLessThan(html.indexOf('AIDA1'));
    expect(html).toContain('&lt;i&gt;bot&lt;/i&gt;');
    expect(html).toContain('2 active keys &lt;b&gt;&amp;&quot;');
    expect(html.indexOf('This account<br>')).toBeLessThan(html.indexOf('AIDA2'));
    expect(html).toContain('1 noncompliant, 2 compliant');
    expect(html).toContain('10:00:00 UTC (2 minutes ago), as scheduled, which failed: &lt;script&gt;');
    expect(html).not.toMatch(/<script|<i>|<b>/);
    expect(headers['content-security-policy']).toContain("default-src 'none'");
  });

  it('can be read on a phone, where the heads of columns are out of sight, and without seeing it', () => {
    const html = configPage({ rule, runs: [], isRunning: false, view }, new Map()).body.toString();
    expect(html).toContain('data-label="Compliance" class="bad">Noncompliant</td>');
    expect(html.match(/data-label=/g)).toHaveLength(9);
    expect(html.match(/<th scope="row" role="rowheader">/g)).toHaveLength(3);
    expect(html).toMatch(/<main><h1>.*<\/main>/s);
  });

  it('says so when there is nothing yet', () => {
    const pageOf = (some: typeof rule | undefined) =>
      configPage({ rule: some, runs: [], isRunning: true, view: () => [] }, new Map()).body.toString();
    expect(pageOf(rule)).toContain('No results yet.');
    expect(pageOf(rule)).toContain('none yet. One is running.');
    expect(pageOf(undefined)).toContain('There is no rule');
  });
});
