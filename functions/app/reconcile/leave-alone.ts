import { withOrigin } from '../../core/judge/recorded.ts';
import { MINUTE, plus } from '../../core/model/time.ts';
import type { UnreadUser } from '../ports.ts';
import type { Wake } from '../wake.ts';
import type { World } from './world.ts';

/** How long until the next try at a case that cannot be read: a release that can may be deployed at any time. */
const TRY_AGAIN = 15 * MINUTE;

/** So much of who made keys is kept for a case that cannot be read: more than any user has keys. */
const EVIDENCE_KEPT = 20;

/**
 * Leaves a case alone that this release cannot read. Its user is not judged, no key is changed, and nobody is mailed: people
 * hear of it by the alarm on what is counted here. The message is done with, because the due index brings the next try.
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
    // A message says only once who made a key, and the case cannot take it now.
    const all = Object.entries(withOrigin(evidence, origin));
    await cases.keepEvidence(account, userId, Object.fromEntries(all.slice(-EVIDENCE_KEPT)));
  }
  await cases.postpone({ unread, version }, plus(clock.now(), TRY_AGAIN));
  return 'left-alone';
}
