import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { read } from './synth.ts';

const ROOT = join(import.meta.dirname, '../..');
const out = mkdtempSync(join(tmpdir(), 'solekey-synth-'));
afterAll(() => rmSync(out, { recursive: true, force: true }));

/** Long enough for a machine that does much besides. */
const PATIENCE_MS = 180_000;

/** The command that people type, apart from `npx`, which only finds the file. */
function synth(...more: string[]) {
  const args = [join(ROOT, 'node_modules/aws-cdk/bin/cdk'), 'synth', '--quiet', '--output', out, ...more];
  // With all checks, those that other tests leave out included.
  const env = { ...process.env, CDK_VALIDATION: 'true' };
  return spawnSync(process.execPath, args, { cwd: ROOT, env, encoding: 'utf8', timeout: PATIENCE_MS });
}

describe('cdk synth', () => {
  it('with bad settings says what is wrong in readable lines, without a stack trace, and fails', () => {
    const settings = { region: 'eu-west-1', accountName: 'prod', mode: 'enforce', grace: '7 days' };
    const { status, stdout, stderr } = synth('-c', `solekey=${JSON.stringify(settings)}`);
    expect(status).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toContain('  grace: must be a duration');
    expect(stderr).toContain('  approvers: is missing');
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(stderr.trim().split('\n')).toHaveLength(4);
  });

  it('bundles every function small enough to start quickly, with the settings inside', () => {
    const { status, stdout, stderr } = synth('-c', 'settings=solekey.settings.example.json');
    expect(status, stderr).toBe(0);
    // Clean and quiet: nothing but the warning about the approver, who is an example.
    expect(stdout).toBe('');
    expect(stderr).toContain('security@example.com: mail to an example domain is never delivered.');
    expect(stderr).not.toContain('Bundling');
    const template = read<{
      readonly Resources: Record<
        string,
        { readonly Type: string; readonly Metadata?: Record<string, string> }
      >;
      readonly Rules: object;
    }>(join(out, 'Solekey.template.json'));
    // Nor can that example be deployed by mistake.
    expect(template.Rules).toHaveProperty('NameYourApprovers');
    const assets = Object.values(template.Resources)
      .filter(({ Type }) => Type === 'AWS::Lambda::Function')
      .map(({ Metadata }) => join(out, Metadata?.['aws:asset:path'] ?? 'no asset'));
    expect(assets).toHaveLength(7);
    for (const asset of assets) {
      expect(readdirSync(asset)).toEqual(['index.mjs']);
      expect(statSync(join(asset, 'index.mjs')).size).toBeLessThan(1_500_000);
      const code = readFileSync(join(asset, 'index.mjs'), 'utf8');
      expect(code).not.toContain('SOLEKEY_SETTINGS_BASE64');
      // What esbuild leaves where a CommonJS package requires a built-in: it would fail when it runs as a module that has no
      // `require`, which only the bundle of records is given.
      expect(code.includes('Dynamic require of')).toBe(code.startsWith('import{createRequire}from'));
    }
  });
});
