import type { TermChange } from '../case/terms.ts';
import type { Deletion, Mode } from '../model/policy.ts';
import { inWords } from './words.ts';

const DELETED: Readonly<Record<Deletion, string>> = {
  'after-grace': 'are deleted permanently after the grace period',
  'on-confirmation': 'are deleted only after someone confirms it',
  never: 'are never deleted',
};

const MODE: Readonly<Record<Mode, string>> = {
  enforce: 'Solekey no longer only observes this user: it now changes keys as decided.',
  observe: 'Solekey now only observes this user and changes no key.',
};

/** One or two sentences about a setting that has changed since a page was shown. */
export function termSentence(change: TermChange): string {
  switch (change.term) {
    case 'mode':
      return MODE[change.now];
    case 'deletion':
      return `That page said that deactivated keys ${DELETED[change.was]}. Now they ${DELETED[change.now]}.`;
    case 'grace':
      return `The grace period was ${inWords(change.was)} and is ${inWords(change.now)} now.`;
  }
}
