/** `decisions`: what people decided and Solekey has not carried out yet, in the order in which it will. */
import { lastFour } from '../../functions/core/model/observation.ts';
import { isPaused } from '../../functions/core/model/policy.ts';
import type { Instant } from '../../functions/core/model/time.ts';
import { UTC } from '../../functions/core/model/zone.ts';
import { keyList, PLAIN } from '../../functions/core/words/style.ts';
import { moment } from '../../functions/core/words/words.ts';
import { state } from './change.ts';
import {
  type DecisionTerms,
  decisionTerms,
  type Pending,
  pendingDecision,
  type WaitsFor,
} from './decision-waits.ts';
import { EXIT, type Outcome, table } from './outcome.ts';
import type { Result } from './results.ts';
import type { World } from './world.ts';

type Row = Result<'decisions'>['decisions'][number];

export async function decisions(world: World): Promise<Outcome<'decisions'>> {
  const listed = await world.cases();
  const control = await world.control.read();
  const now = world.now();
  const terms = decisionTerms(world.deployed);
  const pending = listed
    .flatMap(({ case: current }) =>
      'why' in current ? [] : (pendingDecision(current, terms, control, now) ?? []),
    )
    .sort(oldestFirst);
  const unreadable = listed.filter(({ case: current }) => 'why' in current).length;
  return {
    result: {
      decisions: pending.map((one) => rowOf(world.deployed.account, one)),
      paused: state(control).paused,
      unreadable,
    },
    lines: table(pending.map((one) => lineOf(one, terms))),
    notes: [
      counted(pending),
      ...(isPaused(control) && pending.length > 0
        ? ["Nothing is deactivated until you resume: npm run control -- resume --reason 'incident 4711'"]
        : []),
      ...(terms === null ? [NO_TERMS] : []),
      ...(unreadable === 0 ? [] : [unread(unreadable)]),
    ],
    code: pending.some(({ waits }) => waits === 'on-hold') ? EXIT.findings : EXIT.done,
  };
}

const NO_TERMS =
  'The stack has no output DecisionTerms, so it is unknown how long these decisions are valid: deploy this version first.';

/** S8: within what an hour allows, Solekey carries out the oldest decision first. */
function oldestFirst(one: Pending, other: Pending): number {
  return one.decision.at < other.decision.at ? -1 : 1;
}

function rowOf(account: string, { current, decision, keys, waits, waitsUntil, validUntil }: Pending): Row {
  return {
    account,
    userName: current.userName,
    userId: current.userId,
    number: current.number,
    by: decision.by,
    decidedAt: decision.at,
    deactivate: keys.map(lastFour),
    waitsFor: waits,
    waitsUntil,
    validUntil,
  };
}

function lineOf(pending: Pending, terms: DecisionTerms | null): string[] {
  const { current, decision, keys, waits, validUntil } = pending;
  return [
    waits === 'on-hold' ? '!' : ' ',
    current.userName,
    `deactivate ${keyList(keys, PLAIN)}`,
    `by ${decision.by} on ${moment(decision.at, UTC)}`,
    [waitWords(pending, terms), ...(validUntil === null ? [] : [validWords(pending, validUntil)])].join('; '),
  ];
}

/** The reason for which a decision waits, in a few words. */
function waitWords({ waits, waitsUntil, current }: Pending, terms: DecisionTerms | null): string {
  switch (waits) {
    case 'paused':
      return 'waits until Solekey is resumed';
    case 'on-hold':
      return `on hold since ${moment(current.phaseSince, UTC)}: IAM cannot be read or refuses the change`;
    case 'change-window':
      return `waits for the change window, which opens ${moment(waitsUntil, UTC)}`;
    case 'hourly-limit':
      return `waits for the hourly limit${limitWords(terms)} until ${moment(waitsUntil, UTC)}`;
    case 'none':
      return 'being carried out';
  }
}

function limitWords(terms: DecisionTerms | null): string {
  return terms === null ? '' : ` of ${terms.changesPerHour} changes`;
}

/** Waits that Solekey causes itself. */
const LATER: readonly WaitsFor[] = ['paused', 'change-window', 'hourly-limit'];

/** Time in which Solekey itself makes a decision wait does not count. So while it does, the end moves with the clock. */
function validWords({ waits }: Pending, validUntil: Instant): string {
  const until = `valid until ${moment(validUntil, UTC)}`;
  return LATER.includes(waits) ? `${until}, later if it waits longer` : until;
}

function counted(pending: readonly Pending[]): string {
  const [first] = pending;
  if (first === undefined) {
    return 'Every decision has been carried out.';
  }
  const keys = pending.reduce((sum, one) => sum + one.keys.length, 0);
  const what = `${pending.length} ${pending.length === 1 ? 'decision' : 'decisions'} to carry out, ${keys} ${keys === 1 ? 'key' : 'keys'} to deactivate`;
  return `${what}. For one of them: npm run control -- show ${first.current.userName}`;
}

function unread(count: number): string {
  return count === 1
    ? '1 open case cannot be read by this release, so a decision in it is not listed.'
    : `${count} open cases cannot be read by this release, so decisions in them are not listed.`;
}
