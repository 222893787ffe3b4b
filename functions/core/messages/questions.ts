import { rotationEnds } from '../case/dates.ts';
import { unexpectedCreators } from '../case/unexpected-creators.ts';
import { activeKeys, isViolation } from '../model/compliance.ts';
import type { Proposal } from '../proposal/proposal.ts';
import { confidenceWords, principal, reasonSentences } from '../words/proposal-words.ts';
import { type Advice, adviceFor, inShort } from './advice.ts';
import { alarm } from './alarm.ts';
import { askedBecause } from './asked-again.ts';
import { whatFollows } from './consequences.ts';
import type { NoticeContext } from './context.ts';
import { item, prose } from './layout.ts';
import {
  activeCount,
  byNumber,
  capital,
  dottedList,
  keysNamed,
  momentFromNow,
  offKeys,
  onceMore,
  whom,
} from './phrases.ts';
import { questionTable } from './tables.ts';

/** Mails that ask for a decision: the fact, the proposal and the link, the keys, the reasons, what happens then. */
export function questions(context: NoticeContext): string[] {
  const advice = adviceFor(context);
  return [
    alarm(context),
    `${prose(...opening(context))}\n${call(context, advice)}`,
    questionTable(context, advice),
    advice.proposal === null ? '' : why(context, advice.proposal),
    whatFollows(context, advice),
    origins(context),
  ];
}

function opening(context: NoticeContext): string[] {
  const { kind, current, now, policy } = context;
  const asked = momentFromNow(current.toldAt ?? current.phaseSince, now);
  const still =
    policy.mode === 'observe'
      ? `We told you on ${asked}, and it is still so.`
      : `We asked on ${asked}, and nobody has decided yet.`;
  switch (kind) {
    case 'rotation':
      return [`${whom(context)} has ${activeCount(current)}.`];
    case 'reminder':
      return [...fact(context), still];
    case 'escalated':
      return [...fact(context), still, onceMore(context)];
    case 'asked-again':
    case 'restored':
      return [...fact(context), ...askedBecause(context)];
    default:
      return fact(context);
  }
}

function fact(context: NoticeContext): string[] {
  const { current } = context;
  const has = `${whom(context)} has ${activeCount(current)}`;
  if (isViolation(current.keys)) {
    return [`${has}; one may stay.`];
  }
  const off = offKeys(context);
  return [
    `${has}.`,
    `${capital(keysNamed(off))} ${byNumber(off, 'is', 'are')} off because of us; whether ${byNumber(off, 'it goes', 'they go')} for good is for you to say.`,
  ];
}

/** What we propose, and where to decide. */
function call(context: NoticeContext, advice: Advice): string {
  const { link, policy, kind, current, now } = context;
  const proposed = inShort(context, advice, 'We propose');
  // The case has moved on since the notice became due, and a person has to look elsewhere.
  if (link === null) {
    return prose(...proposed, 'There is nothing to decide here now.');
  }
  if (policy.mode === 'observe') {
    return `${prose(
      ...proposed,
      'Solekey only observes this account: it changes nothing, and nothing can be decided here.',
      'See the proposal and what it rests on:',
    )}\n${link}`;
  }
  if (kind !== 'rotation') {
    return `${prose(...proposed, 'Nothing is changed until somebody decides:')}\n${link}`;
  }
  const until = momentFromNow(rotationEnds(current, policy), now);
  return `${prose(
    `It looks like a rotation under way, so nobody has to act before ${until}.`,
    ...inShort(context, advice, 'Today we would propose'),
    'You can decide now if you like:',
  )}\n${link}`;
}

function why({ current, now }: NoticeContext, proposal: Proposal): string {
  const reasons = reasonSentences(proposal, current.keys, now);
  return [`Why, with ${confidenceWords(proposal.confidence)}:`, ...reasons.map(item)].join('\n');
}

/** Who made which keys, as CloudTrail told it: a help for people, and no proof. Strangers stand at the top already. */
function origins({ current, policy }: NoticeContext): string {
  const told = unexpectedCreators(current, policy);
  const makers = new Map<string, string[]>();
  for (const { id } of activeKeys(current.keys)) {
    const by = current.origins[id]?.createdBy;
    if (by !== undefined && !(id in told)) {
      makers.set(by, [...(makers.get(by) ?? []), id]);
    }
  }
  const sentences = [...makers].map(
    ([by, ids]) => `${dottedList(ids)} ${byNumber(ids, 'was', 'were')} made by ${principal(by)}.`,
  );
  return sentences.length === 0 ? '' : prose(`How it came: ${sentences.join(' ')}`);
}
