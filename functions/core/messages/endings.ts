import type { NoticeContext } from './context.ts';
import { activeCount, outcomeTable } from './tables.ts';
import { moment } from '../words.ts';

/** Mails about the end of a case: what is true now, and that nobody has to do anything. */
export function endings(context: NoticeContext): string[] {
  const { known } = context;
  const seen = `Seen in IAM on ${moment(known.keysSeenAt)}. Nothing is left to do; earlier links for this case no longer work.`;
  return [ended(context), known.closedAs === 'user-gone' ? '' : outcomeTable(context), seen];
}

function ended({ known, policy }: NoticeContext): string {
  const whom = `IAM user ${known.userName} in ${policy.accountName} (${known.account})`;
  switch (known.closedAs) {
    case 'user-gone':
      return `${whom} no longer exists, so there is nothing left to decide. Solekey changed nothing more.`;
    case 'by-owner':
      return `${whom} has ${activeCount(known)} again. Its owner settled it; Solekey had nothing left to change.`;
    case 'deactivated':
      return `${whom} has ${activeCount(known)}. The others are switched off and stay so: this account deletes no keys.`;
    default:
      return `${whom} has ${activeCount(known)}, as decided. The others are deleted, and a second look at IAM confirmed it.`;
  }
}
