import type { Evaluation } from './evaluation.ts';

/** An evaluation as Config keeps it. Times are milliseconds since 1970. */
export interface Result extends Evaluation {
  readonly recordedTime: number;
  /** When the run began that put it. */
  readonly invokedTime: number;
}

/**
 * What Config holds of one rule: for each resource the evaluation with the latest ordering timestamp (an assumption,
 * docs/adr/013). A resource to which the rule does not apply is forgotten with its time, so that any later evaluation
 * counts, however old its facts: AWS marks such results for deletion and cleans them up. Until it has, it may show them.
 */
export class Results {
  readonly #latest = new Map<string, Result>();
  readonly #ended = new Map<string, Result>();

  /** Facts that are older than the ones held change nothing, in whatever order they come. */
  take(evaluation: Evaluation, invokedTime: number): void {
    const result = { ...evaluation, recordedTime: Date.now(), invokedTime };
    const place = placeOf(result);
    const held = this.#latest.get(place);
    if (held !== undefined && held.orderingTimestamp > evaluation.orderingTimestamp) {
      return;
    }
    const [from, to] =
      evaluation.complianceType === 'NOT_APPLICABLE'
        ? [this.#latest, this.#ended]
        : [this.#ended, this.#latest];
    from.delete(place);
    to.set(place, result);
  }

  /** What is shown, by resource: not what does not apply. */
  shown(): readonly Result[] {
    return inOrder([...this.#latest.values()]);
  }

  /** The same, with what is marked for deletion and not cleaned up yet. */
  all(): readonly Result[] {
    return inOrder([...this.#latest.values(), ...this.#ended.values()]);
  }
}

const inOrder = (results: readonly Result[]): readonly Result[] =>
  [...results].sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));

/** Where a result stands in the list. */
export const placeOf = ({ resourceType, resourceId }: Result): string => `${resourceType}/${resourceId}`;
