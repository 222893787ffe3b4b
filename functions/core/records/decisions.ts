import { type DecisionKind, groundsIn, keptKeys } from '../case/decision.ts';
import type { StoredEntry, Version } from '../case/history.ts';
import { blankDecision, type DecisionRow, type RecordedException } from './decision-row.ts';
import { isTheirOwn, restoresIn, toldIn } from './people.ts';
import { endIn, endOf, questionBefore, type Reign, reignsOf } from './reign.ts';
import { type Course, headOf, type RecordContext } from './row.ts';

/** A row, and the index of the version in which it began. */
export interface Begun {
  readonly index: number;
  readonly row: DecisionRow;
}

/** The records of all decisions of a case. */
export function decisionRows(course: Course, context: RecordContext): Begun[] {
  const reigns = reignsOf(course);
  const inForce = reigns.map((reign, n): Begun => {
    const from = reigns[n - 1]?.from ?? 0;
    const to = reigns[n + 1]?.from ?? course.versions.length;
    return { index: reign.from, row: rowOf(course, reign, { from, to }, context) };
  });
  return [...inForce, ...neverInForce(course, reigns)];
}

/** Index of the version with the decision before, and of the one with the next. */
interface Between {
  readonly from: number;
  readonly to: number;
}

function rowOf(course: Course, reign: Reign, between: Between, context: RecordContext): DecisionRow {
  const { decision, from } = reign;
  const { by, address, at, confirmed, terms } = decision;
  const { reason = null, commentDigest = null } = groundsIn(decision);
  const kept = keptKeys(decision);
  const ended = endOf(course, reign);
  const { account, origins, closedAs } = course.last.case;
  const given = context.answers.find(({ request }) => request.digest === decision.digest);
  const own = decision.selfApproved ?? isTheirOwn(kept, { by, address }, origins, account, context.policy);
  const { grace: graceSeconds } = terms;
  return {
    ...blank(course, from, reign.first, decision.kind),
    keysKept: kept,
    keysToDeactivate: decision.deactivate,
    keysToDelete: decision.remove,
    exception: exceptionIn(reign),
    reason,
    commentDigest,
    acknowledged: decision.acknowledged,
    deletion: terms.deletion,
    graceSeconds,
    by,
    address,
    link: given?.purpose ?? null,
    answeredAt: at,
    carriedOutAt: decision.carriedOutAt,
    confirmed: confirmed === null ? null : { by: confirmed.by, address: confirmed.address, at: confirmed.at },
    told: toldIn(course, between.from, from),
    madeByDecider: own,
    ended,
    restores: restoresIn(course, from, between.to),
    expectedActive: ended === null && isExpecting(closedAs) ? kept : null,
  };
}

/** True if the end of a case leaves keys behind of which the decision in force says which are Active. */
function isExpecting(closedAs: DecisionRow['closedAs']): boolean {
  return closedAs !== null && closedAs !== 'user-gone';
}

/** The row of an answer, with no more than its kind, its question and its times. */
export function blank(
  course: Course,
  index: number,
  { entry }: Version,
  kind: DecisionRow['kind'],
): DecisionRow {
  const { phase, phaseSince, closedAs } = course.last.case;
  const question = questionBefore(course, index);
  return blankDecision(headOf(course, question), {
    question,
    kind,
    adoptedAt: entry.at,
    closedAt: phase === 'closed' ? phaseSince : null,
    closedAs,
  });
}

function exceptionIn({ decision, first }: Reign): RecordedException | null {
  if (decision.kind !== 'not-now') {
    return null;
  }
  const { spare: keys, until, at } = decision;
  const granted = first.case.exceptions?.find((one) => one.at === at);
  return { keys, until, renewals: (granted?.count ?? 1) - 1 };
}

/** The events of answers that become the decision, with their kinds. */
const ADOPTIONS: readonly (readonly [code: string, kind: DecisionKind])[] = Object.entries({
  keep: 'decided',
  none: 'none-decided',
  'not-now': 'exception-granted',
} as const satisfies Record<DecisionKind, string>).map(([kind, code]) => [code, kind as DecisionKind]);

/**
 * The records of answers that became the decision and void in one version, because a key had been used meanwhile: of these the
 * history has only the event.
 */
function neverInForce(course: Course, reigns: readonly Reign[]): Begun[] {
  return course.versions.flatMap((version, index): Begun[] => {
    const found = ADOPTIONS.flatMap(([code, kind]) =>
      version.entry.events.flatMap((event) => (event.code === code ? [{ kind, event }] : [])),
    );
    const [adopted] = reigns.some(({ from }) => from === index) ? [] : found;
    return adopted === undefined
      ? []
      : [{ index, row: { ...shortRow(course, index, version, adopted), ended: endIn(version) } }];
  });
}

function shortRow(
  course: Course,
  index: number,
  version: Version,
  { kind, event }: { readonly kind: DecisionKind; readonly event: StoredEntry['events'][number] },
): DecisionRow {
  const { by = null, keyId } = event;
  return { ...blank(course, index, version, kind), by, keysKept: keyId === undefined ? [] : [keyId] };
}
