import type { Chapter } from '../chapter.ts';
import { broughtBack, staleApproval } from './again.ts';
import { rotation, selfMade, shownLate, tidyOwner } from './owners.ts';
import { bothInUse, neitherUsed, threeKeys, usedAndUnused } from './plain.ts';

/** The whole story; all chapters play side by side, this is the order of the final table. */
export const CHAPTERS: readonly Chapter[] = [
  usedAndUnused,
  bothInUse,
  rotation,
  neitherUsed,
  selfMade,
  shownLate,
  tidyOwner,
  staleApproval,
  broughtBack,
  threeKeys,
];
