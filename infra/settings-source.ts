/** Finds the settings of a deployment: in a file, in cdk.json, or on the command line, but never in two of them. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Node } from 'constructs';
import { firstMistake } from './json-mistake.ts';

/** The file beside cdk.json that holds the settings of most deployments. Git ignores it. */
export const SETTINGS_FILE = 'solekey.settings.json';

/** Thrown for settings that must not be deployed. `problems` has one readable line for each problem. */
export class SettingsRefused extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'SettingsRefused';
    this.problems = problems;
  }
}

/**
 * The settings as they were written.
 * @param folder the folder of cdk.json; null if the file beside it is none of ours, as in tests and in the sandbox
 * @throws SettingsRefused if there are none, if there are two, or if they are not JSON
 */
export function documentFrom(app: Node, folder: string | null): unknown {
  const context: unknown = app.tryGetContext('solekey');
  const named = namedFile(app);
  const beside = folder !== null && existsSync(resolve(folder, SETTINGS_FILE)) ? SETTINGS_FILE : null;
  const file = named ?? beside;
  if (context === undefined && file === null) {
    throw new SettingsRefused([
      `settings: there are none; write them into ${SETTINGS_FILE}, which begins as a copy of solekey.settings.example.json`,
    ]);
  }
  if (context !== undefined && file !== null) {
    const how = named === null ? '' : ', named by -c settings';
    throw new SettingsRefused([
      `settings: there are two sources, ${file}${how}, and "solekey" in the context (cdk.json or -c solekey); remove one, so that nobody has to guess which counts`,
    ]);
  }
  return file === null ? inContext(context) : inFile(file, folder ?? '.');
}

/** The file that `-c settings=FILE` names; null if it was not given. */
function namedFile(app: Node): string | null {
  const given: unknown = app.tryGetContext('settings');
  if (given === undefined) {
    return null;
  }
  if (typeof given !== 'string' || given === '') {
    throw new SettingsRefused([
      `settings: must be the name of a file, not ${JSON.stringify(given)}; for example -c settings=prod.settings.json`,
    ]);
  }
  return given;
}

function inFile(file: string, folder: string): unknown {
  let text: string;
  try {
    // Some editors begin a file with a byte order mark, which is no JSON.
    text = readFileSync(resolve(folder, file), 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? error.code : error;
    throw new SettingsRefused([`settings: ${file} cannot be read (${why}); check the name and its folder`]);
  }
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch {
    const { line, column } = firstMistake(text);
    throw new SettingsRefused([
      `settings: ${file} is not JSON from line ${line}, column ${column} on; look for a comma or a quote too many or too few`,
    ]);
  }
  if (typeof found === 'object' && found !== null && Object.keys(found).join() === 'solekey') {
    throw new SettingsRefused([
      `settings: ${file} must hold the settings themselves, without "solekey" around them`,
    ]);
  }
  return found;
}

function inContext(context: unknown): unknown {
  if (typeof context !== 'string') {
    return context;
  }
  try {
    return JSON.parse(context);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new SettingsRefused([`solekey: the value of -c solekey is not JSON (${why})`]);
  }
}
