import type { Outcome } from './outcome.ts';
import type { Scene } from './scene.ts';

/** One part of the story: one user, played until nothing is left to do. */
export interface Chapter {
  /** The user's name at the beginning. */
  readonly userName: string;
  /** The user's tags at the beginning. */
  readonly tags?: Readonly<Record<string, string>>;
  /** The expected outcome. */
  readonly outcome: Outcome;
  /** A remark for the final table. */
  readonly remark?: string;
  /** True if the chapter affects all users. It is then played after all others have ended. */
  readonly alone?: boolean;
  /**
   * True if the chapter ends before the others begin, because its deletion waits for an answer of witness, which answers about
   * one user after the other.
   */
  readonly early?: boolean;
  play(scene: Scene): Promise<void>;
}
