import type { Case, NoticeKind } from '../case/case.ts';
import { type ExposedKeys, exposedKeys } from '../case/exposure.ts';
import { isSuspicious, type UnexpectedCreators, unexpectedCreators } from '../case/unexpected-creators.ts';
import type { ObservedKey } from '../model/observation.ts';
import { onlyObserves } from '../model/only.ts';
import type { Advice } from '../proposal/advice.ts';
import { alarmInShort, type WayToAct } from '../words/alarm.ts';
import { exposedInShort, exposedSteps } from '../words/exposed.ts';
import { activeCount } from '../words/status.ts';
import { byNumber, keysWith, MAIL } from '../words/style.ts';
import { list } from '../words/words.ts';
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

/** True for a mail that asks about a key that is exposed or has an unexpected creator. The mail then leads with that. */
export function isAlarm({ kind, current, policy }: NewsContext): boolean {
  return ASKS_WHICH_KEY[kind](current) && isSuspicious(current, policy);
}

/**
 * A paragraph that says which key is exposed, or who created which key unexpectedly, and what to do first; empty if there is no
 * alarm. If everything depends on the creator's answer, it says which key to keep after each.
 */
export function alarm(context: NoticeContext, advice: Advice): string {
  const { current, policy, link } = context;
  const created = unexpectedCreators(current, policy);
  const exposed = exposedKeys(current);
  const has = `${whom(context)} has ${activeCount(current.keys)}`;
  const way = link === null || onlyObserves(policy, current) ? 'in-iam' : 'decide-here';
  if (Object.keys(exposed).length > 0) {
    return prose(...exposedInMail(has, exposed, created, current.keys, way));
  }
  return Object.keys(created).length === 0
    ? ''
    : prose(...alarmInShort(has, created, current.keys, way, advice, MAIL));
}

/** The same for an exposed key. Of unexpected creators it says less: they may be whoever has the exposed key. */
function exposedInMail(
  has: string,
  exposed: ExposedKeys,
  created: UnexpectedCreators,
  keys: readonly ObservedKey[],
  way: WayToAct,
): string[] {
  const ids = Object.keys(created);
  const by = list([...new Set(Object.values(created).map(MAIL.principal))]);
  const others =
    ids.length === 0
      ? []
      : [
          `${keysWith(ids, MAIL, 'was', 'were')} created by ${by}, not on the list of expected creators: keep ${byNumber(ids, 'it', 'them')} only if that was on purpose.`,
        ];
  return [
    `Urgent: ${has}, and ${exposedInShort(exposed, MAIL)}.`,
    ...exposedSteps(exposed, keys, way, MAIL),
    ...others,
  ];
}
