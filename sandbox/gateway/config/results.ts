import type { Evaluation } from './evaluation.ts';

/** An evaluation as AWS Config stores it. Times are in milliseconds since 1970. */
export interface Result extends Evaluation {
  readonly recordedTime: number;
  /** Start of the run that reported it. */
  readonly invokedTime: number;
}

/**
 * The stored evaluations of one rule: per resource the one with the latest ordering timestamp (an assumption, see
 * docs/adr/013). A NOT_APPLICABLE evaluation removes the resource together with its timestamp, so a later evaluation
 * is stored however old it is. AWS marks such results for deletion and may still list them until it has cleaned them
 * up.
 */
export class Results {
  readonly #latest = new Map<string, Result>();
  readonly #ended = new Map<string, Result>();

  /** Stores an evaluation, unless the stored one has a later ordering timestamp. */
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

  /** The current result of each resource, without those to which the rule does not apply. */
  shown(): readonly Result[] {
    return inOrder([...this.#latest.values()]);
  }

  /** The current results and those marked for deletion but not cleaned up yet. */
  all(): readonly Result[] {
    return inOrder([...this.#latest.values(), ...this.#ended.values()]);
  }
}

const inOrder = (results: readonly Result[]): readonly Result[] =>
  [...results].sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));

/** The key by which results are stored and sorted. */
export const placeOf = ({ resourceType, resourceId }: Result): string => `${resourceType}/${resourceId}`;
