/** Reads the command line of `npm run assess` and explains what is wrong with it. */
import { parseArgs } from 'node:util';
import { suggestion } from '../../functions/contracts/did-you-mean.ts';

const FAIL_ON = ['never', 'violations', 'unknown'] as const;

/** When the exit code says that something was found: never, for violations, or also for users who could not be read. */
export type FailOn = (typeof FAIL_ON)[number];

const USAGE_MODES = ['on', 'all', 'off'] as const;

/**
 * The active keys to look up in CloudTrail's event history: those of the ten worst users for at most a minute, those of
 * all users with several active keys, or none.
 */
export type UsageMode = (typeof USAGE_MODES)[number];

export interface AssessOptions {
  readonly profile: string | null;
  readonly region: string | null;
  readonly endpointUrl: string | null;
  readonly out: string;
  readonly full: boolean;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly failOn: FailOn;
  readonly since: string | null;
  readonly explain: string | null;
  readonly fullIds: boolean;
  readonly credentialReport: string | null;
  readonly usage: UsageMode;
}

/** Options, something to print instead of a run, or a sentence that says what is wrong. */
export type ParsedOptions =
  | { readonly options: AssessOptions }
  | { readonly show: 'help' | 'policy' }
  | { readonly problem: string };

/** Where the files go. Git ignores this folder. */
export const DEFAULT_OUT = '.assessment';

export const USAGE = `Usage: npm run assess -- [options]

Reads all IAM users of an account, finds those with more than one active access key, and proposes which to keep.
It changes nothing. It uses the credentials that the AWS CLI would use.

  --profile NAME            a profile of the AWS CLI
  --region REGION           a Region of the partition, if it is not us-east-1's
  --endpoint-url URL        another endpoint, for example an emulator
  --out DIR                 where the files go (${DEFAULT_OUT})
  --full                    read every user one by one, not only those for whom the credential report is not enough
  --usage WHAT              who uses the keys, from CloudTrail: on (the default: of the ten worst users, for at most 60
                            seconds), all (of every user with several active keys) or off
  --credential-report FILE  assess this report instead of an account; no credentials are needed
  --since FILE              compare with an earlier report.json
  --explain USER            show everything that the proposal about a user rests on
  --json                    print report.json instead of the table
  -q, --quiet               print the totals only
  --full-ids                whole key ids in the files, not the last four characters
  --fail-on WHAT            never, violations or unknown (the default: also if somebody could not be read)
  --policy                  print the IAM policy that is needed, and stop

Exit code: 0 all were read and none has several active keys; 2 some have; 3 none was found, but not all could be read;
1 anything else.`;

const KNOWN = {
  profile: { type: 'string' },
  region: { type: 'string' },
  'endpoint-url': { type: 'string' },
  out: { type: 'string', default: DEFAULT_OUT },
  full: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  quiet: { type: 'boolean', short: 'q', default: false },
  'fail-on': { type: 'string', default: 'unknown' },
  since: { type: 'string' },
  explain: { type: 'string' },
  'full-ids': { type: 'boolean', default: false },
  'credential-report': { type: 'string' },
  usage: { type: 'string' },
  policy: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

const SEE_HELP = 'All options: npm run assess -- --help';

/** Parses the arguments. */
export function parseOptions(args: readonly string[]): ParsedOptions {
  const parsed = attempt(args);
  if ('problem' in parsed) {
    return parsed;
  }
  const { values } = parsed;
  if (values.help || values.policy) {
    return { show: values.help ? 'help' : 'policy' };
  }
  const empty = Object.entries(values).find(([, value]) => value === '');
  if (empty !== undefined) {
    return { problem: `--${empty[0]} needs a value. ${SEE_HELP}` };
  }
  const failOn = FAIL_ON.find((one) => one === values['fail-on']);
  if (failOn === undefined) {
    const near = suggestion(values['fail-on'], FAIL_ON);
    return { problem: `--fail-on must be never, violations or unknown.${near}` };
  }
  const report = values['credential-report'] ?? null;
  const usage = USAGE_MODES.find((one) => one === (values.usage ?? (report === null ? 'on' : 'off')));
  if (usage === undefined) {
    const near = suggestion(values.usage ?? '', USAGE_MODES);
    return { problem: `--usage must be on, all or off.${near}` };
  }
  const needless = (['profile', 'region', 'endpoint-url', 'full', 'usage'] as const).find(
    (name) => Boolean(values[name]) && values[name] !== 'off',
  );
  if (report !== null && needless !== undefined) {
    return { problem: `--${needless} is for an account; --credential-report reads a file instead.` };
  }
  return {
    options: {
      profile: values.profile ?? null,
      region: values.region ?? null,
      endpointUrl: values['endpoint-url'] ?? null,
      out: values.out,
      full: values.full,
      json: values.json,
      quiet: values.quiet,
      failOn,
      since: values.since ?? null,
      explain: values.explain ?? null,
      fullIds: values['full-ids'],
      credentialReport: report,
      usage,
    },
  };
}

function attempt(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: KNOWN, allowPositionals: false });
  } catch (error) {
    const { code = '', message = '' } = error as { readonly code?: string; readonly message?: string };
    if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') {
      const [, option = ''] = /Unknown option '(-{1,2}[^']*)'/.exec(message) ?? [];
      const near = suggestion(
        option,
        Object.keys(KNOWN).map((name) => `--${name}`),
      );
      return { problem: `There is no option ${option}.${near} ${SEE_HELP}` };
    }
    if (code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL') {
      const [, word = ''] = /Unexpected argument '([^']*)'/.exec(message) ?? [];
      return { problem: `"${word}" is one word too many. ${SEE_HELP}` };
    }
    return { problem: `${message.split('\n')[0]}. ${SEE_HELP}` };
  }
}
