import { printable } from '../words.ts';
import type { NoticeContext } from './context.ts';
import { endings } from './endings.ts';
import { subjectOf } from './subject.ts';
import { questions } from './questions.ts';
import { changes } from './changes.ts';
import { stops } from './stops.ts';

/** One mail: plain ASCII text, the fact first, one link, what happens if nobody acts, how to undo, how to check. */
export function renderMail(context: NoticeContext): { subject: string; body: string } {
  const paragraphs = [...main(context), ...foot(context)].filter((text) => text !== '');
  const body = paragraphs.map((text) => text.split('\n').map(ascii).join('\n')).join('\n\n');
  return { subject: subjectOf(context), body: `${body}\n` };
}

function main(context: NoticeContext): string[] {
  switch (context.kind) {
    case 'detected':
    case 'rotation':
    case 'reminder':
    case 'escalated':
    case 'asked-again':
    case 'restored':
      return questions(context);
    case 'deactivated':
    case 'deletion-announced':
    case 'confirm-deletion':
      return changes(context);
    case 'held':
      return stops(context);
    case 'closed':
      return endings(context);
  }
}

/** How to trust this mail, and how to do without it. */
function foot({ link, recipient, known }: NoticeContext): string[] {
  const yours = `The link is yours, ${recipient.name}: what is done through it is recorded as done by you, so please do not forward it.`;
  const check = `To look without any link: aws iam list-access-keys --user-name '${known.userName}'`;
  return [
    link === null ? '' : `${yours}\nSolekey never asks for a password or a secret key.`,
    `${check}\nPlease leave the unsubscribe link below alone: requests like this one would no longer reach you.`,
  ];
}

/** Names and tags come from outside; whatever is not printable ASCII becomes a question mark. */
function ascii(line: string): string {
  return printable(line, 4000);
}
