/**
 * Proves that the linter enforces the table of rooms (house/rooms.ts): probe files that import everything they may and
 * everything they must not are put into a copy of the house and linted, all in one run. Beside that, every import in the
 * repository is held against the table without the linter.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, posix } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { DEEPEST, lintRules } from '../../house/lint.ts';
import { ROOMS } from '../../house/rooms.ts';

const ROOT = join(import.meta.dirname, '../..');
const house = mkdtempSync(join(tmpdir(), 'solekey-lint-'));
afterAll(() => rmSync(house, { recursive: true, force: true }));

const table: Readonly<Record<string, readonly string[]>> = ROOMS;
const rooms = Object.keys(table);
const hasRooms = (room: string) => rooms.some((other) => other.startsWith(`${room}/`));

/** Packages of every sort that the project has. */
const PACKAGES = [
  'zod',
  'hono/html',
  'csv-parse/sync',
  'constructs',
  'cdk-nag',
  'aws-lambda',
  'aws-cdk-lib',
  'aws-cdk-lib/aws-sqs',
  'node:fs',
  'node:timers/promises',
  '@aws-sdk/client-iam',
  '@aws-lambda-powertools/logger',
  '@smithy/types',
  'playwright-core',
  'vitest',
];

/** The room of a file: the longest one that it lies in; undefined outside of the table. */
function roomOf(file: string): string | undefined {
  return rooms
    .filter((room) => file.startsWith(`${room}/`))
    .filter((room) => !hasRooms(room) || dirname(file) === room)
    .sort((a, b) => b.length - a.length)[0];
}

/** Whether the table lets a file of `room` import this: a path from the root, or a package. */
function allowed(room: string, target: string): boolean {
  const own = roomOf(target);
  return (
    own === room ||
    (table[room] ?? []).some((entry) => {
      if (entry === target || entry === own) {
        return true;
      }
      if (entry.startsWith('functions')) {
        // An entry that is no room itself stands for all rooms below it.
        return !rooms.includes(entry) && target.startsWith(`${entry}/`);
      }
      return target === entry || target.startsWith(`${entry.replace('*', '')}`);
    })
  );
}

interface Probe {
  readonly room: string;
  /** A file that does not exist yet. */
  readonly probe: string;
  readonly imports: readonly { readonly from: string; readonly may: boolean }[];
}

/** In each room and at each depth a file that imports a file of every room, and a package of every sort. */
const PROBES: readonly Probe[] = rooms.flatMap((room) =>
  Array.from({ length: hasRooms(room) ? 1 : DEEPEST + 1 }, (_, depth): Probe => {
    const folder = posix.join(room, ...Array.from({ length: depth }, (_none, n) => `deep${n}`));
    const inside = (target: string) => {
      const way = posix.relative(folder, target);
      return way.startsWith('.') ? way : `./${way}`;
    };
    const files = [
      ...rooms.map((other) => `${other}/some.ts`),
      'functions/contracts/fixed-names.ts',
      'functions/contracts/settings.ts',
      'test/x.ts',
    ];
    return {
      room,
      probe: `${folder}/probe.ts`,
      imports: [
        ...files.map((file) => ({ from: inside(file), may: allowed(room, file) })),
        ...PACKAGES.map((name) => ({ from: name, may: allowed(room, name) })),
      ],
    };
  }),
);

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
const GLOBAL_PROBES = ['functions/core/model/globals.ts', 'functions/core/judge/globals.ts'];

function put(path: string, lines: readonly string[]): void {
  const file = join(house, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${lines.join('\n')}\n`);
}

interface Diagnostic {
  readonly category: string;
  readonly severity: string;
  readonly location: { readonly path: string; readonly start: { readonly line: number } };
}

/** Lines that the linter refuses for this rule, by file. */
const refused = new Map<string, Set<number>>();

function lint(): void {
  for (const file of ['biome.json', '.gitignore', 'house/lint.json', 'house/readonly.grit']) {
    cpSync(join(ROOT, file), join(house, file));
  }
  for (const { probe, imports } of PROBES) {
    put(probe, linesOf(imports.map(({ from }) => from)));
  }
  for (const probe of GLOBAL_PROBES) {
    put(
      probe,
      GLOBALS.map((use, n) => `export const g${n} = ${use};`),
    );
  }
  put('functions/core/model/time.ts', ['export const now = (): number => Date.now();']);
  put('functions/core/model/digest.ts', ["export { createHash } from 'node:crypto';"]);
  const { stdout } = spawnSync(
    join(ROOT, 'node_modules/.bin/biome'),
    ['lint', '--reporter=json', '--max-diagnostics=none', '.'],
    { cwd: house, encoding: 'utf8', maxBuffer: 64 * 2 ** 20 },
  );
  for (const { category, severity, location } of (
    JSON.parse(stdout) as { readonly diagnostics: Diagnostic[] }
  ).diagnostics) {
    if (!/noRestricted(Imports|Globals)/.test(category) || severity !== 'error') {
      continue;
    }
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
  it.each(PROBES)('$probe', ({ probe, imports }) => {
    const named = imports.map(({ from }) => from);
    expect(verdicts(probe, named)).toEqual(
      Object.fromEntries(imports.map(({ from, may }) => [from, may ? 'may' : 'must not'])),
    );
  });

  it.each(GLOBAL_PROBES)('the core has no clock, no environment and no network: %s', (probe) => {
    expect(refused.get(probe)).toEqual(new Set(GLOBALS.map((_, n) => n + 1)));
  });

  it('only core/model/time.ts knows Date, and only core/model/digest.ts imports from outside', () => {
    expect(refused.get('functions/core/model/time.ts')).toBeUndefined();
    expect(refused.get('functions/core/model/digest.ts')).toBeUndefined();
  });
});

describe('the table of rooms', () => {
  it('has at most 46 lines', () => {
    expect(
      readFileSync(join(ROOT, 'house/rooms.ts'), 'utf8').trimEnd().split('\n').length,
    ).toBeLessThanOrEqual(46);
  });

  it('is what the linter reads (npm run rooms)', () => {
    expect(JSON.parse(readFileSync(join(ROOT, 'house/lint.json'), 'utf8'))).toEqual(lintRules());
  });

  it('has no room that stands on one above it', () => {
    const upward = rooms.flatMap((room, floor) =>
      (table[room] ?? [])
        .filter((entry) => rooms.indexOf(entry) > floor)
        .map((entry) => `${room} <- ${entry}`),
    );
    expect(upward).toEqual([]);
  });
});

/** What patterns over import texts cannot see. */
describe('beside the linter', () => {
  const sources = ['functions', 'infra', 'ops', 'sandbox', 'docs', 'house'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => `${folder}/${file}`),
  );

  it('every file lies in a room, and no deeper than the rules reach', () => {
    const deepest = (room: string) => room.split('/').length + (hasRooms(room) ? 0 : DEEPEST) + 1;
    const outside = sources.filter((file) => {
      const room = roomOf(file);
      return room === undefined || file.split('/').length > deepest(room);
    });
    expect(outside).toEqual([]);
  });

  it('every import is one that the table allows', () => {
    const wrong = sources.flatMap((file) => {
      const text = readFileSync(join(ROOT, file), 'utf8');
      return [...text.matchAll(/^(?:import|export)[^']*? from '([^']+)';$/gms)].flatMap(([, from = '']) => {
        const target = from.startsWith('.') ? posix.join(posix.dirname(file), from) : from;
        const may = allowed(roomOf(file) ?? '', target) || file === 'functions/core/model/digest.ts';
        return may ? [] : [`${file} <- ${target}`];
      });
    });
    expect(wrong).toEqual([]);
  });

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
});
