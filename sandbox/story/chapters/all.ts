import type { Chapter } from '../chapter.ts';
import { broughtBack, staleApproval } from './again.ts';
import { exposedKey, quarantined } from './exposed.ts';
import { madeByAStranger } from './made-by-a-stranger.ts';
import { byHand, leaver, lostKeeper, renamed, rotatedInGrace, unheard } from './mid-case.ts';
import { ownKey } from './own-key.ts';
import { rotation, selfMade, shownLate, tidyOwner } from './owners.ts';
import { bothInUse, neitherUsed, threeKeys, usedAndUnused } from './plain.ts';
import { breakGlass, pausedOverDate, taggedUser } from './untouched.ts';
import { allOff, leaked, mixedUp, notTakenOver } from './with-care.ts';

/**
 * The whole story, in the order of the final table. Chapters are played concurrently, the last one after all others.
 */
export const CHAPTERS: readonly Chapter[] = [
  usedAndUnused,
  bothInUse,
  rotation,
  notTakenOver,
  leaked,
  mixedUp,
  allOff,
  neitherUsed,
  selfMade,
  madeByAStranger,
  ownKey,
  exposedKey,
  quarantined,
  shownLate,
  tidyOwner,
  staleApproval,
  broughtBack,
  threeKeys,
  renamed,
  leaver,
  byHand,
  lostKeeper,
  rotatedInGrace,
  unheard,
  breakGlass,
  taggedUser,
  pausedOverDate,
];
