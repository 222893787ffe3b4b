import { afterAll, describe, expect, it } from 'vitest';
import { drawBy } from '../../core/proposal/corpus/random.ts';
import { atDepth } from '../../depth.ts';
import { personActs } from './person.ts';
import { SCENE_NAMES, type Scene, scene } from './scenes.ts';
import { decisionsAmong, openAll, storedSince, submitAll } from './walk.ts';

/** Submissions of each form on each page behind each link. */
const TIMES = atDepth({ sample: 200, share: 200, all: 2_000 });
const SEED = Number(process.env.SEED ?? 1);

/** The links behind whose page a person decides, reactivates and deletes nothing. */
const NOBODY_ACTS: ReadonlySet<string> = new Set([
  'decide: a closed case',
  'restore: a question',
  'view: a question',
  'view: grace',
  'view: a deletion to confirm',
  'delete: a question',
  'delete: grace',
  'list: a question',
  'row: a question, both in use',
  'list-view: a question',
  'expired: a question',
  'expired: grace',
]);

const counted = { opened: 0, submitted: 0, restores: 0, mails: 0, people: 0 };
const read = { reader: [] as string[], copier: [] as string[], submissions: 0 };

const say = (line: string) => process.stdout.write(`${line}\n`);

/** Links that were asked for; a program may have them mailed, but only to whom its own link was mailed. */
const mailsAsked = ({ m }: Scene): number => m.mailLinks.sent.length;

describe.each(SCENE_NAMES)('the link "%s"', (name) => {
  const seedOf = (bot: number) => SEED * 1_000 + SCENE_NAMES.indexOf(name) * 10 + bot;

  it('is opened by a crawler, and nothing follows', async () => {
    const one = await scene(name);
    const [keys, mails] = [structuredClone([...one.m.iam.users.values()]), one.m.mails.length];
    const statuses = await openAll(one, drawBy(seedOf(0)), TIMES);
    counted.opened += TIMES;
    expect([...statuses.keys()].filter((status) => status >= 500 || status === 303)).toEqual([]);
    expect([storedSince(one), one.writes, one.m.wakes.sent, mailsAsked(one)]).toEqual([[], [], [], 0]);
    expect([[...one.m.iam.users.values()], one.m.mails.length]).toEqual([keys, mails]);
  });

  it('is pressed and filled in by a submitter: it decides nothing, restores each key once at most, and a person still can', async () => {
    const one = await scene(name);
    const { sent, statuses, stored } = await submitAll(one, {
      draw: drawBy(seedOf(1)),
      writer: 'submitter',
      times: TIMES,
    });
    const all = [...sent.values()].reduce((sum, times) => sum + times, 0);
    expect([...sent.values()].filter((times) => times < TIMES)).toEqual([]);
    expect([...statuses.keys()].filter((status) => status >= 500)).toEqual([]);
    expect(decisionsAmong(stored)).toEqual([]);
    const restored = one.writes.map(({ kind, keyId }) => `${kind} ${keyId}`);
    expect(restored.filter((change) => !change.startsWith('reactivate '))).toEqual([]);
    expect(new Set(restored).size).toBe(restored.length);
    counted.submitted += all;
    counted.restores += restored.length;
    counted.mails += one.m.table.linkRequests.size;
    const done = await personActs(one);
    // A program's press has restored everything already that a link to restore is for.
    const isDone = name.startsWith('restore: ') && restored.length > 0;
    expect(done === null).toBe(NOBODY_ACTS.has(name) || isDone);
    counted.people += done === null ? 0 : 1;
  });

  it.each(['reader', 'copier'] as const)(
    'is filled in by a %s, which may decide: that is counted',
    async (writer) => {
      const one = await scene(name);
      const { sent, statuses, decidedAfter } = await submitAll(one, {
        draw: drawBy(seedOf(2)),
        writer,
        times: TIMES,
      });
      read.submissions += [...sent.values()].reduce((sum, times) => sum + times, 0);
      expect([...statuses.keys()].filter((status) => status >= 500)).toEqual([]);
      if (decidedAfter !== null) {
        read[writer].push(`${name}: after ${decidedAfter}`);
      }
    },
  );
});

afterAll(() => {
  say(`Seed ${SEED}, ${SCENE_NAMES.length} links and pages, ${TIMES} submissions of each form.`);
  say(`Crawler: ${counted.opened} requests, no change.`);
  say(
    `Submitter: ${counted.submitted} submissions, no decision and no deletion, ${counted.restores} restores, ${counted.mails} links asked for by mail. A person acted afterwards through ${counted.people} links.`,
  );
  for (const writer of ['reader', 'copier'] as const) {
    say(
      `${writer}: decided through ${read[writer].length} of ${SCENE_NAMES.length} links (${read[writer].join('; ')})`,
    );
  }
});
