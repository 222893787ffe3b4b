import { shortKey } from '../core/model/observation.ts';
import type { Policy } from '../core/model/policy.ts';
import type { Decided } from '../core/page/case-view.ts';
import type { Mistake } from '../core/page/choice.ts';
import { list, moment } from '../core/words/words.ts';

/** `…MPLE`, `…MPLE and …3QXK`, `…MPLE, …3QXK and …R7WZ`. */
export function keyList(ids: readonly string[]): string {
  return list(ids.map(shortKey));
}

/** The keys with a verb that fits their number: `…MPLE is`, `…MPLE and …3QXK are`. */
export function keysWith(ids: readonly string[], one: string, more: string): string {
  return `${keyList(ids)} ${ids.length === 1 ? one : more}`;
}

/** A person as others know them; an id that the settings no longer name stays an id. */
export function nameOf(policy: Policy, id: string): string {
  return policy.approvers.find((approver) => approver.id === id)?.name ?? id;
}

const NOT_THESE: Record<'off' | 'back' | 'remove', string> = {
  off: 'These are not exactly the keys that will be off when the chosen key stays. Name every one of them, and only them.',
  back: 'Not all of these are keys that can be switched on again here.',
  remove: 'These are not exactly the keys that would be deleted. Name every one of them, and only them.',
};

/** What is wrong with one field, and how to put it right. */
export function howToMend(mistake: Mistake, quiet: string): string {
  switch (mistake.code) {
    case 'none-chosen':
      return 'Choose the key that stays.';
    case 'not-active':
      return 'The key you chose is not active. Choose one that is.';
    case 'empty':
      return 'Type the last four characters of each key here.';
    case 'unreadable':
      return 'This cannot be read: type four characters for each key, with spaces or commas between them.';
    case 'not-these':
      return NOT_THESE[mistake.field];
    case 'names-kept':
      return `You typed ${shortKey(mistake.keep)}, which is the key that you chose to stay. Type the others: the ones that go off.`;
    case 'not-acknowledged':
      return `${keysWith(mistake.keys, 'was', 'were')} used within ${quiet}. Tick the box if you want that switched off all the same.`;
  }
}

/** An answer in one sentence: who, when, what. */
export function whatWasDecided({ by, at, ask }: Decided, policy: Policy, reader: string): string {
  if (by === null) {
    return 'An answer to this question is stored, but it did not come through a link of ours. Nothing follows from it, and the question will be put again.';
  }
  const who = by === reader ? 'You' : nameOf(policy, by);
  switch (ask.kind) {
    case 'keep':
      return `${who} decided on ${moment(at)}: keep ${shortKey(ask.keep)}, switch off ${keyList(ask.off)}.`;
    case 'restore':
      return `${who} asked on ${moment(at)} to switch ${keyList(ask.keys)} on again.`;
    case 'confirm':
      return `${who} confirmed on ${moment(at)} that ${keysWith(ask.keys, 'is', 'are')} deleted.`;
  }
}
