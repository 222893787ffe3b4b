/** Drawing by seed, so that the same seed gives the same history. */
export interface Draw {
  /** A number from 0 up to, not including, 1. */
  readonly share: () => number;
  readonly between: (low: number, high: number) => number;
  readonly oneOf: <T>(from: readonly [T, ...T[]]) => T;
  readonly shuffled: <T>(items: readonly T[]) => T[];
}

/** The generator mulberry32. */
export function drawBy(seed: number): Draw {
  let state = seed >>> 0;
  const share = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (low: number, high: number) => low + share() * (high - low);
  return {
    share,
    between,
    oneOf: (from) => from[Math.floor(share() * from.length)] ?? from[0],
    shuffled: (items) =>
      items
        .map((item) => ({ item, at: share() }))
        .sort((a, b) => a.at - b.at)
        .map(({ item }) => item),
  };
}
