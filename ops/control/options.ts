/** Options with a value that only some commands take. */

interface Option {
  /** The word for the value in the help. */
  readonly word: string;
  readonly example: string;
  readonly help: string;
  /** Says what is wrong with a value; null if nothing is. */
  readonly problem: (value: string) => string | null;
}

/** The options in the order of the help. */
export const OPTIONS = {
  from: day('evidence: first day of the period, in UTC', '2026-10-01'),
  to: day('evidence: last day of the period, which belongs to it', '2026-10-31'),
  since: day('records: first day, in UTC', '2026-10-01'),
  until: day('records: last day; today if it is left out', '2026-10-31'),
  before: day('erase: comments from before this day, in UTC', '2025-01-01'),
  out: {
    word: 'PATH',
    example: 'kept',
    help: 'evidence: the file to write; records: the folder. Neither may exist',
    problem: (value) => (/\0/.test(value) ? 'is no path' : null),
  },
  'from-table': {
    word: 'NAME',
    example: 'Solekey-restored',
    help: 'restored: first put the items of this table in the place of the present ones',
    problem: (value) => (/^[\w.-]{3,255}$/.test(value) ? null : 'is no name of a table'),
  },
  sample: number('evidence: number of users to draw as a sample', '25', 1),
  seed: number('evidence: the number by which anybody can draw the same sample', '7', 0),
} as const satisfies Readonly<Record<string, Option>>;

/** The name of an option with a value. */
export type OptionName = keyof typeof OPTIONS;

/** The options of a command line, as typed. */
export type Options = { readonly [Name in OptionName]?: string };

export const isOption = (word: string): word is OptionName => Object.hasOwn(OPTIONS, word);

/** The value of an option that the command needs, so that no command line without it gets this far. */
export function given(options: Options, name: OptionName): string {
  return options[name] ?? '';
}

function day(help: string, example: string): Option {
  return {
    word: 'DAY',
    example,
    help,
    problem: (value) => (isDay(value) ? null : `is no day: write it as ${example}`),
  };
}

function isDay(value: string): boolean {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(value) ? Date.parse(value) : Number.NaN;
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(value);
}

const MOST = 1_000_000;

function number(help: string, example: string, least: number): Option {
  return {
    word: 'NUMBER',
    example,
    help,
    problem: (value) =>
      /^\d{1,7}$/.test(value) && Number(value) >= least && Number(value) <= MOST
        ? null
        : `is no whole number from ${least} to ${MOST}`,
  };
}
