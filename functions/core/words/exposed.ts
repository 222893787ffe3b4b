/** Sentences about keys that AWS called exposed. They say first what to keep, because that is what a reader in a hurry needs. */
import type { ExposedHow, ExposedKeys } from '../case/exposure.ts';
import { activeKeys } from '../model/compliance.ts';
import type { ObservedKey } from '../model/observation.ts';
import type { WayToAct } from './alarm.ts';
import { byNumber, keyList, keysWith, type Style } from './style.ts';

/** The ids of the keys that are suspect for this reason. */
function those(exposed: ExposedKeys, how: ExposedHow): string[] {
  return Object.keys(exposed).filter((id) => exposed[id] === how);
}

/** The first sentence on a page, which names the problem. `who` is the user. */
export function exposedHeadline(exposed: ExposedKeys, who: string): string {
  const [first, ...more] = those(exposed, 'reported');
  if (first === undefined) {
    return `Urgent: AWS quarantined ${who}, because one of its keys is exposed.`;
  }
  return more.length === 0
    ? `Urgent: AWS reports a key of ${who} as exposed.`
    : `Urgent: AWS reports keys of ${who} as exposed.`;
}

/** The report in half a sentence, for a mail: `AWS reports ...3QXK as exposed`. */
export function exposedInShort(exposed: ExposedKeys, style: Style): string {
  const reported = those(exposed, 'reported');
  return reported.length === 0
    ? 'AWS quarantined the user, because a key is exposed'
    : `AWS reports ${keyList(reported, style)} as exposed`;
}

/** The advice where every Active key is suspect, for use after a colon. */
export function keepNone(exposed: ExposedKeys): string {
  return those(exposed, 'quarantined').length > 0
    ? 'keep none until you know which key is exposed'
    : 'keep none, every active key is exposed';
}

/** The same as sentences, with what to do then. */
export function keepNoneSentences(exposed: ExposedKeys): string[] {
  return those(exposed, 'quarantined').length > 0
    ? [
        'Keep none until you know which key is exposed. The AWS Health Dashboard may name it.',
        'If nobody can find out, the owner needs a new key, and all of these must be deactivated.',
      ]
    : ['Keep none: the owner needs a new key, and all of these must be deactivated.'];
}

/** The next step for a mail, in one or two short sentences. */
export function exposedSteps(
  exposed: ExposedKeys,
  keys: readonly ObservedKey[],
  way: WayToAct,
  style: Style,
): string[] {
  const ids = Object.keys(exposed);
  const none = activeKeys(keys).every(({ id }) => id in exposed);
  const first = none ? keepNone(exposed) : ACT[way](keyList(ids, style));
  return [`${capital(first)}.`, `Check in CloudTrail what was done with ${keyList(ids, style)}.`];
}

/** Sentences for a page: what AWS said, what to do, and where to look. */
export function exposedSentences(
  exposed: ExposedKeys,
  keys: readonly ObservedKey[],
  way: WayToAct,
  style: Style,
): string[] {
  const [reported, quarantined] = [those(exposed, 'reported'), those(exposed, 'quarantined')];
  const none = activeKeys(keys).every(({ id }) => id in exposed);
  const all = keyList(Object.keys(exposed), style);
  return [
    ...(reported.length === 0
      ? []
      : [
          `AWS Health reports that ${keysWith(reported, style, 'is', 'are')} exposed: somebody else may have ${byNumber(reported, 'its secret', 'their secrets')}.`,
        ]),
    ...(quarantined.length === 0
      ? []
      : [
          `AWS attached the policy AWSCompromisedKeyQuarantine to this user, which does not say which key is exposed: it may be ${keyList(quarantined, style)}.`,
        ]),
    ...(none
      ? keepNoneSentences(exposed)
      : [`${capital(ACT[way](all))}${way === 'decide-here' ? ': decide immediately' : ''}.`]),
    `Check in CloudTrail what was done with ${all}: attackers create keys and roles of their own to keep their access.`,
  ];
}

/** The way to act on exposed keys beside one that is not. */
const ACT: Readonly<Record<WayToAct, (keys: string) => string>> = {
  'decide-here': (keys) => `do not keep ${keys}`,
  'in-iam': (keys) => `deactivate ${keys} in IAM`,
};

function capital(words: string): string {
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}
