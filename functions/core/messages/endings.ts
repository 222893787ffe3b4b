import { broughtBack } from '../case/brought-back.ts';
import { activeKeys } from '../model/compliance.ts';
import { backAsAsked } from './asked-again.ts';
import type { NoticeContext } from './context.ts';
import { prose } from './layout.ts';
import { activeCount, byNumber, keysNamed, momentFromNow, offKeys, whom } from './phrases.ts';
import { outcomeTable } from './tables.ts';

/** Mails about the end of a case: what is true now, and that nobody has to do anything. */
export function endings(context: NoticeContext): string[] {
  const { current, now } = context;
  if (current.closedAs === 'user-gone') {
    return [
      prose(
        `${whom(context)} no longer exists, so there is nothing left to decide.`,
        'Two looks at IAM found it neither by its name, nor by its id, nor by any of its keys.',
      ),
      'Nobody has to do anything.',
    ];
  }
  return [
    prose(...ended(context)),
    outcomeTable(context),
    prose(`Seen in IAM on ${momentFromNow(current.keysSeenAt, now)}.`, whatNow(context)),
  ];
}

function ended(context: NoticeContext): string[] {
  const { current } = context;
  const has = `${whom(context)} has ${activeCount(current)}.`;
  const off = offKeys(context);
  switch (current.closedAs) {
    case 'remediated':
      return [has, `What was decided is done: ${deleted(context)}; a second look at IAM confirmed it.`];
    case 'deactivated':
      return [
        has,
        `What was decided is done: ${keysNamed(off)} ${byNumber(off, 'is', 'are')} switched off.`,
        `${byNumber(off, 'It stays', 'They stay')} that way: in this account, Solekey deletes no keys.`,
      ];
    default:
      if (current.askedAgain?.code === 'restored') {
        return [
          has,
          backAsAsked(context, current.askedAgain.by),
          `${onlyOne(context)} nothing left to decide.`,
        ];
      }
      return [has, 'That was settled without Solekey, so there is nothing left to decide.'];
  }
}

function onlyOne({ current }: NoticeContext): string {
  return Object.keys(broughtBack(current)).length > 0
    ? 'It is the only active key, so there is'
    : 'So there is';
}

function deleted({ current }: NoticeContext): string {
  const gone = Object.entries(current.progress).flatMap(([id, key]) => (key.deleted === undefined ? [] : id));
  return `${keysNamed(gone)} ${byNumber(gone, 'is', 'are')} deleted`;
}

/** No key at all is compliant, too, but somebody may miss one. */
function whatNow({ current }: NoticeContext): string {
  return activeKeys(current.keys).length > 0
    ? 'Nobody has to do anything.'
    : 'If something has stopped working, the owner of the user can make a new key.';
}
