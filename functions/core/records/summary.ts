import type { ClosedAs, HeldReason, Phase } from '../case/case.ts';
import { exceptionOf } from '../case/exception.ts';
import type { EventCode } from '../case/history.ts';
import { activeKeys } from '../model/compliance.ts';
import type { KeyStatus, ObservedKey } from '../model/observation.ts';
import type { Instant } from '../model/time.ts';
import type { ToldPerson } from './decision-row.ts';
import { toldIn } from './people.ts';
import { type Course, headOf, type RowHead } from './row.ts';

/** A key as the case recorded it. */
export interface RecordedKey {
  readonly id: string;
  readonly status: KeyStatus;
  readonly created: Instant;
  /** `user/<name>`, `role/<name>` or `root`; null if it is not known. */
  readonly createdBy: string | null;
}

/** Something that happened to a key, as seen in IAM. */
export interface KeyChange {
  readonly keyId: string;
  readonly at: Instant;
}

/** *Configuration summary*: what a case found, what was changed, and what stays Active. */
export interface SummaryRow extends RowHead {
  readonly openedAt: Instant;
  readonly phase: Phase;
  readonly heldFor: HeldReason | null;
  readonly closedAt: Instant | null;
  readonly closedAs: ClosedAs | null;
  readonly excluded: boolean;
  /** End of the exception in force; null if there is none. */
  readonly exceptionUntil: Instant | null;
  /** The user's names during the case, but for the last one. */
  readonly formerNames: readonly string[];
  /** All keys when the case was opened. */
  readonly keysBefore: readonly RecordedKey[];
  /** All keys as last recorded. */
  readonly keysAfter: readonly RecordedKey[];
  /** When these were read. */
  readonly keysSeenAt: Instant;
  /** Keys that Solekey deactivated, reactivated on request and deleted, in that order. */
  readonly deactivated: readonly KeyChange[];
  readonly restored: readonly KeyChange[];
  readonly deleted: readonly KeyChange[];
  /** Keys that somebody else reactivated, deactivated or deleted, or that AWS expired. */
  readonly changedByOthers: readonly KeyChange[];
  readonly stillActive: readonly string[];
  /** All notices about the case that were accepted for people. */
  readonly told: readonly ToldPerson[];
}

/** The summary of a case. */
export function summaryRow(course: Course): SummaryRow {
  const { last, versions } = course;
  const { case: current } = last;
  const { opened, phase, heldFor, closedAs, excluded, keysSeenAt } = current;
  const origins = { ...versions[0].case.origins, ...current.origins };
  const recorded = (keys: readonly ObservedKey[]) =>
    keys.map(({ id, status, created }): RecordedKey => {
      return { id, status, created, createdBy: origins[id]?.createdBy ?? null };
    });
  return {
    ...headOf(course),
    openedAt: opened,
    phase,
    heldFor,
    closedAt: phase === 'closed' ? current.phaseSince : null,
    closedAs,
    excluded,
    exceptionUntil: phase === 'closed' ? null : (exceptionOf(current)?.until ?? null),
    formerNames: detailsOf(course, 'renamed'),
    keysBefore: recorded(versions[0].case.keys),
    keysAfter: recorded(current.keys),
    keysSeenAt,
    deactivated: changesIn(course, ['deactivated']),
    restored: changesIn(course, ['restored']),
    deleted: changesIn(course, ['deleted']),
    changedByOthers: changesIn(course, BY_OTHERS),
    stillActive: activeKeys(current.keys).map(({ id }) => id),
    told: toldIn(course, 0, versions.length),
  };
}

/** The events of these. */
const BY_OTHERS = [
  'reactivated-by-hand',
  'off-without-us',
  'gone-without-us',
  'expired',
] as const satisfies readonly EventCode[];

function changesIn({ versions }: Course, codes: readonly EventCode[]): KeyChange[] {
  const wanted: readonly string[] = codes;
  return versions.flatMap(({ entry: { at, events } }) =>
    events.flatMap(({ code, keyId }) =>
      wanted.includes(code) && keyId !== undefined ? [{ keyId, at }] : [],
    ),
  );
}

function detailsOf({ versions }: Course, wanted: EventCode): string[] {
  return versions.flatMap(({ entry: { events } }) =>
    events.flatMap(({ code, detail }) => (code === wanted && detail !== undefined ? [detail] : [])),
  );
}
