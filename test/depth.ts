/**
 * How much an exploration plays: a sample in `npm test`, a larger share of it in `npm run check:slow`, and everything in
 * `npm run check:deep`. The configurations of the latter two say so in the environment.
 */
type Depth = 'sample' | 'share' | 'all';

const SAID = process.env.SOLEKEY_DEPTH;
const DEPTH: Depth = SAID === 'share' || SAID === 'all' ? SAID : 'sample';

/** What is played at the depth of this run. */
export function atDepth<Value>(values: Readonly<Record<Depth, Value>>): Value {
  return values[DEPTH];
}
