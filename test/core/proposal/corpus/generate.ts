import type { ObservedKey } from '../../../../functions/core/model/observation.ts';
import { HOUR, type Instant, plus } from '../../../../functions/core/model/time.ts';
import type { KeyUsage } from '../../../../functions/core/usage/usage.ts';
import { REGIONS } from './families.ts';
import { keyOf } from './keys.ts';
import { type Draw, drawBy } from './random.ts';
import { A, B, C, type Right, type Situation } from './spec.ts';
import { clockBy } from './timing.ts';

/** One history of a situation, as Solekey would see it, and the answer that is right. */
export interface History {
  readonly situation: Situation;
  readonly now: Instant;
  /** In the order of a listing, which means nothing. */
  readonly keys: readonly ObservedKey[];
  readonly usage: Readonly<Record<string, KeyUsage>>;
  /** Tags of the user. The console keeps the description of a key in a tag with the key's id as its name. */
  readonly tags: Readonly<Record<string, string>>;
  /** The key to keep; null if asking is right. */
  readonly right: string | null;
}

/** The history of a situation for this seed. Ages move by up to `share`; by so little that the situation stays the same, if none is given. */
export function historyOf(situation: Situation, seed: number, share?: number): History {
  const draw = drawBy(seed * 1000 + situation.number);
  const now = plus('2026-11-23T16:10:00.000Z', Math.round(draw.between(0, 3 * HOUR)));
  const setting = {
    draw,
    clock: clockBy(draw, now, share),
    network: networks(draw),
    region: draw.oneOf(REGIONS),
  };
  const older = keyOf(situation.older, setting);
  const newer = keyOf(situation.newer, setting);
  const both = [older, newer];
  return {
    situation,
    now,
    keys: draw.shuffled(both.map(({ key }) => key)),
    usage: Object.fromEntries(both.map(({ key, usage }) => [key.id, usage])),
    tags: { ...situation.tags, ...older.described, ...newer.described },
    right: rightOf(situation.right, older.key, newer.key),
  };
}

function rightOf(right: Right, older: ObservedKey, newer: ObservedKey): string | null {
  switch (right) {
    case 'keep older':
      return older.id;
    case 'keep newer':
      return newer.id;
    case 'ask the owner':
      return null;
  }
}

/** The three networks of the prose change places, and any other one is renamed. */
function networks(draw: Draw): (named: string) => string {
  const known = new Map(draw.shuffled([A, B, C]).map((to, n) => [[A, B, C][n] ?? '', to]));
  const prefix = Math.floor(draw.between(0, 16)).toString(16);
  return (named) => known.get(named) ?? named.replace('2001:db8:', `2001:db8:${prefix}`);
}

/** So many histories of each situation; the numbers are the seeds. */
export function histories(situations: readonly Situation[], each: number, share?: number): History[] {
  return situations.flatMap((situation) =>
    Array.from({ length: each }, (_, seed) => historyOf(situation, seed, share)),
  );
}
