/**
 * `npm run check:faults`: puts one fault after the other into a copy of the sources and runs the tests that must catch it.
 * Exits with 1 if a fault is caught by no test and has no reason in `no-difference.ts`, or if a list is out of date.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { BY_HAND } from './by-hand.ts';
import { SOURCES, WHOLE_ROOMS } from './files.ts';
import { type Fault, faultsIn } from './generate.ts';
import { Lane } from './lanes.ts';
import { type Listed, missing, parsed, sizeOf, written } from './lists.ts';
import { NO_DIFFERENCE } from './no-difference.ts';

const EXPECTED = join(import.meta.dirname, 'expected.txt');

/** Tests that take so many times as long as without a fault, and a minute, do not end. */
const SLOWER = 10;
const PATIENCE_MS = 60_000;

const HELP = `npm run check:faults -- [--only <part of a path>] [--hand] [--sample <n>] [--list]
  --only    faults of files whose path contains this
  --hand    only the faults that are listed by hand
  --sample  of the generated faults every nth
  --list    runs nothing, writes the list of expected faults`;

/** A fault to run, with the tests in the order in which they are tried. */
interface Trial extends Fault {
  readonly tests: readonly (readonly string[])[];
}

const say = (line: string) => process.stderr.write(`${line}\n`);
const read = (file: string) => readFileSync(file, 'utf8');

/** The faults listed by hand; a text that is not in its file exactly once is a problem. */
function byHand(problems: string[]): Trial[] {
  return BY_HAND.flatMap(({ name, file, from, to, tests }) => {
    const [before = '', ...after] = read(file).split(from);
    if (after.length !== 1) {
      problems.push(
        `${file} "${name}": its text is there ${after.length} times. Find where it went, in by-hand.ts.`,
      );
      return [];
    }
    return [{ file, name, start: before.length, end: before.length + from.length, to, tests: [tests] }];
  });
}

function generated(): Trial[] {
  return SOURCES.flatMap(({ file, tests, ...wanted }) =>
    faultsIn(file, read(file), wanted).map((fault) => ({ ...fault, tests })),
  );
}

function listOf(trials: readonly Trial[]): Listed {
  const listed = new Map<string, string[]>();
  for (const { file, name } of trials) {
    listed.set(file, [...(listed.get(file) ?? []), name]);
  }
  return listed;
}

/** Writes the list. It may not become shorter: where code is gone, another file gives faults, or somebody's hand. */
function writeList(trials: readonly Trial[]): number {
  const [before, now] = [parsed(read(EXPECTED)), listOf(trials)];
  if (sizeOf(now) < sizeOf(before)) {
    say(`The list had ${sizeOf(before)} faults and would have ${sizeOf(now)}. Add a file in files.ts.`);
    return 1;
  }
  writeFileSync(EXPECTED, written(now));
  say(`${sizeOf(now)} faults are listed, ${sizeOf(before)} were.`);
  return 0;
}

/** Files of whole rooms that could have faults and are not named. */
function unnamed(): string[] {
  const named = new Set(SOURCES.map(({ file }) => file));
  return WHOLE_ROOMS.flatMap((room) => readdirSync(room).map((name) => `${room}/${name}`))
    .filter((file) => !named.has(file) && faultsIn(file, read(file)).length > 0)
    .map((file) => `${file}: could have faults. Name it in files.ts.`);
}

/** What is wrong with the lists themselves. */
function outOfDate(all: readonly Trial[], made: readonly Trial[]): string[] {
  const [expected, now] = [parsed(read(EXPECTED)), listOf(made)];
  const known = new Set(all.map(({ file, name }) => `${file} ${name}`));
  return [
    ...unnamed(),
    ...missing(expected, now).map(
      (fault) => `${fault}: is expected and was not found. Did the code move? --list`,
    ),
    ...missing(now, expected).map((fault) => `${fault}: is not expected yet. --list`),
    ...Object.keys(NO_DIFFERENCE)
      .filter((fault) => !known.has(fault))
      .map((fault) => `${fault}: has a reason in no-difference.ts and was not found.`),
  ];
}

/** All tests without any fault: what fails then would seem to catch everything. Returns how long each set may take. */
async function calm(lane: Lane, trials: readonly Trial[], problems: string[]): Promise<Map<string, number>> {
  const limits = new Map<string, number>();
  for (const tests of trials.flatMap((trial) => trial.tests)) {
    const set = tests.join(' ');
    if (limits.has(set)) {
      continue;
    }
    const began = Date.now();
    const { failed, files } = await lane.run({ fault: null, tests });
    limits.set(set, PATIENCE_MS + SLOWER * (Date.now() - began));
    if (failed !== null || files === 0) {
      problems.push(`${set}: ${failed ?? 'there are no such tests'}, without any fault.`);
    }
  }
  return limits;
}

/** The test that catches a fault; if none does, the compiler may. */
async function caughtBy(
  lane: Lane,
  { tests, ...fault }: Trial,
  limits: ReadonlyMap<string, number>,
): Promise<string | null> {
  for (const set of tests) {
    const { failed } = await lane.run({ fault, tests: set }, limits.get(set.join(' ')));
    if (failed !== null) {
      return failed;
    }
  }
  return (await lane.run({ fault, tests: 'compiler' })).failed;
}

async function tried(trials: readonly Trial[]): Promise<string[]> {
  const lanes = Array.from({ length: Math.max(1, availableParallelism()) }, () => new Lane());
  const [first] = lanes;
  const problems: string[] = [];
  const limits = first === undefined ? new Map<string, number>() : await calm(first, trials, problems);
  const queue = problems.length > 0 ? [] : [...trials];
  let [caught, same] = [0, 0];
  await Promise.all(
    lanes.map(async (lane) => {
      for (let trial = queue.shift(); trial !== undefined; trial = queue.shift()) {
        const fault = `${trial.file} ${trial.name}`;
        const by = await caughtBy(lane, trial, limits);
        const reason = NO_DIFFERENCE[fault];
        if (by === null && reason === undefined) {
          problems.push(`${fault}: no test catches it.`);
          say(problems.at(-1) ?? '');
        } else if (by !== null && reason !== undefined) {
          problems.push(`${fault}: has a reason in no-difference.ts, and is caught by ${by}.`);
        }
        caught += by === null ? 0 : 1;
        same += by === null && reason !== undefined ? 1 : 0;
        if (queue.length > 0 && queue.length % 50 === 0) {
          say(`${queue.length} faults are left`);
        }
      }
    }),
  );
  for (const lane of lanes) {
    lane.end();
  }
  say(`${caught + same} of ${trials.length} faults: ${caught} caught, ${same} change nothing.`);
  return problems;
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      hand: { type: 'boolean', default: false },
      sample: { type: 'string', default: '1' },
      list: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    say(HELP);
    return 0;
  }
  const problems: string[] = [];
  const [hand, made] = [byHand(problems), generated()];
  if (values.list) {
    return writeList(made);
  }
  const [all, only] = [[...hand, ...made], values.only ?? ''];
  problems.push(...outOfDate(all, made));
  const chosen = values.hand ? hand : [...hand, ...made.filter((_, n) => n % Number(values.sample) === 0)];
  problems.push(...(await tried(chosen.filter(({ file }) => file.includes(only)))));
  for (const problem of problems) {
    say(problem);
  }
  return problems.length === 0 ? 0 : 1;
}

process.exitCode = await main();
