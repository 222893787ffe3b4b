import { activeKeys, isViolation } from '../compliance.ts';
import { type Proposal, propose, proposalContext } from '../proposal.ts';
import { confidenceWords, dotted, headline, principal, reasonSentences } from '../proposal-words.ts';
import { type Instant, plus } from '../time.ts';
import { inWords, list, moment } from '../words.ts';
import { alarm } from './alarm.ts';
import { askedBecause } from './asked-again.ts';
import type { NoticeContext } from './context.ts';
import { item, prose } from './layout.ts';
import {
  activeCount,
  byNumber,
  capital,
  every,
  keysNamed,
  momentFromNow,
  offKeys,
  personName,
  whom,
} from './phrases.ts';
import { questionTable } from './tables.ts';

/** Mails that ask for a decision: the fact, the proposal and the link, the keys, the reasons, what happens then. */
export function questions(context: NoticeContext): string[] {
  const proposal = proposedFor(context);
  return [
    alarm(context),
    `${prose(...opening(context))}\n${call(context, proposal)}`,
    questionTable(context, proposal),
    proposal === null ? '' : why(context, proposal),
    whatFollows(context, proposal?.others ?? []),
    origins(context),
  ];
}

/** Which key to keep, where there is a choice. What to do with keys that are off already is for a person alone. */
function proposedFor({ known, policy, now }: NoticeContext): Proposal | null {
  if (!isViolation(known.keys)) return null;
  return propose(known.keys, proposalContext(known, policy, now));
}

function opening(context: NoticeContext): string[] {
  const { kind, known, now, policy } = context;
  const asked = momentFromNow(known.toldAt ?? known.phaseSince, now);
  const still =
    policy.mode === 'observe'
      ? `We told you on ${asked}, and it is still so.`
      : `We asked on ${asked}, and nobody has decided yet.`;
  switch (kind) {
    case 'rotation':
      return [`${whom(context)} has ${activeCount(known)}.`];
    case 'reminder':
      return [...fact(context), still];
    case 'escalated':
      return [...fact(context), still, 'So this now goes to you, too.'];
    case 'asked-again':
    case 'restored':
      return [...fact(context), ...askedBecause(context)];
    default:
      return fact(context);
  }
}

function fact(context: NoticeContext): string[] {
  const { known } = context;
  const has = `${whom(context)} has ${activeCount(known)}`;
  if (isViolation(known.keys)) return [`${has}; one may stay.`];
  const off = offKeys(context);
  return [
    `${has}.`,
    `${capital(keysNamed(off))} ${byNumber(off, 'is', 'are')} off because of us; whether ${byNumber(off, 'it goes', 'they go')} for good is for you to say.`,
  ];
}

/** What we propose, and where to decide. */
function call({ link, policy, kind, known, now }: NoticeContext, proposal: Proposal | null): string {
  const proposed = proposal === null ? '' : `We propose: ${lowered(headline(proposal))}`;
  if (link === null) {
    return prose(
      proposed,
      'Solekey only observes this account: it changes nothing, and nothing can be decided here.',
    );
  }
  if (kind !== 'rotation') return `${prose(proposed, 'Nothing is changed until somebody decides:')}\n${link}`;
  const until = momentFromNow(plus(known.rotationFrom, policy.rotationWindow), now);
  return `${prose(
    `It looks like a rotation under way, so nobody has to act before ${until}.`,
    proposal === null ? '' : `Today we would propose: ${lowered(headline(proposal))}`,
    'You can decide now if you like:',
  )}\n${link}`;
}

function lowered(text: string): string {
  return `${text.slice(0, 1).toLowerCase()}${text.slice(1)}`;
}

function why({ known, now }: NoticeContext, proposal: Proposal): string {
  const reasons = reasonSentences(proposal, known.keys, now);
  return [`Why, with ${confidenceWords(proposal.confidence)}:`, ...reasons.map(item)].join('\n');
}

function whatFollows(context: NoticeContext, others: readonly string[]): string {
  const follows = `nothing is changed. ${followUp(context)}`;
  return context.link === null
    ? prose('The owner of the user can settle it in IAM.', `If nobody does: ${follows}`)
    : [prose(...onceDecided(context, others)), prose(`If nobody decides: ${follows}`)].join('\n');
}

/** What a decision as proposed leads to, and how to undo it. */
function onceDecided(context: NoticeContext, others: readonly string[]): string[] {
  const { policy } = context;
  const pending = offKeys(context);
  const gone = [...others, ...pending];
  const [it, they] = [byNumber(gone, 'it', 'them'), byNumber(gone, 'it', 'they')];
  const are = byNumber(gone, 'is', 'are');
  return [
    ...atOnce(context, others),
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
function atOnce(context: NoticeContext, others: readonly string[]): string[] {
  const off = offKeys(context);
  const it = byNumber(off, 'it', 'they');
  const stay = byNumber(off, 'stays', 'stay');
  if (others.length === 0)
    return [
      `If you agree that ${keysNamed(off)} may go: ${it} ${stay} off. To bring ${byNumber(off, 'it', 'them')} back instead, use the same link.`,
    ];
  const agree = context.kind === 'rotation' ? 'If you decide so now' : 'If you agree';
  return [
    `${agree}: ${keysNamed(others)} ${byNumber(others, 'is', 'are')} switched off at once.`,
    off.length === 0 ? '' : `${capital(keysNamed(off))}, off already, ${stay} off.`,
  ];
}

/** Who made a key, as CloudTrail told it: a help for people, and no proof. */
function origins({ known }: NoticeContext): string {
  const sentences = activeKeys(known.keys).flatMap(({ id }) => {
    const origin = known.origins[id];
    return origin === undefined
      ? []
      : [`${dotted(id)} was made by ${principal(origin.createdBy)} on ${moment(origin.at)}.`];
  });
  return sentences.length === 0 ? '' : prose(`How it came: ${sentences.join(' ')}`);
}

/** What comes by itself if nobody acts. */
function followUp({ kind, known, policy, now }: NoticeContext): string {
  if (kind === 'rotation') {
    const until = moment(plus(known.rotationFrom, policy.rotationWindow));
    return `If more than one key is still active on ${until}, we ask for a decision.`;
  }
  const turnTo = escalation(plus(known.toldAt ?? now, policy.escalateAfter), now);
  const others = list(policy.escalation.map((id) => personName(policy, id)));
  const more =
    known.escalatedAt !== null || policy.escalation.length === 0 || turnTo === null
      ? ''
      : ` On ${turnTo} we also turn to ${others}.`;
  return `We remind you ${every(policy.remindEvery)}.${more}`;
}

function escalation(at: Instant, now: Instant): string | null {
  return at <= now ? null : momentFromNow(at, now);
}
