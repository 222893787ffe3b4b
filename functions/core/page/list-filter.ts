import { exceptionOf } from '../case/exception.ts';
import type { Policy } from '../model/policy.ts';
import { DAY, type Instant, plus, type Seconds } from '../model/time.ts';
import type { Evidence } from '../proposal/context.ts';
import { adviceFor } from './advice.ts';
import type { ListRow } from './list.ts';

/** Confidences to filter by; `none`: there is no proposal. */
export const CONFIDENCES = ['high', 'medium', 'low', 'none'] as const;

/** Privileges to filter by; `privileged`: administrators and users who can become one. */
export const PRIVILEGES = ['ordinary', 'privileged', 'unknown'] as const;

/** Minimum ages of cases to filter by, in days. */
export const AGES = ['7', '30', '90'] as const;

/** States of the exception to filter by. */
export const EXCEPTIONS = ['yes', 'no'] as const;

/**
 * A filter of the list: null means any. It chooses which rows are shown, and never what a row permits.
 */
export interface ListFilter {
  readonly confidence: (typeof CONFIDENCES)[number] | null;
  readonly privilege: (typeof PRIVILEGES)[number] | null;
  readonly age: (typeof AGES)[number] | null;
  readonly exception: (typeof EXCEPTIONS)[number] | null;
  readonly account: string | null;
}

/** The filter that shows every row. */
export const EVERY_ROW: ListFilter = {
  confidence: null,
  privilege: null,
  age: null,
  exception: null,
  account: null,
};

/** True if a filter chooses at all. */
export function isFiltering(filter: ListFilter): boolean {
  return Object.values(filter).some((one) => one !== null);
}

/** True if a filter shows a row. */
export function shows(
  { confidence, privilege, age, exception, account }: ListFilter,
  { view }: Pick<ListRow, 'view'>,
  policy: Policy,
  now: Instant,
): boolean {
  const { current } = view;
  return (
    (account === null || account === current.account) &&
    (exception === null || (exception === 'yes') === (exceptionOf(current) !== null)) &&
    (age === null || current.opened <= plus(now, -AGE[age])) &&
    (privilege === null || privilege === privilegeOf(view.evidence.about?.privilege)) &&
    (confidence === null || confidence === confidenceOf(view, policy, now))
  );
}

const AGE = { 7: 7 * DAY, 30: 30 * DAY, 90: 90 * DAY } as const satisfies Record<
  (typeof AGES)[number],
  Seconds
>;

type Privilege = NonNullable<Evidence['about']>['privilege'];

const KIND = {
  ordinary: 'ordinary',
  administrator: 'privileged',
  'can-become': 'privileged',
  unknown: 'unknown',
} as const satisfies Record<Privilege['kind'], (typeof PRIVILEGES)[number]>;

/** The privilege of a user; unknown before the first survey found them. */
function privilegeOf(privilege: Privilege | undefined): (typeof PRIVILEGES)[number] {
  return KIND[privilege?.kind ?? 'unknown'];
}

function confidenceOf(view: ListRow['view'], policy: Policy, now: Instant): (typeof CONFIDENCES)[number] {
  const advice = adviceFor(view, policy, now);
  return advice.kind === 'proposal' ? advice.proposal.confidence : 'none';
}
