/**
 * A process of its own that keeps one vitest running over a copy of the sources. It is sent a fault and the tests that
 * must catch it, writes the fault into the copy, runs them, and takes it out again. Nothing outside of the copy changes.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createVitest, type Vitest } from 'vitest/node';
import { changed, type Fault } from './generate.ts';

/** What a lane is asked: run these tests, with a fault or without. */
export interface Order {
  readonly fault: Pick<Fault, 'file' | 'start' | 'end' | 'to'> | null;
  /** Names of test files, or the beginnings of such names; or the compiler, which takes longer than any of them. */
  readonly tests: readonly string[] | 'compiler';
}

/** What it answers: the first test that failed, or null; and how many files with tests there were. */
export interface Answer {
  readonly failed: string | null;
  readonly files: number;
}

/** Everything that tests of the functions import or read. */
const COPIED = [
  'functions',
  'test',
  'house',
  'infra',
  'ops',
  'docs',
  'sandbox',
  'package.json',
  'tsconfig.json',
];

/** The compiler's options for the functions alone. */
const OPTIONS = 'functions.json';

const root = process.cwd();
const copy = mkdtempSync(join(tmpdir(), 'solekey-faults-'));

async function prepared(): Promise<Vitest> {
  for (const path of COPIED) {
    cpSync(join(root, path), join(copy, path), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  // A name that nobody uses any more is not what the compiler is asked about: the fault would take it along.
  const compilerOptions = { noUnusedLocals: false, noUnusedParameters: false };
  const options = { extends: './tsconfig.json', compilerOptions, include: ['functions'] };
  writeFileSync(join(copy, OPTIONS), JSON.stringify(options));
  process.chdir(copy);
  const vitest = await createVitest('test', {
    root: copy,
    config: false,
    watch: false,
    include: ['test/**/*.test.ts'],
    // One worker for all files, so that what no fault touches is read once and not by each of them.
    pool: 'threads',
    isolate: false,
    fileParallelism: false,
    bail: 1,
    reporters: [{}],
    testTimeout: 20_000,
  });
  await vitest.standalone();
  return vitest;
}

async function answer(vitest: Vitest, { fault, tests }: Order): Promise<Answer> {
  const path = fault === null ? null : join(copy, fault.file);
  const source = path === null ? '' : readFileSync(path, 'utf8');
  const write = (text: string) => {
    if (path !== null) {
      writeFileSync(path, text);
      vitest.invalidateFile(path);
    }
  };
  if (fault !== null) {
    write(changed(source, fault));
  }
  try {
    if (tests === 'compiler') {
      return compiled();
    }
    const specifications = await vitest.getRelevantTestSpecifications([...tests]);
    const { testModules, unhandledErrors } = await vitest.runTestSpecifications(specifications, false);
    const failed = testModules.find((module) => !module.ok());
    const [test] = failed?.children.allTests('failed') ?? [];
    const name =
      failed === undefined ? null : `${failed.relativeModuleId} ${test?.fullName ?? 'does not load'}`;
    return {
      failed: name ?? (unhandledErrors.length === 0 ? null : 'an error outside of the tests'),
      files: specifications.length,
    };
  } finally {
    write(source);
  }
}

function compiled(): Answer {
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const { stdout, status } = spawnSync(
    process.execPath,
    [tsc, '--noEmit', '--pretty', 'false', '-p', OPTIONS],
    {
      cwd: copy,
      encoding: 'utf8',
    },
  );
  return { failed: status === 0 ? null : `the compiler: ${stdout.split('\n')[0]}`, files: 1 };
}

const vitest = await prepared();
process.on('message', (order: Order) => {
  answer(vitest, order).then(
    (result) => process.send?.(result),
    (error: unknown) => process.send?.({ failed: `vitest: ${String(error)}`, files: 0 }),
  );
});
process.on('disconnect', () => process.exit());
process.send?.(copy);
