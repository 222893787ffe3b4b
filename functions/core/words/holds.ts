import { type Case, type HeldReason, keysOfOurs } from '../case/case.ts';
import { isOutside, onlyObserves } from '../model/only.ts';
import type { Policy } from '../model/policy.ts';
import type { Instant } from '../model/time.ts';
import { keptKeyGone, usedWhileInactive } from './asked-again.ts';
import { byNumber, keyList, keysNamed, personName, type Style } from './style.ts';
import { keysToRestore, waitingKeys, waitingSentences } from './unanswered.ts';
import { EXCLUDED_HOW, moment } from './words.ts';

/** A hold in one sentence, short enough for AWS Config and without keys or people. */
export const HELD: Readonly<Record<HeldReason, string>> = {
  unknown: 'On hold: IAM cannot be read for this user or refuses changes, so a person needs to check.',
  'no-active-key': 'On hold: no key was active any more, so a person needs to check.',
  'restore-by-hand': 'On hold: only a person can change the keys of this user, in IAM.',
  'used-after-deactivation': 'On hold: a key was used after it was deactivated, so it is not deleted.',
};

/** Sentences that say which safety rule stopped us and what that means. `who` is the user, as the text names them. */
export function holdSentences(
  reason: HeldReason,
  current: Case,
  policy: Policy,
  who: string,
  style: Style,
): string[] {
  switch (reason) {
    case 'unknown':
      return unknown(current, policy, who, style);
    case 'no-active-key':
      return noActiveKey(current, who, style);
    case 'restore-by-hand':
      return byHand(current, policy, who, style);
    case 'used-after-deactivation':
      return usedWhileInactive(usedKey(current, who, style));
  }
}

/** The times since which IAM refuses our changes to keys of this case. */
export function refusals({ progress }: Case): Instant[] {
  return Object.values(progress).flatMap(({ refusedSince }) => refusedSince ?? []);
}

/** True if no key is active, and none that we deactivated is left to reactivate. */
export function nothingIsLeft(current: Case): boolean {
  return current.heldFor === 'no-active-key' && keysOfOurs(current).length === 0;
}

/** The keys whose change waits because IAM does not say when they were last used. */
function unreadKeys({ keys, keysSeenAt, unknownSince, decision }: Case): string[] {
  // Where the user could not be read either, that is the reason.
  const seen = unknownSince !== null && keysSeenAt >= unknownSince;
  return seen && decision !== null
    ? keys.flatMap(({ id, lastUsed }) =>
        decision.remove.includes(id) && lastUsed.kind === 'not-read' ? [id] : [],
      )
    : [];
}

/** Advice for a denial or a missing answer of IAM. */
const CHECK_PERMISSIONS = "Usually a permission is missing: check Solekey's log and the role it runs with.";

/** True if the case is on hold only because a restore waits for IAM's answer to an earlier deletion. */
export function waitsForAnswer(current: Case): boolean {
  return current.heldFor === 'unknown' && waitingKeys(current, keysToRestore(current)).length > 0;
}

/** Sentences for a user who cannot be read, whose change IAM refuses, or whose deletion it has not answered. */
function unknown(current: Case, policy: Policy, who: string, style: Style): string[] {
  const { zone } = policy.digest;
  const waiting = waitingSentences(current, keysToRestore(current), zone, style);
  if (waiting.length > 0) {
    const by = current.askedAgain?.code === 'restored' ? current.askedAgain.by : '';
    const ids = keysToRestore(current);
    const person = by === '' ? 'Someone' : personName(policy, by, style);
    return [`${person} asked to reactivate ${keysNamed(ids, style)} of ${who}.`, ...waiting];
  }
  const [refused] = refusals(current);
  const unread = unreadKeys(current);
  const { unknownSince } = current;
  if (refused === undefined && unknownSince !== null && unread.length > 0) {
    return [
      `Since ${moment(unknownSince, zone)} IAM has not said when ${keyList(unread, style)} of ${who} ${byNumber(unread, 'was', 'were')} last used.`,
      `Until it does, ${byNumber(unread, 'the key is', 'these keys are')} neither deactivated nor deleted; then Solekey continues on its own.`,
      CHECK_PERMISSIONS,
    ];
  }
  return refused === undefined
    ? [
        `IAM has given no reliable answer about ${who} since ${moment(current.unknownSince ?? current.phaseSince, zone)}.`,
        'Nothing is changed until it does; then Solekey continues on its own.',
        CHECK_PERMISSIONS,
      ]
    : [
        `Since ${moment(refused, zone)} IAM has refused to change the keys of ${who} as decided.`,
        'Solekey keeps trying.',
        CHECK_PERMISSIONS,
      ];
}

function noActiveKey(current: Case, who: string, style: Style): string[] {
  const { askedAgain } = current;
  return [
    `No access key of ${who} is active any more.`,
    ...(askedAgain?.code === 'kept-key-gone' ? [keptKeyGone(askedAgain.keyId, style)] : []),
    'Anything that uses a key of this user may be failing now.',
    ...(nothingIsLeft(current)
      ? ['Deleted keys cannot be recovered; the owner of the user can create a new key.']
      : []),
  ];
}

/** Sentences that say why Solekey cannot reactivate a key. */
function byHand(current: Case, policy: Policy, who: string, style: Style): string[] {
  const off = keysOfOurs(current);
  const keys = byNumber(off, 'the key', 'the keys');
  const deactivated = `Solekey deactivated ${keysNamed(off, style)} of ${who}.`;
  if (isOutside(policy, current)) {
    return [
      deactivated,
      `This user is now outside the setting "only", so Solekey neither reactivates nor deletes ${keys}.`,
    ];
  }
  if (onlyObserves(policy, current)) {
    return [deactivated, `Solekey now runs in observe mode and can neither reactivate nor delete ${keys}.`];
  }
  if (current.excluded) {
    return [
      deactivated,
      `This user is now excluded (${EXCLUDED_HOW}), so Solekey neither reactivates nor deletes ${keys}.`,
    ];
  }
  return [deactivated, `Someone asked to reactivate ${keys}, and IAM refuses. Solekey keeps trying.`];
}

/** The key whose use caused the hold, with its user. An older record may not name the key. */
function usedKey(current: Case, who: string, style: Style): string {
  const { askedAgain } = current;
  const ids = askedAgain?.code === 'in-use' ? [askedAgain.keyId] : keysOfOurs(current);
  return ids.length === 1 ? `Key ${keyList(ids, style)} of ${who}` : `A key of ${who}`;
}
