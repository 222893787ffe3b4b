/** The commands of `npm run control --`, and what each takes. */
import { OPTIONS, type OptionName } from './options.ts';

/** The commands as typed, in the order of the help. */
export const NAMES = [
  'doctor',
  'status',
  'cases',
  'decisions',
  'show',
  'check',
  'pause',
  'resume',
  'revoke',
  'reinstate',
  'restored',
  'confirm',
  'resubscribe',
  'test-mail',
  'redrive',
  'public-key',
  'records',
  'evidence',
  'erase',
  'wind-down',
] as const;

export type Name = (typeof NAMES)[number];

/** The argument of a command, with an example. */
interface Argument {
  /** The word for it in the help. */
  readonly word: string;
  readonly what: string;
  readonly example: string;
}

const APPROVER: Argument = { word: 'APPROVER', what: 'the id of an approver', example: 'sec-lead' };
const USER: Argument = { word: 'USER', what: 'the name or the UserId of an IAM user', example: 'ci-deploy' };

/** All that the command line must know about a command. */
interface Usage {
  readonly argument: Argument | null;
  /** True if the command writes an entry of the ledger, which needs a reason. */
  readonly needsReason: boolean;
  /** Options that this command takes, besides those of all commands. */
  readonly flags: readonly Flag[];
  /** Options with a value that it needs, and those that it takes. */
  readonly needs: readonly OptionName[];
  readonly takes: readonly OptionName[];
  readonly help: string;
}

/** Options without a value that only some commands take. */
export const FLAGS = ['dry-run', 'discard', 'full-ids'] as const;

export type Flag = (typeof FLAGS)[number];

const read = (help: string, argument: Argument | null = null): Usage => ({
  argument,
  needsReason: false,
  flags: [],
  needs: [],
  takes: [],
  help,
});
const change = (help: string, argument: Argument | null = null): Usage => ({
  ...read(help, argument),
  needsReason: true,
});

/** The arguments and the purpose of each command. */
export const COMMANDS = {
  doctor: read(
    'check everything that Solekey depends on; before a deployment: what is missing in this account',
  ),
  status: read('show pauses, revoked approvers, open cases, waiting messages, and the ledger of changes'),
  cases: read('list the open cases, the most urgent first'),
  decisions: read(
    'list what is decided and not carried out yet, why it waits and until when, the oldest first',
  ),
  show: read('show the case of an IAM user, its history, and whether the record was changed', USER),
  check: read('re-evaluate an IAM user now', USER),
  pause: change('deactivate and delete no key until resumed; questions, mails and reactivation continue'),
  resume: change('continue; the time paused is added to grace periods, and deletions are announced again'),
  revoke: change('revoke the links of this approver, and their decisions that have not begun yet', APPROVER),
  reinstate: change('make the links of this approver valid again', APPROVER),
  restored: {
    ...change('after the table was restored from a backup: pause, make earlier answers void, ask again'),
    takes: ['from-table'],
  },
  confirm: read('confirm a mail address so that nobody can unsubscribe it with a click', {
    word: "'LINK'",
    what: 'the link of the confirmation mail, in single quotes',
    example: "'https://sns.us-east-1.amazonaws.com/confirmation.html?TopicArn=…&Token=…'",
  }),
  resubscribe: read(
    'subscribe the mail address of an approver again, if it gets no mail or is unprotected',
    APPROVER,
  ),
  'test-mail': read('send this approver a mail without a link', APPROVER),
  redrive: {
    ...read('process the dead letters of a queue again, or delete those that need no repetition', {
      word: 'QUEUE',
      what: 'the name of a dead-letter queue',
      example: 'wakes',
    }),
    flags: ['dry-run', 'discard'],
  },
  records: {
    ...read('save the records that were signed since a day: decisions, deletions, failures, validations'),
    flags: ['full-ids'],
    needs: ['since', 'out'],
    takes: ['until'],
  },
  evidence: {
    ...change('have an evidence pack about a period built and signed, and save it'),
    flags: ['full-ids'],
    needs: ['from', 'to', 'out'],
    takes: ['sample', 'seed'],
  },
  erase: {
    ...change('erase the comments that people typed before a day; answers and proofs stay'),
    flags: ['dry-run'],
    needs: ['before'],
  },
  'wind-down': change(
    'before the stack is removed: ask nobody any more, unless keys are inactive because of Solekey',
  ),
  'public-key': read(
    'print the public key that checks signed records: export it once, and keep it elsewhere',
  ),
} as const satisfies Record<Name, Usage>;

/** How a command is used. */
export function usageOf(name: Name): Usage {
  return COMMANDS[name];
}

const EXAMPLE_REASON = 'incident 4711';

/** A complete example of a command, as typed. */
export function exampleOf(name: Name): string {
  const { argument, needsReason, needs } = usageOf(name);
  const options = needs.map((option) => `--${option} ${OPTIONS[option].example}`);
  const words = ['npm run control --', name, ...(argument === null ? [] : [argument.example]), ...options];
  return [...words, ...(needsReason ? [`--reason '${EXAMPLE_REASON}'`] : [])].join(' ');
}

/** The commands that need a reason, as a list in words. */
const reasoned = NAMES.filter((name) => usageOf(name).needsReason);

const shown = (name: Name) => [name, usageOf(name).argument?.word].filter(Boolean).join(' ');

/** The text of `--help`. */
export const USAGE = `Usage: npm run control -- COMMAND [options]

${NAMES.map((name) => `  ${shown(name).padEnd(20)}  ${usageOf(name).help}`).join('\n')}

  --stack NAME          the stack, if it is not called Solekey
  --region REGION       its Region, if it is not us-east-1
  --reason 'TEXT'       why: required by ${reasoned.slice(0, -1).join(', ')} and ${reasoned.at(-1)}, which are recorded in the ledger
  --json                print the result as JSON (docs/control.md)
  --dry-run             redrive: only show the dead letters; erase: only count the comments
  --discard             redrive: delete the dead letters that cannot be processed
${Object.entries(OPTIONS)
  .map(([option, { word, help }]) => `  ${`--${option} ${word}`.padEnd(20)}  ${help}`)
  .join('\n')}
  --full-ids            records, evidence: full ids of access keys instead of their last four characters

Exit codes: 0 done, 1 not done, 2 done and something needs a person, 3 done and something could not be checked.`;
