import { compromisedActive, tellsOfCompromised } from '../channel/urgency.ts';
import { activeKeys, isViolation } from '../model/compliance.ts';
import { isOutside, onlyObserves } from '../model/only.ts';
import { type Advice, adviceFor } from '../proposal/advice.ts';
import { newestFirst } from '../proposal/sorting.ts';
import { waitFor } from '../proposal/wait.ts';
import { earlierDecision, whyAskedAgain } from '../words/asked-again.ts';
import { confidenceInShort } from '../words/confidence.ts';
import { activeCount } from '../words/status.ts';
import { byNumber, MAIL } from '../words/style.ts';
import { fromNow } from '../words/words.ts';
import { alarm, isAlarm } from './alarm.ts';
import { whatFollows } from './consequences.ts';
import type { NoticeContext, QuestionKind } from './context.ts';
import { questionLines } from './key-lines.ts';
import { lines, prose } from './layout.ts';
import {
  checkWhatWasDone,
  dottedList,
  keysNamed,
  offKeys,
  onceMore,
  overdue,
  privilege,
  whom,
} from './phrases.ts';
import { afterwards, proposal, whyWait } from './waiting.ts';

/**
 * Mails that ask for a decision, or propose to wait with one: the fact, a line for each key, the confidence and the link, how
 * to undo it.
 */
export function questions(context: NoticeContext, kind: QuestionKind): string[] {
  const { current, policy, now } = context;
  const advice = adviceFor(current, policy, now, context.evidence);
  const first = prose(...opening(context, kind, advice));
  const keys = questionLines(context, advice);
  return advice.kind === 'wait'
    ? [first, proposal(context, advice.wait), keys, ...afterwards(context, advice.wait)]
    : [first, keys, call(context, advice), whatFollows(context, kind, advice)];
}

/** The sentences after the fact: since when the question is open, or why it is asked again. */
const THEN: Readonly<Record<QuestionKind, (context: NoticeContext) => string[]>> = {
  detected: () => [],
  rotation: () => [],
  reminder: (context) => [stillOpen(context), overdue(context)],
  escalated: (context) => [stillOpen(context), overdue(context), onceMore(context)],
  'asked-again': askedBecause,
  restored: askedBecause,
};

function opening(context: NoticeContext, kind: QuestionKind, advice: Advice): string[] {
  const urgent = alarm(context, advice);
  const facts = urgent === '' ? fact(context) : [urgent];
  const wait = advice.kind === 'wait' ? [whyWait(context, advice.wait)] : [];
  const sentences = [...facts, privilege(context), ...THEN[kind](context), ...wait];
  return tellsOfCompromised(kind, context.current) ? urgently(context, sentences) : sentences;
}

/** The same with the first step for a key that is active again, although it was deactivated as compromised. */
function urgently({ current }: NoticeContext, [first = '', ...rest]: readonly string[]): string[] {
  const urgent = first.startsWith('Urgent: ') ? first : `Urgent: ${first}`;
  const [former, check] = [earlierDecision(current), checkWhatWasDone(compromisedActive(current))];
  return [urgent, ...rest.filter((text) => text !== former), check];
}

function askedBecause(context: NoticeContext): string[] {
  const { current, policy } = context;
  const [first = '', ...rest] = whyAskedAgain(current, policy, MAIL);
  return [...(isSaidAnyway(context, rest) ? rest : [first, ...rest]), earlierDecision(current)];
}

/** True if the first sentence about why people are asked again tells nothing that the mail does not say beside it. */
function isSaidAnyway(context: NoticeContext, rest: readonly string[]): boolean {
  const { current, policy, now } = context;
  const code = current.askedAgain?.code;
  // The changes, or in an alarm the key, are named.
  if (code === 'keys-changed') {
    return rest.length > 0 || isAlarm(context);
  }
  // How often the key was reactivated follows.
  const why = waitFor(current, policy, now)?.why;
  return code === 'reactivated' && why?.code === 'returns' && why.how === 'reactivated';
}

function stillOpen({ current, policy, now }: NoticeContext): string {
  const { toldAt, reopenedAt = '' } = current;
  const asked = fromNow(toldAt ?? current.phaseSince, now);
  if (toldAt !== null && toldAt < reopenedAt) {
    return `We first wrote about this ${asked}; it was resolved, and returned ${fromNow(reopenedAt, now)}.`;
  }
  return onlyObserves(policy, current)
    ? `We first reported this ${asked}.`
    : `We asked ${asked}, and nobody has decided yet.`;
}

function fact(context: NoticeContext): string[] {
  const has = `${whom(context)} has ${activeCount(context.current.keys)}`;
  if (isViolation(context.current.keys)) {
    return [`${has}; only one is allowed.`];
  }
  const off = offKeys(context);
  return off.length === 0 ? [`${has}.`] : [`${has}.`, decideAnew(context, off)];
}

/** A sentence about keys that stay inactive until somebody decides again. Nobody can where Solekey only observes. */
function decideAnew({ current, policy }: NoticeContext, off: readonly string[]): string {
  return onlyObserves(policy, current)
    ? `Solekey deactivated ${keysNamed(off)}.`
    : `${byNumber(off, 'Key', 'Keys')} ${dottedList(off)}, which Solekey deactivated, ${byNumber(off, 'needs', 'need')} a new decision.`;
}

/** Nothing is asked where no key is changed: in the whole account, or of this user. */
const ONLY_OBSERVED = {
  account: 'Solekey only observes this account: it changes no keys, and nothing can be decided here.',
  user: 'This user is outside the setting "only": Solekey changes none of its keys, and nothing can be decided here.',
} as const;

/** The confidence, and where to decide or to read more. */
function call(context: NoticeContext, advice: Advice): string {
  const { current, link, policy } = context;
  const sure = confidence(context, advice);
  // The case changed after the notice became due, so the reader has nothing to decide here.
  if (link === null) {
    return lines(sure, 'There is nothing to decide here now.');
  }
  if (onlyObserves(policy, current)) {
    const observed = ONLY_OBSERVED[isOutside(policy, current) ? 'user' : 'account'];
    return lines(sure, prose(observed, 'See all reasons here:'), link);
  }
  return lines(sure, prose('Nothing changes until someone decides.', way(context, advice)), link);
}

/** The confidence in a proposal. Where the alarm has said why it is low and whom to ask, one word is enough. */
function confidence(context: NoticeContext, advice: Advice): string {
  if (advice.kind !== 'proposal') {
    return '';
  }
  return isAlarm(context)
    ? `Confidence: ${advice.proposal.confidence}.`
    : prose(...confidenceInShort(advice.proposal, newest(context), MAIL));
}

function way(context: NoticeContext, advice: Advice): string {
  const off = offKeys(context);
  return advice.kind === 'none' && off.length > 0
    ? `Decide here, or reactivate ${dottedList(off)}:`
    : 'Decide here:';
}

/** The Active key that was created last. */
function newest({ current }: NoticeContext): string | undefined {
  return activeKeys(current.keys).sort(newestFirst)[0]?.id;
}
