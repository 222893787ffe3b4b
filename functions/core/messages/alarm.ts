import type { Case, NoticeKind } from '../case/case.ts';
import { isSuspicious, unexpectedCreators } from '../case/unexpected-creators.ts';
import { activeKeys } from '../model/compliance.ts';
import { onlyObserves } from '../model/only.ts';
import type { Advice } from '../proposal/advice.ts';
import { activeCount } from '../words/status.ts';
import { byNumber, MAIL } from '../words/style.ts';
import { list } from '../words/words.ts';
import type { NewsContext, NoticeContext } from './context.ts';
import { prose } from './layout.ts';
import { dottedList, whom } from './phrases.ts';

const never = (): boolean => false;
const whileOpen = ({ phase }: Case): boolean => phase !== 'held' && phase !== 'awaiting-confirmation';

/** True for mails that ask which key to keep. */
const ASKS_WHICH_KEY: Readonly<Record<NoticeKind, (current: Case) => boolean>> = {
  detected: whileOpen,
  rotation: whileOpen,
  reminder: whileOpen,
  escalated: whileOpen,
  'asked-again': whileOpen,
  restored: whileOpen,
  deactivated: never,
  'deletion-announced': never,
  'confirm-deletion': never,
  held: never,
  closed: never,
};

/** True for a mail that asks about a key with an unexpected creator. The mail then leads with that. */
export function isAlarm({ kind, current, policy }: NewsContext): boolean {
  return ASKS_WHICH_KEY[kind](current) && isSuspicious(current, policy);
}

/**
 * A paragraph that says who created which key unexpectedly and what to do first; empty if all creators are expected. If
 * everything depends on the creator's answer, it says which key to keep after each.
 */
export function alarm(context: NoticeContext, advice: Advice): string {
  const { current, policy } = context;
  const created = unexpectedCreators(current, policy);
  const ids = Object.keys(created);
  if (ids.length === 0) {
    return '';
  }
  const creators = list([...new Set(Object.values(created).map(MAIL.principal))]);
  const by = `${dottedList(ids)} ${byNumber(ids, 'was', 'were')} created by ${creators}`;
  return prose(
    `Urgent: ${whom(context)} has ${activeCount(current.keys)}, and ${by}, not on the list of expected creators.`,
    ...byAnswer(context, ids, creators, advice),
  );
}

/** The first step, before anything is decided. */
const ASK = 'First ask whether that was on purpose';

/** The next step after each answer of the creator, or without one. */
function byAnswer(context: NoticeContext, created: readonly string[], by: string, advice: Advice): string[] {
  const { current, policy, link } = context;
  if (activeKeys(current.keys).length === created.length) {
    return [`${ASK}. If nobody confirms it, the owner needs a new key, and ${by} must be investigated.`];
  }
  if (advice.kind === 'doubt' && advice.doubt.ifNot !== null) {
    const [meant, not] = [MAIL.key(advice.doubt.ifMeant), MAIL.key(advice.doubt.ifNot)];
    return [
      `${ASK}: if so, keep ${meant}; otherwise, or without an answer, keep ${not} and investigate ${by}.`,
    ];
  }
  const them = dottedList(created);
  const act =
    link === null || onlyObserves(policy, current) ? `deactivate ${them} in IAM` : `do not keep ${them}`;
  return [`${ASK}. If nobody confirms it, ${act}, and investigate ${by}.`];
}
