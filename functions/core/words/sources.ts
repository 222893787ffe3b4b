import type { Origin } from '../proposal/reason.ts';
import type { Style } from './style.ts';
import { originWords } from './usage.ts';
import { list } from './words.ts';

/** Maximum number of origins that are named. */
const NAMED = 3;

/** Origins, the first ones by name: `GitHub Actions and 203.0.113.0/24 (boto3)`. */
export function originsWords(origins: readonly Origin[], style: Style): string {
  const words = [...new Set(origins.map((origin) => originWords(origin, style)))];
  const named = words.slice(0, NAMED);
  return list(words.length > NAMED ? [...named, `${words.length - NAMED} more`] : named);
}
