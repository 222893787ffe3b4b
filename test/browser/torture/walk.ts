import type { Draw } from '../../core/proposal/corpus/random.ts';
import { filledIn, OPENERS, pagesLinkedFrom, type Writer, wordsOf } from './bots.ts';
import { formsIn, kindOf, type TorturedForm } from './forms.ts';
import type { Scene } from './scenes.ts';

const ORIGIN = 'https://keys.example.com';

/** What came of a program at a link. */
export interface Outcome {
  /** How often each kind of form was sent. */
  readonly sent: ReadonlyMap<string, number>;
  /** Answers by status. */
  readonly statuses: ReadonlyMap<number, number>;
  /** Kinds of the answers that were stored meanwhile. */
  readonly stored: readonly string[];
  /** After how many submissions the first decision or deletion was stored; null if none was. */
  readonly decidedAfter: number | null;
}

interface Seen {
  readonly form: TorturedForm;
  readonly words: readonly string[];
}

/** The answers that were stored since a scene began: what was asked for. */
export function storedSince({ m, before }: Scene): string[] {
  return [...m.table.requests].flatMap(([key, { ask }]) => (before.has(key) ? [] : [ask.kind]));
}

/** Decisions and deletions among what was asked for. A restore is none. */
export const decisionsAmong = (kinds: readonly string[]): string[] =>
  kinds.filter((kind) => kind !== 'restore');

/**
 * A program opens the link and sends every form that it is ever shown so many times, the newest of each kind, also when
 * it has long been answered.
 */
export async function submitAll(
  scene: Scene,
  { draw, writer, times }: { readonly draw: Draw; readonly writer: Writer; readonly times: number },
): Promise<Outcome> {
  const [forms, sent, statuses] = [
    new Map<string, Seen>(),
    new Map<string, number>(),
    new Map<number, number>(),
  ];
  let decidedAfter: number | null = null;
  const look = async (answer: Response): Promise<void> => {
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
    const html = await answer.text();
    const words = wordsOf(html);
    for (const form of formsIn(html)) {
      forms.set(kindOf(form), { form, words });
    }
  };
  const open = async () => look(await scene.pages.fetch(new Request(ORIGIN + scene.path)));
  const due = () => [...forms].filter(([kind]) => (sent.get(kind) ?? 0) < times);
  await open();
  for (let step = 1; ; step += 1) {
    const [first, ...others] = due();
    if (first === undefined) {
      return { sent, statuses, stored: storedSince(scene), decidedAfter };
    }
    const [kind, { form, words }] = draw.oneOf([first, ...others]);
    sent.set(kind, (sent.get(kind) ?? 0) + 1);
    const body = filledIn(form, { draw, writer, words });
    await look(await scene.pages.fetch(new Request(ORIGIN + scene.path, { method: 'POST', body })));
    await scene.settle();
    if (decidedAfter === null && decisionsAmong(storedSince(scene)).length > 0) {
      decidedAfter = step;
    }
    if (step % 5 === 0 || due().length === 0) {
      await open();
    }
  }
}

/** A program opens every address that it finds, in every way that does not send a form. Returns the answers by status. */
export async function openAll(scene: Scene, draw: Draw, times: number): Promise<ReadonlyMap<number, number>> {
  const statuses = new Map<number, number>();
  const found = new Set([scene.path]);
  for (let n = 0; n < times; n += 1) {
    const [first = scene.path, ...others] = found;
    const path = draw.oneOf([first, ...others]);
    const method = draw.oneOf(['GET', 'GET', 'HEAD']);
    const headers = OPENERS[Math.floor(draw.share() * OPENERS.length)] ?? {};
    const answer = await scene.pages.fetch(new Request(ORIGIN + path, { method, headers }));
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
    for (const linked of pagesLinkedFrom(await answer.text(), ORIGIN + path)) {
      found.add(linked);
    }
    await scene.settle();
  }
  return statuses;
}
