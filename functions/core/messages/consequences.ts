import { escalatesAt } from '../case/dates.ts';
import { activeKeys } from '../model/compliance.ts';
import { onlyObserves } from '../model/only.ts';
import { type Deletion, isPaused } from '../model/policy.ts';
import type { Advice } from '../proposal/advice.ts';
import type { Wait } from '../proposal/wait.ts';
import { NO_DELETION } from '../words/endings.ts';
import { byNumber } from '../words/style.ts';
import { inWords, list } from '../words/words.ts';
import type { NoticeContext } from './context.ts';
import { prose } from './layout.ts';
import {
  dottedList,
  escalationList,
  keysNamed,
  moment,
  momentFromNow,
  offKeys,
  personName,
} from './phrases.ts';

/** The advice where a key is to be chosen now. */
type Choosing = Exclude<Advice, { readonly kind: 'wait' }>;

/** The consequences of a decision, and of none. */
export function whatFollows(context: NoticeContext, advice: Advice): string {
  if (advice.kind === 'wait') {
    return prose(...afterWaiting(context, advice.wait));
  }
  const follows = `nothing changes. ${followUp(context)}`;
  return context.link === null || onlyObserves(context.policy, context.current)
    ? prose('The owner of the user can resolve this in IAM.', `If nobody does: ${follows}`)
    : [prose(...onceDecided(context, advice)), prose(`If nobody decides: ${follows}`)]
        .filter((text) => text !== '')
        .join('\n');
}

/** The events that follow if everybody waits. */
function afterWaiting(context: NoticeContext, { until }: Wait): string[] {
  const { current, policy } = context;
  if (until === null) {
    return [
      'Nothing changes until someone decides.',
      'If the owner deactivates or deletes one of the keys, the case closes on its own.',
      'Until then it stays in your digest.',
    ];
  }
  return [
    `Nobody needs to act before ${moment(until, context)}.`,
    'If the owner deactivates or deletes one of the keys by then, the case closes on its own.',
    `If more than one is still active, we ${onlyObserves(policy, current) ? 'write again' : 'ask for a decision'}.`,
  ];
}

/** The consequences of a decision, and how to undo it. */
function onceDecided(context: NoticeContext, advice: Choosing): string[] {
  const { policy, current } = context;
  const gone = [...activeKeys(current.keys).slice(1), ...offKeys(context)];
  if (gone.length === 0) {
    return [];
  }
  const [it, they] = [byNumber(gone, 'it', 'them'), byNumber(gone, 'it', 'they')];
  const are = byNumber(gone, 'is', 'are');
  const grace = inWords(policy.grace);
  const then: Readonly<Record<Deletion, readonly string[]>> = {
    'after-grace': [
      `For ${grace} (the grace period) ${they} can be reactivated through a link.`,
      `Then ${they} ${are} deleted permanently.`,
      `If ${byNumber(gone, 'it', 'one of them')} is used or reactivated before that, nothing is deleted and you are asked again.`,
    ],
    'on-confirmation': [
      `After ${grace} (the grace period) we ask whether to delete ${it} permanently.`,
      `Nothing is deleted unless someone confirms it; until then ${they} can be reactivated through a link.`,
    ],
    never: [
      `For ${grace} (the grace period) ${they} can be reactivated through a link.`,
      `After that ${they} ${byNumber(gone, 'stays', 'stay')} inactive.`,
      NO_DELETION,
    ],
  };
  return [...firstStep(context, advice), ...then[policy.deletion]];
}

/** The first consequence for the keys, usually within a minute after the decision. */
function firstStep(context: NoticeContext, advice: Choosing): string[] {
  const off = offKeys(context);
  const already = off.length === 0 ? '' : `${dottedList(off)} ${byNumber(off, 'stays', 'stay')} inactive.`;
  const when = isPaused(context.control)
    ? ' as soon as Solekey is no longer paused'
    : ', usually within a minute';
  switch (advice.kind) {
    case 'none':
      return [
        `To reactivate ${keysNamed(off)}, use the same link.`,
        `If you leave ${byNumber(off, 'it', 'them')} inactive, this follows:`,
      ];
    case 'doubt':
      return [`Once you decide, every key that you do not keep is deactivated${when}.`, already];
    case 'proposal': {
      const { others } = advice.proposal;
      const are = byNumber(others, 'is', 'are');
      return [`If you agree: ${dottedList(others)} ${are} deactivated${when}.`, already];
    }
  }
}

/** The events that follow if nobody acts. */
function followUp(context: NoticeContext): string {
  const { kind, current, policy, now } = context;
  const observed = onlyObserves(policy, current);
  const first =
    kind === 'reminder' || kind === 'escalated'
      ? ''
      : `, with a first reminder after ${inWords(policy.remindEvery)}`;
  const remind = `It stays in your digest${first}.`;
  const others = escalationList(context);
  const at = escalatesAt(current.toldAt ?? now, policy);
  if (current.escalatedAt !== null || others.length === 0 || at <= now) {
    return remind;
  }
  return `${remind} On ${momentFromNow(at, context)} ${askedOnce(context, others)} ${observed ? 'told' : 'asked'} again.`;
}

/** `Platform lead is`, `you are`, `you and Platform lead are`, with the reader first. */
function askedOnce({ policy, recipient }: NoticeContext, ids: readonly string[]): string {
  const others = ids.filter((id) => id !== recipient.id).map((id) => personName(policy, id));
  const people = others.length < ids.length ? ['you', ...others] : others;
  return `${list(people)} ${people.length > 1 || people[0] === 'you' ? 'are' : 'is'}`;
}
