import type { AskedAgain, ClosedAs, HeldReason } from '../core/case.ts';
import type { Decided } from '../core/case-view.ts';
import type { Mistake } from '../core/choice.ts';
import { shortKey } from '../core/model.ts';
import type { Policy } from '../core/policy.ts';
import { list, moment } from '../core/words.ts';

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

/** Why people are asked once more. */
export function whyAskedAgain(why: AskedAgain, policy: Policy): string {
  switch (why.code) {
    case 'keys-changed':
      return 'The keys of this user have changed since the question was first put.';
    case 'reactivated':
      return `${shortKey(why.keyId)} had been switched off as decided, and somebody has switched it on again.`;
    case 'restored':
      return `${why.by === '' ? 'Somebody' : nameOf(policy, why.by)} asked for a key to be switched on again, which ended the earlier decision.`;
    case 'in-use':
      return `${shortKey(why.keyId)} has been used, and the earlier decision did not allow for that.`;
    case 'kept-key-gone':
      return `${shortKey(why.keyId)}, which was to stay, is not active any more.`;
    case 'decision-expired':
      return 'The earlier decision could not be carried out in time and no longer counts.';
    case 'approver-removed':
      return `Whoever decided, ${nameOf(policy, why.by)}, is no longer an approver.`;
    case 'exclusion-ended':
      return 'This user used to be excluded, so nothing could be decided before.';
  }
}

/** Which safety rule stopped us, and what that means. */
export function whyHeld(reason: HeldReason): string {
  switch (reason) {
    case 'unknown':
      return 'Stopped: IAM has given no reliable answer about this user for a day. Nothing is changed until it does.';
    case 'no-active-key':
      return 'Stopped: this user has no active key left. Nothing is deleted, and what we switched off can come back.';
    case 'restore-by-hand':
      return 'Stopped: a key wants to come back, and Solekey may not change this user. A person with rights in IAM has to do it.';
    case 'used-after-deactivation':
      return 'Stopped: somebody tried to use a key after it was switched off. It is not deleted.';
  }
}

/** How a case ended; null: it is over, and more is not on record any more. */
export function howClosed(as: ClosedAs | null): string {
  switch (as) {
    case 'remediated':
      return 'What was decided has been carried out and checked in IAM: at most one active key is left.';
    case 'by-owner':
      return 'The number of active keys went down to at most one without us.';
    case 'user-gone':
      return 'The IAM user does not exist any more.';
    case 'deactivated':
      return 'The keys that were to go are switched off and stay that way.';
    case null:
      return 'If the user has two active keys again, that is a new case and came with a mail of its own.';
  }
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
      return 'Type the last four characters of each key.';
    case 'unreadable':
      return 'This cannot be read: type four characters for each key, with spaces or commas between them.';
    case 'not-these':
      return NOT_THESE[mistake.field];
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
