import type { Launched } from '../launch/launch.ts';
import type { Say } from '../world/say.ts';
import type { Chapter } from './chapter.ts';
import { Owners } from './owner.ts';
import { Scene } from './scene.ts';
import type { Steps } from './steps.ts';
import type { Told } from './told.ts';
import { NO_RULE } from './view.ts';

/** The result of a chapter. `problem` says why it did not reach its end. */
export interface Played {
  readonly chapter: Chapter;
  readonly told: Told;
  readonly problem: string | undefined;
}

const USER_AGE_DAYS = 1_000;

/**
 * Plays the chapters concurrently, the early ones before the others, each to its end even if others fail; afterwards, one by
 * one, those that must be played alone.
 */
export async function playAll(
  launched: Launched,
  chapters: readonly Chapter[],
  steps: Steps,
  say: Say,
): Promise<readonly Played[]> {
  const owners = new Owners(launched.clients, launched.world.gateway.faults);
  const play = async (chapter: Chapter): Promise<Played> => {
    const scene = new Scene(chapter.userName, launched, owners, steps);
    try {
      await scene.begins(USER_AGE_DAYS, chapter.tags);
      await chapter.play(scene);
      await scene.configAgrees();
      return { chapter, told: scene.told, problem: undefined };
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      scene.step(problem, false);
      return { chapter, told: scene.told, problem };
    }
  };
  if (launched.config.rule === undefined) {
    say(NO_RULE);
  }
  const together = chapters.filter(({ alone }) => !alone);
  const early = await Promise.all(together.filter((chapter) => chapter.early).map(play));
  const rest = await Promise.all(together.filter((chapter) => !chapter.early).map(play));
  const played = [...early, ...rest];
  for (const chapter of chapters.filter(({ alone }) => alone)) {
    played.push(await play(chapter));
  }
  return played;
}
