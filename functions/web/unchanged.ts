import type { PostedAnswer } from '../app/approve/posted-answer.ts';
import { shortKey } from '../core/model/observation.ts';

export const NOTHING_CHANGED = 'Nothing was changed.';

/** The person's input in words, because the page that follows may have no form to keep it. */
export function unchanged(answer: PostedAnswer): string[] {
  return [`Your answer was: ${chosen(answer)}. It was not recorded. ${NOTHING_CHANGED}`];
}

function chosen(answer: PostedAnswer): string {
  switch (answer.kind) {
    case 'keep': {
      const keep = answer.keep === null ? 'no key to keep' : `keep ${shortKey(answer.keep)}`;
      return `${keep}, deactivate ${quoted(answer.off.text)}`;
    }
    case 'none':
      return `keep no key, deactivate ${quoted(answer.off.text)}`;
    case 'restore':
      return `reactivate ${quoted(answer.back.text)}`;
    case 'confirm':
      return quoted(answer.remove.text);
  }
}

function quoted(text: string): string {
  return text.trim() === '' ? 'nothing' : `“${text}”`;
}
