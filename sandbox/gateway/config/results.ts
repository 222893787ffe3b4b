import type { Evaluation } from './evaluation.ts';

/** An evaluation as Config keeps it. Times are milliseconds since 1970. */
export interface Result extends Evaluation {
  readonly recordedTime: number;
  /** When the run began that put it. */
  readonly invokedTime: number;
}

/** What Config holds of one rule: for each resource the evaluation with the latest ordering timestamp. */
export class Results {
  readonly #latest = new Map<string, Result>();

  /** Facts that are older than the ones held change nothing, in whatever order they come. */
  take(evaluation: Evaluation, invokedTime: number): void {
    const { resourceType, resourceId, orderingTimestamp } = evaluation;
    const place = `${resourceType}/${resourceId}`;
    const held = this.#latest.get(place);
    if (held === undefined || held.orderingTimestamp <= orderingTimestamp) {
      this.#latest.set(place, { ...evaluation, recordedTime: Date.now(), invokedTime });
    }
  }

  /** What is shown, by resource: not what does not apply, although its time is remembered. */
  shown(): readonly Result[] {
    return [...this.#latest.values()]
      .filter(({ complianceType }) => complianceType !== 'NOT_APPLICABLE')
      .sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
  }
}

/** Where a result stands in the list. */
export const placeOf = ({ resourceType, resourceId }: Result): string => `${resourceType}/${resourceId}`;
