/** Synthesises the stack for tests, once per variant, without bundling, and reads it without CDK's own matchers. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Stack } from 'aws-cdk-lib';
import { buildApp } from '../../infra/build.ts';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

export interface Resource {
  readonly Type: string;
  readonly Properties: Record<string, Json>;
  readonly Metadata?: { readonly 'aws:cdk:path'?: string };
  readonly DeletionPolicy?: string;
  readonly DependsOn?: string[];
}

export interface Output {
  readonly Value: Json;
  readonly Description?: string;
}

export interface PluginReport {
  readonly pluginName: string;
  readonly violations: { readonly ruleName: string }[];
  readonly suppressedViolations?: Suppressed[];
}

export interface Suppressed {
  readonly acknowledgedId: string;
  readonly acknowledgedAt: string;
  readonly reason: string;
  readonly violatingConstructs: { readonly constructPath: string }[];
}

export interface Synthesised {
  readonly template: {
    readonly Resources: Record<string, Resource>;
    readonly Outputs: Record<string, Output>;
    readonly Parameters: Record<string, Json>;
    readonly Rules: Record<string, { readonly Assertions: Record<string, Json>[] }>;
  };
  readonly report: { readonly pluginReports: PluginReport[] };
  readonly stack: Stack;
}

const ROOT = join(import.meta.dirname, '../..');

// Whoever runs the tests may have a profile; the template must not depend on it.
delete process.env.CDK_DEFAULT_ACCOUNT;
// Every app makes itself an output folder; one place for all of them, so that none is left behind. A worker shares it
// between test files, so it goes when the worker does.
const out = mkdtempSync(join(tmpdir(), 'solekey-test-'));
process.env.CDK_OUTDIR = out;
process.on('exit', () => rmSync(out, { recursive: true, force: true }));
// The check against CloudFormation's schemas takes seconds, and its flag only says whether what it finds is an error. So it is
// off where no test is about it.
process.env.CDK_VALIDATION = 'false';

export function read<T>(path: string): T {
  return JSON.parse(readFileSync(path, 'utf8')) as T;
}

/** The settings to begin with. */
export const EXAMPLE = read<Record<string, unknown>>(join(ROOT, 'solekey.settings.example.json'));

/** The context of cdk.json, which an app outside the command line does not read. */
export const CONTEXT = read<{ readonly context: Record<string, unknown> }>(join(ROOT, 'cdk.json')).context;

/** The flag behind CDK's own check of the template against CloudFormation's schemas. */
export const DEFAULT_RULES = '@aws-cdk/core:validateAgainstDefaultRules';

/** Somebody whom no warning is about. */
const APPROVER = { id: 'sec-lead', name: 'Security lead', email: 'security@corp.internal' };

const OPERATOR = 'oncall@corp.internal';

export function contextWith(settings: Record<string, unknown>, more: Record<string, unknown> = {}) {
  return {
    ...CONTEXT,
    'aws:cdk:enable-path-metadata': true,
    'aws:cdk:bundling-stacks': [],
    [DEFAULT_RULES]: false,
    solekey: { ...EXAMPLE, approvers: [APPROVER], operators: [OPERATOR], ...settings },
    ...more,
  };
}

const variants = new Map<string, Synthesised>();

export function synth(
  settings: Record<string, unknown> = {},
  more: Record<string, unknown> = {},
): Synthesised {
  const key = JSON.stringify([settings, more]);
  const current = variants.get(key);
  if (current !== undefined) {
    return current;
  }
  const app = buildApp(contextWith(settings, more));
  process.env.CDK_VALIDATION = String(more[DEFAULT_RULES] === true);
  const assembly = app.synth();
  process.env.CDK_VALIDATION = 'false';
  const made: Synthesised = {
    template: read(join(assembly.directory, 'Solekey.template.json')),
    report: read(join(assembly.directory, 'validation-report.json')),
    stack: app.node.findChild('Solekey') as Stack,
  };
  variants.set(key, made);
  return made;
}

/** `Cases/Table` for the resource with that construct path below the stack, whatever its logical id is. */
export function pathOf({ template }: Synthesised, logicalId: string): string {
  const path = template.Resources[logicalId]?.Metadata?.['aws:cdk:path'];
  return path === undefined ? logicalId : path.replace(/^Solekey\//, '').replace(/\/Resource$/, '');
}

export function at(made: Synthesised, path: string): Resource {
  const found = Object.entries(made.template.Resources).find(([id]) => pathOf(made, id) === path);
  if (found === undefined) {
    throw new Error(`the template has nothing at ${path}`);
  }
  return found[1];
}

export function all(
  made: Synthesised,
  type: string,
): { readonly path: string; readonly resource: Resource }[] {
  return Object.entries(made.template.Resources)
    .filter(([, resource]) => resource.Type === type)
    .map(([id, resource]) => ({ path: pathOf(made, id), resource }));
}

/** CloudFormation's functions as one readable text: `<Cases/Table>` for any reference to that resource. */
export function flat(made: Synthesised, value: Json | undefined): string {
  if (value === undefined || value === null) {
    return '';
  }
  if (typeof value !== 'object') {
    return String(value);
  }
  if (Array.isArray(value)) {
    return value.map((item) => flat(made, item)).join(',');
  }
  const { Ref: ref, 'Fn::GetAtt': attribute, 'Fn::Join': join } = value;
  if (typeof ref === 'string') {
    return ref.startsWith('AWS::') ? `<${ref}>` : `<${pathOf(made, ref)}>`;
  }
  if (Array.isArray(attribute)) {
    return `<${pathOf(made, String(attribute[0]))}>`;
  }
  if (Array.isArray(join) && Array.isArray(join[1])) {
    return join[1].map((item) => flat(made, item)).join('');
  }
  return JSON.stringify(value);
}
