import { onlyObserves } from '../model/policy.ts';
import { changes } from './changes.ts';
import { listCommand } from './commands.ts';
import type { NoticeContext } from './context.ts';
import { endings } from './endings.ts';
import { holds } from './holds.ts';
import { ascii, prose } from './layout.ts';
import { asksToConfirm, personName } from './phrases.ts';
import { questions } from './questions.ts';
import { subjectOf } from './subject.ts';

/** One mail in plain ASCII: the fact first, one link, what happens if nobody acts, how to undo, how to check. */
export function renderMail(context: NoticeContext): { readonly subject: string; readonly body: string } {
  const paragraphs = [...main(context), ...foot(context)].filter((text) => text !== '');
  return { subject: subjectOf(context), body: `${ascii(paragraphs.join('\n\n'))}\n` };
}

function main(context: NoticeContext): string[] {
  const { kind } = context;
  switch (kind) {
    case 'reminder':
    case 'escalated':
      if (asksToConfirm(context)) {
        return changes(context);
      }
      return context.current.phase === 'held' ? holds(context) : questions(context, kind);
    case 'detected':
    case 'rotation':
    case 'asked-again':
    case 'restored':
      return questions(context, kind);
    case 'deactivated':
    case 'deletion-announced':
    case 'confirm-deletion':
      return changes(context);
    case 'held':
      return holds(context);
    case 'closed':
      return endings(context);
  }
}

/** The foot of a mail: how to trust it, and how to check without it. */
function foot({ link, recipient, current, policy }: NoticeContext): string[] {
  const used = onlyObserves(policy)
    ? 'It shows this case and does nothing else.'
    : 'Anything done with it is recorded under your name.';
  const yours = prose(
    `This link is personal, ${personName(policy, recipient.id)}.`,
    used,
    'Do not forward it.',
    'Solekey never asks for a password or a secret key.',
  );
  return [
    link === null ? '' : yours,
    `To check ${link === null ? 'this yourself' : 'without the link'}: ${listCommand(current.userName)}`,
    'Do not click the unsubscribe link below: you would stop receiving these mails.',
  ];
}
