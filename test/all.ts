/**
 * `npm test`: first what needs no coverage (emulators, explorations, random plays, what holds the functions), then the tests of
 * the functions, which alone must reach every branch of the core. Coverage makes an exploration three times as long.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

const REPORTS = '.sandbox';

/** The part of Vitest's JSON report that `.ci/count.mjs` reads. */
interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly unknown[];
}

const PARTS: Readonly<Record<string, readonly string[]>> = {
  unmeasured: ['--project', 'alone', '--project', 'around', '--project', 'sharing'],
  measured: ['--project', 'measured', '--coverage'],
};

function run(
  part: string,
  args: readonly string[],
): { readonly ok: boolean; readonly report: Report | null } {
  const file = `${REPORTS}/tests-${part}.json`;
  rmSync(file, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const { status } = spawnSync(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', ...args, ...reporters],
    {
      stdio: 'inherit',
    },
  );
  const report = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Report) : null;
  return { ok: status === 0, report };
}

mkdirSync(REPORTS, { recursive: true });
const results = Object.entries(PARTS).map(([part, args]) => run(part, args));
const reports = results.flatMap(({ report }) => report ?? []);
const total: Report = {
  numPassedTests: reports.reduce((sum, { numPassedTests }) => sum + numPassedTests, 0),
  numFailedTests: reports.reduce((sum, { numFailedTests }) => sum + numFailedTests, 0),
  testResults: reports.flatMap(({ testResults }) => testResults),
};
writeFileSync(`${REPORTS}/tests.json`, JSON.stringify(total));
process.stdout.write(`\nIn both parts: ${total.numPassedTests} passed, ${total.numFailedTests} failed\n`);
process.exitCode = results.every(({ ok }) => ok) ? 0 : 1;
