import { keysOfOurs } from '../case.ts';
import { dotted } from '../proposal-words.ts';
import { list } from '../words.ts';
import type { NoticeContext } from './context.ts';
import { activeCount, outcomeTable } from './tables.ts';

/** Mails about a hold: a safety rule stopped us and a person must look. */
export function stops(context: NoticeContext): string[] {
  const { known, policy, link } = context;
  const whom = `IAM user ${known.userName} in ${policy.accountName} (${known.account}) has ${activeCount(known)}.`;
  return [
    `We stopped, and a person must look (this is called a hold). ${whom}\n${because(context)}`,
    link === null ? '' : `${offer(context)}:\n${link}`,
    outcomeTable(context),
    'Nothing more is changed until then.',
  ];
}

function because({ known }: NoticeContext): string {
  const ours = list(keysOfOurs(known).map(dotted));
  switch (known.heldFor) {
    case 'no-active-key':
      return ours === ''
        ? 'The keys that were decided are deleted, and the key that should stay is not active any more.'
        : `The key that should stay is not active any more, so whatever used it may be broken now. ${ours} can be brought back at once.`;
    case 'used-after-deactivation': {
      const keyId = known.askedAgain?.code === 'in-use' ? dotted(known.askedAgain.keyId) : ours;
      return `${keyId} was used after it had been switched off, so something still depends on it. It was not deleted.`;
    }
    case 'restore-by-hand':
      return `Solekey may not change this user, so it cannot bring back ${ours}. Do it by hand:\n${commands(known)}`;
    default:
      return 'IAM could not be read for this user for 24 hours. Please check the rights of the function reconcile, and its log.';
  }
}

function commands(known: NoticeContext['known']): string {
  return keysOfOurs(known)
    .map(
      (id) =>
        `aws iam update-access-key --user-name '${known.userName}' --access-key-id <the key ending in ${id.slice(-4)}> --status Active`,
    )
    .join('\n');
}

function offer({ known }: NoticeContext): string {
  return known.heldFor === 'no-active-key' ? 'Bring a key back' : 'Decide again, or bring the key back';
}
