import type { ControlContent, LedgerEntry } from '../model/ledger.ts';
import type { Control } from '../model/policy.ts';
import type { Instant } from '../model/time.ts';

/** The reading of each check, without any judgement. */
export interface Readings {
  readonly trail: readonly TrailReading[];
  /** Null: the rule does not exist. */
  readonly rule: RuleReading | null;
  /** Null: the rule does not exist. */
  readonly 'exposure-rule': RuleReading | null;
  /** The policy of the event queue; null if it has none. */
  readonly 'queue-policy': unknown;
  readonly mappings: readonly MappingReading[];
  readonly 'key-events': {
    /** Messages in the event queue that nobody has received. */
    readonly waiting: number;
    /** When an event was handled last, to the minute; null if none ever was. */
    readonly handledAt: Instant | null;
  };
  readonly sweep: {
    readonly rule: RuleReading | null;
    /** True if a case has been due for {@link OVERDUE_MINUTES} without being started. */
    readonly overdue: boolean;
  };
  readonly survey: {
    readonly rule: RuleReading | null;
    /** When the latest inventory was taken; null if none ever was. */
    readonly takenAt: Instant | null;
  };
  /** Number of messages in each dead-letter queue, by the alarm that watches it. */
  readonly 'dead-letters': Readonly<Record<string, number>>;
  readonly subscriptions: readonly SubscriptionReading[];
  readonly operators: readonly SubscriptionReading[];
  readonly approvers: Control;
  readonly pause: Control;
  readonly control: ControlReading;
  /** In each Region that may record IAM users. */
  readonly recorder: readonly RecorderReading[];
  /** Null: the rule does not exist. */
  readonly 'config-rule': ConfigRuleReading | null;
  /** The Active keys of open cases. */
  readonly unannounced: readonly KnownKey[];
  readonly records: RecordsSample;
  /** The state of sign-offs as the survey left it; null if there is none that this release can read. */
  readonly 'sign-off': SignOffReading | null;
}

/** The state of sign-offs, as far as somebody may be late. */
export interface SignOffReading {
  /** True if approvers are asked. */
  readonly asked: boolean;
  readonly due: Instant;
  /** Numbers of open concerns, and of those whose target date is past. */
  readonly open: number;
  readonly overdue: number;
  /** The earliest target date of an open concern, as YYYY-MM-DD; null if none is open. */
  readonly firstTarget: string | null;
  /** When the survey last found it as it is, to half a day; null if that is not known. */
  readonly leftAt: Instant | null;
}

/** A sample of users whose histories were compared with the anchors of the records, once a day. */
export interface RecordsSample {
  readonly at: Instant;
  /** Number of users compared; 0 while there is no anchor. */
  readonly users: number;
  /** One for each user, or each anchor, that is not as Solekey wrote it. */
  readonly wrong: readonly {
    /** UserId, or `anchors`. */
    readonly about: string;
    /** A sentence that names it. */
    readonly words: string;
  }[];
}

/** The sweep starts every five minutes and moves what it starts by ten, so a case due for longer was passed over. */
export const OVERDUE_MINUTES = 15;

/** A trail whose events reach this Region. */
export interface TrailReading {
  readonly name: string;
  readonly multiRegion: boolean;
  readonly homeRegion: string;
  readonly globalEvents: boolean;
  readonly logging: boolean;
  readonly selectors: readonly BasicSelector[];
  readonly advanced: readonly AdvancedSelector[];
}

/** A basic event selector of a trail. */
export interface BasicSelector {
  readonly management: boolean;
  readonly readWrite: string;
  readonly excludedSources: readonly string[];
}

/** An advanced event selector: all of its fields must match. */
export type AdvancedSelector = readonly FieldSelector[];

/** The conditions on one field. A list that is empty is no condition. */
export interface FieldSelector {
  readonly field: string;
  readonly equals: readonly string[];
  readonly startsWith: readonly string[];
  readonly endsWith: readonly string[];
  readonly notEquals: readonly string[];
  readonly notStartsWith: readonly string[];
  readonly notEndsWith: readonly string[];
}

/** A rule in EventBridge with its targets. */
export interface RuleReading {
  readonly enabled: boolean;
  /** The event pattern as JSON; null for a schedule. */
  readonly pattern: unknown;
  readonly targets: readonly TargetReading[];
}

export interface TargetReading {
  readonly arn: string;
  /** A constant input as JSON; null if the target gets the event. */
  readonly input: unknown;
  /** True if the event is cut or rewritten on its way. */
  readonly transformed: boolean;
}

/** An event source mapping, by the queue that it reads. */
export interface MappingReading {
  readonly queue: string;
  /** Null: the mapping does not exist. */
  readonly state: string | null;
  /** True if it still gives the queue's messages to the same function. */
  readonly connected: boolean;
  /** True if a filter drops some of the messages. */
  readonly filtered: boolean;
}

/** A subscription to a topic. */
export interface SubscriptionReading {
  /** The last part of its ARN; null if it is not confirmed. */
  readonly id: string | null;
  readonly protocol: string;
  /** In lower case. */
  readonly endpoint: string;
  /** True if only somebody with permission can unsubscribe it. */
  readonly authenticated: boolean;
  /** Its filter policy as JSON; null if it has none, or if it is not confirmed. */
  readonly filter: unknown;
}

/** The control item and the last entry of its ledger. */
export interface ControlReading {
  /** The item without its key and schema; null if there is none. */
  readonly content: ControlContent | null;
  /** The last entry; null if there is none that can be read. */
  readonly last: LedgerEntry | null;
}

/** The recorder of AWS Config in one Region. */
export interface RecorderReading {
  readonly region: string;
  /** False also if there is none. */
  readonly recording: boolean;
  /** True if it records IAM users. */
  readonly users: boolean;
}

/** The rule in AWS Config and its latest runs. Times are null for what never happened. */
export interface ConfigRuleReading {
  readonly active: boolean;
  readonly activatedAt: Instant | null;
  readonly succeededAt: Instant | null;
  readonly failedAt: Instant | null;
}

/** An Active key of an open case. */
export interface KnownKey {
  readonly keyId: string;
  readonly userName: string;
  readonly created: Instant;
  /** True if an event told its creation. */
  readonly announced: boolean;
}
