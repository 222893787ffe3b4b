import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { whileAlive } from '../launch/alive.ts';
import { type Launched, launchWorld } from '../launch/launch.ts';
import { CHAPTERS } from '../story/chapters/all.ts';
import { playAll } from '../story/play.ts';
import { STORY_SETTINGS } from '../story/settings.ts';
import { Steps } from '../story/steps.ts';
import type { Say } from '../world/say.ts';
import type { MailedLink } from './plays.ts';
import { type Stored, Tap, type TypedItem } from './tap.ts';

const STORY = 'story';

/** The result of playing the story. */
export interface StoryPlayed {
  readonly stored: readonly Stored[];
  readonly links: readonly MailedLink[];
}

/** Plays the story on the release as just frozen, which also proves that the frozen release runs. */
export async function recordStory(
  release: string,
  say: Say,
  remember: (launched: Launched) => void,
): Promise<StoryPlayed> {
  const tap = new Tap(STORY);
  const launched = await launchWorld({
    say,
    settings: STORY_SETTINGS,
    brief: true,
    watch: tap.watch,
    release,
  });
  remember(launched);
  const played = await whileAlive(launched, playAll(launched, CHAPTERS, new Steps(say), say));
  const problems = played.flatMap(({ problem }) => problem ?? []);
  if (problems.length > 0) {
    throw new Error(`the story did not come to its end: ${problems.join('; ')}`);
  }
  const names = new Map(played.map(({ told }) => [told.userId ?? '', told.names[0] ?? '']));
  const stored = [...tap.stored, ...(await everything(launched))];
  const links = launched.inbox
    .mails()
    .flatMap(({ link }) => (link === null ? [] : { from: STORY, url: link }));
  await launched.stop();
  return { stored: inOrder(stored, names), links };
}

/** All items of both tables at the end; items changed by an update are seen only here. */
async function everything({ clients, deployed }: Launched): Promise<Stored[]> {
  const client = clients.make(DynamoDBClient);
  const tables = Object.entries(deployed.resources).flatMap(([id, name]) =>
    /^(?:Cases|Once)Table/.test(id) ? name : [],
  );
  const stored: Stored[] = [];
  for (const TableName of tables) {
    for await (const { Items = [] } of paginateScan({ client }, { TableName, ConsistentRead: true })) {
      stored.push(
        ...Items.map((what) => ({ from: STORY, where: TableName, what: what as unknown as TypedItem })),
      );
    }
  }
  client.destroy();
  return stored;
}

/**
 * Sorts by user and key, with versions in the order written, because chapters are played concurrently and the order
 * varies.
 */
function inOrder(stored: readonly Stored[], names: ReadonlyMap<string, string>): Stored[] {
  const placed = stored.map((one) => {
    const { pk, sk } = (typeof one.what === 'string' ? {} : one.what) as TypedItem;
    const place = `${String(pk?.S ?? '')} ${String(sk?.S ?? '')}`;
    const name = names.get(place.split(/[# ]/)[2] ?? '');
    return { place, one: name === undefined ? one : { ...one, from: `${STORY}: ${name}` } };
  });
  const key = ({ one, place }: (typeof placed)[number]) => `${one.from} ${place}`;
  return placed.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0)).map(({ one }) => one);
}
