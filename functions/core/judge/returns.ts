import type { Case, ClosedAs } from '../case/case.ts';
import { RETURNS_REMEMBERED, type Returned } from '../case/returned.ts';
import type { ObservedKey } from '../model/observation.ts';
import { DAY, type Instant, plus } from '../model/time.ts';

/** True for the ends of a case in which a decision was carried out. */
const CARRIED_OUT = {
  remediated: true,
  deactivated: true,
  'by-owner': false,
  'by-restore': false,
  'user-gone': false,
} as const satisfies Record<ClosedAs, boolean>;

/** A key that is created this long after the end of a case is no return of the one that was deleted in it. */
const ANEW_WITHIN = 14 * DAY;

/** One more return of a key in the case with this number. */
export function oneMore(
  { returned }: Pick<Case, 'returned'>,
  number: number,
  keyId: string,
  how: Returned['how'],
  now: Instant,
): Returned {
  const recent = returned !== undefined && now < plus(returned.at, RETURNS_REMEMBERED);
  return { ...returned, number, how, keyId, count: recent ? returned.count + 1 : 1, at: now };
}

/** The key that returned after a closed case in which a decision had been carried out; null if there is none. */
export function cameBack(
  closed: Case,
  keys: readonly ObservedKey[],
  now: Instant,
): Pick<Returned, 'keyId' | 'how'> | null {
  const { closedAs, progress, phaseSince } = closed;
  if (closedAs === null || !CARRIED_OUT[closedAs] || now >= plus(phaseSince, ANEW_WITHIN)) {
    return null;
  }
  const active = keys.filter(({ status }) => status === 'Active').map(({ id }) => id);
  const ours = active.find((id) => progress[id]?.deactivated !== undefined);
  if (ours !== undefined) {
    return { keyId: ours, how: 'reactivated' };
  }
  const fresh = active.find((id) => !closed.keys.some((key) => key.id === id));
  return fresh === undefined ? null : { keyId: fresh, how: 'created-anew' };
}
