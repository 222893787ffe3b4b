import { lastFour, type ObservedKey } from './model.ts';
import type { Confidence, Proposal, Reason } from './proposal.ts';
import type { Instant } from './time.ts';
import { day, fromNow, lastUse, list } from './words.ts';

/** A key in plain ASCII, as mails need it. */
export function dotted(keyId: string): string {
  return `...${lastFour(keyId)}`;
}

/** `Keep ...MPLE, switch off ...3QXK.` */
export function headline({ keep, others }: Pick<Proposal, 'keep' | 'others'>): string {
  return others.length === 0
    ? `Keep ${dotted(keep)}.`
    : `Keep ${dotted(keep)}, switch off ${list(others.map(dotted))}.`;
}

const CONFIDENCE: Record<Confidence, string> = {
  high: 'high confidence',
  medium: 'medium confidence',
  low: 'low confidence: please look twice',
};

export function confidenceWords(confidence: Confidence): string {
  return CONFIDENCE[confidence];
}

/** Every reason of a proposal as a sentence of its own. */
export function reasonSentences(proposal: Proposal, keys: readonly ObservedKey[], now: Instant): string[] {
  return proposal.reasons.map((reason) => sentence(reason, keys, now));
}

function sentence(reason: Reason, keys: readonly ObservedKey[], now: Instant): string {
  switch (reason.code) {
    case 'only-key':
      return `${dotted(reason.keyId)} is the only active key.`;
    case 'in-use':
      return `${dotted(reason.keyId)} is in use: ${useOf(reason.keyId, keys, now)}.`;
    case 'idle':
      return `${dotted(reason.keyId)} was last used on ${day(reason.since)}, ${fromNow(reason.since, now)}.`;
    case 'never-used':
      return `${dotted(reason.keyId)} was never used.`;
    case 'too-young-to-tell':
      return `${dotted(reason.keyId)} is less than a day old, so "not used" says little: IAM reports uses late.`;
    case 'traffic-moved':
      return `The newer key ${dotted(reason.keyId)} has taken over, so the rotation looks finished.`;
    case 'rotation-under-way':
      return `${dotted(reason.keyId)} is new and not used yet: it looks like a rotation. Once it is used, it is the one to keep; until then ${dotted(reason.inUse)} carries the work.`;
    case 'both-in-use':
      return `All of these are in use: ${list(reason.keyIds.map((id) => `${dotted(id)} (${useOf(id, keys, now)})`))}. Whoever uses the one that goes must move first.`;
    case 'most-recently-used':
      return `${dotted(reason.keyId)} was used most recently.`;
    case 'newest':
      return `${dotted(reason.keyId)} is the newest; nothing else tells them apart.`;
  }
}

function useOf(keyId: string, keys: readonly ObservedKey[], now: Instant): string {
  const key = keys.find(({ id }) => id === keyId);
  return key === undefined ? 'unknown' : lastUse(key.lastUsed, key.created, now);
}
