/**
 * `redrive`: moves dead letters to the wake queue, or deletes those that a next run makes up for. Messages are moved one by one,
 * sent before they are deleted: SQS's own StartMessageMoveTask takes no dead letters of EventBridge, does not exist in China,
 * and moves what nobody can process as well (docs/adr/021).
 */
import { suggestion } from '../../functions/contracts/did-you-mean.ts';
import { LETTER_QUEUES, LETTERS, type LetterQueue, readLetter } from './letters.ts';
import type { Flag } from './names.ts';
import { EXIT, type Outcome } from './outcome.ts';
import type { Result } from './results.ts';
import { Refused } from './trouble.ts';
import type { Letter, World } from './world.ts';

type Done = Result<'redrive'>['letters'][number];

export async function redrive(
  world: World,
  name: string,
  flags: readonly Flag[],
): Promise<Outcome<'redrive'>> {
  const queue = LETTER_QUEUES.find((one) => one === name);
  if (queue === undefined) {
    const all = `The queues are: ${LETTER_QUEUES.join(', ')}.`;
    throw new Refused(`There is no dead-letter queue "${name}".${suggestion(name, LETTER_QUEUES)} ${all}`);
  }
  const [url, wakes] = [
    await world.parts.queue(LETTERS[queue].logicalId),
    world.deployed.outputs.WakeQueueUrl,
  ];
  if (url === null || wakes === undefined) {
    throw new Refused(`The stack has no queue "${queue}" with these settings.`);
  }
  const dryRun = flags.includes('dry-run');
  const how = { queue, url, wakes, dryRun, discard: flags.includes('discard') };
  const letters = await treatAll(world, how);
  return {
    result: { queue, dryRun, letters: letters.map(({ what, outcome }) => ({ what, outcome })) },
    ...words(queue, dryRun, letters),
  };
}

interface How {
  readonly queue: LetterQueue;
  readonly url: string;
  readonly wakes: string;
  readonly dryRun: boolean;
  readonly discard: boolean;
}

interface Treated extends Done {
  readonly usable: boolean;
}

/** A dry run shows no more messages than this. */
const SHOWN = 100;

/** Treats each message once: those that stay become visible again after a while. */
async function treatAll(world: World, how: How): Promise<Treated[]> {
  const seen = new Set<string>();
  const treated: Treated[] = [];
  while (!how.dryRun || seen.size < SHOWN) {
    const fresh = (await world.queues.receive(how.url)).filter(({ id }) => !seen.has(id));
    if (fresh.length === 0) {
      break;
    }
    for (const letter of fresh) {
      seen.add(letter.id);
      treated.push(await treat(world, how, letter));
    }
  }
  return treated;
}

async function treat({ queues }: World, how: How, { body, receipt }: Letter): Promise<Treated> {
  const { what, usable } = readLetter(how.queue, body);
  if (how.dryRun || (!usable && !how.discard)) {
    return { what, usable, outcome: 'left' };
  }
  const moved = usable && LETTERS[how.queue].does === 'move';
  if (moved) {
    await queues.send(how.wakes, body);
  }
  await queues.remove(how.url, receipt);
  return { what, usable, outcome: moved ? 'moved' : 'deleted' };
}

const OUTCOMES = {
  moved: 'moved to the wake queue',
  deleted: 'deleted',
  left: 'left where it is',
} as const satisfies Record<Done['outcome'], string>;

function words(
  queue: LetterQueue,
  dryRun: boolean,
  letters: readonly Treated[],
): Pick<Outcome, 'lines' | 'notes' | 'code'> {
  if (letters.length === 0) {
    return { lines: [`No dead letters in "${queue}".`], notes: [], code: EXIT.done };
  }
  const lines = letters.map(({ what, outcome }) => `${dryRun ? 'found' : OUTCOMES[outcome]}: ${what}`);
  const unusable = letters.filter(({ usable }) => !usable).length;
  const done = letters.some(({ outcome }) => outcome !== 'left');
  const notes = [
    ...(done ? [LETTERS[queue].says] : []),
    ...(dryRun ? [`To process them: npm run control -- redrive ${queue}`] : []),
    ...(unusable > 0 && letters.some(({ usable, outcome }) => !usable && outcome === 'left')
      ? [
          `${unusable} cannot be processed. Find out who sent them; to delete them: npm run control -- redrive ${queue} --discard`,
        ]
      : []),
  ];
  const left = !dryRun && letters.some(({ outcome }) => outcome === 'left');
  return { lines, notes, code: left ? EXIT.findings : EXIT.done };
}
