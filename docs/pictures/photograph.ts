import type { BrowserContextOptions, Page } from 'playwright-core';
import { startChromium } from './chromium.ts';
import { withPalette } from './png.ts';

/** The screen of a phone, with two dots per pixel, so that the pictures are sharp on every screen. */
const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, colorScheme: 'light' } as const;

/** A picture shows at most one and a third screens, within which everything needed for a decision must be visible. */
const LONGEST = PHONE.viewport.height * 1.33;

/** Takes a picture (PNG) of each HTML page at a phone's width. Throws if there is no browser. */
export async function photograph(pages: readonly string[]): Promise<Buffer[]> {
  return inBrowser(PHONE, pages, async (page) => {
    const box = await page.locator('html').boundingBox();
    const height = Math.min(LONGEST, Math.ceil(box?.height ?? LONGEST));
    const clip = { x: 0, y: 0, width: PHONE.viewport.width, height };
    return withPalette(await page.screenshot({ fullPage: true, clip }));
  });
}

/** Takes a picture of each whole HTML page, on which several phones stand side by side. Throws if there is no browser. */
export async function photographSheets(pages: readonly string[], phones: number): Promise<Buffer[]> {
  const viewport = { width: phones * PHONE.viewport.width, height: PHONE.viewport.height };
  return inBrowser({ viewport }, pages, (page) => page.screenshot({ fullPage: true }));
}

async function inBrowser(
  options: BrowserContextOptions,
  pages: readonly string[],
  take: (page: Page) => Promise<Buffer>,
): Promise<Buffer[]> {
  const browser = await startChromium();
  try {
    const context = await browser.newContext({ ...options, javaScriptEnabled: false });
    const pictures: Buffer[] = [];
    for (const html of pages) {
      const page = await context.newPage();
      await page.setContent(html);
      pictures.push(await take(page));
      await page.close();
    }
    return pictures;
  } finally {
    await browser.close();
  }
}
