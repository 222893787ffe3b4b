import type { CaseView } from '../../core/page/case-view.ts';
import { isTyped, judgeKept, judgeRestorable, type Mistake } from '../../core/page/choice.ts';
import { LEAST_SPARED } from '../../core/page/later.ts';
import { judgePuttingOff, judgeSpared } from '../../core/page/not-now.ts';
import { type DecisionPorts, isListed, type Recorded, readyFor } from './open-question.ts';
import type { PostedChoice } from './posted-answer.ts';
import type { CasePath, Page } from './show-case.ts';

/** A choice that fits, as the second page repeats it before anything is stored. */
export type ToCheck =
  /** `keep` is null if no key is kept. */
  | { readonly kind: 'keep'; readonly keep: string | null }
  /** The keys that stay are to be chosen first, because there are more than two. */
  | { readonly kind: 'choose-spare' }
  | { readonly kind: 'not-now'; readonly spare: readonly string[] }
  | { readonly kind: 'keep-inactive' }
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
    case 'check-not-now': {
      const spared = judgeSpared(view, choice.spare);
      if ('mistake' in spared) {
        return mayChooseOthers(view, choice.spare, spared.mistake)
          ? { ...ready, kind: 'to-check', chosen: { kind: 'choose-spare' } }
          : { ...ready, kind: 'wrong', mistakes: [spared.mistake] };
      }
      return choice.spare === null && view.active.length > LEAST_SPARED
        ? { ...ready, kind: 'to-check', chosen: { kind: 'choose-spare' } }
        : { ...ready, kind: 'to-check', chosen: { kind: 'not-now', spare: spared.spare } };
    }
    case 'check-keep-inactive': {
      const mistake = judgePuttingOff(view);
      return mistake === null
        ? { ...ready, kind: 'to-check', chosen: { kind: 'keep-inactive' } }
        : { ...ready, kind: 'wrong', mistakes: [mistake] };
    }
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

/** True if not all Active keys can stay, but nobody has chosen yet, and some of them may. */
function mayChooseOthers({ active }: CaseView, spare: readonly string[] | null, { code }: Mistake): boolean {
  return spare === null && active.length > LEAST_SPARED && code === 'own-key';
}
