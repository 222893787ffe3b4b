import type { UnexpectedCreators } from '../case/unexpected-creators.ts';
import { activeKeys } from '../model/compliance.ts';
import type { ObservedKey } from '../model/observation.ts';
import type { Advice } from '../proposal/advice.ts';
import { byNumber, keyList, keysWith, type Style } from './style.ts';
import { list } from './words.ts';

/** The reader's way to act on a key that must not stay: decide here, or change IAM themselves. */
export type WayToAct = 'decide-here' | 'in-iam';

/** The first sentence, which names the problem. `who` is the user. */
export function alarmHeadline(who: string): string {
  return `Urgent: a key of ${who} was created by someone not on the list of expected creators.`;
}

/**
 * Sentences that say who created which key, whom to ask, and what to do without an answer. Empty if all creators are
 * expected.
 */
export function alarmSentences(
  created: UnexpectedCreators,
  keys: readonly ObservedKey[],
  way: WayToAct,
  style: Style,
): string[] {
  const facts = Object.entries(created).map(
    ([id, by]) => `${style.key(id)} was created by ${style.principal(by)}`,
  );
  const creators = creatorsOf(created, style);
  const people = list(creators);
  return [
    `${list(facts)}.`,
    `First ask the ${byNumber(creators, 'person', 'people')} using ${people} whether this was on purpose.`,
    withoutAnswer(Object.keys(created), keys, way, style),
    `Also investigate ${people}: attackers with a stolen key create more keys to keep their access.`,
  ];
}

/**
 * The same for a mail, after a clause about the user: `IAM user ... has 2 active access keys`. If everything depends on the creators'
 * answer, it says which key to keep after each.
 */
export function alarmInShort(
  has: string,
  created: UnexpectedCreators,
  keys: readonly ObservedKey[],
  way: WayToAct,
  advice: Advice,
  style: Style,
): string[] {
  const ids = Object.keys(created);
  const creators = creatorsOf(created, style);
  const by = list(creators);
  return [
    `Urgent: ${has}, and ${keysWith(ids, style, 'was', 'were')} created by ${by}, who ${byNumber(creators, 'is', 'are')} not on the list of expected creators.`,
    ...byAnswer(ids, by, keys, way, advice, style),
  ];
}

/** The next step after each answer of the creators, or without one. */
function byAnswer(
  created: readonly string[],
  by: string,
  keys: readonly ObservedKey[],
  way: WayToAct,
  advice: Advice,
  style: Style,
): string[] {
  const ask = 'First ask whether that was on purpose';
  if (activeKeys(keys).length === created.length) {
    return [`${ask}.`, NEW_KEY, `Investigate ${by}.`];
  }
  if (advice.kind === 'doubt' && advice.doubt.ifNot !== null) {
    const [meant, not] = [style.key(advice.doubt.ifMeant), style.key(advice.doubt.ifNot)];
    return [
      `${ask}: if so, keep ${meant}; otherwise, or without an answer, keep ${not} and investigate ${by}.`,
    ];
  }
  return [`${ask}.`, `If nobody confirms it, ${ACT[way](keyList(created, style))}, and investigate ${by}.`];
}

function creatorsOf(created: UnexpectedCreators, style: Style): string[] {
  return [...new Set(Object.values(created).map(style.principal))];
}

/** One key must be kept, even if all of them have unexpected creators. */
const NEW_KEY = 'If nobody confirms it, the owner needs a new key; none of these should stay for long.';

/** The way to act on keys of unexpected creators, without an answer. */
const ACT: Readonly<Record<WayToAct, (keys: string) => string>> = {
  'decide-here': (keys) => `do not keep ${keys}`,
  'in-iam': (keys) => `deactivate ${keys} in IAM`,
};

function withoutAnswer(
  created: readonly string[],
  keys: readonly ObservedKey[],
  way: WayToAct,
  style: Style,
): string {
  if (activeKeys(keys).length === created.length) {
    return NEW_KEY;
  }
  return `If nobody confirms it, ${ACT[way](keyList(created, style))}${way === 'decide-here' ? ': decide immediately' : ''}.`;
}
