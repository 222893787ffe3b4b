import type { NoticeKind } from '../case/case.ts';
import { isSuspicious, unexpectedCreators } from '../case/unexpected-creators.ts';
import { activeKeys } from '../model/compliance.ts';
import { dotted, principal } from '../words/proposal-words.ts';
import { list } from '../words/words.ts';
import type { NewsContext, NoticeContext } from './context.ts';
import { prose } from './layout.ts';
import { byNumber, whom } from './phrases.ts';

/** Mails that ask for a decision about keys. */
const QUESTIONS: readonly NoticeKind[] = [
  'detected',
  'rotation',
  'reminder',
  'escalated',
  'asked-again',
  'restored',
];

/** Whether a mail asks about a key that somebody made whom nobody expects to: then it leads with that. */
export function isAlarm({ kind, current, policy }: NewsContext): boolean {
  const asks =
    QUESTIONS.includes(kind) && current.phase !== 'held' && current.phase !== 'awaiting-confirmation';
  return asks && isSuspicious(current, policy);
}

/** Who made which key although nobody expects that, and what to do first; empty where nobody did. */
export function alarm(context: NoticeContext): string {
  const { current, policy } = context;
  const made = Object.entries(unexpectedCreators(current, policy));
  if (made.length === 0) {
    return '';
  }
  const by = list([...new Set(made.map(([, one]) => principal(one)))]);
  const keys = made.map(([id]) => dotted(id));
  const facts = made.map(([id, one]) => `${dotted(id)} was made by ${principal(one)}`);
  return prose(
    `Urgent: a key of ${whom(context)} was made by somebody whom nobody expects to make keys for this user.`,
    `${list(facts)}.`,
    `First ask whoever works as ${by} whether that was meant.`,
    firstStep(context, keys),
    `Then look into ${by}, too: to make keys for others is how somebody with a stolen key stays.`,
  );
}

/** What to do with keys that nobody stands for. One key has to stay, even if it is such a one. */
function firstStep({ current, policy, link }: NoticeContext, keys: readonly string[]): string {
  if (activeKeys(current.keys).length === keys.length) {
    return 'If nobody can say so, the owner needs a new key, and none of the present ones should stay for long.';
  }
  const it = byNumber(keys, 'this key', 'these keys');
  return link === null || policy.mode === 'observe'
    ? `If nobody can say so, switch ${it} off in IAM.`
    : `If nobody can say so, do not keep ${it}: decide at once through the link below.`;
}
