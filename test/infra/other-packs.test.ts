import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Validations } from 'aws-cdk-lib';
import { NIST80053R5Checks } from 'cdk-nag';
import { expect, it } from 'vitest';
import { buildApp } from '../../infra/build.ts';
import { NIST_800_53_R5 } from '../../infra/other-packs.ts';
import { contextWith, type PluginReport, read } from './synth.ts';

it("explains what cdk-nag's NIST pack finds, and nothing else", () => {
  const app = buildApp(contextWith({}));
  Validations.of(app).addPlugins(new NIST80053R5Checks(app));
  // It finds something, so synth refuses; the report is written before.
  expect(() => app.synth()).toThrow();
  const { pluginReports } = read<{ readonly pluginReports: PluginReport[] }>(
    join(process.env.CDK_OUTDIR ?? '', 'validation-report.json'),
  );
  const found = pluginReports
    .flatMap(({ violations }) => violations.map(({ ruleName }) => ruleName))
    .filter((name) => name.startsWith('NIST'))
    .map((name) => name.replace('NIST.800.53.R5-', ''));
  expect([...new Set(found)].sort()).toEqual(Object.keys(NIST_800_53_R5));
});

it('the skip list of checkov has a reason beside every check', () => {
  const lines = readFileSync(join(import.meta.dirname, '../../.checkov.yaml'), 'utf8').split('\n');
  const skipped = lines.filter((line) => line.startsWith('  - '));
  expect(skipped.length).toBeGreaterThan(5);
  for (const line of skipped) {
    expect(line).toMatch(/^ {2}- CKV_AWS_\d+ # .{10,}|# [A-Z]\w+/);
  }
});
