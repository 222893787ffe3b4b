import { askForLink, openPage, type Page, textOf } from '../page.ts';
import type { OldCase } from './cast.ts';
import { listRows } from './list.ts';

/** Asks for the link of one user on the page of its row, and opens the page behind it. */
export async function ownLinkOf(link: string, { scene, userName }: OldCase, by: string): Promise<Page> {
  const row = (await listRows(link)).find((one) => one.userName === userName);
  const asked = await askForLink(await openPage(row?.url ?? ''));
  if (asked.status !== 200) {
    throw new Error(`the link for ${userName} should be mailed: ${textOf(asked)}`);
  }
  return scene.opens(by, 'ownLink');
}
