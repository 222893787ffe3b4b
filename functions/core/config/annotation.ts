import type { Case } from '../case/case.ts';
import { activeKeys } from '../model/compliance.ts';
import type { ObservedKey } from '../model/observation.ts';
import { evidenceFrom, proposalContext } from '../proposal/context.ts';
import { type Proposal, propose } from '../proposal/proposal.ts';
import { byNumber, PLAIN } from '../words/style.ts';
import { type Alarm, alarmsAbout } from './alarms.ts';
import { isoDay } from './days.ts';
import type { JudgedUser, VerdictContext } from './judged-user.ts';
import { inactiveWords } from './pending.ts';
import { fitting, type Room } from './room.ts';
import { violationSince } from './since.ts';
import { stateWords } from './state.ts';

/**
 * The annotation for several Active keys: what is urgent, the keys and since when there are several, the state of the case with
 * the people concerned, and the proposal. It has days and no counters, so that it changes only with the facts, and no
 * text that people typed about a case, because the whole organisation can read it.
 */
export function annotationOf(judged: JudgedUser, context: VerdictContext): string {
  const { keys, current } = judged;
  const alarms = alarmsAbout(keys, current, context.policy);
  const proposal = proposalFor(judged, context);
  return fitting((room) => {
    const head = headWords(keys, alarms, sinceWords(keys, current, room), room);
    return `${head} ${stateWords(judged, context, room)}${proposalWords(proposal, judged, room)}`;
  });
}

/** The annotation for at most one Active key, while keys that we deactivated still exist. */
export function pendingAnnotation(
  keys: readonly ObservedKey[],
  current: Case,
  context: VerdictContext,
): string {
  const urgent = current.phase === 'held' && current.heldFor === 'no-active-key' ? URGENT : '';
  return fitting((room) => {
    const bare = { ...room, uses: false };
    const active = `${countWords(keys)}${listWords(activeKeys(keys), bare)}.`;
    return `${urgent}${active} ${inactiveWords(current, context, room)}`;
  });
}

/** The beginning of an annotation that must not wait for anybody's working hours. */
const URGENT = 'URGENT ';

/**
 * `2 active keys since 2026-11-23: ...MPLE (used 2026-11-23), ...3QXK (no use known).`; keys with an alarm come first:
 * `URGENT 2 active keys since 2026-11-23: ...3QXK was created by an unexpected creator; ...MPLE (used 2026-11-23).`
 */
function headWords(
  keys: readonly ObservedKey[],
  alarms: readonly Alarm[],
  since: string,
  room: Room,
): string {
  const alarmed = alarms.flatMap((alarm) => alarm.keys);
  const rest = activeKeys(keys).filter((key) => !alarmed.includes(key));
  const count = `${countWords(keys)}${since}`;
  if (alarms.length === 0) {
    return `${count}${listWords(rest, room)}.`;
  }
  const named = alarms.map((alarm) => `${alarmedWords(alarm, room)} ${alarm.words}`);
  const others = room.keys && rest.length > 0 ? [keysWords(rest, room)] : [];
  return `${URGENT}${count}: ${[...named, ...others].join('; ')}.`;
}

/** The keys of an alarm, or how many they are. */
function alarmedWords({ keys }: Alarm, room: Room): string {
  return room.keys ? keysWords(keys, room) : String(keys.length);
}

/** `2 active keys`, `1 active key`. */
function countWords(keys: readonly ObservedKey[]): string {
  const active = activeKeys(keys);
  return `${active.length} active ${byNumber(active, 'key', 'keys')}`;
}

/** The keys after a colon; empty if there are none, or no room. */
function listWords(keys: readonly ObservedKey[], room: Room): string {
  return room.keys && keys.length > 0 ? `: ${keysWords(keys, room)}` : '';
}

function keysWords(keys: readonly ObservedKey[], { uses }: Room): string {
  return keys.map((key) => `${PLAIN.key(key.id)}${uses ? useWords(key) : ''}`).join(', ');
}

function useWords({ lastUsed }: ObservedKey): string {
  if (lastUsed.kind === 'not-read') {
    return '';
  }
  return lastUsed.kind === 'used' ? ` (used ${isoDay(lastUsed.at)})` : ' (no use known)';
}

/** ` since 2026-11-23`, or `, seen since 2026-11-23` where the keys may be older. With three keys it is about the second. */
function sinceWords(keys: readonly ObservedKey[], current: Case | null, room: Room): string {
  const since = room.since ? violationSince(keys, current) : null;
  if (since === null) {
    return '';
  }
  const several = activeKeys(keys).length > 2 && !since.seen ? ', more than one' : since.seen ? ', seen' : '';
  return `${several} since ${isoDay(since.at)}`;
}

/** The proposal while people are asked; null without the last uses, on which it depends. */
function proposalFor(
  { keys, current, evidence }: JudgedUser,
  { policy, now }: VerdictContext,
): Proposal | null {
  if (current?.phase !== 'awaiting-decision' || activeKeys(keys).some(isNotRead)) {
    return null;
  }
  const known = evidence === undefined ? {} : evidenceFrom(evidence, policy);
  return propose(keys, proposalContext(current, policy, now, known));
}

function isNotRead({ lastUsed }: ObservedKey): boolean {
  return lastUsed.kind === 'not-read';
}

/** ` Proposal: keep ...MPLE (medium).` */
function proposalWords(proposal: Proposal | null, { evidence }: JudgedUser, room: Room): string {
  if (proposal === null || !room.proposal) {
    return '';
  }
  const confidence = room.confidence && evidence !== undefined ? ` (${proposal.confidence})` : '';
  return ` Proposal: keep ${PLAIN.key(proposal.keep)}${confidence}.`;
}
