import type { Case, Phase } from '../case/case.ts';
import { rotationEnds } from '../case/dates.ts';
import { type Decision, keptBy } from '../case/decision.ts';
import type { ExcludedBy } from '../model/exclusion.ts';
import { isOutside, onlyObserves } from '../model/only.ts';
import { isPaused } from '../model/policy.ts';
import { HELD } from '../words/holds.ts';
import { PLAIN } from '../words/style.ts';
import { printable } from '../words/words.ts';
import { isoDay } from './days.ts';
import { exceptionFor } from './excepted.ts';
import type { JudgedUser, VerdictContext } from './judged-user.ts';
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
  return current === null
    ? NOT_RECORDED
    : `${overdueWords(current, context)}${STATE[current.phase](current, judged, context, room)}`;
}

const NOT_RECORDED = 'Not recorded yet; Solekey is checking.';

/** The state of a case that does not fit the keys, until the next evaluation. */
export const RECHECKED = 'No longer as decided; Solekey is checking again.';

type State = (current: Case, judged: JudgedUser, context: VerdictContext, room: Room) => string;

const rechecked: State = () => RECHECKED;

/** The state of a case with several Active keys, by phase. Some phases need further data of the case. */
const STATE: Readonly<Record<Phase, State>> = {
  rotating: (current, _, { policy }) =>
    `Rotation window until ${isoDay(rotationEnds(current, policy))}; no action needed before.`,
  'awaiting-decision': (current, _, context, room) =>
    onlyObserves(context.policy, current) ? observed(current, context) : waiting(current, context, room),
  approved: (current, _, context, room) =>
    current.decision === null ? RECHECKED : decided(current.decision, context, room),
  exception,
  grace: rechecked,
  'awaiting-confirmation': rechecked,
  deleting: rechecked,
  held: ({ heldFor }) => (heldFor === null ? RECHECKED : HELD[heldFor]),
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

/** `Exception until 2027-01-31 by Security lead.` */
function exception(current: Case, { keys }: JudgedUser, { policy, now }: VerdictContext, room: Room): string {
  const found = exceptionFor(keys, current, now);
  return found === null
    ? RECHECKED
    : `Exception until ${isoDay(found.until)} by ${decidedBy(policy, found.by, room)}.`;
}

function decided(decision: Decision, { policy, control }: VerdictContext, room: Room): string {
  const keep = keptBy(decision);
  const choice = keep === null ? 'deactivate all keys' : `keep ${PLAIN.key(keep)}`;
  const others = keep === null ? 'they are' : 'the other keys are';
  const wait = isPaused(control) ? 'paused' : isOverBudget(decision) ? 'hourly limit of changes' : null;
  const next = wait === null ? `${others} being deactivated` : `deactivation waits: ${wait}`;
  return `Decided by ${decidedBy(policy, decision.by, room)} on ${isoDay(decision.at)}: ${choice}; ${next}.`;
}

/** True while the hourly budget makes a decision wait. */
function isOverBudget({ heldUp }: Decision): boolean {
  return heldUp !== undefined && heldUp.since !== null;
}
