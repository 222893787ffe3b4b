import type { Instant } from '../model/time.ts';
import type { UsageReason } from '../proposal/reason.ts';
import type { NotLookedUp } from '../usage/usage.ts';
import { originsWords } from './sources.ts';
import type { Style } from './style.ts';
import { day, fromNow } from './words.ts';

/** True for reasons that depend on what the event history does not show. */
export const DEPENDS_ON_UNSEEN: Readonly<Record<UsageReason['code'], boolean>> = {
  'seen-with': false,
  moved: true,
  'not-moved': true,
  disjoint: true,
  'seen-since': false,
  unseen: true,
  'not-looked-up': false,
  'only-errors': true,
  'only-checks': true,
  shared: false,
  'managed-by-code': false,
};

/** A sentence or two for a reason from the event history. */
export function usageSentence(reason: UsageReason, now: Instant, style: Style): string {
  const key = style.key(reason.keyId);
  switch (reason.code) {
    case 'seen-with':
      return `CloudTrail shows ${key} in use from ${originsWords(reason.origins, style)}.`;
    case 'moved':
      return `Everything that CloudTrail shows for ${key} has since been seen with ${style.key(reason.to)}.`;
    case 'not-moved':
      return `${key} was used from ${originsWords(reason.origins, style)}. The same use has not been seen since with the key to keep.`;
    case 'disjoint':
      return `${style.key(reason.kept)} is new, and nothing that ${key} did has been seen with it.`;
    case 'seen-since':
      return `CloudTrail shows a later use of ${key} than IAM: ${day(reason.at)} (${fromNow(reason.at, now)}), from ${originsWords(reason.origins, style)}.`;
    case 'unseen':
      return `IAM shows a use of ${key} in the last 90 days that CloudTrail does not show, so other uses may be missing too.`;
    case 'not-looked-up':
      return NOT_LOOKED_UP[reason.why](key);
    case 'only-errors':
      return `Every call with ${key} that CloudTrail shows has failed.`;
    case 'only-checks':
      return `As far as CloudTrail shows, ${key} only reads or opens sessions.`;
    case 'shared':
      return `${key} seems to be shared. It is used from ${originsWords(reason.origins, style)}.`;
    case 'managed-by-code':
      return `${key} is used from ${originsWords(reason.origins, style)}. If code also creates the keys of this user, change the code first.`;
  }
}

const NOT_LOOKED_UP: Readonly<Record<Exclude<NotLookedUp, 'off'>, (key: string) => string>> = {
  waiting: (key) => `CloudTrail has not yet been asked who uses ${key}.`,
  throttled: (key) => `It is not known who uses ${key}: CloudTrail throttled the lookup.`,
  failed: (key) => `It is not known who uses ${key}: CloudTrail gave no answer.`,
  denied: (key) => `It is not known who uses ${key}: Solekey has no permission to look it up in CloudTrail.`,
};
