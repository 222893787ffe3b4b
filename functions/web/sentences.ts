import { html } from 'hono/html';
import { type Grounds, LONGEST_COMMENT } from '../core/case/decision.ts';
import type { OwnKey } from '../core/case/own-key.ts';
import type { Choosing } from '../core/case/requests.ts';
import { lastFour, shortKey } from '../core/model/observation.ts';
import type { Policy } from '../core/model/policy.ts';
import type { Decided } from '../core/page/case-view.ts';
import type { Mistake } from '../core/page/choice.ts';
import { exceptionWords } from '../core/words/advice.ts';
import { REASON } from '../core/words/grounds.ts';
import * as style from '../core/words/style.ts';
import { calendarDay, counted, moment } from '../core/words/words.ts';
import type { Html } from './layout.ts';

/** `…MPLE`, `…MPLE and …3QXK`, `…MPLE, …3QXK and …R7WZ`. */
export function keyList(ids: readonly string[]): string {
  return style.keyList(ids, style.PAGE);
}

/** The keys with the verb in singular or plural: `…MPLE is`, `…MPLE and …3QXK are`. */
export function keysWith(ids: readonly string[], one: string, more: string): string {
  return style.keysWith(ids, style.PAGE, one, more);
}

/** A person's name, or their id if the settings no longer have it. */
export function nameOf(policy: Policy, id: string): string {
  return style.personName(policy, id, style.PAGE);
}

/** The text to type to delete these keys permanently: `delete 3QXK R7WZ`. */
export function toDelete(ids: readonly string[]): string {
  return ['delete', ...ids.map(lastFour)].join(' ');
}

/** The text to type to reactivate these keys: `reactivate 3QXK R7WZ`. */
export function toReactivate(ids: readonly string[]): string {
  return ['reactivate', ...ids.map(lastFour)].join(' ');
}

/** The text to type to deactivate so many keys of several users: `deactivate 21 keys`. */
export function toCount(keys: number): string {
  return `deactivate ${counted(keys, 'key')}`;
}

/** A decision's reason and comment, as far as it has them. */
export function groundsWords(grounds: Grounds, comment: string | null): Html {
  return html`${reasonWords(grounds)}${commentWords(comment, 'spare' in grounds ? JUSTIFICATION : 'Comment')}`;
}

/** The heading of a comment without which the answer would not count. */
export const JUSTIFICATION = 'Justification';

/** A decision's reason; null if it has none. */
export function reasonWords({ reason }: Grounds): Html | null {
  return reason === undefined ? null : html`<p>Reason: ${REASON[reason]}.</p>`;
}

/** The comment on a decision, in the person's own words; null if there is none. */
export function commentWords(comment: string | null, what = 'Comment'): Html | null {
  return comment === null
    ? null
    : html`<p>${what}:</p>
<blockquote><bdi>${comment}</bdi></blockquote>`;
}

const NOT_THESE: Readonly<Record<'off' | 'stay' | 'back' | 'key', string>> = {
  key: 'Not all of these keys can be reactivated here.',
  off: 'These are not exactly the keys to deactivate. Type all of them, and no other.',
  stay: 'These are not exactly the keys to leave as they are. Type all of them, and no other.',
  back: 'Not all of these keys can be reactivated here.',
};

/** To the approver who gave the latest exception, while another one can be reached. */
export const OWN_EXCEPTION = 'You gave the last exception for this user, so another approver must renew it.';

/** The rule that nobody approves their own key, in a sentence to whoever created this one. */
export function ownKeyWords(keyId: string, own: OwnKey): string {
  return {
    withheld: `You created ${shortKey(keyId)}, so another approver must decide to keep it.`,
    'nobody-else': `You created ${shortKey(keyId)}. No other approver can be reached now, so you may decide to keep it; all approvers and operators are told.`,
  }[own];
}

/** The same rule to whoever created these keys and may leave them active with others. `isMailed`: keys are deactivated, of which all are told. */
export function ownKeptWords(keyIds: readonly string[], isMailed: boolean): string {
  const told = isMailed ? 'all approvers and operators are told' : 'the decision is marked as such';
  return `You created ${keyList(keyIds)}. No approver who created none of these keys can be reached now, so you may leave them active; ${told}.`;
}

/** The mistake in one field, and how to correct it. */
export function howToMend(mistake: Mistake, quiet: string): string {
  if (mistake.field === 'remove') {
    const wrong = mistake.code === 'not-these' ? 'These are not exactly the keys to delete. ' : '';
    return `${wrong}To delete ${keyList(mistake.keys)} permanently, type “${toDelete(mistake.keys)}”.`;
  }
  switch (mistake.code) {
    case 'none-chosen':
      return mistake.field === 'keep' ? 'Choose the key to keep.' : 'Choose at least one key to reactivate.';
    case 'too-few':
      return 'Tick at least two keys to leave active. To keep only one, go back and choose it.';
    case 'own-exception':
      return `${OWN_EXCEPTION} You can still decide which key to keep.`;
    case 'no-date':
      return 'Choose a date.';
    case 'not-a-date':
      return `Write the date as year-month-day, such as ${mistake.days.first}.`;
    case 'no-such-day':
      return 'The calendar has no such day. Choose another date.';
    case 'outside':
      return `Choose a date from ${calendarDay(mistake.days.first)} to ${calendarDay(mistake.days.last)}. No other is possible.`;
    case 'no-justification':
      return 'Say why. An answer like this needs a justification.';
    case 'no-reason':
      return 'Choose a reason.';
    case 'too-long':
      return `The text is ${mistake.by} character${mistake.by === 1 ? '' : 's'} too long. At most ${LONGEST_COMMENT} are kept.`;
    case 'to-count':
      return `To deactivate ${counted(mistake.keys, 'key')}, type “${toCount(mistake.keys)}”.`;
    case 'to-type':
      return `To reactivate ${keyList(mistake.keys)}, type “${toReactivate(mistake.keys)}”.`;
    case 'not-active':
      return 'The key you chose is not active. Choose an active one.';
    case 'own-key':
      return `${ownKeyWords(mistake.keep, 'withheld')} ${mistake.more ? 'Choose another key, or leave' : 'Leave'} this to someone else.`;
    case 'empty':
      return 'Type the last four characters of each key here.';
    case 'unreadable':
      return 'This is not readable: type four characters for each key, with spaces or commas between them.';
    case 'not-these':
      return NOT_THESE[mistake.field];
    case 'names-kept':
      return `You typed ${shortKey(mistake.keep)}, the key that you chose to keep. Type the others: the keys to deactivate.`;
    case 'not-acknowledged':
      return `${keysWith(mistake.keys, 'was', 'were')} used within the last ${quiet}. Tick the box if you want to deactivate ${style.byNumber(mistake.keys, 'it', 'them')} anyway.`;
  }
}

/** An answer in one sentence: who, when, what. `reader` is the id of the approver who reads it; null if somebody else may. */
export function whatWasDecided({ by, at, ask }: Decided, policy: Policy, reader: string | null): string {
  if (by === null) {
    return 'An answer to this question is stored, but it did not come through one of our links. It is not valid, and we will ask again.';
  }
  const who = by === reader ? 'You' : nameOf(policy, by);
  switch (ask.kind) {
    case 'keep':
    case 'none':
    case 'not-now':
      return `${who} decided on ${moment(at, policy.digest.zone)}: ${chosenWords(ask, policy)}.`;
    case 'keep-inactive':
      return `${who} asked on ${moment(at, policy.digest.zone)} to delete ${keyList(ask.keys)} no earlier than ${moment(ask.until, policy.digest.zone)}.`;
    case 'restore':
      return `${who} asked on ${moment(at, policy.digest.zone)} to reactivate ${keyList(ask.keys)}.`;
    case 'confirm':
      return `${who} confirmed on ${moment(at, policy.digest.zone)}: delete ${keyList(ask.keys)} permanently.`;
  }
}

/** `keep …MPLE, deactivate …3QXK`: the decision in an answer, for use after a colon. */
export function chosenWords(ask: Choosing, { digest: { zone } }: Pick<Policy, 'digest'>): string {
  switch (ask.kind) {
    case 'keep':
      return `keep ${shortKey(ask.keep)}, deactivate ${keyList(ask.off)}`;
    case 'none':
      return `keep no key, deactivate ${keyList(ask.off)}`;
    case 'not-now':
      return exceptionWords(ask.spare, ask.off, moment(ask.until, zone), style.PAGE);
  }
}
