import type { Policy } from '../core/model/policy.ts';
import type { CaseView } from '../core/page/case-view.ts';
import { selfPauseSentence } from '../core/words/self-pause.ts';
import { outsideWindow } from '../core/words/window.ts';

/** For a page of an account in which nothing is deactivated or deleted now, because a person paused it. */
const PAUSED =
  'Solekey is paused: decisions are recorded, but no key is deactivated or deleted until it is resumed. Reactivating keys still works.';

const UNTIL_RESUMED =
  'Decisions are recorded, but no key is deactivated or deleted until an operator resumes it. Reactivating keys still works.';

/** The sentences of a page while nothing is deactivated or deleted, with the reason if Solekey paused itself; none otherwise. */
export function pausedWords(
  { paused, selfPause }: Pick<CaseView, 'paused' | 'selfPause'>,
  { digest: { zone } }: Pick<Policy, 'digest'>,
): string[] {
  if (selfPause !== null) {
    return [`${selfPauseSentence(selfPause, zone)} ${UNTIL_RESUMED}`];
  }
  return paused ? [PAUSED] : [];
}

/** The reason why a change that was asked for now would wait, for a pause or the change window; none if it would not. */
export function notNow(
  view: Pick<CaseView, 'paused' | 'selfPause' | 'opens'>,
  policy: Pick<Policy, 'digest'>,
): string[] {
  if (view.paused) {
    return pausedWords(view, policy);
  }
  return view.opens === null ? [] : [outsideWindow(view.opens, policy.digest.zone)];
}
