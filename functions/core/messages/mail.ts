import { changes } from './changes.ts';
import type { NoticeContext } from './context.ts';
import { dropped } from './dropped.ts';
import { endings } from './endings.ts';
import { exceptionEnding } from './exception.ts';
import { bodyOf, foot } from './foot.ts';
import { holds } from './holds.ts';
import { questions } from './questions.ts';
import { subjectOf } from './subject.ts';

/** One mail in plain ASCII: the fact first, one link, what happens if nobody acts, how to undo, how to check. */
export function renderMail(context: NoticeContext): { readonly subject: string; readonly body: string } {
  const body = bodyOf([dropped(context), ...main(context)], foot(context), context.link !== null);
  return { subject: subjectOf(context), body };
}

function main(context: NoticeContext): string[] {
  const { kind } = context;
  switch (kind) {
    case 'reminder':
    case 'escalated':
      if (context.current.phase === 'awaiting-confirmation') {
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
    case 'exception-ending':
      return exceptionEnding(context);
    case 'closed':
      return endings(context);
  }
}
