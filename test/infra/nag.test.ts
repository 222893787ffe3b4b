import { Validations } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { all, DEFAULT_RULES, type Suppressed, type Synthesised, synth } from './synth.ts';

const WITH_RULES = { [DEFAULT_RULES]: true };
const made = synth({}, WITH_RULES);
/** The wildcards name the buckets by their logical ids. */
const [BUCKET, RECORDS] = Object.entries(made.template.Resources).flatMap(([id, { Type }]) =>
  Type === 'AWS::S3::Bucket' ? [id] : [],
);

const violationsIn = ({ report }: Synthesised): string[] =>
  report.pluginReports.flatMap(({ violations }) => violations.map(({ ruleName }) => ruleName));

const suppressedIn = ({ report }: Synthesised): Suppressed[] =>
  report.pluginReports.flatMap(({ suppressedViolations }) => suppressedViolations ?? []);

describe('the checks at synth', () => {
  it('include those of cdk-nag', () => {
    expect(made.report.pluginReports.map(({ pluginName }) => pluginName)).toContain('AwsSolutions');
  });

  it.each(['enforce', 'observe'])('find nothing unexplained in %s mode', (mode) => {
    expect(violationsIn(synth({ mode }, WITH_RULES))).toEqual([]);
  });

  it('find nothing unexplained without the view in AWS Config', () => {
    expect(violationsIn(synth({ config: 'off' }, WITH_RULES))).toEqual([]);
  });

  it('find nothing unexplained without usage', () => {
    expect(violationsIn(synth({ usage: 'off' }, WITH_RULES))).toEqual([]);
  });

  it('find nothing unexplained where names are excluded', () => {
    const exclude = { tag: null, users: ['break-glass-*', 'svc/old'] };
    expect(violationsIn(synth({ exclude }, WITH_RULES))).toEqual([]);
  });

  it('find nothing unexplained where so many names are excluded that the policy is split', () => {
    const users = Array.from({ length: 40 }, (_, n) => `${String(n).padStart(3, '0')}${'x'.repeat(124)}*`);
    const long = synth({ exclude: { tag: null, users } }, WITH_RULES);
    expect(all(long, 'AWS::IAM::ManagedPolicy').length).toBeGreaterThan(0);
    expect(violationsIn(long)).toEqual([]);
  });

  it('warn of an approver whom no mail reaches', () => {
    const example = synth({ approvers: [{ id: 'a', name: 'A', email: 'a@example.com' }] });
    expect(violationsIn(example)).toEqual(['Annotation::solekey:example-approver']);
  });

  it('warn of pages that China does not open without a licence', () => {
    expect(violationsIn(synth({ region: 'cn-north-1' }))).toEqual(['Annotation::solekey:icp']);
    expect(violationsIn(synth({ region: 'us-gov-west-1' }))).toEqual([]);
  });

  it('warn that approvers are told of alarms where no operator is named and keys change', () => {
    expect(violationsIn(synth({ operators: null }))).toEqual(['Annotation::solekey:operators']);
    expect(violationsIn(synth({ operators: null, mode: 'observe' }))).toEqual([]);
  });

  it.each([true, 'true'])('warn of a deployment with the floors of the sandbox (%j)', (lifted) => {
    const sandbox = synth({ grace: 'PT12S', deletionNotice: 'PT8S' }, { 'solekey:sandbox': lifted });
    expect(violationsIn(sandbox)).toEqual(['Annotation::solekey:sandbox']);
    expect(violationsIn(synth({}, { 'solekey:sandbox': 'false' }))).toEqual([]);
  });

  it('found exactly this, and it is explained', () => {
    const explained = suppressedIn(made).flatMap(({ acknowledgedId, violatingConstructs }) =>
      violatingConstructs.map(
        ({ constructPath }) => `${constructPath} ${acknowledgedId.split('::AwsSolutions-')[1]}`,
      ),
    );
    expect(explained.sort()).toEqual([
      'Solekey/Approval/Api/GET--{proxy+}/Resource APIG4',
      'Solekey/Approval/Api/HEAD--{proxy+}/Resource APIG4',
      'Solekey/Approval/Api/POST--{proxy+}/Resource APIG4',
      'Solekey/ComplianceView/DeadLetters/Queue/Resource SQS3',
      'Solekey/Detection/DeadLetters/Queue/Resource SQS3',
      'Solekey/Evaluate/Role/DefaultPolicy/Resource IAM5[Resource::*]',
      `Solekey/Evaluate/Role/DefaultPolicy/Resource IAM5[Resource::<${BUCKET}.Arn>/inventory/*]`,
      `Solekey/Evaluate/Role/DefaultPolicy/Resource IAM5[Resource::<${BUCKET}.Arn>/readings/*]`,
      'Solekey/Evaluate/Role/DefaultPolicy/Resource IAM5[Resource::arn:aws:iam::<AWS::AccountId>:user/*]',
      'Solekey/Health/Role/DefaultPolicy/Resource IAM5[Resource::*]',
      `Solekey/Health/Role/DefaultPolicy/Resource IAM5[Resource::<${RECORDS}.Arn>/anchors/*]`,
      'Solekey/Inventory/Bucket/Resource S1',
      'Solekey/Reconcile/Role/DefaultPolicy/Resource IAM5[Resource::*]',
      'Solekey/Reconcile/Role/DefaultPolicy/Resource IAM5[Resource::arn:aws:iam::<AWS::AccountId>:user/*]',
      `Solekey/Records/Role/DefaultPolicy/Resource IAM5[Resource::<${BUCKET}.Arn>/inventory/*]`,
      `Solekey/Records/Role/DefaultPolicy/Resource IAM5[Resource::<${RECORDS}.Arn>/anchors/*]`,
      `Solekey/Records/Role/DefaultPolicy/Resource IAM5[Resource::<${RECORDS}.Arn>/packs/*]`,
      `Solekey/Records/Role/DefaultPolicy/Resource IAM5[Resource::<${RECORDS}.Arn>/reports/*]`,
      'Solekey/RecordsBucket/Bucket/Resource S1',
      'Solekey/SweepSchedule/DeadLetters/Queue/Resource SQS3',
      'Solekey/Witness/Role/DefaultPolicy/Resource IAM5[Resource::*]',
    ]);
    for (const { reason } of suppressedIn(made)) {
      expect(reason.length).toBeGreaterThan(40);
    }
  });

  it('needed every explanation that is given', () => {
    const given = made.stack.node
      .findAll()
      .flatMap(({ node }) =>
        node.metadata
          .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
          .flatMap(({ data }) => Object.keys(data as object).map((id) => `${node.path} ${id}`)),
      );
    const used = suppressedIn(made).map(
      ({ acknowledgedAt, acknowledgedId }) => `${acknowledgedAt} ${acknowledgedId}`,
    );
    expect(new Set(given)).toEqual(new Set(used));
  });
});
