import type { PostedAnswer, PostedChoice } from '../app/approve/posted-answer.ts';
import { shortKey } from '../core/model/observation.ts';
import { keyList } from './sentences.ts';

export const NOTHING_CHANGED = 'Nothing was changed.';

/** The person's input in words, because the page that follows may have no form to keep it. */
export function unchanged(answer: PostedAnswer | PostedChoice): string[] {
  return [`Your answer was: ${chosen(answer)}. It was not recorded. ${NOTHING_CHANGED}`];
}

function chosen(answer: PostedAnswer | PostedChoice): string {
  switch (answer.kind) {
    case 'keep': {
      const keep = answer.keep === null ? 'no key to keep' : `keep ${shortKey(answer.keep)}`;
      return `${keep}, deactivate ${quoted(answer.off.text)}`;
    }
    case 'none':
      return `keep no key, deactivate ${quoted(answer.off.text)}`;
    case 'check-keep':
      return answer.keep === null ? 'no key to keep' : `keep ${shortKey(answer.keep)}`;
    case 'check-none':
      return 'keep no key';
    case 'check-restore':
      return `reactivate ${answer.keys.length === 0 ? 'nothing' : keyList(answer.keys)}`;
    case 'check-not-now':
      return `not now${answer.spare === null ? '' : `, leave ${quoted(keyList(answer.spare))} active`}`;
    case 'not-now':
      return `leave ${keyList(answer.spare)} active until ${quoted(answer.until)}, because ${quoted(answer.grounds?.comment ?? '')}`;
    case 'check-keep-inactive':
      return 'delete later';
    case 'keep-inactive':
      return `keep ${keyList(answer.keys)} inactive until ${quoted(answer.until)}, because ${quoted(answer.grounds?.comment ?? '')}`;
    case 'restore':
      return answer.chosen === undefined || answer.back.text !== ''
        ? `reactivate ${quoted(answer.back.text)}`
        : `reactivate ${keyList(answer.chosen)}`;
    case 'confirm':
      return quoted(answer.remove.text);
  }
}

function quoted(text: string): string {
  return text.trim() === '' ? 'nothing' : `“${text}”`;
}
