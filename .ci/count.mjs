/**
 * Adds up what the steps of .ci/run counted themselves, and ends with `N passed, M failed`.
 *
 * Usage: count.mjs '<ok|failed|left-out> <report> <step>'...
 *
 * A report is vitest's JSON report or the story's record; `-` where there is none, `?` in front where there may be none.
 * What failed is named before that, because the output above is long and is often cut at its beginning. Nothing is estimated: a step that failed without a failure in its report counts as one failure, and so does a step
 * that says ok and left no report although it should have.
 */
import { readFileSync } from 'node:fs';

/** @returns {{passed: number, failed: number} | null} null when there is no such report, or half of one */
function countIn(file) {
  try {
    const report = JSON.parse(readFileSync(file, 'utf8'));
    return Array.isArray(report.users) ? storyCount(report) : testCount(report);
  } catch {
    return null;
  }
}

/** A file that could not even be loaded has no tests in it; it is a failure all the same. */
function testCount({ numPassedTests, numFailedTests, testResults }) {
  const unloaded = testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
  );
  return { passed: numPassedTests, failed: numFailedTests + unloaded.length };
}

/** One chapter is one user. The record says of the whole story whether it passed, and which steps of whom did not. */
function storyCount({ passed, users, steps }) {
  if (passed) {
    return { passed: users.length, failed: 0 };
  }
  const troubled = users.filter(({ userName }) =>
    steps.some(({ title, ok }) => !ok && title.startsWith(`${userName}: `)),
  );
  const failed = Math.max(1, troubled.length);
  return { passed: Math.max(0, users.length - failed), failed };
}

/** @returns {string[]} the tests or steps of the story that failed, each with the first line of its error */
function failuresIn(file) {
  try {
    const { steps, testResults } = JSON.parse(readFileSync(file, 'utf8'));
    if (steps !== undefined) {
      return steps.filter(({ ok }) => !ok).map(({ title }) => title);
    }
    return testResults.flatMap(({ name, status, message, assertionResults }) => {
      const tests = assertionResults.filter((test) => test.status === 'failed');
      const lines = tests.map(
        ({ fullName, failureMessages }) =>
          `${fullName}: ${String(failureMessages?.[0] ?? '').split('\n')[0]}`,
      );
      return status === 'failed' && lines.length === 0
        ? [`${name}: ${String(message ?? '').split('\n')[0]}`]
        : lines.map((line) => `${name} ${line}`);
    });
  } catch {
    return [];
  }
}

let passed = 0;
let failed = 0;
const lines = process.argv.slice(2).map((line) => line.split(' '));
for (const [, report] of lines) {
  for (const failure of failuresIn(report.replace('?', ''))) {
    process.stdout.write(`not passed: ${failure}\n`);
  }
}
for (const [outcome, report, ...step] of lines) {
  const count = countIn(report.replace('?', ''));
  const { passed: right, failed: wrong } = count ?? { passed: 0, failed: 0 };
  const silent = count === null && !/^[-?]/.test(report);
  const blame = wrong === 0 && (outcome !== 'ok' || silent) ? 1 : 0;
  passed += right;
  failed += wrong + blame;
  const counted = count !== null ? `, ${right} passed, ${wrong} failed` : silent ? ', no report' : '';
  process.stdout.write(`${outcome.padEnd(8)} ${step.join(' ')}${counted}\n`);
}
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
