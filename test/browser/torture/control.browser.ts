import { expect, it, vi } from 'vitest';
import { drawBy } from '../../core/proposal/corpus/random.ts';
import { scene } from './scenes.ts';
import { submitAll } from './walk.ts';

/** A copy of the judgement of answers in which whatever is typed counts as the right keys and the right word. */
vi.mock('../../../functions/core/page/choice.ts', async (original) => {
  const genuine = await original<typeof import('../../../functions/core/page/choice.ts')>();
  const { fourOf, judgeChoice, judgeConfirm, keysToDeactivate } = genuine;
  return {
    ...genuine,
    judgeChoice: ((view, choice) =>
      judgeChoice(view, {
        ...choice,
        off: choice.keep === null ? choice.off : keysToDeactivate(view, choice.keep).map(fourOf),
      })) satisfies typeof judgeChoice,
    judgeConfirm: ((view) => judgeConfirm(view, view.confirmable.map(fourOf))) satisfies typeof judgeConfirm,
  };
});

/** As many as the submitter has in torture.browser.ts, where it decides nothing. */
const TIMES = 200;

it.each([
  ['decide: a question', 'keep'],
  ['decide: a question, both in use', 'keep'],
  ['decide: rotation', 'keep'],
  ['row: a question', 'keep'],
  ['delete: a deletion to confirm', 'confirm'],
])('without the typed check the submitter decides through the link "%s"', async (name, kind) => {
  const one = await scene(name);
  const { stored, decidedAfter } = await submitAll(one, {
    draw: drawBy(1),
    writer: 'submitter',
    times: TIMES,
  });
  expect(stored).toContain(kind);
  expect(decidedAfter).not.toBeNull();
  process.stdout.write(
    `Without the typed check: ${kind} through "${name}" after ${decidedAfter} submissions\n`,
  );
});
