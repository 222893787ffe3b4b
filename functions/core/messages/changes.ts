import { keysOfOurs } from '../case.ts';
import { dotted } from '../proposal-words.ts';
import { earliest } from '../time.ts';
import { fromNow, list, moment } from '../words.ts';
import type { NoticeContext } from './context.ts';
import { activeCount, outcomeTable } from './tables.ts';

/** Mails about keys that are off: what was done, how to undo it, and what comes next. */
export function changes(context: NoticeContext): string[] {
  const { known, now } = context;
  return [
    `${news(context)}\n${undo(context)}`,
    outcomeTable(context),
    `Seen in IAM on ${moment(known.keysSeenAt)}: ${activeCount(known)}. Sessions opened with a key before it was switched off may run on for up to 36 hours.`,
    `If a key is used or switched on again before its date (${fromNow(end(context), now)}), it is not deleted and you are asked again.`,
  ];
}

function keys({ known }: NoticeContext): string {
  return list(keysOfOurs(known).map(dotted));
}

function end({ known, now }: NoticeContext): string {
  return earliest(...keysOfOurs(known).map((id) => known.progress[id]?.graceEnds ?? null)) ?? now;
}

function news(context: NoticeContext): string {
  const { kind, known, policy, now } = context;
  const of = `of IAM user ${known.userName} in ${policy.accountName} (${known.account})`;
  const plural = keysOfOurs(known).length > 1;
  const date = `${moment(end(context))} (${fromNow(end(context), now)})`;
  if (kind === 'deactivated') {
    const person = policy.approvers.find(({ id }) => id === known.decision?.by)?.name ?? known.decision?.by;
    return `${keys(context)} ${of} ${plural ? 'are' : 'is'} switched off, as decided through the link of ${person}. ${dotted(known.decision?.keep ?? '')} stays and is active.`;
  }
  if (kind === 'confirm-deletion')
    return `${keys(context)} ${of} may be deleted now. Nothing is deleted unless somebody confirms it.`;
  return `${keys(context)} ${of} will be deleted on ${date}. That cannot be undone. This is the last mail before it.`;
}

function undo({ link, kind }: NoticeContext): string {
  if (link === null) return '';
  const ask =
    kind === 'confirm-deletion'
      ? 'Confirm or bring back'
      : 'Something broke, or you want it back? Bring it back until then';
  return `${ask}:\n${link}`;
}
