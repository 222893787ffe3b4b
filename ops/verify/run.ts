/** Runs a command line of `npm run verify`: reads, checks, prints. */
import type { KeyObject } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { parseOptions, USAGE, type VerifyOptions } from './options.ts';
import { type Checked, EXIT, type Streams } from './outcome.ts';
import { checkPack } from './pack.ts';
import { printedPack } from './print.ts';
import { checkSaved } from './records.ts';
import { packJson } from './results.ts';
import { publicKey } from './signature.ts';
import { MOST_BYTES } from './zip.ts';

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

async function check({ from, accepted }: VerifyOptions, key: KeyObject, streams: Streams): Promise<Checked> {
  if ('pack' in from) {
    return checkedPack(from.pack, key);
  }
  if ('files' in from) {
    return checkSaved(from.files, key, accepted);
  }
  // Only here: a pack and saved files need nothing of AWS.
  const { checkStack } = await import('./live.ts');
  return checkStack(from, key, accepted, streams);
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
