/** Reads the command line of the operator's commands and explains what is wrong with it. */
import { suggestion } from '../../functions/contracts/did-you-mean.ts';
import { REGIONS } from '../../functions/contracts/fixed-names.ts';
import { exampleOf, FLAGS, type Flag, NAMES, type Name, usageOf } from './names.ts';
import { isOption, OPTIONS, type Options } from './options.ts';

/** A parsed command line. */
export interface Command {
  readonly name: Name;
  /** The argument, such as the id of an approver; empty for commands without one. */
  readonly id: string;
  readonly stack: string;
  readonly region: string;
  /** The operator's own words for a change; empty for the other commands. */
  readonly reason: string;
  readonly json: boolean;
  readonly flags: readonly Flag[];
  /** Options with a value that only some commands take. Those that it needs are there. */
  readonly options: Options;
}

/** A command, a request for help, or a sentence that says what is wrong with the line. */
export type Parsed = { readonly command: Command } | { readonly help: true } | { readonly problem: string };

/** Options with a value that all commands take, and an example of one. */
const VALUES = { stack: 'Solekey', region: 'us-east-1', reason: "'incident 4711'" } as const;

const HELP: readonly string[] = ['--help', '-h', 'help'];
const SEE_HELP = 'All commands: npm run control -- --help';

/** Maximum length of a reason, in characters. */
const LONGEST_REASON = 500;

interface Typed {
  readonly values: Readonly<Record<string, string>>;
  readonly switches: readonly string[];
  readonly words: readonly string[];
}

/** Parses the arguments. Options may stand anywhere, as `--region x` or `--region=x`. */
export function parseArguments(args: readonly string[]): Parsed {
  if (args.some((word) => HELP.includes(word))) {
    return { help: true };
  }
  const values: Record<string, string> = { stack: VALUES.stack, region: VALUES.region };
  const [switches, words]: [string[], string[]] = [[], []];
  const rest = [...args];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const [, option, attached] = /^--([^=]*)(?:=(.*))?$/s.exec(word) ?? [];
    if (option === undefined) {
      words.push(word);
    } else if (isSwitch(option) && attached === undefined) {
      switches.push(option);
    } else if (isCommon(option) || isOption(option)) {
      const value = attached ?? rest.shift() ?? '';
      if (value === '') {
        const example = isCommon(option) ? VALUES[option] : OPTIONS[option].example;
        return { problem: `--${option} needs a value, for example --${option}=${example}.` };
      }
      values[option] = value;
    } else {
      return unknown(
        'option',
        `--${option}`,
        [...Object.keys(VALUES), ...Object.keys(OPTIONS), 'json', ...FLAGS, 'help'].map(
          (name) => `--${name}`,
        ),
      );
    }
  }
  return commandOf({ values, switches, words });
}

const isCommon = (word: string): word is keyof typeof VALUES => Object.hasOwn(VALUES, word);
const isFlag = (word: string): word is Flag => FLAGS.some((flag) => flag === word);
const isSwitch = (option: string) => option === 'json' || isFlag(option);

function commandOf({ values, switches, words }: Typed): Parsed {
  const [name = '', id = '', ...more] = words;
  const { stack = '', region = '' } = values;
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
  const { argument } = usageOf(current);
  if (argument !== null && id === '') {
    return { problem: `${current} needs ${argument.what}, for example: ${exampleOf(current)}` };
  }
  const surplus = argument !== null ? more[0] : id === '' ? undefined : id;
  if (surplus !== undefined) {
    return { problem: `"${surplus}" is one argument too many after ${current}. ${SEE_HELP}` };
  }
  const reason = (values.reason ?? '').trim();
  const options = Object.fromEntries(Object.entries(values).filter(([option]) => isOption(option)));
  const problem =
    reasonProblem(current, values.reason, reason) ??
    flagProblem(current, switches) ??
    optionProblem(current, options);
  const [json, flags] = [switches.includes('json'), switches.filter(isFlag)];
  return problem === null
    ? { command: { name: current, id, stack, region, reason, json, flags, options } }
    : { problem };
}

function reasonProblem(name: Name, given: string | undefined, reason: string): string | null {
  if (!usageOf(name).needsReason) {
    return given === undefined ? null : `${name} changes nothing that needs a reason: leave --reason out.`;
  }
  if (reason === '') {
    return `${name} needs a reason, which is recorded with your name, for example: ${exampleOf(name)}`;
  }
  if (/\p{Cc}/u.test(reason)) {
    return 'The reason has a line break or a control character in it: write it on one line.';
  }
  return reason.length > LONGEST_REASON
    ? `The reason has ${reason.length} characters, and the ledger keeps at most ${LONGEST_REASON}.`
    : null;
}

function flagProblem(name: Name, switches: readonly string[]): string | null {
  const wrong = switches.filter(isFlag).find((flag) => !usageOf(name).flags.includes(flag));
  return wrong === undefined ? null : `${name} has no option --${wrong}. ${SEE_HELP}`;
}

function optionProblem(name: Name, options: Options): string | null {
  const { needs, takes } = usageOf(name);
  const typed = Object.keys(options).filter(isOption);
  const wrong = typed.find((option) => ![...needs, ...takes].includes(option));
  if (wrong !== undefined) {
    return `${name} has no option --${wrong}. ${SEE_HELP}`;
  }
  const missing = needs.find((option) => options[option] === undefined);
  if (missing !== undefined) {
    return `${name} needs --${missing}, for example: ${exampleOf(name)}`;
  }
  const [problem = null] = typed.flatMap((option) => {
    const value = options[option] ?? '';
    const says = OPTIONS[option].problem(value);
    return says === null ? [] : [`--${option}: "${value}" ${says}.`];
  });
  return problem;
}

function unknown(what: string, word: string, choices: readonly string[]): Parsed {
  return { problem: `There is no ${what} "${word}".${suggestion(word, choices)} ${SEE_HELP}` };
}
