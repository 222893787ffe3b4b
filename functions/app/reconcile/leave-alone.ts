import { withFewOthers } from '../../core/case/by-key.ts';
import { exposureOf, mergedExposure, NOTHING_EXPOSED, withFewOtherKeys } from '../../core/case/exposure.ts';
import { withOrigin } from '../../core/case/origins.ts';
import { sameValue } from '../../core/model/digest.ts';
import { MINUTE, plus } from '../../core/model/time.ts';
import type { UnreadUser } from '../store-ports.ts';
import type { News } from '../wake.ts';
import type { World } from './world.ts';

/** Time until the next try to read a case. A release that can read it may be deployed at any time. */
const TRY_AGAIN = 15 * MINUTE;

/**
 * Leaves alone a case that this release cannot read. Its user is not judged, no key is changed, and no mail is sent:
 * the alarm on the metrics counted here tells people. The message is handled, because the due index leads to the next
 * try.
 */
export async function leaveAlone(
  { cases, clock, log, policy }: Pick<World, 'cases' | 'clock' | 'log' | 'policy'>,
  { unread, evidence, exposed, underName, version }: Omit<UnreadUser, 'nameHolder'>,
  news: News | null,
): Promise<'left-alone'> {
  const { account, userId, why, reason, keys } = unread;
  log.error('A case that this release cannot read is left alone', { userId, why, reason });
  log.count('CaseNotReadable');
  const known = { userName: unread.userName ?? '', origins: { ...underName.origins, ...evidence } };
  const origins = withOrigin(known, news?.origin ?? null, policy);
  const before = exposed ?? NOTHING_EXPOSED;
  const all = mergedExposure(before, underName.exposed, exposureOf(news?.exposure ?? null));
  // Only one message tells who created a key or that it is exposed, and the case cannot store it now.
  const parts = {
    ...(sameValue(origins, evidence) ? {} : { origins: withFewOthers(keys, origins) }),
    ...(sameValue(all, before) ? {} : { exposed: withFewOtherKeys(keys, all) }),
  };
  if (Object.keys(parts).length > 0) {
    await cases.keepEvidence(account, userId, parts);
  }
  await cases.postpone({ unread, version }, plus(clock.now(), TRY_AGAIN));
  return 'left-alone';
}
