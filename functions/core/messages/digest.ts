import type { Case } from '../case/case.ts';
import { overdueSince } from '../case/overdue.ts';
import type { Digest } from '../channel/digest.ts';
import { isWhollyObserved } from '../model/only.ts';
import type { Approver, Control, Policy } from '../model/policy.ts';
import type { Instant } from '../model/time.ts';
import { adviceFor } from '../proposal/advice.ts';
import type { Evidence } from '../proposal/context.ts';
import type { SignOffAsk } from '../signoff/ask.ts';
import { concernsInDigest } from '../signoff/words.ts';
import { adviceInShort } from '../words/advice-short.ts';
import { notCarriedOutInShort } from '../words/dropped.ts';
import { overdueInShort } from '../words/overdue.ts';
import { activeCount } from '../words/status.ts';
import { MAIL } from '../words/style.ts';
import { counted, list, printable } from '../words/words.ts';
import { isAlarm } from './alarm.ts';
import type { NewsContext } from './context.ts';
import { digestFoot } from './digest-foot.ts';
import { bodyOf } from './foot.ts';
import { mayAskFirst } from './moved-work.ts';
import { account, accountIn, deletedOn, keysNamed, moment, offKeys, place, user } from './phrases.ts';
import { eventWords, LONGEST } from './subject.ts';

/** A case in a digest, with the evidence that its line needs. */
export interface DigestCase {
  readonly current: Case;
  readonly evidence: Evidence;
}

/** The data for a digest. The link leads to the list of all open cases of its reader. */
export interface DigestContext {
  readonly digest: Digest<DigestCase>;
  readonly policy: Policy;
  readonly control: Control;
  readonly recipient: Approver;
  readonly link: string;
  readonly now: Instant;
  /** Numbers of open concerns and of those past their target dates; null if they are not told. */
  readonly concerns: Pick<SignOffAsk, 'open' | 'overdue'> | null;
  /** Sentences about Solekey itself, if there is something to say. */
  readonly health: readonly string[];
}

/** Maximum number of lines about questions, and about things that have happened. */
const LINES = 20;

/**
 * Maximum number of announced deletions in one mail, and of answers that were not carried out. All are named, so further
 * ones come in further mails.
 */
export const NAMED_A_MAIL = 100;

/** Number of mails that the digest takes. */
export function digestParts({
  announced,
  dropped,
}: Pick<Digest<DigestCase>, 'announced' | 'dropped'>): number {
  return Math.max(1, Math.ceil(Math.max(announced.length, dropped.length) / NAMED_A_MAIL));
}

/** The announced deletions, or the answers not carried out, that one of the mails names; mails are counted from 0. */
export function namedInPart<T>(all: readonly T[], part: number): readonly T[] {
  return all.slice(part * NAMED_A_MAIL, (part + 1) * NAMED_A_MAIL);
}

/** One mail of a digest. The first has everything but the lines that must all be there and for which it has no room. */
export function renderDigest(
  context: DigestContext,
  part: number,
): { readonly subject: string; readonly body: string } {
  const announced = namedInPart(context.digest.announced, part);
  const dropped = namedInPart(context.digest.dropped, part);
  const first = part === 0;
  const asks = context.digest.questions.length > 0;
  const concerns = concernsInDigest(context.concerns, !isWhollyObserved(context.policy));
  const body = bodyOf(
    [
      first ? opening(context) : `More from the same digest: ${furtherWords(announced, dropped)}.`,
      first ? questions(context) : '',
      first && !asks ? concerns : '',
      `${first ? callToList(context) : 'The list:'}\n${context.link}`,
      notCarriedOut(context, dropped),
      deletions(context, announced),
      first ? happened(context) : '',
      first && asks ? concerns : '',
    ],
    digestFoot(context),
    true,
  );
  return { subject: subjectOfDigest(context, part), body };
}

/** `keys to be deleted`, or the answers, or both. */
function furtherWords(announced: readonly unknown[], dropped: readonly unknown[]): string {
  return list([
    ...(dropped.length === 0 ? [] : ['answers that were not carried out']),
    ...(announced.length === 0 ? [] : ['keys to be deleted']),
  ]);
}

function opening(context: DigestContext): string {
  const { digest, policy, now } = context;
  const [first] = digest.questions;
  const { questions: open, fresh } = digest;
  if (first === undefined) {
    return `Nothing waits for your decision in ${accountIn(policy)}.`;
  }
  const where = place(first.current, policy);
  const has = isWhollyObserved(policy)
    ? `${people(open.length)} in ${where} ${open.length === 1 ? 'has' : 'have'} more than one active access key; only one is allowed.`
    : `${people(open.length)} in ${where} ${open.length === 1 ? 'waits' : 'wait'} for a decision.`;
  const news = fresh.length === open.length ? '' : ` New or asked again: ${fresh.length}.`;
  const late = open.filter(({ current }) => overdueSince(current, policy, now) !== null).length;
  return `${has}${news}${late === 0 ? '' : ` Overdue: ${late}.`}`;
}

/** `1 IAM user`, `98 IAM users`. */
function people(count: number): string {
  return counted(count, 'IAM user');
}

function questions(context: DigestContext): string {
  const { digest } = context;
  // What is new or asked again is why this mail comes, so it must not be hidden behind old questions.
  const inOrder = [...digest.fresh, ...digest.questions.filter((one) => !digest.fresh.includes(one))];
  return withMore(
    inOrder.map((about) => questionLine(context, about)),
    inOrder.length,
  );
}

function questionLine(context: DigestContext, { current, evidence }: DigestCase): string {
  const { policy, now } = context;
  const who = user(current);
  const news = newsAbout(context, { current, evidence }, 'reminder');
  const late = [overdueInShort(overdueSince(current, policy, now))].filter((text) => text !== '');
  if (current.phase !== 'awaiting-decision') {
    return `- ${who}: ${[eventWords(news), ...late].join(', ')}`;
  }
  const urgent = isAlarm(news) ? 'URGENT ' : '';
  const advice = adviceInShort(adviceFor(current, policy, now, evidence), now, policy.digest.zone, MAIL);
  const has = [activeCount(current.keys), ...late].join(', ');
  return `- ${urgent}${who}: ${has}${advice === '' ? '' : `; ${advice}`}`;
}

function newsAbout(
  { policy, control, now }: DigestContext,
  { current, evidence }: DigestCase,
  kind: Digest<DigestCase>['told'][number]['kind'],
) {
  return { kind, current, policy, control, now, evidence };
}

/** Lines up to the limit, and how many are left out. */
function withMore(lines: readonly string[], count: number): string {
  const shown = lines.slice(0, LINES);
  const more = count - shown.length;
  return [...shown, ...(more === 0 ? [] : [`and ${more} more`])].join('\n');
}

function callToList({ digest, policy }: DigestContext): string {
  if (isWhollyObserved(policy)) {
    return 'Solekey only observes this account: it changes no keys, and nothing can be decided here. The list, with every proposal:';
  }
  return digest.questions.length === 0
    ? 'The list of open cases:'
    : 'Nothing changes until someone decides. Decide here, the most urgent first:';
}

function notCarriedOut({ policy, recipient }: DigestContext, dropped: Digest<DigestCase>['dropped']): string {
  const lines = dropped.map(
    ({ about, answer }) =>
      `- ${user(about.current)}, ${notCarriedOutInShort(answer, policy, MAIL, recipient.id)}`,
  );
  return lines.length === 0 ? '' : ['Answers that were not carried out:', ...lines].join('\n');
}

function deletions(context: DigestContext, announced: readonly DigestCase[]): string {
  if (announced.length === 0) {
    return '';
  }
  const lines = announced.map((about) => {
    const news = newsAbout(context, about, 'deletion-announced');
    return `- ${keysNamed(offKeys(news))} of ${user(about.current)}, ${when(context, news)}`;
  });
  return ['Deactivated keys to be deleted, unless someone reactivates them:', ...lines].join('\n');
}

/** When keys are deleted, or what has to happen first. */
function when(context: DigestContext, news: NewsContext): string {
  const date = deletedOn(news);
  if (date !== null) {
    return `on ${moment(date, context)}${mayAskFirst(news) ? ' (someone may have to confirm it first)' : ''}`;
  }
  return news.current.decision?.confirmed == null ? 'only if someone confirms it' : 'soon, as confirmed';
}

function happened(context: DigestContext): string {
  const { told } = context.digest;
  if (told.length === 0) {
    return '';
  }
  const lines = told.map(
    ({ about, kind }) => `- ${user(about.current)}: ${eventWords(newsAbout(context, about, kind))}`,
  );
  return `Also new:\n${withMore(lines, lines.length)}`;
}

function subjectOfDigest({ digest, policy, concerns }: DigestContext, part: number): string {
  const parts = digestParts(digest);
  const number = parts === 1 ? '' : ` (${part + 1} of ${parts})`;
  const { questions: open, fresh, announced, dropped } = digest;
  const some = fresh.length > 0 && fresh.length < open.length;
  const news = some ? `, ${fresh.length} new or asked again` : '';
  const asked = isWhollyObserved(policy)
    ? `${people(open.length)} with more than one active key`
    : `${people(open.length)} ${open.length === 1 ? 'waits' : 'wait'} for your decision`;
  const worries = concerns?.open ?? 0;
  const otherwise = digest.told.length > 0 || worries === 0 ? 'news' : `${counted(worries, 'concern')} open`;
  const about = (beside: string) => {
    const what = [
      ...(open.length === 0 ? [] : [`${asked}${beside}`]),
      ...(announced.length === 0 ? [] : [`key deletions: ${counted(announced.length, 'user')}`]),
      ...(dropped.length === 0 ? [] : [`${counted(dropped.length, 'answer')} not carried out`]),
    ];
    return `[Solekey] ${account(policy)}: ${what.length === 0 ? otherwise : what.join('; ')}`;
  };
  // The body says as well how many are new, so that is left out first.
  const room = LONGEST - number.length;
  return `${about(news).length <= room ? about(news) : printable(about(''), room)}${number}`;
}
