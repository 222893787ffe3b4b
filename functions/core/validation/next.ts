import type { NextStep } from '../words/next-step.ts';
import type { Remaining, RemainingVerdict } from './remaining.ts';
import type { ValidatedUser } from './validated-user.ts';

/** The recommended next step for a user; null if nothing is left to do. A violation comes first, then what is not known. */
export function nextStep(user: Omit<ValidatedUser, 'next'>): NextStep | null {
  const { count, excluded, observed, doubts, remaining, openCase } = user;
  if (count === 'more' && excluded !== null) {
    return 'excluded';
  }
  if (count === 'more' && observed) {
    return 'observed';
  }
  if (doubts.includes('unread-case')) {
    return 'unread-case';
  }
  if (doubts.includes('history')) {
    return 'verify';
  }
  if (count !== 'more' && doubts.length > 0) {
    return 'read';
  }
  const phase = openCase?.phase ?? 'closed';
  if (phase !== 'closed') {
    return phase;
  }
  if (count === 'more') {
    return 'no-case';
  }
  const differs = remaining !== null && DIFFERS[remaining.verdict];
  return differs ? (isReplaced(remaining) ? 'replaced' : 'compare') : null;
}

/** For each verdict on the remaining keys, true if they are known not to be those on record. */
const DIFFERS = {
  ok: false,
  gone: false,
  'not-read': false,
  'other-key': true,
  none: true,
  several: true,
} as const satisfies Record<RemainingVerdict, boolean>;

function isReplaced({ verdict, createdSince }: Remaining): boolean {
  return verdict === 'other-key' && createdSince;
}
