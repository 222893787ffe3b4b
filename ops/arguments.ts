/** Reads the command line of the operator's commands and explains what is wrong with it. */
import { suggestion } from '../functions/contracts/did-you-mean.ts';
import { REGIONS } from '../functions/contracts/fixed-names.ts';

/** The commands as typed. */
export const NAMES = ['status', 'pause', 'resume', 'revoke', 'reinstate', 'show'] as const;

/** A parsed command line. */
export interface Command {
  readonly name: (typeof NAMES)[number];
  /** The id of an approver, or with `show` the name or UserId of an IAM user; empty for the other commands. */
  readonly id: string;
  readonly stack: string;
  readonly region: string;
}

/** A command, a request for help, or a sentence that says what is wrong with the line. */
export type Parsed = { readonly command: Command } | { readonly help: true } | { readonly problem: string };

const HELP: readonly string[] = ['--help', '-h', 'help'];
const SEE_HELP = 'All commands: npm run control -- --help';

/** Parses the arguments. Options may stand anywhere, as `--region x` or `--region=x`. */
export function parseArguments(args: readonly string[]): Parsed {
  if (args.some((word) => HELP.includes(word))) {
    return { help: true };
  }
  const words: string[] = [];
  const options: Record<string, string> = { stack: 'Solekey', region: 'us-east-1' };
  const rest = [...args];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const [, option, attached] = /^--([^=]*)(?:=(.*))?$/s.exec(word) ?? [];
    if (option === undefined) {
      words.push(word);
      continue;
    }
    if (!(option in options)) {
      return unknown('option', `--${option}`, ['--stack', '--region', '--help']);
    }
    const value = attached ?? rest.shift() ?? '';
    if (value === '') {
      return { problem: `--${option} needs a value, for example --${option}=${options[option]}.` };
    }
    options[option] = value;
  }
  return commandOf(words, options.stack ?? '', options.region ?? '');
}

const APPROVER = { what: 'the id of an approver', example: 'sec-lead' };

/** The argument of each command; null if it has none. */
const WANTS: Readonly<Record<Command['name'], { readonly what: string; readonly example: string } | null>> = {
  status: null,
  pause: null,
  resume: null,
  revoke: APPROVER,
  reinstate: APPROVER,
  show: { what: 'the name or the UserId of an IAM user', example: 'ci-deploy' },
};

function commandOf([name = '', id = '', ...more]: readonly string[], stack: string, region: string): Parsed {
  const current = NAMES.find((one) => one === name);
  if (name === '') {
    return { problem: `No command given. ${SEE_HELP}` };
  }
  if (current === undefined) {
    return unknown('command', name, NAMES);
  }
  if (!REGIONS.includes(region)) {
    const where = `Solekey runs only in ${REGIONS.join(', ')}, not in "${region}".`;
    return { problem: `${where}${suggestion(region, REGIONS)}` };
  }
  const wants = WANTS[current];
  if (wants !== null && id === '') {
    return {
      problem: `${current} needs ${wants.what}, for example: npm run control -- ${current} ${wants.example}`,
    };
  }
  const surplus = wants !== null ? more[0] : id === '' ? undefined : id;
  if (surplus !== undefined) {
    return { problem: `"${surplus}" is one argument too many after ${current}. ${SEE_HELP}` };
  }
  return { command: { name: current, id, stack, region } };
}

function unknown(what: string, word: string, choices: readonly string[]): Parsed {
  return { problem: `There is no ${what} "${word}".${suggestion(word, choices)} ${SEE_HELP}` };
}
