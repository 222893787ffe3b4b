/** Runs a command line of `npm run verify`: reads, checks, prints. */
import type { KeyObject } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { verify } from '../../functions/core/verify/verify.ts';
import { parseOptions, USAGE, type VerifyOptions } from './options.ts';
import { checkPack } from './pack.ts';
import { type Printed, printedPack, printedVerdict } from './print.ts';
import { packJson, recordsJson } from './results.ts';
import { type Item, savedAbout, savedAnchors, savedTable } from './saved.ts';
import { publicKey } from './signature.ts';
import { MOST_BYTES } from './zip.ts';

/** Where the command writes. Data goes to `out`, words to `err`. */
export interface Streams {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
}

/** The exit codes, which scripts rely on. They are those of `npm run control`. */
export const EXIT = { fine: 0, notChecked: 1, findings: 2 } as const;

type Code = (typeof EXIT)[keyof typeof EXIT];

/** The end of a check. */
export interface Checked extends Printed {
  readonly json: object;
  readonly code: Code;
}

/** Runs a command line and returns the exit code. It never throws. */
export async function runVerify(args: readonly string[], streams: Streams): Promise<number> {
  const parsed = parseOptions(args);
  if ('help' in parsed) {
    streams.out(USAGE);
    return EXIT.fine;
  }
  if ('problem' in parsed) {
    streams.err(parsed.problem);
    return EXIT.notChecked;
  }
  try {
    const { options } = parsed;
    const { lines, notes, json, code } = await check(options, keyFrom(options.key), streams);
    streams.out(options.json ? JSON.stringify(json) : lines.join('\n'));
    for (const note of notes) {
      streams.err(note);
    }
    return code;
  } catch (error) {
    streams.err(`Not checked. ${error instanceof Error ? error.message : String(error)}`);
    return EXIT.notChecked;
  }
}

function keyFrom(file: string): KeyObject {
  const key = publicKey(readFileSync(file, 'utf8'));
  if ('problem' in key) {
    throw new Error(`${file} is not the key. ${key.problem}`);
  }
  return key;
}

async function check({ from }: VerifyOptions, key: KeyObject, _streams: Streams): Promise<Checked> {
  if ('pack' in from) {
    return checkedPack(from.pack, key);
  }
  if ('files' in from) {
    return checkSaved(from.files, key);
  }
  throw new Error('not yet');
}

async function checkedPack(file: string, key: KeyObject): Promise<Checked> {
  const { size } = statSync(file);
  if (size > MOST_BYTES) {
    throw new Error(`${file} has ${size} bytes, more than a pack can have.`);
  }
  const verdict = await checkPack(readFileSync(file), key);
  return {
    ...printedPack(verdict),
    json: packJson(verdict),
    code: verdict.findings.length === 0 ? EXIT.fine : EXIT.findings,
  };
}

/** Checks what was saved in a folder. `newer` has partitions of the table that were read again. */
export function checkSaved(
  folder: string,
  key: KeyObject,
  newer: ReadonlyMap<string, readonly Item[]> = new Map(),
): Checked {
  const began = performance.now();
  const about = savedAbout(folder);
  const verdict = verify({
    account: about.account,
    now: about.readAt,
    ...savedAnchors(folder, key, about),
    ...savedTable(folder, newer),
  });
  const seconds = (performance.now() - began) / 1000;
  return {
    ...printedVerdict(verdict, seconds),
    json: recordsJson(verdict),
    code: verdict.findings.length === 0 ? EXIT.fine : EXIT.findings,
  };
}
