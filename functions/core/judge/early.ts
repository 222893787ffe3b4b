/** The rules that end a judgement before anything is recorded, because nothing was observed or no case is needed. */

import { withFewOthers } from '../case/by-key.ts';
import { isOpen } from '../case/case.ts';
import { recordedExposure } from '../case/exposure.ts';
import type { RuleName } from '../case/history.ts';
import { owesMail } from '../case/notices.ts';
import { withOrigin } from '../case/origins.ts';
import { DAY, plus } from '../model/time.ts';
import { amended, inPhase } from './draft.ts';
import { closed } from './endings.ts';
import { exposureEvents } from './evidence.ts';
import { held, reminded } from './hold.ts';
import { needsNoCase } from './recorded.ts';
import type { Draft, Early, Ending, Situation } from './situation.ts';

/** After this long without a successful observation, people are notified. */
const UNKNOWN_FOR = DAY;

/** Law 2: while another pass has the lease, nobody else moves the case. */
export function leased({ current, now, pass }: Situation): Early | null {
  const lease = current?.lease ?? null;
  return lease === null || lease.by === pass || now >= lease.until
    ? null
    : { go: 'none', rule: 'leased', dueAt: lease.until };
}

/**
 * Judgement 1: a read failed, so nothing changes. If that lasts for a day, the case is held and people are notified.
 */
export function userUnread(situation: Situation): Early | null {
  const { current, observed, now, origin, policy } = situation;
  if (observed.kind !== 'unknown') {
    return null;
  }
  if (!isOpen(current)) {
    return nothingOpen(situation, 'unknown');
  }
  const draft = free(current);
  const since = current.unknownSince ?? now;
  const begun =
    since === now
      ? amended(draft, { unknownSince: since }, { code: 'unknown', detail: observed.why })
      : draft;
  const origins = withFewOthers(current.keys, withOrigin(current, origin, policy));
  const exposed = recordedExposure(current, situation.exposed, current.keys);
  const events = exposureEvents(current.exposed, exposed.exposed);
  const noted = amended(begun, { origins, ...exposed }, ...events);
  if (current.phase === 'held') {
    return unknown(reminded(situation, noted));
  }
  if (now < plus(since, UNKNOWN_FOR)) {
    return unknown(noted);
  }
  return unknown(held(situation, inPhase(noted, 'held', now, { heldFor: 'unknown' }), noted));
}

function unknown(draft: Draft): Ending {
  return { go: 'end', rule: 'unknown', draft };
}

/**
 * Judgement 2: neither name, keys nor user list led to the user. A second such observation, `settle` after the first,
 * closes the case.
 */
export function userGone(situation: Situation): Early | null {
  const { current, observed, now, policy } = situation;
  if (observed.kind !== 'missing') {
    return null;
  }
  if (!isOpen(current)) {
    return nothingOpen(situation, 'gone');
  }
  const draft = free(current);
  const { missingSince } = current;
  if (missingSince !== null && now >= plus(missingSince, policy.settle)) {
    return { go: 'end', rule: 'gone', draft: closed(situation, draft, 'user-gone') };
  }
  const noted = missingSince === null ? amended(draft, { missingSince: now }, { code: 'missing' }) : draft;
  return { go: 'end', rule: 'gone', draft: noted };
}

/** Judgement 5 without an open case: a user with at most one Active key needs none. */
export function withoutCase(situation: Situation): Early | null {
  return needsNoCase(situation) ? nothingOpen(situation, 'compliant') : null;
}

/** The case without the lease of an earlier pass, as the start of a judgement. */
function free(current: Draft['case']): Draft {
  return { case: { ...current, lease: null }, events: [] };
}

/** No case is needed. A closed case may still have unsent notices of its end, if the pass that closed it died. */
function nothingOpen({ current }: Situation, rule: RuleName): Early {
  return current === null || !owesMail(current)
    ? { go: 'none', rule, dueAt: null }
    : { go: 'end', rule: 'settled', draft: free(current) };
}
