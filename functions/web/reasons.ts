import { broughtBack } from '../core/case/brought-back.ts';
import { type Case, keysOfOurs } from '../core/case/case.ts';
import { activeKeys } from '../core/model/compliance.ts';
import { shortKey } from '../core/model/observation.ts';
import type { Policy } from '../core/model/policy.ts';
import { EXCLUDED_HOW } from '../core/words/words.ts';
import { keyList, keysWith, nameOf } from './sentences.ts';

/** Why people are asked once more; nothing where they are not. */
export function whyAskedAgain(current: Case, policy: Policy): string {
  const why = current.askedAgain;
  switch (why?.code) {
    case undefined:
      return '';
    case 'keys-changed':
      return 'The keys of this user have changed since the question was first put.';
    case 'reactivated':
      return `${shortKey(why.keyId)} had been switched off as decided, and somebody has switched it on again.`;
    case 'restored':
      return backAsAsked(current, policy, why.by);
    case 'in-use':
      return keysOfOurs(current).includes(why.keyId)
        ? usedWhileOff(why.keyId)
        : `${shortKey(why.keyId)} is in use, which the earlier decision did not allow for, so it was left on.`;
    case 'kept-key-gone':
      return `${shortKey(why.keyId)}, the key that was to stay, is not active any more.`;
    case 'decision-expired':
      return 'The earlier decision could not be carried out in time and no longer counts.';
    case 'approver-removed':
      return `Whoever decided, ${nameOf(policy, why.by)}, is no longer an approver, so that decision was not carried out.`;
    case 'exclusion-ended':
      return `This user used to be excluded (${EXCLUDED_HOW}), so nothing could be decided before.`;
  }
}

/** Which key is active again on request; where the record does not say which, that somebody asked. */
function backAsAsked(current: Case, policy: Policy, by: string): string {
  const who = by === '' ? 'somebody' : nameOf(policy, by);
  const back = Object.keys(broughtBack(current));
  return back.length === 0
    ? `Switching a key on again was asked for by ${who}, which ended the earlier decision.`
    : `${keysWith(back, 'is', 'are')} active again, as ${who} asked.`;
}

function usedWhileOff(keyId: string): string {
  return `${shortKey(keyId)} was used after it had been switched off. So something still depends on it, and it was not deleted.`;
}

/** Which safety rule stopped us, and what that means; nothing where none did. */
export function whyHeld(current: Case, policy: Policy): string {
  const { heldFor, askedAgain, progress, excluded } = current;
  const refused = Object.values(progress).some(({ refusedSince }) => refusedSince !== undefined);
  switch (heldFor) {
    case null:
      return '';
    case 'unknown':
      return refused
        ? 'Stopped: IAM refuses to change these keys as decided, most often because a right is missing. We go on trying.'
        : 'Stopped: IAM has given no reliable answer about this user for a day. Nothing is changed until it does.';
    case 'no-active-key': {
      const gone = askedAgain?.code === 'kept-key-gone' ? `${whyAskedAgain(current, policy)} ` : '';
      const left =
        keysOfOurs(current).length > 0
          ? ''
          : ' The deleted keys cannot be brought back; the owner of the user can make a new one. This ends by itself in a moment.';
      return `Stopped: ${gone}This user has no active key left.${left}`;
    }
    case 'restore-by-hand': {
      const off = keysWith(keysOfOurs(current), 'is', 'are');
      if (excluded || policy.mode === 'observe') {
        return `Stopped: ${off} off because of us, and Solekey may not change this user any more. Somebody with rights in IAM can.`;
      }
      return `Stopped: ${off} to come back, and IAM refuses that to us. We go on trying; somebody with rights in IAM can do it at once.`;
    }
    case 'used-after-deactivation':
      return askedAgain?.code === 'in-use'
        ? `Stopped: ${usedWhileOff(askedAgain.keyId)}`
        : 'Stopped: a key was used after it had been switched off. It was not deleted.';
  }
}

/** How a case ended; null: it is over, and more is not on record any more. */
export function howClosed(current: Case | null, policy: Policy): string {
  switch (current?.closedAs) {
    case 'remediated':
      return `What was decided has been carried out and checked in IAM: ${deletedKeys(current)}.`;
    case 'by-owner':
      if (current.askedAgain?.code === 'restored') {
        return `${whyAskedAgain(current, policy)} It is the only active key.`;
      }
      return 'That was settled in IAM without us.';
    case 'user-gone':
      return 'The IAM user does not exist any more.';
    case 'deactivated':
      return `What was decided is done: ${keysWith(keysOfOurs(current), 'is', 'are')} switched off. No key is deleted in this account.`;
    default:
      return 'If the user has two active keys again, that is a new case and came with a mail of its own.';
  }
}

function deletedKeys({ progress }: Case): string {
  const gone = Object.entries(progress).flatMap(([id, key]) => (key.deleted === undefined ? [] : [id]));
  return gone.length === 0 ? 'at most one active key is left' : `${keysWith(gone, 'is', 'are')} deleted`;
}

/** What has been changed in this case so far, as far as the other sentences of a page do not say it. */
export function soFar(current: Case): string {
  const gone = Object.values(current.progress).some(({ deleted }) => deleted !== undefined);
  if (gone) {
    return `So far ${deletedKeys(current)}.`;
  }
  // The number of the question grows with every answer that was taken over, so nothing can have been done before the second.
  return current.asking === 1 ? 'Nothing has been changed by us so far.' : '';
}

/** The keys as a list for people: `…MPLE is active, …3QXK is off`. */
export function keysNow({ keys }: Case): string {
  const active = activeKeys(keys).map(({ id }) => id);
  const others = keys.filter(({ id }) => !active.includes(id)).map(({ id }) => id);
  if (keys.length === 0) {
    return 'The user has no access key.';
  }
  const parts = [
    active.length === 0 ? 'No key is active' : `${keysWith(active, 'is', 'are')} active`,
    ...(others.length === 0 ? [] : [`${keyList(others)} ${others.length === 1 ? 'is' : 'are'} off`]),
  ];
  return `${parts.join(', ')}.`;
}
