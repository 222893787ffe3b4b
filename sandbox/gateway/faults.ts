/** Which calls a fault strikes; a field left out matches everything. */
export interface CallMatch {
  readonly service?: string;
  readonly action?: string;
  /** The calling function, or access key id. */
  readonly caller?: string;
}

/** Which CloudTrail events a fault strikes. The user name is the one the call was about, whoever called. */
export interface EventMatch {
  readonly eventName?: string;
  readonly userName?: string;
}

/** What happens to a call: refused before it has an effect, or carried out while the answer gets lost. */
export type CallFault =
  | { readonly refuse: { readonly code: string; readonly status: number } }
  | 'lose-answer';

/** What happens to an event on its way to the bus. */
export type EventFault = 'lose' | 'double' | { readonly delayMs: number };

/** Decides about an event that nothing was planned for. */
export type EventChooser = (event: {
  readonly eventName: string;
  readonly userName: string | undefined;
}) => EventFault | undefined;

/** Decides about a call that nothing was planned for. */
export type CallChooser = (call: Required<CallMatch>) => CallFault | undefined;

/** What AWS answers to whoever asks too often. */
export const THROTTLED = { code: 'Throttling', status: 400 } as const;

interface Planned<Match, Fault> {
  readonly match: Match;
  readonly fault: Fault;
  // biome-ignore lint/plugin: counted down
  left: number;
}

/**
 * What AWS does to its callers now and then, on demand. Every fault strikes a number of times and is then used up, so
 * that a test says exactly how bad the day is.
 */
export class Faults {
  #calls: Planned<CallMatch, CallFault>[] = [];
  #events: Planned<EventMatch, EventFault>[] = [];
  #everyEvent: EventChooser | undefined;
  #everyCall: CallChooser | undefined;
  readonly #hiddenUntil = new Map<string, number>();
  #hideForMs = 0;
  #pageSize: number | undefined;
  #reuseReportForMs = 0;
  #reportMadeAt = Number.NEGATIVE_INFINITY;

  /** The next calls answer `Throttling: Rate exceeded` and have no effect. */
  throttle(match: CallMatch, times = 1): void {
    this.refuse(match, THROTTLED, times);
  }

  /** The next calls answer this error and have no effect. */
  refuse(match: CallMatch, error: { readonly code: string; readonly status: number }, times = 1): void {
    this.#calls.push({ match, fault: { refuse: error }, left: times });
  }

  /** The next calls have their effect, but the connection breaks before the answer. */
  loseAnswer(match: CallMatch, times = 1): void {
    this.#calls.push({ match, fault: 'lose-answer', left: times });
  }

  /** The next events of this kind are lost, doubled or late. */
  disturbEvents(match: EventMatch, fault: EventFault, times = 1): void {
    this.#events.push({ match, fault, left: times });
  }

  /** Every event that nothing was planned for is put to this question. */
  disturbEveryEvent(choose: EventChooser): void {
    this.#everyEvent = choose;
  }

  /** Every call that nothing was planned for is put to this question. */
  disturbEveryCall(choose: CallChooser): void {
    this.#everyCall = choose;
  }

  /** Keys created from now on are invisible for so long to ListAccessKeys and GetAccessKeyLastUsed. 0 ends it. */
  hideNewKeys(seconds: number): void {
    this.#hideForMs = seconds * 1_000;
  }

  /** No page of an IAM list is longer than this: AWS may always return fewer than asked for. */
  shortenPages(size: number | undefined): void {
    this.#pageSize = size;
  }

  /**
   * For so long after a credential report was made, asking for a new one gives the old one, as in AWS for four hours.
   * 0, as at first: each request makes a new one.
   */
  reuseReport(seconds: number): void {
    this.#reuseReportForMs = seconds * 1_000;
  }

  /** A quiet day again. */
  clear(): void {
    this.#calls = [];
    this.#events = [];
    this.#everyEvent = undefined;
    this.#everyCall = undefined;
    this.#hiddenUntil.clear();
    this.#hideForMs = 0;
    this.#pageSize = undefined;
    this.#reuseReportForMs = 0;
  }

  get pageSize(): number | undefined {
    return this.#pageSize;
  }

  /** Called by the gateway: the fault that strikes this call, used up by asking. */
  takeForCall(call: Required<CallMatch>): CallFault | undefined {
    return take(this.#calls, { ...call }) ?? this.#everyCall?.(call);
  }

  takeForEvent(event: Parameters<EventChooser>[0]): EventFault | undefined {
    return take(this.#events, { ...event }) ?? this.#everyEvent?.(event);
  }

  keyCreated(accessKeyId: string): void {
    if (this.#hideForMs > 0) {
      this.#hiddenUntil.set(accessKeyId, Date.now() + this.#hideForMs);
    }
  }

  /** A credential report was made just now. */
  reportMade(): void {
    this.#reportMadeAt = Date.now();
  }

  get reportIsReused(): boolean {
    return Date.now() - this.#reportMadeAt < this.#reuseReportForMs;
  }

  isHidden(accessKeyId: string): boolean {
    return (this.#hiddenUntil.get(accessKeyId) ?? 0) > Date.now();
  }
}

function take<Match extends object, Fault>(
  planned: Planned<Match, Fault>[],
  seen: Readonly<Record<string, string | undefined>>,
): Fault | undefined {
  const found = planned.find(
    ({ match, left }) => left > 0 && Object.entries(match).every(([field, value]) => seen[field] === value),
  );
  if (found) {
    found.left -= 1;
  }
  return found?.fault;
}
