import { isTyped, judgeKept, judgeRestorable } from '../../core/page/choice.ts';
import { type DecisionPorts, isListed, type Recorded, readyFor } from './open-question.ts';
import type { PostedChoice } from './posted-answer.ts';
import type { CasePath, Page } from './show-case.ts';

/** A choice that fits, as the second page repeats it before anything is stored. */
export type ToCheck =
  /** `keep` is null if no key is kept. */
  | { readonly kind: 'keep'; readonly keep: string | null }
  /** `typed`: the keys must be typed after the word `reactivate`. */
  | { readonly kind: 'restore'; readonly keys: readonly string[]; readonly typed: boolean };

/** Result of a choice on the first page. `to-check`: the second page is shown. Nothing is ever stored. */
export type Checked = Recorded | (Page & { readonly kind: 'to-check'; readonly chosen: ToCheck });

/** Reads what a choice would mean, or says why it cannot be made. */
export async function checkChoice(
  ports: DecisionPorts,
  token: string,
  path: CasePath,
  choice: PostedChoice,
): Promise<Checked> {
  const ready = await readyFor(ports, token, path, choice);
  if (ready.kind !== 'ready') {
    return ready;
  }
  const { view, visitor, harmless } = ready;
  switch (choice.kind) {
    case 'check-keep': {
      const kept = judgeKept(view, choice.keep);
      if ('mistake' in kept) {
        return { ...ready, kind: 'wrong', mistakes: [kept.mistake] };
      }
      const { keep } = kept;
      return isListed(visitor) && keep !== harmless?.keep
        ? { ...ready, kind: 'wrong-purpose' }
        : { ...ready, kind: 'to-check', chosen: { kind: 'keep', keep } };
    }
    case 'check-none':
      return isListed(visitor)
        ? { ...ready, kind: 'wrong-purpose' }
        : { ...ready, kind: 'to-check', chosen: { kind: 'keep', keep: null } };
    case 'check-restore': {
      const { keys } = choice;
      const mistake = judgeRestorable(view, keys);
      const typed = isTyped(view, keys, isListed(visitor));
      return mistake === null
        ? { ...ready, kind: 'to-check', chosen: { kind: 'restore', keys, typed } }
        : { ...ready, kind: 'wrong', mistakes: [mistake] };
    }
  }
}
