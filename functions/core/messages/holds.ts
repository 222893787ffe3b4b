import { dotted } from '../words/proposal-words.ts';
import { EXCLUDED_HOW, fromNow, moment } from '../words/words.ts';
import { switchOnCommand } from './commands.ts';
import type { NoticeContext } from './context.ts';
import { prose } from './layout.ts';
import {
  activeCount,
  byNumber,
  capital,
  every,
  keysNamed,
  momentFromNow,
  offKeys,
  onceMore,
  refusals,
  whom,
} from './phrases.ts';
import { outcomeTable } from './tables.ts';

/** Mails about a hold: a safety rule stopped us and a person must look. Also the reminders of it. */
export function stops(context: NoticeContext): string[] {
  const { kind, current, now } = context;
  const { phaseSince, keysSeenAt } = current;
  const still =
    kind === 'held' ? '' : `It has been so since ${moment(phaseSince)} (${fromNow(phaseSince, now)}).`;
  return [
    prose(...because(context), still, onceMore(context)),
    wayOut(context),
    outcomeTable(context),
    prose(
      `Seen in IAM on ${momentFromNow(keysSeenAt, now)}: ${activeCount(current)}.`,
      ...untilThen(context),
    ),
  ];
}

function untilThen(context: NoticeContext): string[] {
  if (nothingIsLeft(context)) {
    return ['Nothing is left to decide here: this ends by itself in a moment, and one more mail says so.'];
  }
  if (refusals(context.current).length > 0) {
    return [
      `A person must look. Until then Solekey goes on trying, and reminds you ${every(context.policy.remindEvery)}.`,
    ];
  }
  return [
    'This is a hold: a safety rule stopped Solekey, and a person must look.',
    `Until then it switches nothing off, deletes nothing, and reminds you ${every(context.policy.remindEvery)}.`,
  ];
}

/** No key is active, and none of ours is there to bring back. */
function nothingIsLeft(context: NoticeContext): boolean {
  return context.current.heldFor === 'no-active-key' && offKeys(context).length === 0;
}

function because(context: NoticeContext): string[] {
  const { current } = context;
  const off = offKeys(context);
  const [is, it] = [byNumber(off, 'is', 'are'), byNumber(off, 'it', 'them')];
  switch (current.heldFor) {
    case 'no-active-key':
      return [
        `${whom(context)} has no active access key left.`,
        current.askedAgain?.code === 'kept-key-gone'
          ? `${dotted(current.askedAgain.keyId)}, the key that was to stay, is not active any more.`
          : '',
        'Whatever needs a key may be broken now.',
        nothingIsLeft(context)
          ? 'The deleted keys cannot be brought back; the owner of the user can make a new one.'
          : '',
      ];
    case 'used-after-deactivation':
      return [
        `${capital(keysNamed(usedKeys(context)))} of ${whom(context)} was used after it had been switched off.`,
        'So something still depends on it, and it was not deleted.',
      ];
    case 'restore-by-hand':
      return [
        `${capital(keysNamed(off))} of ${whom(context)} ${is} off because of us.`,
        ...bound(context, it),
      ];
    default:
      return [
        ...unreadable(context),
        'Most often a right is missing: please look into the log of Solekey, and at the role it runs with.',
        'Once IAM answers, Solekey goes on by itself.',
      ];
  }
}

/** Why we cannot bring a key back. */
function bound({ current, policy }: NoticeContext, it: string): string[] {
  const neither = `So we will neither delete ${it} nor bring ${it} back.`;
  if (policy.mode === 'observe') {
    return ['Now Solekey only observes this account, and may change nothing.', neither];
  }
  if (current.excluded) {
    return [`Now this user is excluded (${EXCLUDED_HOW}), and so never changed.`, neither];
  }
  return [`Somebody asked to bring ${it} back, and IAM refuses that to us.`];
}

/** IAM tells nothing, or refuses what was decided. */
function unreadable(context: NoticeContext): string[] {
  const { current } = context;
  const [refused] = refusals(current);
  if (refused !== undefined) {
    return [`IAM refuses to change the keys of ${whom(context)} as decided, since ${moment(refused)}.`];
  }
  return [
    `IAM gives no reliable answer about ${whom(context)}, so nothing is changed.`,
    `The first attempt that failed was on ${moment(current.unknownSince ?? current.phaseSince)}.`,
  ];
}

/** The key that a use stopped us for; an older record may not say which. */
function usedKeys(context: NoticeContext): string[] {
  const { askedAgain } = context.current;
  return askedAgain?.code === 'in-use' ? [askedAgain.keyId] : offKeys(context);
}

/** What a person can do about it, by a link or by hand. */
function wayOut(context: NoticeContext): string {
  const { current, link } = context;
  const off = offKeys(context);
  const it = byNumber(off, 'it', 'them');
  if (link !== null) {
    return current.heldFor === 'no-active-key'
      ? `Bring ${keysNamed(off)} back:\n${link}`
      : `Decide again, or bring ${it} back:\n${link}`;
  }
  if (current.heldFor === 'unknown' || off.length === 0) {
    return '';
  }
  const commands = off.map((id) => switchOnCommand(current.userName, id));
  return [
    `If ${byNumber(off, 'it', 'they')} should come back, somebody with rights in IAM can switch ${it} on:`,
    ...commands,
  ].join('\n');
}
