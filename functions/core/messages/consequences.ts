import { escalatesAt, rotationEnds } from '../case/dates.ts';
import { activeKeys } from '../model/compliance.ts';
import { inWords, list, moment } from '../words/words.ts';
import type { Advice } from './advice.ts';
import type { NoticeContext } from './context.ts';
import { prose } from './layout.ts';
import {
  byNumber,
  capital,
  escalationList,
  every,
  keysNamed,
  momentFromNow,
  offKeys,
  personName,
} from './phrases.ts';

/** What follows from a decision, and from none. */
export function whatFollows(context: NoticeContext, advice: Advice): string {
  const follows = `nothing is changed. ${followUp(context)}`;
  return context.link === null || context.policy.mode === 'observe'
    ? prose('The owner of the user can settle it in IAM.', `If nobody does: ${follows}`)
    : [prose(...onceDecided(context, advice)), prose(`If nobody decides: ${follows}`)].join('\n');
}

/** What a decision leads to, and how to undo it. */
function onceDecided(context: NoticeContext, advice: Advice): string[] {
  const { policy, current } = context;
  const gone = [...activeKeys(current.keys).slice(1), ...offKeys(context)];
  const [it, they] = [byNumber(gone, 'it', 'them'), byNumber(gone, 'it', 'they')];
  const are = byNumber(gone, 'is', 'are');
  return [
    ...atOnce(context, advice),
    ...{
      'after-grace': [
        `For ${inWords(policy.grace)}, the grace period, ${they} can be brought back through a link.`,
        `Then ${they} ${are} deleted, which cannot be undone.`,
        `If ${byNumber(gone, 'it', 'one of them')} is used or switched on before, nothing is deleted and you are asked again.`,
      ],
      'on-confirmation': [
        `Nothing is deleted unless somebody confirms it after ${inWords(policy.grace)}; until then a link brings ${it} back.`,
      ],
      never: [
        `For ${inWords(policy.grace)}, the grace period, a link brings ${it} back.`,
        `Then ${they} ${byNumber(gone, 'stays', 'stay')} off: in this account, Solekey deletes no keys.`,
      ],
    }[policy.deletion],
  ];
}

/** What happens to the keys in the minute after the decision. */
function atOnce(context: NoticeContext, { proposal, doubt: doubted }: Advice): string[] {
  const off = offKeys(context);
  const it = byNumber(off, 'it', 'they');
  const stay = byNumber(off, 'stays', 'stay');
  const already = off.length === 0 ? '' : `${capital(keysNamed(off))}, off already, ${stay} off.`;
  if (doubted !== null) {
    return ['Once you decide, what does not stay is switched off at once.', already];
  }
  if (proposal === null) {
    return [
      `If you agree that ${keysNamed(off)} may go: ${it} ${stay} off. To bring ${byNumber(off, 'it', 'them')} back instead, use the same link.`,
    ];
  }
  const { others } = proposal;
  const agree = context.kind === 'rotation' ? 'If you decide so now' : 'If you agree';
  return [`${agree}: ${keysNamed(others)} ${byNumber(others, 'is', 'are')} switched off at once.`, already];
}

/** What comes by itself if nobody acts. */
function followUp(context: NoticeContext): string {
  const { kind, current, policy, now } = context;
  const observed = policy.mode === 'observe';
  if (kind === 'rotation') {
    const until = moment(rotationEnds(current, policy));
    return `If more than one key is still active on ${until}, we ${observed ? 'write again' : 'ask for a decision'}.`;
  }
  const remind = `We remind you ${every(policy.remindEvery)}.`;
  const others = escalationList(context);
  const at = escalatesAt(current.toldAt ?? now, policy);
  if (current.escalatedAt !== null || others.length === 0 || at <= now) {
    return remind;
  }
  return `${remind} On ${momentFromNow(at, now)} ${askedOnce(context, others)} ${observed ? 'told' : 'asked'} once more.`;
}

/** `Platform lead is`, `you are`, `you and Platform lead are`: the reader first. */
function askedOnce({ policy, recipient }: NoticeContext, ids: readonly string[]): string {
  const others = ids.filter((id) => id !== recipient.id).map((id) => personName(policy, id));
  const people = others.length < ids.length ? ['you', ...others] : others;
  return `${list(people)} ${people.length > 1 || people[0] === 'you' ? 'are' : 'is'}`;
}
