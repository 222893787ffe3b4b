/** Looks up who uses the active keys of the users with several of them. */
import type { UsageReader } from '../../functions/app/usage-ports.ts';
import type { Assessment, Violator } from '../../functions/core/assess/assessment.ts';
import type { UsageByKey } from '../../functions/core/assess/usage.ts';
import { hasId } from '../../functions/core/inventory/surveyed.ts';
import { type Instant, plus, type Seconds, secondsBetween } from '../../functions/core/model/time.ts';
import { regionsToRead } from '../../functions/core/usage/regions.ts';
import type { KeyUsage } from '../../functions/core/usage/usage.ts';
import { windowsAt } from '../../functions/core/usage/windows.ts';
import type { AssessOptions } from './options.ts';

/** The one action that usage needs. */
export const USAGE_ACTION = 'cloudtrail:LookupEvents';

/** The number of users whose keys are looked up by default, worst first. */
const USERS = 10;

/** The time that it takes at most, by default. */
const AT_MOST: Seconds = 60;

export interface LookUpOptions {
  readonly reader: UsageReader;
  /** The Region that has the calls to global services. */
  readonly home: string;
  readonly now: () => Instant;
  readonly say: (line: string) => void;
}

/** The usage that was found. `denied`: CloudTrail refused at least one call. */
export interface UsageFound {
  readonly usage: UsageByKey;
  readonly denied: boolean;
}

/** The users whose keys are to be looked up: of `--explain` only that one, else the ten worst, or all. */
export function usersToLookUp(
  { violators }: Assessment,
  { usage, explain }: Pick<AssessOptions, 'usage' | 'explain'>,
): readonly Violator[] {
  switch (usage) {
    case 'off':
      return [];
    case 'on':
      return explain === null
        ? violators.slice(0, USERS)
        : violators.filter(({ user }) => user.userName.toLowerCase() === explain.toLowerCase());
    case 'all':
      return violators;
  }
}

/** Looks up the active keys of these users, one after the other. After `AT_MOST` seconds the rest stays, unless `all`. */
export async function lookUpUsage(
  users: readonly Violator[],
  mode: AssessOptions['usage'],
  options: LookUpOptions,
): Promise<UsageFound> {
  const { reader, home, now, say } = options;
  const until = mode === 'all' ? null : plus(now(), AT_MOST);
  // A key that only the credential report knows has no id to look up.
  const keys = users.flatMap(({ active }) => active).filter(({ id }) => hasId(id));
  const usage = new Map<string, KeyUsage>();
  let denied = false;
  if (keys.length > 0) {
    const limit = until === null ? '' : `, for at most ${AT_MOST} seconds`;
    say(`Looking up ${keys.length} active keys in CloudTrail's event history${limit} ...`);
  }
  for (const [index, key] of keys.entries()) {
    const seenIn = key.lastUsed.kind === 'used' ? [key.lastUsed.region] : [];
    const query = { keyId: key.id, created: key.created, regions: regionsToRead(home, seenIn), until };
    const calls = windowsAt(now(), key.created).length * query.regions.length;
    // A key takes a second for each call, and half of it is of no use to anybody.
    if (until !== null && secondsBetween(now(), until) < calls) {
      continue;
    }
    const found = await reader.of(query);
    usage.set(key.id, found);
    const { lookup } = found;
    const refused = lookup.kind === 'not-looked-up' && lookup.why === 'denied';
    denied ||= refused;
    if (refused && index === 0 && lookup.partly === undefined) {
      // The very first call was refused, so the others would be, too.
      return { usage: new Map(keys.map(({ id }) => [id, { ...found, keyId: id }])), denied };
    }
    if (keys.length > SOME) {
      say(`${index + 1} of ${keys.length} keys looked up`);
    }
  }
  return { usage, denied };
}

/** With more keys than this, progress is told. */
const SOME = 4;
