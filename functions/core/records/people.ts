/** The people around a decision: who was told before it, who made it about their own key, who asked for keys back. */
import { type KeyOrigin, MACHINES } from '../case/case.ts';
import { isMaker } from '../case/own-key.ts';
import { addressMark } from '../case/requests.ts';
import type { Approver, Policy } from '../model/policy.ts';
import type { AskedRestore, ToldPerson } from './decision-row.ts';
import { eventOf } from './reign.ts';
import { beforeIn, type Course } from './row.ts';

/** The notices that SNS accepted for people, without mails only about a dropped answer, in the versions from index `from` up to and including index `to`. */
export function toldIn({ versions }: Course, from: number, to: number): ToldPerson[] {
  return versions
    .slice(from, to + 1)
    .flatMap(({ entry: { at, events } }) =>
      events.flatMap(({ code, by = MACHINES, detail = '' }) =>
        code === 'told' && by !== MACHINES && detail !== 'answer-dropped'
          ? [{ recipient: by, notice: detail, at }]
          : [],
      ),
    );
}

/** Restores that were requested in the versions from index `from` on and before index `to`. */
export function restoresIn(course: Course, from: number, to: number): AskedRestore[] {
  return course.versions.slice(from, to).flatMap(({ entry, case: { progress } }, offset) => {
    const by = eventOf(entry, 'restore-asked')?.by;
    if (by === undefined) {
      return [];
    }
    const before = beforeIn(course, from + offset)?.progress ?? {};
    const wanted = Object.entries(progress).flatMap(([id, { restoring }]) =>
      restoring === undefined || restoring.at === before[id]?.restoring?.at ? [] : [{ id, at: restoring.at }],
    );
    return [{ keys: wanted.map(({ id }) => id), by, at: wanted[0]?.at ?? entry.at }];
  });
}

/** The person whose link was used. */
export interface Decider {
  readonly by: string;
  readonly address: string;
}

/**
 * True if a person created a key that stays because of their answer; null if that is not known. The ARNs under which they act
 * are those that the settings have now.
 */
export function isTheirOwn(
  kept: readonly string[],
  { by, address }: Decider,
  origins: Readonly<Record<string, KeyOrigin>>,
  account: string,
  policy: Pick<Policy, 'approvers'>,
): boolean | null {
  const decider = policy.approvers.find(({ id, email }) => id === by && addressMark(email) === address);
  const known = kept.map((id) => creatorIs(decider, origins[id], account, policy));
  return known.includes(true) ? true : known.includes(null) ? null : false;
}

function creatorIs(
  decider: Approver | undefined,
  made: KeyOrigin | undefined,
  account: string,
  policy: Pick<Policy, 'approvers'>,
): boolean | null {
  const { principals = [] } = decider ?? {};
  return decider === undefined || made === undefined || principals.length === 0
    ? null
    : isMaker(made, account, decider, policy);
}
