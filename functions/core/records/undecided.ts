/** Rows about times without changes that are no decision: users who are excluded, and deletions that were put off. */
import type { Ask } from '../case/requests.ts';
import { activeKeys } from '../model/compliance.ts';
import { sameValue } from '../model/digest.ts';
import type { Instant } from '../model/time.ts';
import type { DecisionEnd, DecisionRow } from './decision-row.ts';
import { type Begun, blank } from './decisions.ts';
import { beforeIn, type Course, type GivenAnswer, headOf, type RecordContext } from './row.ts';

/** One row for each time in which the settings exclude the user. */
export function excludedRows(course: Course): Begun[] {
  const { versions } = course;
  return versions.flatMap((version, index): Begun[] => {
    const { entry, case: current } = version;
    if (!current.excluded || beforeIn(course, index)?.excluded === true) {
      return [];
    }
    const over = versions.slice(index).find((later) => !later.case.excluded);
    const ended: DecisionEnd | null =
      over === undefined ? null : { at: over.entry.at, why: 'exclusion-ended', by: null, keyId: null };
    const row: DecisionRow = {
      ...blank(course, index, version, 'excluded'),
      ...headOf(course, 'excluded', entry.n),
      question: current.asking,
      keysKept: activeKeys(current.keys).map(({ id }) => id),
      ended,
    };
    return [{ index, row }];
  });
}

/** One row for each answer that put the deletion of deactivated keys off. */
export function putOffRows(course: Course, { answers }: RecordContext): Begun[] {
  const found = course.versions.flatMap((version, index) => {
    const { events: all, at } = version.entry;
    const events = all.filter(({ code }) => code === 'kept-inactive');
    const keys = events.flatMap(({ keyId }) => keyId ?? []);
    const [{ by = null, detail: until = '' } = {}] = events;
    return events.length === 0 ? [] : [{ index, version, at, keys, by, until }];
  });
  return found.map(({ index, version, at, keys, by, until }, n): Begun => {
    const next = found[n + 1];
    const given = putOffAs(answers, keys, until, at);
    const row: DecisionRow = {
      ...blank(course, index, version, 'keep-inactive'),
      keysToDelete: keys,
      exception: { keys, until, renewals: null },
      commentDigest: given?.ask.commentDigest ?? null,
      by,
      link: given?.purpose ?? null,
      answeredAt: given?.at ?? null,
      ended: next === undefined ? null : { at: next.at, why: 'superseded', by: next.by, keyId: null },
    };
    return { index, row };
  });
}

type PutOff = Extract<Ask, { readonly kind: 'keep-inactive' }>;

/** The stored answer that put the deletion of exactly these keys off until this date, before it was adopted at `at`. */
function putOffAs(answers: readonly GivenAnswer[], keys: readonly string[], until: Instant, at: Instant) {
  return answers
    .flatMap(({ request, purpose }) =>
      isPutOff(request.ask) ? [{ ask: request.ask, at: request.at, purpose }] : [],
    )
    .find(
      (one) =>
        one.at <= at && one.ask.until === until && sameValue([...one.ask.keys].sort(), [...keys].sort()),
    );
}

function isPutOff(ask: Ask): ask is PutOff {
  return ask.kind === 'keep-inactive';
}
