import { privilegeSentence } from '../inventory/privilege-words.ts';
import { keyName, type SurveyedUser } from '../inventory/surveyed.ts';
import { activeKeys } from '../model/compliance.ts';
import type { ObservedKey } from '../model/observation.ts';
import type { Instant } from '../model/time.ts';
import { UTC } from '../model/zone.ts';
import type { Advice } from '../proposal/advice.ts';
import type { Confidence } from '../proposal/reason.ts';
import { CONFIDENCE, choiceWords, reasonSentences, waitReason, waitWords } from '../words/advice.ts';
import { PLAIN, type Style } from '../words/style.ts';
import { dayAndMonth, printable, usedWords } from '../words/words.ts';
import type { Violator } from './assessment.ts';

/** For a terminal, where a name that somebody chose may hold control characters. */
export const TERMINAL: Style = { ...PLAIN, key: keyName };

/** The confidence of an advice; null if there is no proposal. */
export function confidenceOf(advice: Advice): Confidence | null {
  return advice.kind === 'proposal' ? advice.proposal.confidence : null;
}

/** The advice in a few words: `keep …3QXK  (high)`, `wait until 30 Nov`, `ask the owner  (low)`. */
export function adviceInShort(advice: Advice): string {
  switch (advice.kind) {
    case 'wait':
      return advice.wait.until === null ? 'wait' : `wait until ${dayAndMonth(advice.wait.until)}`;
    case 'proposal': {
      const { keep, confidence } = advice.proposal;
      return confidence === 'low' ? 'ask the owner  (low)' : `keep ${keyName(keep)}  (${confidence})`;
    }
    case 'suspect':
    case 'doubt':
    case 'none':
      return 'ask the owner';
  }
}

/** The last use of each active key, in one line. */
export function keysInShort({ active, advice }: Violator, now: Instant): string {
  const words = active.map((key) => `${keyName(key.id)} ${usedWords(key, now, UTC)}`).join('; ');
  return advice.kind === 'wait' ? `${words}. The newest looks like a rotation in progress` : words;
}

/** Longest text about a user's policies. */
const MOST_ABOUT_POLICIES = 1_000;

/** A sentence about the user's power over permissions, for a terminal. */
export function privilegeWords({ privilege }: Pick<SurveyedUser, 'privilege'>): string {
  return printable(privilegeSentence(privilege), MOST_ABOUT_POLICIES);
}

/** Everything that the advice about a user rests on, a line each. */
export function explained({ user, active, advice }: Violator, now: Instant): string[] {
  const keys = [...active, ...inactive(user.keys)];
  return [
    ...keys.map(
      (key) =>
        `  ${keyName(key.id)}  ${key.status}, created ${key.created.slice(0, 10)}, ${usedWords(key, now, UTC)}`,
    ),
    `  ${privilegeWords(user)}`,
    '',
    ...adviceLines(advice, keys, now),
  ];
}

function adviceLines(advice: Advice, keys: readonly ObservedKey[], now: Instant): string[] {
  switch (advice.kind) {
    case 'wait':
      return [`Proposal: ${waitWords(advice.wait, now, UTC)}.`, waitReason(advice.wait, keys, now, TERMINAL)];
    case 'proposal':
      return [
        `Proposal: ${choiceWords(advice.proposal, TERMINAL)}. ${CONFIDENCE[advice.proposal.confidence]}`,
        ...reasonSentences(advice.proposal, keys, now, UTC, TERMINAL).map((sentence) => `- ${sentence}`),
      ];
    case 'suspect':
    case 'doubt':
    case 'none':
      return ['No proposal: ask the owner.'];
  }
}

function inactive(keys: readonly ObservedKey[]): ObservedKey[] {
  const active = new Set(activeKeys(keys));
  return keys.filter((key) => !active.has(key));
}
