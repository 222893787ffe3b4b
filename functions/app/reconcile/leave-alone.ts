import { withOrigin } from '../../core/judge/recorded.ts';
import { MINUTE, plus } from '../../core/model/time.ts';
import type { UnreadUser } from '../ports.ts';
import type { Wake } from '../wake.ts';
import type { World } from './world.ts';

/** Time until the next try to read a case. A release that can read it may be deployed at any time. */
const TRY_AGAIN = 15 * MINUTE;

/** Maximum number of creators stored for a case that cannot be read, which is more than any user has keys. */
const EVIDENCE_KEPT = 20;

/**
 * Leaves alone a case that this release cannot read. Its user is not judged, no key is changed, and no mail is sent:
 * the alarm on the metrics counted here tells people. The message is handled, because the due index leads to the next
 * try.
 */
export async function leaveAlone(
  { cases, clock, log }: Pick<World, 'cases' | 'clock' | 'log'>,
  { unread, evidence, version }: Omit<UnreadUser, 'nameHolder'>,
  { origin }: Pick<Wake, 'origin'>,
): Promise<'left-alone'> {
  const { account, userId, why, reason } = unread;
  log.error('A case that this release cannot read is left alone', { userId, why, reason });
  log.count('CaseNotReadable');
  if (origin !== undefined) {
    // Only one message tells who created a key, and the case cannot store it now.
    const all = Object.entries(withOrigin(evidence, origin));
    await cases.keepEvidence(account, userId, Object.fromEntries(all.slice(-EVIDENCE_KEPT)));
  }
  await cases.postpone({ unread, version }, plus(clock.now(), TRY_AGAIN));
  return 'left-alone';
}
