import { activeKeys } from '../compliance.ts';
import type { NoticeContext } from './context.ts';
import { prose } from './layout.ts';
import { activeCount, byNumber, keysNamed, momentFromNow, offKeys, whom } from './phrases.ts';
import { outcomeTable } from './tables.ts';

/** Mails about the end of a case: what is true now, and that nobody has to do anything. */
export function endings(context: NoticeContext): string[] {
  const { known, now } = context;
  const over = 'Links in earlier mails about this no longer work.';
  if (known.closedAs === 'user-gone')
    return [
      prose(
        `${whom(context)} no longer exists, so there is nothing left to decide.`,
        'Two looks at IAM found it neither by its name, nor by its id, nor by any of its keys.',
      ),
      prose('Nobody has to do anything.', over),
    ];
  return [
    prose(...ended(context)),
    outcomeTable(context),
    prose(`Seen in IAM on ${momentFromNow(known.keysSeenAt, now)}.`, whatNow(context), over),
  ];
}

function ended(context: NoticeContext): string[] {
  const { known } = context;
  const has = `${whom(context)} has ${activeCount(known)}.`;
  const off = offKeys(context);
  switch (known.closedAs) {
    case 'remediated':
      return [has, `What was decided is done: ${deleted(context)}; a second look at IAM confirmed it.`];
    case 'deactivated':
      return [
        has,
        `What was decided is done: ${keysNamed(off)} ${byNumber(off, 'is', 'are')} switched off.`,
        `${byNumber(off, 'It stays', 'They stay')} that way: in this account, Solekey deletes no keys.`,
      ];
    default:
      return [has, 'That was settled without Solekey, so there is nothing left to decide.'];
  }
}

function deleted({ known }: NoticeContext): string {
  const gone = Object.entries(known.progress).flatMap(([id, key]) => (key.deleted === undefined ? [] : id));
  return `${keysNamed(gone)} ${byNumber(gone, 'is', 'are')} deleted`;
}

/** No key at all is compliant, too, but somebody may miss one. */
function whatNow({ known }: NoticeContext): string {
  return activeKeys(known.keys).length > 0
    ? 'Nobody has to do anything.'
    : 'If something has stopped working, the owner of the user can make a new key.';
}
