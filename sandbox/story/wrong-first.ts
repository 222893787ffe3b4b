import { type Choice, chooseToKeep, keysOffered, openPage, type Page, sendDeletion, textOf } from './page.ts';
import type { Scene } from './scene.ts';

/**
 * Confirms a deletion through the mail that asks for it. First only the last characters are typed, which must not be enough.
 * `missing`: words of the page about a consumer that was not seen with the kept key, if it must name one.
 */
export async function confirmsDeletion(
  scene: Scene,
  by: string,
  keys: readonly string[],
  missing?: string,
): Promise<void> {
  const page = await scene.opens(by, 'toConfirm');
  if (missing !== undefined && !page.html.includes(missing)) {
    throw new Error(`the page should name ${missing}: ${textOf(page)}`);
  }
  const dotted = keys.map((id) => `..${id.slice(-4)}`).join(' and ');
  const tooLittle = await sendDeletion(page, keys, '');
  if (tooLittle.status !== 422) {
    throw new Error(`a deletion without its word should be refused: ${textOf(tooLittle)}`);
  }
  const answer = await sendDeletion(await openPage(page.url), keys);
  if (answer.status !== 200) {
    throw new Error(`the deletion was not confirmed: ${textOf(answer)}`);
  }
  const named = missing === undefined ? '' : `, after the page named ${missing}`;
  scene.step(`${by} confirmed the deletion of ${dotted}${named}`);
}

/** Chooses keys, and checks that the next page warns and that nothing is stored. The page stays open. */
export async function isStopped(
  scene: Scene,
  by: string,
  page: Page,
  choice: Choice,
  warning: string,
): Promise<void> {
  const checked = await chooseToKeep(page, choice);
  if (checked.status !== 200 || !checked.html.includes(warning)) {
    throw new Error(`the page to check should say "${warning}": ${textOf(checked)}`);
  }
  const again = await openPage(page.url);
  if (keysOffered(again).length === 0) {
    throw new Error(`nothing should be decided yet: ${textOf(again)}`);
  }
  scene.step(`${by} chose the wrong key; the page to check said "${warning}", and they went back`);
}
