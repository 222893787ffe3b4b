import type { Case } from '../core/case/case.ts';
import type { Policy } from '../core/model/policy.ts';
import type { MovedOn } from '../core/page/stale.ts';
import { notCarriedOut } from '../core/words/dropped.ts';
import { differenceSentences } from '../core/words/status.ts';
import { PAGE } from '../core/words/style.ts';
import { termSentence } from '../core/words/terms.ts';
import { whyAskedAgain } from './reasons.ts';

/** Sentences about everything that changed since, settings first. If keys changed, the general reason for that is left out. */
export function movedLines(
  { recognised, changes, terms, because, dropped }: MovedOn,
  current: Case,
  policy: Policy,
  reader: string | null,
): string[] {
  if (dropped !== null) {
    return [notCarriedOut(dropped, policy, PAGE, reader), ...differenceSentences(changes, PAGE)];
  }
  const why =
    because === null || (because.code === 'keys-changed' && changes.length > 0)
      ? ''
      : whyAskedAgain(current, policy);
  if (!recognised) {
    return ['There is no record any more of what that page showed.', why].filter((line) => line !== '');
  }
  const settings = terms.map(termSentence);
  if (changes.length === 0 && settings.length === 0 && why === '') {
    // The state of the case, below, says that the user is excluded.
    return current.excluded
      ? []
      : ['The keys are the same, but the question has been asked again since then.'];
  }
  return [...settings, ...differenceSentences(changes, PAGE), why].filter((line) => line !== '');
}
