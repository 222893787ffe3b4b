import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseExpected } from '../../functions/contracts/expected.ts';
import { EXPOSURE_PATTERN } from '../../functions/contracts/fixed-names.ts';
import { CHECKS, NOT_CHECKED_HEADING } from '../../functions/core/health/checks.ts';
import { all, at, flat, type Json, synth } from './synth.ts';

const made = synth();
const OPERATE = readFileSync(join(import.meta.dirname, '../../docs/operate.md'), 'utf8');
const HEADINGS = [...OPERATE.matchAll(/^#{2,3} (.+)$/gm)].map(([, heading = '']) => heading);

/** The anchor that GitHub makes of a heading. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');

const environment = ({ template }: typeof made, stack = made) => {
  const [, { Properties }] = Object.entries(template.Resources).find(([id]) =>
    /^HealthFunction[0-9A-F]{8}$/.test(id),
  ) ?? ['', { Properties: {} as Record<string, Json> }];
  const { Variables } = Properties.Environment as { readonly Variables: Record<string, Json> };
  return Object.fromEntries(Object.entries(Variables).map(([name, value]) => [name, flat(stack, value)]));
};

describe('alarms', () => {
  const alarms = all(made, 'AWS::CloudWatch::Alarm');

  it.each(alarms.map(({ path, resource }) => [path, resource.Properties] as const))(
    '%s tells operators when it goes on and off, and where its section is',
    (path, alarm) => {
      for (const actions of [alarm.AlarmActions, alarm.OKActions] as Json[][]) {
        expect(actions.map((action) => flat(made, action))).toEqual(['<Operators/Topic>']);
      }
      expect(alarm.AlarmName).toBe(`Solekey-${path}`);
      expect(HEADINGS).toContain(`\`${path}\``);
      const description = String(alarm.AlarmDescription);
      expect(description.split(' ').at(-1)).toBe(`docs/operate.md#${anchorOf(path)}`);
      expect(description.length).toBeLessThanOrEqual(1024);
    },
  );

  it('has one for every section that is called like one', () => {
    const sections = HEADINGS.filter((heading) => /^`\w+(?:\/\w+)+`$/.test(heading));
    expect(sections.sort()).toEqual(alarms.map(({ path }) => `\`${path}\``).sort());
  });
});

describe('findings', () => {
  it.each([...Object.values(CHECKS).map(({ heading }) => heading), NOT_CHECKED_HEADING])(
    'have the section "%s"',
    (heading) => expect(HEADINGS.filter((one) => one === heading)).toHaveLength(1),
  );
});

describe('health is told', () => {
  it('the deployment as the template has it', () => {
    const told = environment(made);
    const { EXPECTED, ...names } = told;
    expect(names).toEqual({
      TABLE_NAME: '<Cases/Table>',
      INVENTORY_BUCKET: '<Inventory/Bucket>',
      OPERATOR_TOPIC_ARN: '<Operators/Topic>',
      MAIL_TOPIC_ARN: '<Notices/Mail>',
      RECORDS_BUCKET: '<RecordsBucket/Bucket>',
      RECORDS_KEY_ID: '<RecordsKey/Key>',
    });
    const expected = parseExpected(EXPECTED ?? '');
    const { EventPattern } = at(made, 'Detection/KeyEvents').Properties;
    expect(expected.keyRule).toEqual({
      name: '<Detection/KeyEvents>',
      target: '<Events/Queue>',
      input: null,
      pattern: EventPattern,
    });
    expect(expected.exposureRule).toBe('<Detection/ExposedKeys>');
    expect(at(made, 'Detection/ExposedKeys').Properties.EventPattern).toEqual(EXPOSURE_PATTERN);
    const { PolicyDocument } = at(made, 'Events/Queue/Policy').Properties as {
      readonly PolicyDocument: { readonly Statement: Json[] };
    };
    const { Statement } = expected.eventQueue.policy as { readonly Statement: Json[] };
    expect(Statement).toHaveLength(PolicyDocument.Statement.length);
    expect(expected.configRule).toBe('<ComplianceView/Rule>');
    expect(expected.surveyRule.input).toEqual({ solekey: 'survey' });
    const queues = all(made, 'AWS::SQS::Queue').filter(({ path }) => path.endsWith('DeadLetters/Queue'));
    expect(Object.entries(expected.deadLetters)).toEqual(
      queues.map(({ path }) => [path.replace(/Queue$/, 'NotEmpty'), `<${path}>`]),
    );
    const mappings = all(made, 'AWS::Lambda::EventSourceMapping').map(({ path }) => `<${path}>`);
    expect(expected.mappings.map(({ id }) => id).sort()).toEqual(mappings.sort());
    expect(expected.mappings.map(({ queue, reader }) => [queue, reader])).toEqual([
      ['wakes', '<Reconcile/Function>'],
      ['events', '<Reconcile/Function>'],
      ['questions', '<Witness/Function>'],
    ]);
  });

  it('nothing of AWS Config or usage where they are off', () => {
    const off = synth({ config: 'off', usage: 'off' });
    const expected = parseExpected(environment(off, off).EXPECTED ?? '');
    expect(expected.configRule).toBe(null);
    expect(expected.mappings.map(({ queue }) => queue)).toEqual(['wakes', 'events']);
  });

  it('no more than Lambda takes: 4 KB with all names filled in', () => {
    const filled = Object.entries(environment(made)).map(
      ([name, value]) => name + value.replace(/<([^>]+)>/g, (_, path: string) => physical(path)),
    );
    expect(filled.join('').length).toBeLessThan(3900);
  });
});

/** About as long as the real name or ARN of a resource in GovCloud. */
function physical(path: string): string {
  const name = `Solekey-${path.replaceAll('/', '')}12345678-ABCDEFGHIJKL`;
  return /Queue$|KeyEvents|ExposedKeys|Rule$|Hourly/.test(path)
    ? `arn:aws-us-gov:sqs:us-gov-west-1:123456789012:${name}`
    : name;
}

it('starts health every five minutes', () => {
  const { ScheduleExpression, Targets } = at(made, 'HealthSchedule/Rule').Properties;
  expect(ScheduleExpression).toBe('rate(5 minutes)');
  expect(flat(made, (Targets as Record<string, Json>[])[0]?.Arn)).toBe('<Health/Function>');
});
