/** The calls that a fault affects. A field that is left out matches everything. */
export interface CallMatch {
  readonly service?: string;
  readonly action?: string;
  /** Name of the calling function, or the access key id. */
  readonly caller?: string;
  /** A text in the call's path or body, such as the name of a resource. */
  readonly containing?: string;
}

/** A call as faults see it. */
export type SeenCall = Required<Omit<CallMatch, 'containing'>>;

/** The CloudTrail events that a fault affects. `userName` is the user whom the call changed, not the caller. */
export interface EventMatch {
  readonly eventName?: string;
  readonly userName?: string;
}

/** The fault of a call: refused without effect, or carried out with its answer lost. */
export type CallFault =
  | { readonly refuse: { readonly code: string; readonly status: number } }
  | 'lose-answer';

/** The fault of an event on its way to the bus. */
export type EventFault = 'lose' | 'double' | { readonly delayMs: number };

/** Chooses the fault of an event for which none was planned; undefined means no fault. */
export type EventChooser = (event: {
  readonly eventName: string;
  readonly userName: string | undefined;
}) => EventFault | undefined;

/** Chooses the fault of a call for which none was planned; undefined means no fault. */
export type CallChooser = (call: SeenCall) => CallFault | undefined;

/** AWS's error for a throttled call. */
export const THROTTLED = { code: 'Throttling', status: 400 } as const;

interface Planned<Match, Fault> {
  readonly match: Match;
  readonly fault: Fault;
  // biome-ignore lint/plugin: counted down
  left: number;
}

/**
 * Faults of AWS, produced on request. Each planned fault affects a set number of calls or events, so that a test
 * controls exactly what fails.
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

  /** Makes the next matching calls fail with `Throttling: Rate exceeded`, without effect. */
  throttle(match: CallMatch, times = 1): void {
    this.refuse(match, THROTTLED, times);
  }

  /** Makes the next matching calls fail with this error, without effect. */
  refuse(match: CallMatch, error: { readonly code: string; readonly status: number }, times = 1): void {
    this.#calls.push({ match, fault: { refuse: error }, left: times });
  }

  /** Carries out the next matching calls but breaks the connection before the answer. */
  loseAnswer(match: CallMatch, times = 1): void {
    this.#calls.push({ match, fault: 'lose-answer', left: times });
  }

  /** Loses, doubles or delays the next matching events. */
  disturbEvents(match: EventMatch, fault: EventFault, times = 1): void {
    this.#events.push({ match, fault, left: times });
  }

  /** Sets the chooser for every event without a planned fault. */
  disturbEveryEvent(choose: EventChooser): void {
    this.#everyEvent = choose;
  }

  /** Sets the chooser for every call without a planned fault. */
  disturbEveryCall(choose: CallChooser): void {
    this.#everyCall = choose;
  }

  /** Hides keys created from now on from ListAccessKeys and GetAccessKeyLastUsed for this long. 0 turns it off. */
  hideNewKeys(seconds: number): void {
    this.#hideForMs = seconds * 1_000;
  }

  /** Limits the page size of IAM lists. AWS may always return fewer items than requested. */
  shortenPages(size: number | undefined): void {
    this.#pageSize = size;
  }

  /**
   * For this long after a credential report was generated, a request for a new one returns the old one. In AWS this
   * is four hours. 0, the default, generates a new report each time.
   */
  reuseReport(seconds: number): void {
    this.#reuseReportForMs = seconds * 1_000;
  }

  /** Removes all faults. */
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

  /** The fault that affects this call, if any. Called by the gateway; using a planned fault counts it down. */
  takeForCall(call: SeenCall, text: () => string = () => ''): CallFault | undefined {
    const meant = this.#calls.filter(
      ({ match: { containing } }) => containing === undefined || text().includes(containing),
    );
    return take(meant, { ...call }) ?? this.#everyCall?.(call);
  }

  takeForEvent(event: Parameters<EventChooser>[0]): EventFault | undefined {
    return take(this.#events, { ...event }) ?? this.#everyEvent?.(event);
  }

  keyCreated(accessKeyId: string): void {
    if (this.#hideForMs > 0) {
      this.#hiddenUntil.set(accessKeyId, Date.now() + this.#hideForMs);
    }
  }

  /** Records that a credential report was generated now. */
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
  const found = planned.find(({ match, left }) => left > 0 && fits(match, seen));
  if (found) {
    found.left -= 1;
  }
  return found?.fault;
}

/** True if all fields but the text, which is compared before, are those of the call. */
const fits = (match: object, seen: Readonly<Record<string, string | undefined>>): boolean =>
  Object.entries(match).every(([field, value]) => field === 'containing' || seen[field] === value);
