import type { About } from '../../core/inventory/about.ts';
import { sameValue } from '../../core/model/digest.ts';
import type { AboutStore } from '../inventory-ports.ts';
import type { Clock, Log } from '../ports.ts';

export interface KeepAboutWorld {
  readonly about: AboutStore;
  readonly clock: Pick<Clock, 'remaining'>;
  readonly log: Log;
}

/** The facts about one user. */
export interface FoundAbout {
  readonly userId: string;
  readonly about: About;
  /** True if the user has keys to choose from, so that people may read when the facts were found. */
  readonly several: boolean;
}

/** Number of users whose items are read together, DynamoDB's limit. Nothing of more of them is held. */
const GROUP = 100;

/** Number of items written at the same time. */
const AT_ONCE = 10;

/** No group starts with less time than this left, in milliseconds. */
const ENOUGH_MS = 60_000;

/**
 * Stores the facts about these users where others are stored, and their time for those with several keys. A run that dies
 * has stored a part, and the next one finds that and stores the rest. Never throws, because all this only explains;
 * returns sentences about what was not stored.
 */
export async function keepAbout(
  { about, clock, log }: KeepAboutWorld,
  account: string,
  found: readonly FoundAbout[],
): Promise<string[]> {
  let done = 0;
  try {
    while (done < found.length && clock.remaining() >= ENOUGH_MS) {
      const group = found.slice(done, done + GROUP);
      const stored = await about.stored(
        account,
        group.map(({ userId }) => userId),
      );
      const news = group.filter((one) => isNews(one, stored.get(one.userId)));
      for (let from = 0; from < news.length; from += AT_ONCE) {
        const writes = news.slice(from, from + AT_ONCE);
        await Promise.all(writes.map((one) => about.keep(account, one.userId, one.about)));
      }
      done += group.length;
    }
  } catch (error) {
    log.error('What was found about users could not be stored', { error });
  }
  return done === found.length
    ? []
    : [
        `The facts that mails and pages show were not stored for ${found.length - done} of ${found.length} users.`,
      ];
}

function isNews({ about, several }: FoundAbout, stored: About | undefined): boolean {
  const asOf = several ? about.asOf : stored?.asOf;
  return !sameValue({ ...about, asOf }, stored);
}
