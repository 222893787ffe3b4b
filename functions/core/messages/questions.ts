import { unexpectedCreators } from '../case/unexpected-creators.ts';
import { activeKeys, isViolation } from '../model/compliance.ts';
import { isOutside, onlyObserves } from '../model/only.ts';
import { type Advice, adviceFor } from '../proposal/advice.ts';
import type { Proposal } from '../proposal/proposal.ts';
import {
  CONFIDENCE,
  choiceWords,
  doubtSentences,
  reasonSentences,
  waitReason,
  waitWords,
} from '../words/advice.ts';
import { earlierDecision, whyAskedAgain } from '../words/asked-again.ts';
import { activeCount } from '../words/status.ts';
import { byNumber, MAIL } from '../words/style.ts';
import { alarm } from './alarm.ts';
import { whatFollows } from './consequences.ts';
import type { NoticeContext, QuestionKind } from './context.ts';
import { item, prose } from './layout.ts';
import {
  dottedList,
  keysNamed,
  momentFromNow,
  offKeys,
  onceMore,
  overdue,
  privilege,
  whom,
  whomAgain,
} from './phrases.ts';
import { questionTable } from './tables.ts';

/**
 * Mails that ask for a decision, or propose to wait with one: the fact, the proposal and the link, the keys, the reasons,
 * the consequences.
 */
export function questions(context: NoticeContext, kind: QuestionKind): string[] {
  const { current, policy, now } = context;
  const advice = adviceFor(current, policy, now, context.evidence);
  return [
    alarm(context),
    `${prose(...opening(context, kind, advice))}\n${call(context, advice)}`,
    questionTable(context, advice),
    advice.kind === 'proposal' ? reasons(context, advice.proposal) : '',
    whatFollows(context, advice),
    origins(context),
  ];
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
  const who = alarm(context) === '' ? whom(context) : whomAgain(context);
  const has = `${who} has ${activeCount(context.current.keys)}`;
  const facts = advice.kind === 'wait' ? [`${has}.`] : fact(context, has);
  return [...facts, privilege(context), ...THEN[kind](context)];
}

function askedBecause({ current, policy }: NoticeContext): string[] {
  return [...whyAskedAgain(current, policy, MAIL), earlierDecision(current)];
}

function stillOpen(context: NoticeContext): string {
  const { current, policy } = context;
  const { toldAt, reopenedAt = '' } = current;
  const at = momentFromNow(toldAt ?? current.phaseSince, context);
  if (toldAt !== null && toldAt < reopenedAt) {
    const since = `It was resolved after that, and returned on ${momentFromNow(reopenedAt, context)}.`;
    return `We first wrote about this on ${at}. ${since}`;
  }
  return onlyObserves(policy, current)
    ? `We first reported this on ${at}.`
    : `We asked on ${at}, and nobody has decided yet.`;
}

function fact(context: NoticeContext, has: string): string[] {
  if (isViolation(context.current.keys)) {
    return [`${has}.`, 'Only one is allowed.'];
  }
  const off = offKeys(context);
  return off.length === 0
    ? [`${has}.`]
    : [
        `${has}.`,
        `Solekey deactivated ${keysNamed(off)}. Nobody has decided yet what happens to ${byNumber(off, 'it', 'them')}.`,
      ];
}

/** The advice in one to three sentences. */
function inShort({ current, policy, now }: NoticeContext, advice: Advice): string[] {
  switch (advice.kind) {
    case 'none':
      return [];
    case 'wait':
      return [
        waitReason(advice.wait, current.keys, now, MAIL),
        `Proposal: ${waitWords(advice.wait, now, policy.digest.zone)}.`,
      ];
    case 'doubt': {
      const active = activeKeys(current.keys).map(({ id }) => id);
      return doubtSentences(advice.doubt, active, MAIL);
    }
    case 'proposal':
      return [`Proposal: ${choiceWords(advice.proposal, MAIL)}.`];
  }
}

/** Nothing is asked where no key is changed: in the whole account, or of this user. */
const ONLY_OBSERVED = {
  account: 'Solekey only observes this account: it changes no keys, and nothing can be decided here.',
  user: 'This user is outside the setting "only": Solekey reports it, changes none of its keys, and nothing can be decided here.',
} as const;

/** The proposal, and where to decide or to read more. */
function call(context: NoticeContext, advice: Advice): string {
  const { current, link, policy } = context;
  const proposed = inShort(context, advice);
  // The case changed after the notice became due, so the reader has nothing to decide here.
  if (link === null) {
    return prose(...proposed, 'There is nothing to decide here now.');
  }
  if (onlyObserves(policy, current)) {
    return `${prose(
      ...proposed,
      ONLY_OBSERVED[isOutside(policy, current) ? 'user' : 'account'],
      'See the proposal and the reasons for it:',
    )}\n${link}`;
  }
  const here = advice.kind === 'wait' ? 'Details:' : 'Nothing changes until someone decides. Decide here:';
  return `${prose(...proposed, here)}\n${link}`;
}

function reasons({ current, policy, now }: NoticeContext, proposal: Proposal): string {
  const sentences = reasonSentences(proposal, current.keys, now, policy.digest.zone, MAIL);
  return [`${CONFIDENCE[proposal.confidence]} Reasons:`, ...sentences.map(item)].join('\n');
}

/**
 * Sentences about the creators of keys according to CloudTrail, as a help and not as a proof. Unexpected creators are
 * already at the top of the mail.
 */
function origins({ current, policy }: NoticeContext): string {
  const told = unexpectedCreators(current, policy);
  const creators = new Map<string, string[]>();
  for (const { id } of activeKeys(current.keys)) {
    const by = current.origins[id]?.createdBy;
    if (by !== undefined && !(id in told)) {
      creators.set(by, [...(creators.get(by) ?? []), id]);
    }
  }
  const sentences = [...creators].map(
    ([by, ids]) => `${dottedList(ids)} ${byNumber(ids, 'was', 'were')} created by ${MAIL.principal(by)}.`,
  );
  return prose(...sentences);
}
