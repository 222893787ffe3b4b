import { activeKeys } from '../compliance.ts';
import { difference } from '../facts.ts';
import { keysOfOurs } from '../case.ts';
import { confidenceWords, dotted, headline, reasonSentences } from '../proposal-words.ts';
import { type Proposal, propose } from '../proposal.ts';
import { latest, plus } from '../time.ts';
import { day, fromNow, inWords, list, moment } from '../words.ts';
import type { NoticeContext } from './context.ts';
import { activeCount, questionTable } from './tables.ts';

/** Mails that ask for a decision: the fact, the proposal and the link, the keys, the reasons, what happens then. */
export function questions(context: NoticeContext): string[] {
  const { known, policy, now } = context;
  const { quietPeriod, rotationWindow } = policy;
  const proposal = propose(known.keys, { now, quietPeriod, rotationWindow, origins: known.origins });
  return [
    `${opening(context)}\n${call(context, proposal)}`,
    questionTable(context, proposal),
    proposal === null ? '' : why(context, proposal),
    proposal === null ? '' : consequences(context, proposal),
    origins(context),
  ];
}

function whom({ known, policy }: NoticeContext): string {
  return `IAM user ${known.userName} in ${policy.accountName} (${known.account})`;
}

function opening(context: NoticeContext): string {
  const { kind, known, now } = context;
  const has = `${whom(context)} has ${activeCount(known)}; one may stay.`;
  switch (kind) {
    case 'rotation':
      return `${whom(context)} has ${activeCount(known)}. The newest was made on ${moment(newest(context))}.`;
    case 'reminder':
      return `${has}\nThis has been waiting for a decision since ${moment(known.phaseSince)} (${fromNow(known.phaseSince, now)}).`;
    case 'escalated':
      return `${has}\nNobody has decided since ${moment(known.phaseSince)}, so this now comes to you.`;
    case 'asked-again':
    case 'restored':
      return `${whom(context)} has ${activeCount(known)}, and you are asked anew.\n${askedBecause(context)}`;
    default:
      return has;
  }
}

function newest({ known }: NoticeContext): string {
  return latest('', ...activeKeys(known.keys).map((key) => key.created));
}

/** Why an earlier question or decision no longer counts. */
function askedBecause({ known, policy }: NoticeContext): string {
  const why = known.askedAgain;
  const person = (id: string) => policy.approvers.find((approver) => approver.id === id)?.name ?? id;
  const changed = difference(known.former.at(-1)?.keys ?? [], known.keys)
    .join(' ')
    .replaceAll('…', '...');
  switch (why?.code) {
    case 'reactivated':
      return `${dotted(why.keyId)} had been switched off as decided, and somebody switched it on again by hand. The decision is void; nothing will be deleted.`;
    case 'restored':
      return `${person(why.by)} asked for the keys back, and they are active again. The earlier decision is void.`;
    case 'in-use':
      return `${dotted(why.keyId)} was used, and the decision did not say that this is known. So it was not carried out.`;
    case 'kept-key-gone':
      return `The key that should stay, ${dotted(why.keyId)}, is not active any more. The decision is void; nothing will be deleted. ${changed}`;
    case 'decision-expired':
      return `The decision could not be carried out within ${inWords(policy.decisionValid)}, so it no longer counts.`;
    case 'approver-removed':
      return `${person(why.by)}, who had decided, may no longer decide. The decision is void.`;
    case 'exclusion-ended':
      return 'The user was excluded from changes until now.';
    default:
      return `The keys have changed: ${changed}`;
  }
}

function call({ link, policy, kind, known }: NoticeContext, proposal: Proposal | null): string {
  const proposed = proposal === null ? '' : `We propose: ${headline(proposal)} `;
  if (policy.mode === 'observe' || link === null) {
    return `${proposed}Solekey only observes this account: it takes no decision here and changes nothing.`;
  }
  if (kind === 'rotation') {
    const until = plus(known.rotationFrom, policy.rotationWindow);
    return `It looks like a rotation under way, so nobody has to act before ${moment(until)}. You can decide now if you like:\n${link}`;
  }
  return `${proposed}Nothing happens until somebody decides:\n${link}`;
}

function why({ known, now }: NoticeContext, proposal: Proposal): string {
  return [
    `Why, with ${confidenceWords(proposal.confidence)}:`,
    ...reasonSentences(proposal, known.keys, now).map((s) => `- ${s}`),
  ].join('\n');
}

function consequences({ known, policy, link }: NoticeContext, proposal: Proposal): string {
  if (link === null) return '';
  const pending = keysOfOurs(known);
  const off = [...proposal.others, ...pending].map(dotted);
  const escalation =
    policy.escalation.length === 0
      ? ''
      : ` and tell the escalation list on ${day(plus(known.toldAt ?? known.opened, policy.escalateAfter))}`;
  return [
    `If you agree: ${list(off)} ${off.length === 1 ? 'is' : 'are'} switched off at once. For ${inWords(policy.grace)} (the grace period) you can bring a key back,`,
    'then it is deleted, which cannot be undone. If it is used in the meantime, we do not delete it and ask you.',
    `If nobody decides: nothing is changed. We remind you every ${inWords(policy.remindEvery)}${escalation}.`,
  ].join('\n');
}

function origins({ known }: NoticeContext): string {
  return known.keys
    .flatMap((key) => {
      const origin = known.origins[key.id];
      return origin === undefined
        ? []
        : [`How it came: ${dotted(key.id)} was made by ${origin.createdBy} on ${moment(origin.at)}.`];
    })
    .join('\n');
}
