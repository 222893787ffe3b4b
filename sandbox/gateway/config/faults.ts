/** Faults of AWS Config, produced on request. Each one affects a set number of calls or entries. */
export class ConfigFaults {
  #entriesToFail = 0;
  #startsToRefuse = 0;

  /** Makes the next entries of PutEvaluations fail: they are returned in FailedEvaluations and not stored. */
  failEntries(count: number): void {
    this.#entriesToFail = count;
  }

  /** Refuses the next calls of StartConfigRulesEvaluation, as if the rule were already running. */
  refuseStarts(times = 1): void {
    this.#startsToRefuse = times;
  }

  /** Removes all faults. */
  clear(): void {
    this.#entriesToFail = 0;
    this.#startsToRefuse = 0;
  }

  /** True if this entry fails. Called by the service once per entry; each call uses up one planned failure. */
  takeForEntry(): boolean {
    const strikes = this.#entriesToFail > 0;
    this.#entriesToFail -= strikes ? 1 : 0;
    return strikes;
  }

  /** True if this start is refused. Each call uses up one planned refusal. */
  takeForStart(): boolean {
    const strikes = this.#startsToRefuse > 0;
    this.#startsToRefuse -= strikes ? 1 : 0;
    return strikes;
  }
}
