/**
 * Proves that the linter enforces the import directions of biome.json: probe files that import everything they may
 * and everything they must not are put into a copy of the house and linted, all in one run.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const house = mkdtempSync(join(tmpdir(), 'solekey-lint-'));
afterAll(() => rmSync(house, { recursive: true, force: true }));

interface Room {
  /** A file that does not exist yet, in the folder the rule is about. */
  probe: string;
  may: string[];
  mustNot: string[];
}

const AWS = ['@aws-sdk/client-iam', '@aws-sdk/lib-dynamodb'];
const CDK = ['aws-cdk-lib', 'aws-cdk-lib/aws-sqs'];

const ROOMS: Room[] = [
  {
    probe: 'functions/core/probe.ts',
    may: ['./model.ts', './judge/judge.ts'],
    mustNot: [
      '../app/ports.ts',
      '../contracts/items.ts',
      '../adapters/iam.ts',
      '../web/app.ts',
      '../handlers/sweep.ts',
      '../../infra/stack.ts',
      '../../sandbox/start.ts',
      'zod',
      'hono',
      'node:fs',
      'node:crypto',
      '@aws-lambda-powertools/logger',
      ...AWS,
      ...CDK,
    ],
  },
  {
    probe: 'functions/core/judge/probe.ts',
    may: ['./situation.ts', '../model.ts'],
    mustNot: ['../../app/ports.ts', '../../contracts/items.ts', 'zod', 'node:fs', ...AWS],
  },
  {
    probe: 'functions/app/probe.ts',
    may: ['./ports.ts', '../core/model.ts', '../core/judge/judge.ts'],
    mustNot: [
      '../contracts/items.ts',
      '../adapters/iam.ts',
      '../web/app.ts',
      '../handlers/sweep.ts',
      '../../infra/stack.ts',
      '../../sandbox/start.ts',
      'zod',
      'hono',
      'node:fs',
      '@aws-lambda-powertools/logger',
      ...AWS,
    ],
  },
  {
    probe: 'functions/contracts/probe.ts',
    may: ['./items.ts', '../core/model.ts', 'zod'],
    mustNot: [
      '../app/ports.ts',
      '../adapters/iam.ts',
      '../web/app.ts',
      '../handlers/sweep.ts',
      '../../infra/stack.ts',
      'hono',
      'node:fs',
      ...AWS,
      ...CDK,
    ],
  },
  {
    probe: 'functions/adapters/probe.ts',
    may: ['./clients.ts', '../app/ports.ts', '../contracts/items.ts', '../core/model.ts', ...AWS],
    mustNot: [
      '../app/reconcile.ts',
      '../web/app.ts',
      '../handlers/sweep.ts',
      '../../infra/stack.ts',
      '../../sandbox/start.ts',
      'aws-cdk-lib/aws-sqs',
    ],
  },
  {
    probe: 'functions/web/probe.ts',
    may: [
      './layout.ts',
      '../app/show-case.ts',
      '../contracts/decision-form.ts',
      '../core/model.ts',
      'hono/html',
    ],
    mustNot: [
      '../adapters/iam.ts',
      '../handlers/approve.ts',
      '../../infra/stack.ts',
      '../../sandbox/start.ts',
      '@smithy/types',
      ...AWS,
    ],
  },
  {
    probe: 'functions/handlers/probe.ts',
    may: [
      '../app/sweep.ts',
      '../adapters/clients.ts',
      '../contracts/link.ts',
      '../core/time.ts',
      '../web/app.ts',
      'hono/aws-lambda',
      ...AWS,
    ],
    mustNot: ['./sweep.ts', '../../infra/stack.ts', '../../sandbox/start.ts', 'aws-cdk-lib/aws-sqs'],
  },
  {
    probe: 'infra/probe.ts',
    may: ['./stack.ts', './constructs/notices.ts', '../functions/contracts/settings.ts', ...CDK],
    mustNot: [
      '../functions/contracts/items.ts',
      '../functions/core/policy.ts',
      '../functions/handlers/sweep.ts',
      '../sandbox/start.ts',
      '../test/infra/synth.ts',
    ],
  },
  {
    probe: 'infra/constructs/probe.ts',
    may: ['./function.ts', '../settings.ts', '../../functions/contracts/settings.ts'],
    mustNot: ['../../functions/core/policy.ts', '../../sandbox/start.ts', '../../test/infra/synth.ts'],
  },
  {
    probe: 'sandbox/probe.ts',
    may: ['./start.ts', './launch/launch.ts', 'node:fs', ...AWS],
    mustNot: [
      '../functions/core/model.ts',
      '../functions/contracts/settings.ts',
      '../infra/build.ts',
      '../test/x.ts',
    ],
  },
  {
    probe: 'ops/probe.ts',
    may: [
      '../functions/adapters/clients.ts',
      '../functions/contracts/items.ts',
      '../functions/core/control.ts',
    ],
    mustNot: [
      '../functions/app/reconcile.ts',
      '../functions/web/app.ts',
      '../functions/handlers/sweep.ts',
      '../infra/stack.ts',
      '../sandbox/start.ts',
      '../test/x.ts',
    ],
  },
  {
    probe: 'sandbox/world/probe.ts',
    may: ['./world.ts', '../gateway/server.ts'],
    mustNot: ['../../functions/contracts/wake.ts', '../../infra/settings.ts', '../../test/x.ts'],
  },
];

/** Every way to name another module. Each import stands on a line of its own. */
const WAYS = [
  (from: string) => `export * from '${from}';`,
  (from: string) => `export type { Probe } from '${from}';`,
  (from: string, n: number) => `import type { Probe as P${n} } from '${from}'; export type Q${n} = P${n};`,
  (from: string, n: number) => `export const load${n} = () => import('${from}');`,
];

const linesOf = (imports: readonly string[]): string[] =>
  imports
    .flatMap((from) => WAYS.map((way) => way(from, 0)))
    .map((line, n) => line.replaceAll(/([PQ]|load)0/g, `$1${n}`));

const GLOBALS = ['Date.now()', 'process.env', 'fetch', 'setTimeout', 'setInterval', 'Buffer'];
const GLOBAL_PROBES = ['functions/core/globals.ts', 'functions/core/judge/globals.ts'];

function put(path: string, lines: readonly string[]): void {
  const file = join(house, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${lines.join('\n')}\n`);
}

interface Diagnostic {
  category: string;
  severity: string;
  location: { path: string; start: { line: number } };
}

/** Lines that the linter refuses for this rule, by file. */
const refused = new Map<string, Set<number>>();

function lint(): void {
  for (const file of ['biome.json', '.gitignore']) cpSync(join(ROOT, file), join(house, file));
  for (const { probe, may, mustNot } of ROOMS) put(probe, linesOf([...may, ...mustNot]));
  for (const probe of GLOBAL_PROBES)
    put(
      probe,
      GLOBALS.map((use, n) => `export const g${n} = ${use};`),
    );
  put('functions/core/time.ts', ['export const now = (): number => Date.now();']);
  put('functions/core/digest.ts', ["export { createHash } from 'node:crypto';"]);
  const { stdout } = spawnSync(
    join(ROOT, 'node_modules/.bin/biome'),
    ['lint', '--reporter=json', '--max-diagnostics=none', '.'],
    { cwd: house, encoding: 'utf8' },
  );
  for (const { category, severity, location } of (JSON.parse(stdout) as { diagnostics: Diagnostic[] })
    .diagnostics) {
    if (!/noRestricted(Imports|Globals)/.test(category) || severity !== 'error') continue;
    const lines = refused.get(location.path) ?? new Set<number>();
    refused.set(location.path, lines.add(location.start.line));
  }
}

lint();

/** What of a list of imports is refused, in every way of importing, and what in some ways only. */
function verdicts(probe: string, imports: readonly string[]): Record<string, string> {
  const lines = refused.get(probe) ?? new Set();
  const verdict = (index: number) => {
    const hits = WAYS.filter((_, way) => lines.has(index * WAYS.length + way + 1)).length;
    return hits === 0
      ? 'may'
      : hits === WAYS.length
        ? 'must not'
        : `refused in ${hits} ways of ${WAYS.length}`;
  };
  return Object.fromEntries(imports.map((from, index) => [from, verdict(index)]));
}

describe('import directions', () => {
  it.each(ROOMS)('$probe', ({ probe, may, mustNot }) => {
    expect(verdicts(probe, [...may, ...mustNot])).toEqual({
      ...Object.fromEntries(may.map((from) => [from, 'may'])),
      ...Object.fromEntries(mustNot.map((from) => [from, 'must not'])),
    });
  });

  it.each(GLOBAL_PROBES)('the core has no clock, no environment and no network: %s', (probe) => {
    expect(refused.get(probe)).toEqual(new Set(GLOBALS.map((_, n) => n + 1)));
  });

  it('only core/time.ts knows Date, and only core/digest.ts imports from outside', () => {
    expect(refused.get('functions/core/time.ts')).toBeUndefined();
    expect(refused.get('functions/core/digest.ts')).toBeUndefined();
  });

  it('covers every folder that has rules', () => {
    const { overrides } = JSON.parse(readFileSync(join(ROOT, 'biome.json'), 'utf8')) as {
      overrides: { includes: string[] }[];
    };
    const folders = overrides.flatMap(({ includes }) => includes).filter((glob) => glob.endsWith('**'));
    const probed = (glob: string) =>
      ROOMS.some(({ probe }) =>
        new RegExp(`^${glob.replace('**', '.+').replace('/*/', '/[^/]+/')}$`).test(probe),
      );
    expect(folders.filter((glob) => !probed(glob))).toEqual([]);
  });
});

/** What patterns over import texts cannot see. */
describe('beside the linter', () => {
  const sources = ['functions', 'infra', 'ops', 'sandbox'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => `${folder}/${file}`),
  );

  it('no import goes down and up again, which would look like one that only goes down', () => {
    const winding = sources.filter((file) =>
      /(?:from|import\(?|require\()\s*'(?:\.\/\.\.|[^']*[^./'][^']*\/\.\.\/)/.test(
        readFileSync(join(ROOT, file), 'utf8'),
      ),
    );
    expect(winding).toEqual([]);
  });

  it('nothing is loaded by require, which the rule does not look at', () => {
    expect(sources.filter((file) => /\brequire\(/.test(readFileSync(join(ROOT, file), 'utf8')))).toEqual([]);
  });

  it('rooms whose patterns count the steps upward have no rooms of their own', () => {
    const deeper = sources.filter((file) =>
      /^functions\/(?:app|contracts|adapters|web|handlers)\/.+\//.test(file),
    );
    expect(deeper).toEqual([]);
  });
});
