/** `status`: what is in force, what waits, and who changed it. */
import {
  controlFinding,
  type LedgerEntry,
  type LedgerFinding,
  ledgerFindings,
} from '../../functions/core/model/ledger.ts';
import { UTC } from '../../functions/core/model/zone.ts';
import type { Concern } from '../../functions/core/signoff/state.ts';
import { CONTROL_FINDING } from '../../functions/core/words/control-finding.ts';
import { moment } from '../../functions/core/words/words.ts';
import { approverIds } from './approvers.ts';
import { inForce, shownEntry, state } from './change.ts';
import { LETTER_QUEUES, LETTERS } from './letters.ts';
import { EXIT, type Outcome } from './outcome.ts';
import type { Result } from './results.ts';
import { signOffStatus, subject } from './sign-offs.ts';
import type { World } from './world.ts';

/** The queues that functions read, by the beginning of their logical ids. */
const WORK = { events: 'EventsQueue', wakes: 'WakesQueue', usage: 'UsageQueue' } as const;

type Waiting = Result<'status'>['queues'][number];

export async function status(world: World): Promise<Outcome<'status'>> {
  const approvers = approverIds(world.deployed);
  const control = await world.control.read();
  const { content, entries } = await world.control.ledger();
  const last = entries.at(-1) ?? null;
  const finding = controlFinding(content, last);
  const findings = [
    ...ledgerFindings(entries).map(chainWords),
    ...(finding === null ? [] : [CONTROL_FINDING[finding]]),
  ];
  const queues = await waiting(world);
  const openCases = (await world.cases()).length;
  const signOff = signOffStatus(entries, await world.signOff(), world.now());
  const concern = last === null ? null : signOff.concernOf(last);
  const dead = queues.filter(({ deadLetters, messages }) => deadLetters && messages > 0);
  return {
    result: {
      ...state(control),
      approvers: approvers === null ? null : [...approvers],
      openCases,
      queues,
      ledger: { entries: entries.length, last: last === null ? null : shownEntry(last, concern), findings },
      signOff: signOff.result,
    },
    lines: [
      inForce(control, approvers),
      `Open cases: ${openCases}. Waiting messages: ${counts(queues.filter(({ deadLetters }) => !deadLetters))}. Dead letters: ${dead.length === 0 ? 'none' : counts(dead)}.`,
      ledgerLine(entries.length, last, concern),
      ...signOff.lines,
      ...findings,
    ],
    notes: [
      ...dead.map(({ name }) => `Read what they are first: npm run control -- redrive ${name} --dry-run`),
      ...(findings.length === 0 ? [] : ['What to do: "A control item that was changed" in docs/control.md.']),
    ],
    code: findings.length + dead.length === 0 ? EXIT.done : EXIT.findings,
  };
}

const counts = (queues: readonly Waiting[]) =>
  queues.map(({ name, messages }) => `${name} ${messages}`).join(', ');

async function waiting({ parts, queues }: World): Promise<Waiting[]> {
  const named = [
    ...Object.entries(WORK).map(([name, logicalId]) => ({ name, logicalId, deadLetters: false })),
    ...LETTER_QUEUES.map((name) => ({ name, logicalId: LETTERS[name].logicalId, deadLetters: true })),
  ];
  const found: Waiting[] = [];
  for (const { name, logicalId, deadLetters } of named) {
    const url = await parts.queue(logicalId);
    if (url !== null) {
      found.push({ name, deadLetters, messages: await queues.depth(url) });
    }
  }
  return found;
}

function ledgerLine(count: number, last: LedgerEntry | null, concern: Concern | null): string {
  if (last === null) {
    return 'The ledger is empty: nobody has changed anything with these commands yet.';
  }
  const { at, command, approver, by, reason } = last;
  const what =
    concern === null
      ? [command, ...(approver === undefined ? [] : [approver])]
      : [command, `(${subject(concern)})`];
  return `Ledger: ${count} ${count === 1 ? 'entry' : 'entries'}; the last: ${moment(at, UTC)}, ${what.join(' ')}, by ${by}, "${reason}".`;
}

function chainWords({ found, number }: LedgerFinding): string {
  return found === 'missing'
    ? `Entry ${number} of the ledger is missing or cannot be read.`
    : `Entry ${number} of the ledger, or the one before it, is not as it was written.`;
}
