import { ANSWERS } from './answers.ts';
import { OWNERS } from './owners.ts';
import type { Play } from './play.ts';
import { TROUBLE } from './trouble.ts';

/** Lives of cases that between them reach whatever this release can store about one. */
export const LIVES: Readonly<Record<string, Play>> = { ...ANSWERS, ...OWNERS, ...TROUBLE };
