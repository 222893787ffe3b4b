import { keyName } from '../inventory/surveyed.ts';
import type { ObservedKey } from '../model/observation.ts';
import type { Instant } from '../model/time.ts';
import { UTC } from '../model/zone.ts';
import { consumersOf, type Workload } from '../usage/kind.ts';
import {
  type Agent,
  type Family,
  type KeyUsage,
  type Lookup,
  type NotLookedUp,
  notYetLookedUp,
} from '../usage/usage.ts';
import { consumerSentences } from '../words/consumers.ts';
import { coverageSentence, familyWords, HISTORY_LIMITS, usageInShort } from '../words/usage.ts';
import { printable } from '../words/words.ts';
import type { Violator } from './assessment.ts';

/** The usage of keys by their whole ids. A key that is not in it was not looked up. */
export type UsageByKey = ReadonlyMap<string, KeyUsage>;

/** The usage of one key in the report. */
export interface ReportedUsage {
  /** The last four characters of the key's id, or all of it, as everywhere in this report. */
  readonly key: string;
  readonly lookup: Lookup;
  /** The usage in one line; `-` if the key was not looked up. */
  readonly words: string;
  readonly families: readonly Family[];
  /** The number of older families that were left out. */
  readonly leftOut: number;
  readonly kinds: readonly Workload[];
  readonly shared: boolean;
  readonly managedByCode: readonly Agent[];
}

const NOT_ASKED: Readonly<Record<NotLookedUp, boolean>> = {
  off: true,
  waiting: true,
  throttled: false,
  denied: false,
  failed: false,
};

/** The usage of a key in one line; `-` if nobody tried to look it up, or time ran out. */
export function usageCell(usage: KeyUsage, now: Instant): string {
  const { lookup } = usage;
  return lookup.kind === 'not-looked-up' && NOT_ASKED[lookup.why] ? '-' : usageInShort(usage, now, UTC);
}

const usageOf = ({ id }: ObservedKey, usage: UsageByKey): KeyUsage => usage.get(id) ?? notYetLookedUp(id);

/** The usage of the active keys of a user as the report has it, newest key first. */
export function reportedUsage(
  { active }: Violator,
  usage: UsageByKey,
  { now, fullIds }: { readonly now: Instant; readonly fullIds: boolean },
): readonly ReportedUsage[] {
  return active.map((key) => {
    const one = usageOf(key, usage);
    const { lookup, families, leftOut = 0 } = one;
    const id = fullIds ? key.id : keyName(key.id);
    return { key: id, lookup, words: usageCell(one, now), families, leftOut, ...consumersOf(families) };
  });
}

/** The words that stand beside every "not seen". */
export const NOT_SEEN = `"Not seen" does not mean unused. ${HISTORY_LIMITS} Of a key, only the Region of its last use and the one of global services are read.`;

/** Longest user name in the list; the files have all of it. */
const WIDEST = 32;

/** The list of keys with their usage below the table, a line for each key of these users. Empty if there are none. */
export function usageTable(violators: readonly Violator[], usage: UsageByKey, now: Instant): string[] {
  const lines = violators.flatMap(({ user, active }) =>
    active.map((key) => ({
      user: printable(user.userName, WIDEST),
      key: keyName(key.id),
      words: usageCell(usageOf(key, usage), now),
    })),
  );
  if (lines.length === 0) {
    return [];
  }
  const width = Math.max(...lines.map(({ user }) => user.length));
  const dashes = lines.some(({ words }) => words === '-');
  return [
    "Usage of active keys, from CloudTrail's event history:",
    ...lines.map(({ user, key, words }) => `  ${user.padEnd(width)}  ${key}  ${words}`),
    NOT_SEEN,
    ...(dashes
      ? [
          '"-" was not looked up: there was no time (--usage all takes as long as it needs), or the id is unknown.',
        ]
      : []),
  ];
}

/** Everything that is known about the usage of each active key of a user, below the reasons of the proposal. */
export function usageExplained({ active }: Violator, usage: UsageByKey, now: Instant): string[] {
  const lines = active.flatMap((key) => {
    const one = usageOf(key, usage);
    const coverage = coverageSentence(one, UTC);
    return [
      `Usage of ${keyName(key.id)}: ${usageCell(one, now)}`,
      ...one.families.map((family) => `  - ${familyWords(family, now, UTC)}`),
      ...consumerSentences(consumersOf(one.families)).map((sentence) => `  ${sentence}`),
      ...(coverage === null ? [] : [`  ${coverage}`]),
    ];
  });
  return ['', ...lines, NOT_SEEN];
}
