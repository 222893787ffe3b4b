import { runSimulation } from '@cloud-copilot/iam-simulate';
import { describe, expect, it } from 'vitest';
import { policiesOf } from './policies.ts';
import { all, at, flat, type Json, synth } from './synth.ts';

const ACCOUNT = '123456789012';
const made = synth();

/** The template's references as plain text, with ARNs where policies have them. */
function resolved(value: Json): Json {
  if (Array.isArray(value)) {
    return value.map(resolved);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const { Ref: ref, 'Fn::GetAtt': attribute, 'Fn::Join': join } = value;
  if (ref === 'AWS::AccountId') {
    return ACCOUNT;
  }
  if (attribute !== undefined || ref !== undefined) {
    const path = flat(made, value).slice(1, -1);
    const [fn = '', kind] = path.split('/');
    return kind === 'Role' ? roleArn(fn) : arnOf(path);
  }
  return Array.isArray(join)
    ? flat(made, (join[1] as Json[]).map(resolved)).replaceAll(',', '')
    : Object.fromEntries(Object.entries(value).map(([name, one]) => [name, resolved(one)]));
}

const arnOf = (path: string) => `arn:aws:sqs:us-east-1:${ACCOUNT}:${path.replaceAll('/', '-')}`;
const roleArn = (fn: string) => `arn:aws:iam::${ACCOUNT}:role/${fn}`;
const RULE = arnOf('Detection/KeyEvents');
const OURS = ['KeyEvents', 'ExposedKeys'];
const EVENTS = 'Events/Queue';

interface Sender {
  readonly principal: string;
  readonly policies: readonly Json[];
  readonly context?: Record<string, string>;
}

/** What a foreign evaluator says to a message for a queue, by the policies of the sender and of the queue. */
async function verdict(queue: string, action: string, { principal, policies, context = {} }: Sender) {
  const policy = at(made, `${queue}/Policy`).Properties.PolicyDocument ?? null;
  const result = await runSimulation(
    {
      identityPolicies: policies.map((one, index) => ({ name: `policy-${index}`, policy: one })),
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      resourcePolicy: resolved(policy),
      request: {
        principal,
        action,
        resource: { resource: arnOf(queue), accountId: ACCOUNT },
        contextVariables: {
          'aws:SecureTransport': 'true',
          ...(principal.startsWith('arn:') ? { 'aws:PrincipalArn': principal } : {}),
          ...context,
        },
      },
    },
    {},
  );
  return 'overallResult' in result ? result.overallResult : JSON.stringify(result);
}

const everything = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
const role = (fn: string): Sender => ({
  principal: roleArn(fn),
  policies: policiesOf(made, fn).map(({ document }) => resolved(document)),
});
const rule = (source: string): Sender => ({
  principal: 'events.amazonaws.com',
  policies: [],
  context: {
    'aws:SourceArn': source,
    'aws:PrincipalIsAWSService': 'true',
    'aws:PrincipalServiceName': 'events.amazonaws.com',
  },
});
const FUNCTIONS = ['Reconcile', 'Approve', 'Sweep', 'Evaluate', 'Witness', 'Records'];
/** All but witness and records, which cause nothing to be evaluated. */
const WAKING = FUNCTIONS.filter((fn) => !['Witness', 'Records'].includes(fn));

describe('the event queue', () => {
  it.each(OURS)('takes what our rule %s sends', async (name) => {
    const source = RULE.replace('KeyEvents', name);
    expect(await verdict(EVENTS, 'sqs:SendMessage', rule(source))).toBe('Allowed');
    const foreign = source.replace(ACCOUNT, '999999999999');
    expect(await verdict(EVENTS, 'sqs:SendMessage', rule(foreign))).toBe('ExplicitlyDenied');
  });

  it.each<[string, Sender]>([
    ...FUNCTIONS.map((fn): [string, Sender] => [`the role of ${fn}`, role(fn)]),
    ['an administrator', { principal: `arn:aws:iam::${ACCOUNT}:role/admin`, policies: [everything] }],
    ['a user who may do all', { principal: `arn:aws:iam::${ACCOUNT}:user/mallory`, policies: [everything] }],
    ['root', { principal: `arn:aws:iam::${ACCOUNT}:root`, policies: [everything] }],
    [
      'somebody of another account',
      { principal: 'arn:aws:iam::999999999999:role/admin', policies: [everything] },
    ],
    ['another rule of this account', rule(RULE.replace('KeyEvents', 'Other'))],
    ['the same rule of another account', rule(RULE.replace(ACCOUNT, '999999999999'))],
    [
      'a topic that sends to queues',
      {
        principal: 'sns.amazonaws.com',
        policies: [],
        context: { 'aws:SourceArn': `arn:aws:sns:us-east-1:${ACCOUNT}:topic` },
      },
    ],
  ])('takes nothing from %s, whatever their own policies say', async (_who, sender) => {
    expect(await verdict(EVENTS, 'sqs:SendMessage', sender)).toBe('ExplicitlyDenied');
  });

  it.each(WAKING)('is not the wake queue, into which %s may send', async (fn) => {
    expect(await verdict('Wakes/Queue', 'sqs:SendMessage', role(fn))).toBe('Allowed');
  });

  it('is not the usage queue, into which reconcile alone may send; and witness sends nowhere', async () => {
    const asking = await Promise.all(
      FUNCTIONS.map((fn) => verdict('Usage/Queue', 'sqs:SendMessage', role(fn))),
    );
    expect(asking).toEqual(['Allowed', ...FUNCTIONS.slice(1).map(() => 'ExplicitlyDenied')]);
    for (const queue of ['Wakes/Queue', 'Usage/DeadLetters/Queue']) {
      expect(await verdict(queue, 'sqs:SendMessage', role('Witness'))).toBe('ImplicitlyDenied');
    }
  });

  it.each([
    `arn:aws:iam::${ACCOUNT}:role/admin`,
    `arn:aws:iam::${ACCOUNT}:user/mallory`,
    `arn:aws:iam::${ACCOUNT}:root`,
  ])(
    'is not the usage queue, which %s may not fill either: a deletion can depend on an answer (S14)',
    async (principal) => {
      const sender = { principal, policies: [everything] };
      expect(await verdict('Usage/Queue', 'sqs:SendMessage', sender)).toBe('ExplicitlyDenied');
      expect(at(made, 'Usage/Queue').Properties.RedriveAllowPolicy).toEqual({ redrivePermission: 'denyAll' });
    },
  );

  it('cannot be named as the dead-letter queue of another one: SQS would move messages past its policy', () => {
    expect(at(made, EVENTS).Properties.RedriveAllowPolicy).toEqual({ redrivePermission: 'denyAll' });
  });

  it('is read by reconcile and by nobody else, and named to reconcile as the messages name it', async () => {
    const allowed = await Promise.all(FUNCTIONS.map((fn) => verdict(EVENTS, 'sqs:ReceiveMessage', role(fn))));
    expect(allowed).toEqual(['Allowed', ...FUNCTIONS.slice(1).map(() => 'ImplicitlyDenied')]);
    const mappings = all(made, 'AWS::Lambda::EventSourceMapping').map(
      ({ resource: { Properties: mapping } }) => [
        flat(made, mapping.EventSourceArn),
        flat(made, mapping.FunctionName),
      ],
    );
    expect(mappings.sort()).toEqual([
      ['<Events/Queue>', '<Reconcile/Function>'],
      ['<Usage/Queue>', '<Witness/Function>'],
      ['<Wakes/Queue>', '<Reconcile/Function>'],
    ]);
    const { Variables } = at(made, 'Reconcile/Function').Properties.Environment as {
      readonly Variables: Json;
    };
    const arn = (Variables as Record<string, Json>).EVENT_QUEUE_ARN;
    expect(arn).toEqual(
      all(made, 'AWS::Lambda::EventSourceMapping').find(({ resource }) =>
        flat(made, resource.Properties.EventSourceArn).includes('Events'),
      )?.resource.Properties.EventSourceArn,
    );
  });
});

describe('reconcile, which believes whoever invokes it', () => {
  it.each(FUNCTIONS)('may not be invoked by the role of %s', async (fn) => {
    for (const action of ['lambda:InvokeFunction', 'lambda:InvokeAsync', 'lambda:UpdateFunctionCode']) {
      const result = await runSimulation(
        {
          identityPolicies: role(fn).policies.map((policy, index) => ({ name: `policy-${index}`, policy })),
          serviceControlPolicies: [],
          resourceControlPolicies: [],
          request: {
            principal: role(fn).principal,
            action,
            resource: {
              resource: `arn:aws:lambda:us-east-1:${ACCOUNT}:function:reconcile`,
              accountId: ACCOUNT,
            },
            contextVariables: {},
          },
        },
        {},
      );
      expect('overallResult' in result && result.overallResult).toBe('ImplicitlyDenied');
    }
  });

  it('admits no service and no address', () => {
    const admitted = all(made, 'AWS::Lambda::Permission').map(({ resource }) =>
      flat(made, resource.Properties.FunctionName),
    );
    expect(admitted).not.toContain('<Reconcile/Function>');
    expect(admitted.length).toBeGreaterThan(2);
    expect(all(made, 'AWS::Lambda::Url')).toEqual([]);
  });

  it('may cause runs of itself: its chains are bounded by count, which Lambda cannot know', () => {
    const guards = FUNCTIONS.map((fn) => at(made, `${fn}/Function`).Properties.RecursiveLoop);
    expect(guards).toEqual(['Allow', ...FUNCTIONS.slice(1).map(() => undefined)]);
    const elsewhere = synth({ region: 'cn-north-1' });
    expect(at(elsewhere, 'Reconcile/Function').Properties).not.toHaveProperty('RecursiveLoop');
  });
});
