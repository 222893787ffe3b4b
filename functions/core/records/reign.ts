/** *Reign*: the time in which one decision is in force, in the course of its case. */
import type { Decision } from '../case/decision.ts';
import type { StoredEntry, Version } from '../case/history.ts';
import type { DecisionEnd } from './decision-row.ts';
import { beforeIn, type Course } from './row.ts';

/** A decision with the indexes of its versions. */
export interface Reign {
  /** As it was last: with its first claim, its confirmation and its warnings. */
  readonly decision: Decision;
  /** The first version with it, and its index. */
  readonly first: Version;
  readonly from: number;
  /** Index of the first version without it; null if it is in force in the last one. */
  readonly to: number | null;
}

/** The decisions of a case, oldest first. */
export function reignsOf({ versions }: Course): readonly Reign[] {
  return versions.reduce<readonly Reign[]>((reigns, version, index) => {
    const { decision } = version.case;
    const [open] = reigns.slice(-1).filter(({ to }) => to === null);
    const before = open === undefined ? reigns : reigns.slice(0, -1);
    if (open !== undefined && decision?.digest === open.decision.digest) {
      return [...before, { ...open, decision }];
    }
    const ended = open === undefined ? before : [...before, { ...open, to: index }];
    return decision === null ? ended : [...ended, { decision, first: version, from: index, to: null }];
  }, []);
}

/** The end of a decision; null if it is in force in the last version. */
export function endOf(course: Course, { to }: Reign): DecisionEnd | null {
  const version = to === null ? undefined : course.versions[to];
  return version === undefined ? null : endIn(version);
}

/** The end of a decision that this version lacks. */
export function endIn({ entry, case: current }: Version): DecisionEnd {
  const { at } = entry;
  const end = { at, by: null, keyId: null };
  if (current.decision !== null) {
    return { ...end, why: 'superseded' };
  }
  const event = eventOf(entry, 'decision-void');
  if (event !== undefined) {
    return { at, why: event.detail ?? 'void', by: event.by ?? null, keyId: event.keyId ?? null };
  }
  if (eventOf(entry, 'reopened') !== undefined) {
    return { ...end, why: 'reopened' };
  }
  return { ...end, why: current.excluded ? 'excluded' : 'outside' };
}

/** The first event with this code in an entry. */
export function eventOf({ events }: StoredEntry, code: string): StoredEntry['events'][number] | undefined {
  return events.find((event) => event.code === code);
}

/** Number of the question that was the present one before this version. */
export function questionBefore(course: Course, index: number): number {
  return beforeIn(course, index)?.asking ?? 0;
}
