import type { Stage } from './stage.ts';
import type { Invocation } from './tap.ts';

/** One turn of the event loop: everything that can go on by itself does. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/**
 * Runs a pass twice at the same time, one port call after the other. `[a, b]`: the first makes `a` calls, the second `b`,
 * then the first goes on to its end, then the second. Null: one after the other. Returns how many calls the first made.
 */
export async function interleaved(
  stage: Stage,
  run: () => Promise<unknown>,
  turns: readonly [number, number] | null,
): Promise<number> {
  const waiting = new Map<Invocation, (() => void)[]>();
  const made = new Map<Invocation, number>();
  const before = stage.intercept;
  stage.intercept = async ({ by }, make) => {
    await new Promise<void>((go) => waiting.set(by, [...(waiting.get(by) ?? []), go]));
    return make();
  };
  let running = 2;
  const ends = [run(), run()].map((end) =>
    end.finally(() => {
      running -= 1;
    }),
  );
  await settled();
  const [first, second] = [...waiting.keys()];
  const goOn = async (one: Invocation | undefined, most: number): Promise<void> => {
    if (one === undefined) {
      return;
    }
    for (let n = 0; n < most; n += 1) {
      const [go, ...others] = waiting.get(one) ?? [];
      if (go === undefined) {
        return;
      }
      waiting.set(one, others);
      made.set(one, (made.get(one) ?? 0) + 1);
      go();
      await settled();
    }
  };
  if (turns !== null) {
    await goOn(first, turns[0]);
    await goOn(second, turns[1]);
  }
  await goOn(first, Number.POSITIVE_INFINITY);
  await goOn(second, Number.POSITIVE_INFINITY);
  if (running > 0) {
    throw new Error('a pass waits for something that no port call gives');
  }
  await Promise.all(ends);
  stage.intercept = before;
  return first === undefined ? 0 : (made.get(first) ?? 0);
}
