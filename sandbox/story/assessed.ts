import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import type { Launched } from '../launch/launch.ts';
import type { Say } from '../world/say.ts';
import { ADMINISTRATOR_ACCESS, FOUND, forgetFound, makeFound } from './found.ts';
import { runCommand } from './operator.ts';
import type { Steps } from './steps.ts';
import { readTruth, type TrueUser } from './truth.ts';

/** The numbers of an assessment. */
export interface Numbers {
  readonly users: number;
  readonly one: number;
  readonly none: number;
  readonly administrators: number;
  /** Names of the users with more than one active key, sorted. */
  readonly several: readonly string[];
}

const REPORT = z.object({
  totals: z.object({ users: z.number(), one: z.number(), none: z.number() }),
  privileged: z.object({ administrators: z.number() }),
  violations: z.array(z.object({ userName: z.string() })),
});

/** The numbers in the text of a report.json. */
export function numbersIn(text: string): Numbers {
  const { totals, privileged, violations } = REPORT.parse(JSON.parse(text));
  const several = violations.map(({ userName }) => userName).sort();
  return { ...totals, ...privileged, several };
}

/** The same numbers by the keys that IAM has. The administrators are known, because we made them. */
export function numbersOf(truth: ReadonlyMap<string, TrueUser>, administrators: number): Numbers {
  const active = [...truth].map(([userName, { keys }]) => ({
    userName,
    count: keys.filter(({ status }) => status === 'Active').length,
  }));
  const several = active.filter(({ count }) => count > 1).map(({ userName }) => userName);
  return {
    users: active.length,
    one: active.filter(({ count }) => count === 1).length,
    none: active.filter(({ count }) => count === 0).length,
    administrators,
    several: several.sort(),
  };
}

/** The exit code of an assessment that found users with several active keys. */
const FOUND_SOME = 2;

/**
 * The beginning of the story: `npm run assess` reads the account as a newcomer has it, before Solekey looks after anybody.
 * Its numbers must be those of IAM, read past the gateway. Returns false if they are not.
 */
export async function assessFirst(launched: Launched, steps: Steps, say: Say): Promise<boolean> {
  const { motoUrl } = launched.world.emulators;
  const folder = join(launched.world.runDirectory, 'assessment');
  await makeFound(motoUrl, FOUND);
  const truth = await readTruth(motoUrl);
  const command = [join('ops', 'assess', 'main.ts'), '--out', folder];
  const { said, code } = await runCommand(launched, command, 'administrator');
  await forgetFound(motoUrl);
  for (const line of tableIn(said)) {
    say(line);
  }
  if (code !== FOUND_SOME) {
    steps.add(`npm run assess ended with ${code}: ${said}`, false);
    return false;
  }
  const administrators = FOUND.filter(({ policies = [] }) => policies.includes(ADMINISTRATOR_ACCESS)).length;
  const right = numbersOf(truth, administrators);
  const told = numbersIn(await readFile(join(folder, 'report.json'), 'utf8'));
  const same = isDeepStrictEqual(told, right);
  steps.add(
    `npm run assess: ${told.several.length} of ${told.users} users have more than one active key, ${told.administrators} is an administrator; ${same ? 'the same as in IAM' : `IAM has ${JSON.stringify(right)}`}`,
    same,
  );
  return same;
}

/** The table and the totals below it; progress and hints are left out. */
function tableIn(said: string): string[] {
  const lines = said.split('\n');
  const from = lines.findIndex((line) => /^ +user +keys +proposal/.test(line));
  const length = lines.slice(from).findIndex((line) => line.startsWith('Sources:'));
  return from < 0 ? [] : ['', ...lines.slice(from, length < 0 ? undefined : from + length), ''];
}
