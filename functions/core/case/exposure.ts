/**
 * Evidence that somebody else may have the secret of a key. It comes from AWS itself, each message may be doubled or late,
 * and a secret that was public stays public: so it only becomes worse, and no answer lowers it (S15).
 */
import { activeKeys } from '../model/compliance.ts';
import type { ObservedKey } from '../model/observation.ts';
import { DAY, earliest, type Instant, latest, plus, type Seconds } from '../model/time.ts';
import { withFewOthers } from './by-key.ts';

/** The time at which AWS said so. */
export interface Report {
  readonly at: Instant;
}

/** The keys of a user that AWS has called exposed. It outlives a case. */
export interface Exposed {
  /** The first report of each key, by key id, as AWS Health names it. */
  readonly keys: Readonly<Record<string, Report>>;
  /**
   * The latest time AWS quarantined the user, which names no key: each key that existed then is suspect. Absent if it never
   * did.
   */
  readonly quarantined?: Report;
}

/** Exposure as one event tells it: of one key, or of some key of the user. */
export type NewExposure =
  | { readonly kind: 'key'; readonly keyId: string; readonly at: Instant }
  | { readonly kind: 'user'; readonly at: Instant };

/** The reason why a key is suspect. `reported`: AWS Health named it. `quarantined`: AWS quarantined its user, and did not say why. */
export type ExposedHow = 'reported' | 'quarantined';

/** The suspect keys among the Active ones, by key id. */
export type ExposedKeys = Readonly<Record<string, ExposedHow>>;

/**
 * AWS quarantines a user and reports the key within minutes or hours of each other, in any order. A report of one of the
 * user's keys within this time tells which key was meant, so the others are not suspect.
 */
const EXPLAINS: Seconds = DAY;

/** The part of a case with the user's keys and what AWS said of them. */
interface Suspected {
  readonly keys: readonly ObservedKey[];
  readonly exposed?: Exposed;
}

/** Nothing is known to be exposed. */
export const NOTHING_EXPOSED: Exposed = { keys: {} };

/** The evidence that an event adds, as evidence of its own. */
export function exposureOf(news: NewExposure | null): Exposed {
  if (news === null) {
    return NOTHING_EXPOSED;
  }
  const { at } = news;
  return news.kind === 'key' ? { keys: { [news.keyId]: { at } } } : { keys: {}, quarantined: { at } };
}

/** True if nothing is known. */
export function isNothing({ keys, quarantined }: Exposed): boolean {
  return quarantined === undefined && Object.keys(keys).length === 0;
}

/** All evidence together: of each key the first report, of the user the last quarantine. */
export function mergedExposure(...all: readonly (Exposed | undefined)[]): Exposed {
  return all.reduce<Exposed>((a, b) => (b === undefined ? a : both(a, b)), NOTHING_EXPOSED);
}

function both(a: Exposed, b: Exposed): Exposed {
  const keys = Object.entries(b.keys).map(([id, report]) => [id, firstOf(a.keys[id], report)] as const);
  const quarantined = lastOf(a.quarantined, b.quarantined);
  return {
    ...a,
    ...b,
    keys: { ...a.keys, ...Object.fromEntries(keys) },
    ...(quarantined === undefined ? {} : { quarantined }),
  };
}

function firstOf(a: Report | undefined, b: Report): Report {
  return a === undefined || earliest(a.at, b.at) !== a.at ? b : a;
}

function lastOf(a: Report | undefined, b: Report | undefined): Report | undefined {
  return a === undefined || (b !== undefined && latest(a.at, b.at) !== a.at) ? b : a;
}

/** The evidence about these keys, and about a limited number of others, which IAM may not show yet. */
export function withFewOtherKeys(keys: readonly { readonly id: string }[], exposed: Exposed): Exposed {
  return { ...exposed, keys: withFewOthers(keys, exposed.keys) };
}

/** The time of a quarantine that no report explains; null if there is none. */
export function unexplained({ keys, quarantined }: Exposed): Instant | null {
  if (quarantined === undefined) {
    return null;
  }
  const { at } = quarantined;
  const explains = (report: Report) => report.at >= plus(at, -EXPLAINS) && report.at <= plus(at, EXPLAINS);
  return Object.values(keys).some(explains) ? null : at;
}

/** The reason why this key is suspect, whatever its status; null if it is not. */
export function exposedHow(
  exposed: Exposed,
  { id, created }: Pick<ObservedKey, 'id' | 'created'>,
): ExposedHow | null {
  if (id in exposed.keys) {
    return 'reported';
  }
  const at = unexplained(exposed);
  // AWS acted on a key that existed. One that was created afterwards is not the leaked one.
  return at !== null && created <= at ? 'quarantined' : null;
}

/** The suspect keys among the Active ones. This is evidence only (S15): it raises an alarm, and turns a proposal away from them. */
export function exposedKeys({ keys, exposed = NOTHING_EXPOSED }: Suspected): ExposedKeys {
  return Object.fromEntries(
    activeKeys(keys).flatMap((key) => {
      const how = exposedHow(exposed, key);
      return how === null ? [] : [[key.id, how]];
    }),
  );
}

/** The exposure that a case records, given what else is known: nothing if there is none, so that a case without it stays as it was. */
export function recordedExposure(
  { exposed: before }: Pick<Suspected, 'exposed'>,
  known: Exposed | undefined,
  keys: readonly { readonly id: string }[],
): Pick<Suspected, 'exposed'> {
  const exposed = withFewOtherKeys(keys, mergedExposure(before, known));
  return isNothing(exposed) && before === undefined ? {} : { exposed };
}
