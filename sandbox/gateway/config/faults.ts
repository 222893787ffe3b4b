/** What AWS Config does to its callers now and then, on demand; each fault is used up by striking. */
export class ConfigFaults {
  #entriesToFail = 0;
  #startsToRefuse = 0;

  /** The next entries of PutEvaluations come back in FailedEvaluations and are not kept. */
  failEntries(count: number): void {
    this.#entriesToFail = count;
  }

  /** The next calls of StartConfigRulesEvaluation are refused, as if the rule was running. */
  refuseStarts(times = 1): void {
    this.#startsToRefuse = times;
  }

  /** A quiet day again. */
  clear(): void {
    this.#entriesToFail = 0;
    this.#startsToRefuse = 0;
  }

  /** Called by the service for each entry: whether it fails, used up by asking. */
  takeForEntry(): boolean {
    const strikes = this.#entriesToFail > 0;
    this.#entriesToFail -= strikes ? 1 : 0;
    return strikes;
  }

  /** The same for a call that starts a rule. */
  takeForStart(): boolean {
    const strikes = this.#startsToRefuse > 0;
    this.#startsToRefuse -= strikes ? 1 : 0;
    return strikes;
  }
}
