import { FROM_01_TO_30 } from './from-01-to-30.ts';
import { FROM_31_TO_60 } from './from-31-to-60.ts';
import { FROM_61_TO_90 } from './from-61-to-90.ts';
import { FROM_91_TO_115 } from './from-91-to-115.ts';
import type { Situation } from './spec.ts';

/** All situations of situations.md, in its order. */
export const SITUATIONS: readonly Situation[] = [
  ...FROM_01_TO_30,
  ...FROM_31_TO_60,
  ...FROM_61_TO_90,
  ...FROM_91_TO_115,
];
