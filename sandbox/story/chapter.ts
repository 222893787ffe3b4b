import type { Outcome } from './outcome.ts';
import type { Scene } from './scene.ts';

/** A piece of the story: one user, played until nothing is left to do. */
export interface Chapter {
  /** The user's name at first. */
  readonly userName: string;
  /** The user's tags from the beginning. */
  readonly tags?: Readonly<Record<string, string>>;
  /** How it should end. */
  readonly outcome: Outcome;
  /** What is special about it, for the final table. */
  readonly remark?: string;
  /** It does something to everybody, so it is played when all others have ended. */
  readonly alone?: boolean;
  play(scene: Scene): Promise<void>;
}
