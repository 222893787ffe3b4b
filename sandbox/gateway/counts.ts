/** One AWS call that passed through the gateway. `outcome` is `ok`, an error code, or `lost`. */
export interface CountedCall {
  readonly service: string;
  readonly action: string;
  /** Name of the calling function (from its role's session), otherwise the access key id. */
  readonly caller: string;
  readonly outcome: string;
}

/** Number of calls by `service:Action` and outcome: `{ 'iam:DeleteAccessKey': { ok: 1, NoSuchEntity: 1 } }`. */
export type Snapshot = Readonly<Record<string, Readonly<Record<string, number>>>>;

/**
 * Counts the calls that reached the gateway, so that a test can assert "exactly one DeleteAccessKey, made by
 * reconcile" without relying on the code under test.
 */
export class Counts {
  #calls: CountedCall[] = [];

  add(call: CountedCall): void {
    this.#calls.push(call);
  }

  /** The calls, in order, that match every given field. */
  calls(match: Partial<CountedCall> = {}): readonly CountedCall[] {
    return this.#calls.filter((call) =>
      Object.entries(match).every(([field, value]) => call[field as keyof CountedCall] === value),
    );
  }

  count(match: Partial<CountedCall>): number {
    return this.calls(match).length;
  }

  snapshot(match: Partial<CountedCall> = {}): Snapshot {
    const counted: Record<string, Record<string, number>> = {};
    for (const call of this.calls(match)) {
      const name = `${call.service}:${call.action}`;
      counted[name] ??= {};
      const outcomes = counted[name];
      outcomes[call.outcome] = (outcomes[call.outcome] ?? 0) + 1;
    }
    return counted;
  }

  reset(): void {
    this.#calls = [];
  }
}
