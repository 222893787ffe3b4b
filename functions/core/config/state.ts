import { type Case, keysOfOurs, type Phase } from '../case/case.ts';
import { windowOpens } from '../case/change-window.ts';
import { rotationEnds } from '../case/dates.ts';
import type { Decision } from '../case/decision.ts';
import type { ExcludedBy } from '../model/exclusion.ts';
import { isOutside, onlyObserves } from '../model/only.ts';
import { isPaused } from '../model/policy.ts';
import { keyList, PLAIN } from '../words/style.ts';
import { printable } from '../words/words.ts';
import { isoDay } from './days.ts';
import { type Excepted, exceptionFor } from './excepted.ts';
import type { JudgedUser, VerdictContext } from './judged-user.ts';
import { heldWords, inactiveWords, RECHECKED } from './pending.ts';
import { decidedBy, decidersNamed, escalationWords, overdueWords } from './people.ts';
import { LONGEST, type Room } from './room.ts';

/** The state of a user with several Active keys, in a sentence or two. */
export function stateWords(judged: JudgedUser, context: VerdictContext, room: Room): string {
  const { excluded, current, unread } = judged;
  if (excluded) {
    return `${ruleWords(judged.excludedBy ?? null, room)}: Solekey never changes this user.`;
  }
  if (unread === true) {
    return 'Based on its keys alone: the running release of Solekey cannot read the case of this user.';
  }
  if (current === null) {
    return NOT_RECORDED;
  }
  const excepted = exceptionFor(judged.keys, current, context.now);
  return excepted === null
    ? `${overdueWords(current, context)}${STATE[current.phase](current, context, room)}`
    : exceptionWords(excepted, current, context, room);
}

const NOT_RECORDED = 'Not recorded yet; Solekey is checking.';

type State = (current: Case, context: VerdictContext, room: Room) => string;

const rechecked: State = () => RECHECKED;

/** The state of a case with several Active keys, by phase. Some phases need further data of the case. */
const STATE: Readonly<Record<Phase, State>> = {
  rotating: (current, { policy }) =>
    `Rotation window until ${isoDay(rotationEnds(current, policy))}; no action needed before.`,
  'awaiting-decision': (current, context, room) =>
    onlyObserves(context.policy, current) ? observed(current, context) : waiting(current, context, room),
  approved: (current, context, room) =>
    current.decision === null ? RECHECKED : decided(current.decision, context, room),
  exception: rechecked,
  grace: rechecked,
  'awaiting-confirmation': rechecked,
  deleting: rechecked,
  held: heldWords,
  excluded: rechecked,
  closed: () => NOT_RECORDED,
};

/** `Excluded by the tag solekey:exclude`: the part of the settings that excludes a user. The value of the tag is not repeated. */
function ruleWords(excludedBy: ExcludedBy | null, room: Room): string {
  if (excludedBy === null) {
    return 'Excluded by tag or settings';
  }
  switch (excludedBy.by) {
    case 'tag':
      return isQuoted(excludedBy.key, room)
        ? `Excluded by the tag ${printable(excludedBy.key, LONGEST)}`
        : 'Excluded by a tag';
    case 'name':
      return isQuoted(excludedBy.glob, room)
        ? `Excluded by the name rule ${excludedBy.glob}`
        : 'Excluded by a name rule';
  }
}

/** True for a tag or glob that can be quoted whole. */
function isQuoted(text: string, { rule }: Room): boolean {
  return rule && text.length <= LONGEST_RULE;
}

const LONGEST_RULE = 60;

function observed(current: Case, { policy }: VerdictContext): string {
  return isOutside(policy, current)
    ? 'Outside the setting "only": Solekey changes no key of this user.'
    : 'Observe mode: no key is changed.';
}

function waiting(current: Case, context: VerdictContext, room: Room): string {
  const escalation = room.escalation ? escalationWords(current, context) : '';
  return `Waiting for ${decidersNamed(current, context, room)}${escalation}.`;
}

/** `Exception until 2027-01-31 by Security lead.`, and the fate of keys that the same decision deactivated. */
function exceptionWords({ until, by }: Excepted, current: Case, context: VerdictContext, room: Room): string {
  const exception = `Exception until ${isoDay(until)} by ${decidedBy(context.policy, by, room)}.`;
  if (keysOfOurs(current).length > 0) {
    return `${exception} ${inactiveWords(current, context, { ...room, decided: false })}`;
  }
  return current.phase === 'held' ? `${exception} ${heldWords(current)}` : exception;
}

function decided(decision: Decision, context: VerdictContext, room: Room): string {
  const { policy } = context;
  const wait = waitOf(decision, context);
  const next = wait === null ? 'now being deactivated' : `deactivation waits: ${wait}`;
  const by = decidedBy(policy, decision.by, room);
  return `Decided by ${by} on ${isoDay(decision.at)}: ${chosenWords(decision)}; ${next}.`;
}

/** `keep ...MPLE, deactivate the others`. */
function chosenWords(decision: Decision): string {
  switch (decision.kind) {
    case 'keep':
      return `keep ${PLAIN.key(decision.keep)}, deactivate the others`;
    case 'none':
      return 'deactivate all keys';
    case 'not-now':
      return `leave ${keyList(decision.spare, PLAIN)} active until ${isoDay(decision.until)}, deactivate the others`;
  }
}

/** The reason why a deactivation waits; null if it does not. A closed window comes first: it says until which day, at least roughly. */
function waitOf(decision: Decision, { policy, control, now }: VerdictContext): string | null {
  if (isPaused(control)) {
    return 'paused';
  }
  if (windowOpens(decision, policy, now) !== null) {
    return 'change window';
  }
  return isOverBudget(decision) ? 'hourly limit of changes' : null;
}

/** True while the hourly budget makes a decision wait. */
function isOverBudget({ heldUp }: Decision): boolean {
  return heldUp !== undefined && heldUp.since !== null;
}
