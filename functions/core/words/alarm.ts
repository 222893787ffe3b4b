import type { UnexpectedCreators } from '../case/unexpected-creators.ts';
import { activeKeys } from '../model/compliance.ts';
import type { ObservedKey } from '../model/observation.ts';
import { byNumber, keyList, type Style } from './style.ts';
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
  const creators = [...new Set(Object.values(created).map(style.principal))];
  const people = list(creators);
  return [
    `${list(facts)}.`,
    `First ask the ${byNumber(creators, 'person', 'people')} using ${people} whether this was on purpose.`,
    withoutAnswer(Object.keys(created), keys, way, style),
    `Also investigate ${people}: attackers with a stolen key create more keys to keep their access.`,
  ];
}

/** One key must be kept, even if all of them have unexpected creators. */
function withoutAnswer(
  created: readonly string[],
  keys: readonly ObservedKey[],
  way: WayToAct,
  style: Style,
): string {
  if (activeKeys(keys).length === created.length) {
    return 'If nobody confirms it, the owner needs a new key, and none of the current keys should stay for long.';
  }
  const them = keyList(created, style);
  const act: Readonly<Record<WayToAct, string>> = {
    'decide-here': `do not keep ${them}: decide immediately.`,
    'in-iam': `deactivate ${them} in IAM.`,
  };
  return `If nobody confirms it, ${act[way]}`;
}
