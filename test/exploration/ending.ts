import { expect } from 'vitest';
import { foldHistory } from '../../functions/core/case/history.ts';
import type { Stage } from './stage.ts';

/** How a scenario ended: what must be the same whatever failed on the way. Times may differ, facts may not. */
export interface Ending {
  readonly keys: Record<string, string[]>;
  readonly cases: Record<string, unknown>[];
  /** How often each person was told what: `sec-lead: ...3QXK deactivated`. */
  readonly told: Map<string, number>;
}

export function endingOf({ m }: Stage): Ending {
  const keys = [...m.iam.users.values()].map(({ userId, userName, keys: all }) => [
    `${userId} ${userName}`,
    all.map(({ id, status }) => `${id} ${status}`),
  ]);
  const cases = [...m.table.rows.values()].map(({ case: current, wakeAt, failures, lastHash }) => {
    expect(
      foldHistory(m.table.history.get(current.userId) ?? [], lastHash),
      'S10: the history folds to the case',
    ).toEqual(current);
    const { userId, userName, number, phase, closedAs, heldFor, excluded, decision, owed, lease } = current;
    const { kind, by, deactivate, remove, shownActive, acknowledged, terms } = decision ?? {};
    const keep = decision?.kind === 'keep' ? decision.keep : null;
    // Of a user who is gone, a lagging read may have voided the decision first. The keys shown are a set.
    const decided =
      decision === null || closedAs === 'user-gone'
        ? null
        : {
            kind,
            by,
            keep,
            deactivate,
            remove,
            shownActive: [...(shownActive ?? [])].sort(),
            acknowledged,
            terms,
          };
    return {
      userId,
      userName,
      number,
      phase,
      closedAs,
      heldFor,
      excluded,
      decided,
      owed,
      lease,
      wakeAt,
      failures,
    };
  });
  const told = new Map<string, number>();
  const heads = [
    ...m.mails.map(({ recipient, subject }) => `${recipient}: ${headOf(subject)}`),
    ...m.news.map((news) => `machines: ${news.notice}`),
  ];
  for (const head of heads) {
    told.set(head, (told.get(head) ?? 0) + 1);
  }
  return { keys: Object.fromEntries(keys), cases, told };
}

/** The event of a mail without its date, or the account of a digest: as its reader sees it first. */
function headOf(subject: string): string {
  const said = /^\[Solekey\] [^:]+\/[^:]+: (.*?)(?:,? (?:on|at|until) \d.*)?$/.exec(subject)?.[1];
  return said ?? /^\[Solekey\] ([^:]+):/.exec(subject)?.[1] ?? subject;
}

/** Counts of notices that differ from the calm run, `sec-lead: ...3QXK deactivated +1`. */
export function toldOtherwise(calm: Ending, now: Ending): string[] {
  const heads = new Set([...calm.told.keys(), ...now.told.keys()]);
  return [...heads].flatMap((head) => {
    const more = (now.told.get(head) ?? 0) - (calm.told.get(head) ?? 0);
    return more === 0 ? [] : [`${head} ${more > 0 ? '+' : ''}${more}`];
  });
}

/** The same world: keys, cases with their decisions, nothing owed. What people were told is compared by each test. */
export function sameWorld(calm: Ending, now: Ending): void {
  expect({ keys: now.keys, cases: now.cases }).toEqual({ keys: calm.keys, cases: calm.cases });
}
