/** Entry point of the CDK command line (cdk.json). Invalid settings end in readable lines, not in a stack trace. */
import { buildApp } from './build.ts';
import { withoutBundlingLines } from './quiet.ts';
import { SettingsRefused } from './settings.ts';

try {
  withoutBundlingLines(() => buildApp({}, process.cwd()).synth());
} catch (error) {
  if (!(error instanceof SettingsRefused)) {
    throw error;
  }
  process.stderr.write(
    `Solekey's settings cannot be used:\n${error.problems.map((problem) => `  ${problem}\n`).join('')}`,
  );
  process.exitCode = 1;
}
