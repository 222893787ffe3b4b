import type { SurveyedUser } from '../../../functions/core/inventory/surveyed.ts';
import type { ObservedKey } from '../../../functions/core/model/observation.ts';
import { DAY, plus } from '../../../functions/core/model/time.ts';
import { NOW, used } from '../../fakes/cases.ts';

export const TERMS = { quietPeriod: DAY, rotationWindow: 7 * DAY };

/** A key by its age in days and the days since its last use. */
export function aged(
  id: string,
  days: number,
  idle: number | null,
  status: ObservedKey['status'] = 'Active',
) {
  return {
    id,
    status,
    created: plus(NOW, -days * DAY),
    lastUsed: idle === null ? ({ kind: 'never' } as const) : used(plus(NOW, -idle * DAY)),
  };
}

export function surveyed(
  userName: string,
  keys: readonly ObservedKey[],
  more: Partial<SurveyedUser> = {},
): SurveyedUser {
  return {
    userId: `AIDA${userName.toUpperCase()}`,
    userName,
    path: '/',
    arn: `arn:aws:iam::123456789012:user/${userName}`,
    created: plus(NOW, -900 * DAY),
    tags: {},
    console: false,
    privilege: { kind: 'ordinary' },
    otherCredentials: { certificates: 0, serviceSpecific: null },
    how: 'live',
    keys,
    asOf: NOW,
    ...more,
  };
}
