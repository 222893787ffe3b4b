import type { Decision } from '../case/decision.ts';
import type { ExposedHow } from '../case/exposure.ts';
import type { Returned } from '../case/returned.ts';
import type { ObservedKey } from '../model/observation.ts';
import type { Instant } from '../model/time.ts';
import type { Zone } from '../model/zone.ts';
import type { Advice, Advised } from '../proposal/advice.ts';
import type { Doubt } from '../proposal/doubt.ts';
import type { Proposal } from '../proposal/proposal.ts';
import type { Confidence, Reason } from '../proposal/reason.ts';
import type { Wait } from '../proposal/wait.ts';
import { keyList, type Style } from './style.ts';
import { HISTORY_LIMITS } from './usage.ts';
import { DEPENDS_ON_UNSEEN, usageSentence } from './usage-reasons.ts';
import { day, fromNow, inWords, lastUse, list, momentFromNow, ordinal } from './words.ts';

/** `keep ...MPLE, deactivate ...3QXK`, for use after a colon. */
export function choiceWords({ keep, others }: Pick<Proposal, 'keep' | 'others'>, style: Style): string {
  return others.length === 0
    ? `keep ${style.key(keep)}`
    : `keep ${style.key(keep)}, deactivate ${keyList(others, style)}`;
}

/** The same of a decision, which may also keep no key. */
export function decisionWords(decision: Decision, style: Style): string {
  switch (decision.kind) {
    case 'keep':
      return choiceWords({ keep: decision.keep, others: [...decision.remove] }, style);
    case 'none':
      return `keep no key, deactivate ${keyList(decision.remove, style)}`;
    case 'not-now':
      return exceptionWords(decision.spare, decision.remove, day(decision.until), style);
  }
}

/** `leave ...MPLE and ...3QXK active until 31 Jan 2027`, and what else is deactivated. `until` is in words. */
export function exceptionWords(
  spare: readonly string[],
  off: readonly string[],
  until: string,
  style: Style,
): string {
  const left = `leave ${keyList(spare, style)} active until ${until}`;
  return off.length === 0 ? left : `${left}, deactivate ${keyList(off, style)}`;
}

/** The confidence as a sentence. */
export const CONFIDENCE: Readonly<Record<Confidence, string>> = {
  high: 'Confidence: high.',
  medium: 'Confidence: medium.',
  low: 'Confidence: low. Ask the owner first.',
};

/** The advice about a key, in the few words that fit into a table. */
export const ADVISED: Readonly<Record<Advised, string>> = {
  keep: 'keep',
  deactivate: 'deactivate',
  stays: 'stays active',
  'if-meant': 'yes, if on purpose',
  'if-not': 'yes, if not',
  neither: 'no',
};

/** The subject of the last column in a page's table of keys. */
export type LastColumn = 'proposal' | 'keep' | 'next';

/** The subject of the last column, given the advice; null if there is no such column, because no key has a verdict. */
export function lastColumn({ kind }: Advice): LastColumn | null {
  return LAST_COLUMN_FOR[kind];
}

const LAST_COLUMN_FOR: Readonly<Record<Advice['kind'], LastColumn | null>> = {
  proposal: 'proposal',
  suspect: 'keep',
  doubt: 'keep',
  wait: null,
  none: 'next',
};

/** `wait until 30 Nov 2026, 14:10 UTC (in 7 days)`, for use after a colon. */
export function waitWords({ until }: Wait, now: Instant, zone: Zone): string {
  return until === null
    ? 'wait, and first find out why the key returns'
    : `wait until ${momentFromNow(until, now, zone)}`;
}

/** A sentence that says why waiting is better. `keys` are the keys of the case. */
export function waitReason(
  { why }: Wait,
  keys: readonly ObservedKey[],
  now: Instant,
  { key, principal }: Style,
): string {
  if (why.code === 'returns') {
    const times = `for the ${ordinal(why.count)} time${why.by === null ? '' : ` by ${principal(why.by)}`}`;
    return `${key(why.keyId)} ${RETURNED[why.how](times)}. If code manages it, change the code first; otherwise this happens again.`;
  }
  return `This looks like a rotation in progress: ${key(why.keyId)} was created on ${createdOn(why.keyId, keys, now)}.`;
}

const RETURNED: Readonly<Record<Returned['how'], (times: string) => string>> = {
  reactivated: (times) => `was reactivated ${times}`,
  'created-anew': (times) => `is a new key, created ${times} after an earlier one was removed`,
};

/**
 * Sentences that say whom to ask first, and which key to keep after each answer. `active` are all keys to choose
 * from.
 */
export function doubtSentences(
  { by, ifMeant, ifNot }: Doubt,
  active: readonly string[],
  style: Style,
): string[] {
  const choice = (keep: string) => choiceWords({ keep, others: active.filter((id) => id !== keep) }, style);
  const { key, principal } = style;
  return [
    `No proposal yet: first ask ${principal(by)} whether ${key(ifMeant)} was created on purpose.`,
    `If it was: ${choice(ifMeant)}.`,
    ...(ifNot === null ? [] : [`If it was not, or nobody answers: ${choice(ifNot)}.`]),
  ];
}

/** One or two sentences for every reason of a proposal, and what could not be seen where a reason depends on it. `keys` are the keys that were compared. */
export function reasonSentences(
  { reasons }: Proposal,
  keys: readonly ObservedKey[],
  now: Instant,
  zone: Zone,
  style: Style,
): string[] {
  const sentences = reasons.map((reason) => sentence(reason, keys, now, zone, style));
  return reasons.some(dependsOnUnseen) ? [...sentences, HISTORY_LIMITS] : sentences;
}

function dependsOnUnseen({ code }: Reason): boolean {
  return Object.entries(DEPENDS_ON_UNSEEN).some(([known, depends]) => depends && known === code);
}

function sentence(
  reason: Reason,
  keys: readonly ObservedKey[],
  now: Instant,
  zone: Zone,
  style: Style,
): string {
  if (reason.code === 'move-first') {
    return (
      'More than one key is in use, so deactivating any of them may break something. First move everything to the ' +
      'key that you keep.'
    );
  }
  const key = style.key(reason.keyId);
  const use = ofKey(reason.keyId, keys, ({ lastUsed, created }) => lastUse(lastUsed, created, now, zone));
  const created = createdOn(reason.keyId, keys, now);
  switch (reason.code) {
    case 'exposed':
      return EXPOSED[reason.how](key);
    case 'not-exposed':
      return `${key} is proposed only because ${style.key(reason.instead)} is exposed: everything that uses ${style.key(reason.instead)} must move to ${key}.`;
    case 'unexpected-creator':
      return `${key} was created by ${style.principal(reason.by)}, who is not on the list of expected creators.`;
    case 'brought-back':
      return reason.how === 'on-request'
        ? `${key} was deactivated and then reactivated on request, so something seems to need it.`
        : `${key} was deactivated and then reactivated outside Solekey, so something seems to need it.`;
    case 'only-active':
      return `${key} is the only active key.`;
    case 'in-use':
      return `${key} is in use: last used ${use}.`;
    case 'last-used':
      return `No key was used in the last ${inWords(reason.quietPeriod)}. ${key} was used most recently: ${use}.`;
    case 'newest':
      return `No use of these keys is known. ${key} is the newest: created on ${created}.`;
    case 'new-key':
      return `${key} was created only recently: on ${created}. Jobs that run rarely may not use it yet.`;
    case 'also-in-use':
      return `${key} is also in use: last used ${use}.`;
    case 'used-lately':
      return `${key} was last used ${use}. A weekly or monthly job may still need it.`;
    case 'side-by-side':
      return `${key} was still in use more than 90 days after both keys existed: last used ${use}. So it and ${style.key(reason.beside)} may do different work.`;
    case 'taken-over':
      return `${key} was last used ${use}. The newer key ${style.key(reason.by)} has been used since, so the rotation looks complete.`;
    case 'idle':
      return `${key} is not in use: last used ${use}.`;
    case 'rotation-under-way':
      return `${key} was created on ${created}, and no use of it is known yet. This looks like a rotation in progress: keep ${style.key(reason.used)} until ${key} is used, then keep ${key}.`;
    case 'never-used':
      return `${key} has not been used since it was created on ${created}.`;
    case 'too-young':
      return `${key} is less than a day old. IAM reports uses late, so "not used yet" proves nothing.`;
    case 'not-read':
      return `The last use of ${key} could not be read, so it is unknown whether anything needs it.`;
    case 'in-reserve':
      return `A tag says that this user or ${key} is for rare use, such as disaster recovery.`;
    case 'seen-with':
    case 'moved':
    case 'not-moved':
    case 'disjoint':
    case 'seen-since':
    case 'unseen':
    case 'not-looked-up':
    case 'only-errors':
    case 'only-checks':
    case 'shared':
    case 'managed-by-code':
      return usageSentence(reason, now, style);
  }
}

const EXPOSED: Readonly<Record<ExposedHow, (key: string) => string>> = {
  reported: (key) => `AWS Health reports ${key} as exposed: somebody else may have its secret.`,
  quarantined: (key) => `${key} may be the key for which AWS quarantined this user.`,
};

/** `23 Nov 2026 (2 hours ago)` */
function createdOn(keyId: string, keys: readonly ObservedKey[], now: Instant): string {
  return ofKey(keyId, keys, ({ created }) => `${day(created)} (${fromNow(created, now)})`);
}

function ofKey(keyId: string, keys: readonly ObservedKey[], words: (key: ObservedKey) => string): string {
  return list(keys.filter(({ id }) => id === keyId).map(words));
}
