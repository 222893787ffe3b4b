import { startChromium } from './chromium.ts';
import { withPalette } from './png.ts';

/** The screen of a phone, with two dots per pixel, so that the pictures are sharp on every screen. */
const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, colorScheme: 'light' } as const;

/** A picture shows at most one and a third screens, within which everything needed for a decision must be visible. */
const LONGEST = PHONE.viewport.height * 1.33;

/** Takes a picture (PNG) of each HTML page at a phone's width. Throws if there is no browser. */
export async function photograph(pages: readonly string[]): Promise<Buffer[]> {
  const browser = await startChromium();
  try {
    const context = await browser.newContext({ ...PHONE, javaScriptEnabled: false });
    const pictures: Buffer[] = [];
    for (const html of pages) {
      const page = await context.newPage();
      await page.setContent(html);
      const box = await page.locator('html').boundingBox();
      const height = Math.min(LONGEST, Math.ceil(box?.height ?? LONGEST));
      const clip = { x: 0, y: 0, width: PHONE.viewport.width, height };
      pictures.push(withPalette(await page.screenshot({ fullPage: true, clip })));
    }
    return pictures;
  } finally {
    await browser.close();
  }
}
