import type { Scene } from './scene.ts';

/** How a case may end. */
export type Outcome = 'remediated' | 'settled-by-owner' | 'user-deleted' | 'excluded' | 'exception' | 'held';

/** A piece of the story: one user, played until nothing is left to do. */
export interface Chapter {
  readonly userName: string;
  /** How it should end. */
  readonly outcome: Outcome;
  /** What is special about it, for the final table. */
  readonly remark?: string;
  play(scene: Scene): Promise<void>;
}
