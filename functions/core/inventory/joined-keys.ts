import type { ObservedKey } from '../model/observation.ts';
import type { Instant } from '../model/time.ts';
import type { KeysRead } from './turn.ts';

/** Keys and the time of the facts about them. */
export interface KeysAsOf {
  readonly keys: readonly ObservedKey[];
  /** Nothing about the keys is newer. */
  readonly asOf: Instant;
}

/** Number of keys per user that the credential report has columns for. */
const COLUMNS = 2;

/**
 * The keys of a user as the newer of two sources has them: the credential report, which knows last uses but no ids and no
 * third key, and the last live reading, which knows all ids but no last use. Each completes the other. Keys
 * are matched by their creation time; where that leaves a choice, none is made.
 */
export function joinedKeys(report: KeysAsOf, read: Pick<KeysRead, 'keys' | 'asOf'> | undefined): KeysAsOf {
  if (read === undefined) {
    return report;
  }
  if (read.asOf >= report.asOf) {
    const keys = read.keys.map((key): ObservedKey => {
      const known = counterpart(key, read.keys, report.keys);
      return { ...key, lastUsed: known?.lastUsed ?? { kind: 'not-read' } };
    });
    return { keys, asOf: read.asOf };
  }
  const named = report.keys.map((key): ObservedKey => {
    const known = counterpart(key, report.keys, read.keys);
    return known === undefined ? key : { ...key, id: known.id };
  });
  return { keys: [...named, ...beyond(report.keys, named, read.keys)], asOf: report.asOf };
}

/** The only key of the other source with the same creation time, if this one is the only such key here. */
function counterpart<Other extends { readonly created: Instant }>(
  { created }: { readonly created: Instant },
  here: readonly { readonly created: Instant }[],
  there: readonly Other[],
): Other | undefined {
  const same = there.filter((one) => one.created === created);
  return same.length === 1 && here.filter((one) => one.created === created).length === 1
    ? same[0]
    : undefined;
}

/** The keys for which the report has no column. It is only full columns that leave room for them. */
function beyond(
  reported: readonly ObservedKey[],
  named: readonly ObservedKey[],
  read: KeysRead['keys'],
): ObservedKey[] {
  const more = read.length > COLUMNS && reported.length === COLUMNS;
  const known = new Set(named.map(({ id }) => id));
  const matched = named.filter(({ id }) => read.some((key) => key.id === id)).length;
  return more && matched === COLUMNS
    ? read.filter(({ id }) => !known.has(id)).map((key) => ({ ...key, lastUsed: { kind: 'not-read' } }))
    : [];
}
