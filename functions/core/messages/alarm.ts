import type { Case, NoticeKind } from '../case/case.ts';
import { isSuspicious, unexpectedCreators } from '../case/unexpected-creators.ts';
import { onlyObserves } from '../model/only.ts';
import type { Advice } from '../proposal/advice.ts';
import { alarmInShort } from '../words/alarm.ts';
import { activeCount } from '../words/status.ts';
import { MAIL } from '../words/style.ts';
import type { NewsContext, NoticeContext } from './context.ts';
import { prose } from './layout.ts';
import { whom } from './phrases.ts';

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
  'exception-ending': never,
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
  const { current, policy, link } = context;
  const created = unexpectedCreators(current, policy);
  if (Object.keys(created).length === 0) {
    return '';
  }
  const has = `${whom(context)} has ${activeCount(current.keys)}`;
  const way = link === null || onlyObserves(policy, current) ? 'in-iam' : 'decide-here';
  return prose(...alarmInShort(has, created, current.keys, way, advice, MAIL));
}
