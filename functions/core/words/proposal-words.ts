import { lastFour, type ObservedKey } from '../model/observation.ts';
import type { Instant } from '../model/time.ts';
import type { Confidence, Proposal, Reason } from '../proposal/proposal.ts';
import { day, fromNow, inWords, lastUse, list, printable } from './words.ts';

/** A key in plain ASCII, as mails need it; pages write `…` instead of the dots. */
export function dotted(keyId: string): string {
  return `...${lastFour(keyId)}`;
}

/** `Keep ...MPLE, switch off ...3QXK.` */
export function headline({ keep, others }: Pick<Proposal, 'keep' | 'others'>): string {
  return others.length === 0
    ? `Keep ${dotted(keep)}.`
    : `Keep ${dotted(keep)}, switch off ${list(others.map(dotted))}.`;
}

/** How sure we are, as it stands after "with": `high confidence`. */
export function confidenceWords(confidence: Confidence): string {
  return `${confidence} confidence`;
}

/** A principal as CloudTrail names it, in plain ASCII. */
export function principal(createdBy: string): string {
  return printable(createdBy, 125);
}

/** Every reason of a proposal as a sentence of its own, in plain ASCII. `keys` are those that were judged. */
export function reasonSentences(proposal: Proposal, keys: readonly ObservedKey[], now: Instant): string[] {
  return proposal.reasons.map((reason) => sentence(reason, keys, now));
}

function sentence(reason: Reason, keys: readonly ObservedKey[], now: Instant): string {
  if (reason.code === 'move-first') {
    return (
      'More than one key is in use, so something may stop working whichever goes. Better first move what uses the ' +
      'other key.'
    );
  }
  const key = dotted(reason.keyId);
  const use = ofKey(reason.keyId, keys, ({ lastUsed, created }) => lastUse(lastUsed, created, now));
  const made = ofKey(reason.keyId, keys, ({ created }) => `${day(created)} (${fromNow(created, now)})`);
  switch (reason.code) {
    case 'unexpected-creator': {
      const by = principal(reason.by);
      return `${key} was made by ${by}, and nobody expects ${by} to make keys for this user.`;
    }
    case 'brought-back':
      return reason.how === 'on-request'
        ? `${key} was off and was brought back on request, so something seems to need it.`
        : `${key} was off and somebody switched it on again, so something seems to need it.`;
    case 'only-active':
      return `${key} is the only active key.`;
    case 'in-use':
      return `${key} is in use: last used ${use}.`;
    case 'last-used':
      return `No key was used within the last ${inWords(reason.quietPeriod)}. The last use was of ${key}: ${use}.`;
    case 'newest':
      return `No use of any of these keys is known. ${key} is the newest, made on ${made}.`;
    case 'also-in-use':
      return `${key} is in use as well: last used ${use}.`;
    case 'taken-over':
      return `The newer key ${dotted(reason.by)} has taken over, so the rotation looks finished: ${key} was last used ${use}.`;
    case 'idle':
      return `${key} is not in use now: last used ${use}.`;
    case 'rotation-under-way':
      return `${key} was made on ${made} and no use of it is known yet, so this looks like a rotation under way. Once ${key} is used, it is the one to keep; until then, ${dotted(reason.used)} is known to work and ${key} is not.`;
    case 'never-used':
      return `${key} has not been used since it was made on ${made}.`;
    case 'too-young':
      return `${key} is less than a day old, so "not used yet" proves nothing: IAM reports uses late.`;
    case 'not-read':
      return `The last use of ${key} could not be read, so we cannot tell whether anything needs it.`;
  }
}

function ofKey(keyId: string, keys: readonly ObservedKey[], words: (key: ObservedKey) => string): string {
  return list(keys.filter(({ id }) => id === keyId).map(words));
}
