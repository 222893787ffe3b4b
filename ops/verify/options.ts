/** Reads the command line of `npm run verify` and explains what is wrong with it. */
import { parseArgs } from 'node:util';
import { suggestion } from '../../functions/contracts/did-you-mean.ts';
import { REGIONS } from '../../functions/contracts/fixed-names.ts';

/** The records to check: those of a deployed stack, those that were saved in a folder, or an evidence pack. */
export type From = FromStack | { readonly files: string } | { readonly pack: string };

/** A deployed stack; with `save` what is read stays in this folder. */
export interface FromStack {
  readonly stack: string;
  readonly region: string;
  readonly save: string | null;
}

export interface VerifyOptions {
  /** File with the public key. */
  readonly key: string;
  readonly json: boolean;
  /** Entries of the ledger that tell of a restore of the table from a backup which somebody really made. */
  readonly accepted: readonly number[];
  readonly from: From;
}

/** Options, a request for help, or a sentence that says what is wrong with the line. */
export type ParsedOptions =
  | { readonly options: VerifyOptions }
  | { readonly help: true }
  | { readonly problem: string };

export const USAGE = `Usage: npm run verify -- --key public.pem [options]
       npm run verify -- pack.zip --key public.pem

Checks that the records are as Solekey wrote them: every history and the ledger against the signed anchors, and each case
against its history; or that an evidence pack is as it was signed. It changes nothing. A pack and saved files need no network.

  --key FILE          the public key, as npm run control -- public-key printed it when Solekey was deployed
  --files DIR         check what was saved in this folder, not a deployed stack
  --save DIR          keep what was read from the stack in this folder
  --stack NAME        the stack, if it is not called Solekey
  --region REGION     its Region, if it is not us-east-1
  --accept-restore N  the table really was restored from a backup, as entry N of the ledger says
  --json              print the result as JSON (docs/verify.md)

Exit codes: 0 everything is as it was written, 2 something is not, 1 not checked.`;

const KNOWN = {
  key: { type: 'string' },
  files: { type: 'string' },
  save: { type: 'string' },
  stack: { type: 'string' },
  region: { type: 'string' },
  'accept-restore': { type: 'string', multiple: true },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

const SEE_HELP = 'All options: npm run verify -- --help';

/** The answer to a line without a key. */
export const NO_KEY = `Nothing was checked: without the public key anybody who can write the table and the bucket could have made the records and their signatures.
Export the key once, right after the deployment, and keep it where nobody who administers this account can change it:
  npm run control -- public-key > public.pem
Then give it with --key public.pem. Why: docs/verify.md.`;

/** Parses the arguments. */
export function parseOptions(args: readonly string[]): ParsedOptions {
  const parsed = attempt(args);
  if ('problem' in parsed) {
    return parsed;
  }
  const { values, positionals } = parsed;
  if (values.help) {
    return { help: true };
  }
  const empty = Object.entries(values).find(([, value]) => [value].flat().includes(''));
  if (empty !== undefined) {
    return { problem: `--${empty[0]} needs a value. ${SEE_HELP}` };
  }
  const { key, json, 'accept-restore': accept = [] } = values;
  const wrong = accept.find((entry) => !/^[1-9]\d{0,8}$/.test(entry));
  if (wrong !== undefined) {
    return {
      problem: `--accept-restore takes the number of an entry of the ledger, not "${wrong}". ${SEE_HELP}`,
    };
  }
  const from = fromOf(values, positionals);
  if ('problem' in from) {
    return from;
  }
  return key === undefined
    ? { problem: NO_KEY }
    : { options: { key, json, accepted: accept.map(Number), from } };
}

interface Values {
  readonly files?: string;
  readonly save?: string;
  readonly stack?: string;
  readonly region?: string;
  readonly 'accept-restore'?: string[];
}

function fromOf(values: Values, [pack, ...more]: readonly string[]): From | { readonly problem: string } {
  const { files, save = null, stack = 'Solekey', region = 'us-east-1' } = values;
  const given = (names: readonly (keyof Values)[]) => names.find((name) => values[name] !== undefined);
  if (more.length > 0) {
    return { problem: `"${more[0]}" is one argument too many. ${SEE_HELP}` };
  }
  if (pack !== undefined) {
    const surplus = given(['files', 'save', 'stack', 'region', 'accept-restore']);
    return surplus === undefined
      ? { pack }
      : { problem: `--${surplus} is not for a pack, which is checked alone. ${SEE_HELP}` };
  }
  if (files !== undefined) {
    const surplus = given(['save', 'stack', 'region']);
    return surplus === undefined
      ? { files }
      : { problem: `--${surplus} is for a deployed stack; --files checks a folder instead. ${SEE_HELP}` };
  }
  return REGIONS.includes(region)
    ? { stack, region, save }
    : { problem: `Solekey does not run in "${region}".${suggestion(region, REGIONS)}` };
}

function attempt(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: KNOWN, allowPositionals: true });
  } catch (error) {
    const { code = '', message = '' } = error as { readonly code?: string; readonly message?: string };
    const [, option = ''] = /Unknown option '(-{1,2}[^']*)'/.exec(message) ?? [];
    if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') {
      const near = suggestion(
        option,
        Object.keys(KNOWN).map((name) => `--${name}`),
      );
      return { problem: `There is no option ${option}.${near} ${SEE_HELP}` };
    }
    return { problem: `${message.split('\n')[0]}. ${SEE_HELP}` };
  }
}
