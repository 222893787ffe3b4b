import type { Page as Tab } from 'playwright-core';

/** The words of the page that a tab shows. */
export async function wordsOn(tab: Tab): Promise<string> {
  return (await tab.locator('body').innerText()).replace(/\s+/g, ' ');
}

/** Presses the button with these words, and waits for the page that answers. */
export async function pressOn(tab: Tab, button: string): Promise<void> {
  await tab.getByRole('button', { name: button, exact: true }).click();
  await tab.waitForLoadState();
}

/** Fills in the page to check: acknowledges what it asks to, gives a reason, and types the keys to deactivate. */
export async function fillInCheck(tab: Tab, off: string): Promise<void> {
  const box = tab.locator('input[name=inUse]');
  if ((await box.count()) > 0) {
    await box.check();
  }
  await tab.locator('select[name=reason]').selectOption('unused');
  await tab.locator('input[name=off]').fill(off);
}
