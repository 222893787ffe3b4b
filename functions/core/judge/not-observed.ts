import { isOpen } from '../case/case.ts';
import type { MissingUser, UnknownUser } from '../model/observation.ts';
import { DAY, plus } from '../model/time.ts';
import { amended, inPhase } from './draft.ts';
import { closed } from './endings.ts';
import { held, reminded } from './hold.ts';
import { withOrigin } from './recorded.ts';
import type { Draft, Ending, Situation } from './situation.ts';

/** After this long without a successful observation, people are notified. */
const UNKNOWN_FOR = DAY;

/**
 * Rules 1 and 2 for an open case whose user could not be observed: an unknown user changes nothing, a missing user
 * must be missing twice. Null if there is no open case.
 */
export function notObserved(situation: Situation, observed: UnknownUser | MissingUser): Ending | null {
  const { current, now } = situation;
  if (!isOpen(current)) {
    return null;
  }
  const draft: Draft = { case: { ...current, lease: null }, events: [] };
  return observed.kind === 'unknown'
    ? unknown(situation, draft, observed.why)
    : missing(situation, draft, now);
}

function unknown(situation: Situation, draft: Draft, why: string): Ending {
  const { now } = situation;
  const since = draft.case.unknownSince ?? now;
  const begun =
    since === now ? amended(draft, { unknownSince: since }, { code: 'unknown', detail: why }) : draft;
  const noted = amended(begun, { origins: withOrigin(draft.case.origins, situation.origin) });
  if (draft.case.phase === 'held') {
    return { go: 'end', rule: 'unknown', draft: reminded(situation, noted) };
  }
  if (now < plus(since, UNKNOWN_FOR)) {
    return { go: 'end', rule: 'unknown', draft: noted };
  }
  const turned = inPhase(noted, 'held', now, { heldFor: 'unknown' });
  return { go: 'end', rule: 'unknown', draft: held(situation, turned, noted) };
}

function missing(situation: Situation, draft: Draft, now: string): Ending {
  const { missingSince } = draft.case;
  const seenTwice = missingSince !== null && now >= plus(missingSince, situation.policy.settle);
  if (seenTwice) {
    return { go: 'end', rule: 'gone', draft: closed(situation, draft, 'user-gone') };
  }
  const noted = missingSince === null ? amended(draft, { missingSince: now }, { code: 'missing' }) : draft;
  return { go: 'end', rule: 'gone', draft: noted };
}
