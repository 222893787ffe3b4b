import { windowOpens } from '../case/change-window.ts';
import { escalatesAt } from '../case/dates.ts';
import { activeKeys } from '../model/compliance.ts';
import { selfPause } from '../model/control.ts';
import { onlyObserves } from '../model/only.ts';
import { type Deletion, isPaused } from '../model/policy.ts';
import type { Instant } from '../model/time.ts';
import type { Advice } from '../proposal/advice.ts';
import { NO_DELETION } from '../words/endings.ts';
import { byNumber } from '../words/style.ts';
import { waitsForOpening } from '../words/window.ts';
import { inWords, list, sameDay } from '../words/words.ts';
import { isAlarm } from './alarm.ts';
import type { NoticeContext, QuestionKind } from './context.ts';
import { prose } from './layout.ts';
import { dottedList, escalationList, moment, offKeys, personName, shortDate } from './phrases.ts';

/** The advice where a key is to be chosen now. */
type Choosing = Exclude<Advice, { readonly kind: 'wait' }>;

/** The consequences of a decision, how to undo it, and what happens without one. */
export function whatFollows(context: NoticeContext, kind: QuestionKind, advice: Choosing): string {
  if (context.link === null || onlyObserves(context.policy, context.current)) {
    return prose('The owner of the user can resolve this in IAM.', withoutAnybody(context, kind));
  }
  const wait = paused(context);
  const outside = wait === '' ? outsideWindow(context) : '';
  // There is no room for both, and that nothing changes without a decision stands before the link.
  const unless = outside === '' ? withoutAnybody(context, kind) : '';
  return prose(wait, outside, onceDecided(context, advice), unless);
}

/** The reason for a pause by Solekey itself stands on the page: a mail has no room for it. */
function paused({ control }: NoticeContext): string {
  if (!isPaused(control)) {
    return '';
  }
  const is = selfPause(control) === null ? 'is paused' : 'paused itself';
  return `Solekey ${is}, so a decision is carried out when it resumes.`;
}

/** A sentence that says until when a decision would wait; empty if it would not. */
function outsideWindow({ policy, now }: NoticeContext): string {
  const opens = windowOpens(null, policy, now);
  const { zone } = policy.digest;
  return opens === null ? '' : `A decision ${waitsForOpening(opens, zone)}, unless it says "compromised".`;
}

/** A sentence about the keys that a decision deactivates, or leaves inactive. */
function onceDecided(context: NoticeContext, advice: Choosing): string {
  const { policy, current } = context;
  const off = offKeys(context);
  const gone = [...activeKeys(current.keys).slice(1), ...off];
  if (gone.length === 0) {
    return '';
  }
  const stays = advice.kind === 'none';
  const them = stays ? byNumber(gone, 'it', 'they') : byNumber(gone, 'the key', 'the keys');
  const undone = stays
    ? `If ${dottedList(off)} ${byNumber(off, 'stays', 'stay')} inactive, ${them} can be reactivated`
    : 'Deactivating can be undone';
  const grace = inWords(policy.grace);
  const unless =
    policy.usage === null ? '' : `, unless something may still need ${byNumber(gone, 'it', 'them')}`;
  const then: Readonly<Record<Deletion, string>> = {
    'after-grace': `${undone} for ${grace}; then ${them} ${byNumber(gone, 'is', 'are')} deleted${unless}.`,
    'on-confirmation': `${undone} until someone confirms the deletion, for which we ask after ${grace}.`,
    never: `${undone} for ${grace}; then ${them} ${byNumber(gone, 'stays', 'stay')} inactive. ${NO_DELETION}`,
  };
  return then[policy.deletion];
}

/** The part of the time without a decision that each mail speaks of: all of it, only when others are asked, or nothing. */
const SAYS_WHAT_IF = {
  detected: 'all',
  rotation: 'all',
  reminder: 'others',
  escalated: 'nothing',
  'asked-again': 'nothing',
  restored: 'nothing',
} as const satisfies Record<QuestionKind, 'all' | 'others' | 'nothing'>;

/** A sentence about what happens if nobody acts. An alarm has no room for it, and nobody should wait. */
function withoutAnybody(context: NoticeContext, kind: QuestionKind): string {
  const says = isAlarm(context) ? 'nothing' : SAYS_WHAT_IF[kind];
  const observed = onlyObserves(context.policy, context.current);
  const stays = says === 'all' ? 'this case stays in your digest' : '';
  const happens = [stays, says === 'nothing' ? '' : askedNext(context)]
    .filter((text) => text !== '')
    .join(', and ');
  return happens === '' ? '' : `${observed ? 'Otherwise' : 'If nobody decides,'} ${happens}.`;
}

/** `Platform lead is asked again on 30 Nov 2026`; empty if nobody is. */
function askedNext(context: NoticeContext): string {
  const { current, policy, now } = context;
  const others = escalationList(context);
  const at = escalatesAt(current.toldAt ?? now, policy);
  if (current.escalatedAt !== null || others.length === 0 || at <= now) {
    return '';
  }
  const told = onlyObserves(policy, current) ? 'told' : 'asked';
  return `${askedOnce(context, others)} ${told} again on ${dayOrMoment(at, context)}`;
}

/** The day, without its year if that is this one; the whole moment if it is today. */
function dayOrMoment(at: Instant, context: NoticeContext): string {
  return sameDay(at, context.now) ? moment(at, context) : shortDate(at, context.now);
}

/** `Platform lead is`, `you are`, `you and Platform lead are`, with the reader first. */
function askedOnce({ policy, recipient }: NoticeContext, ids: readonly string[]): string {
  const others = ids.filter((id) => id !== recipient.id).map((id) => personName(policy, id));
  const people = others.length < ids.length ? ['you', ...others] : others;
  return `${list(people)} ${people.length > 1 || people[0] === 'you' ? 'are' : 'is'}`;
}
