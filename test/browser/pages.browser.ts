import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startChromium } from '../../docs/pictures/chromium.ts';
import { accessibility, contextFor, inTab, type MeasuredForm, measure, SCREENS } from './browsing.ts';
import { type Served, serve } from './serve.ts';
import { everyState } from './states.ts';

const LARGEST_PAGE = 30_000;
/** Lower ends of the first button on a phone: within the first screen to undo, within one and a half to decide. */
const TO_UNDO = 844;
const TO_DECIDE = 1_266;

const states = await everyState();
let browser: Browser;
let served: Served;
beforeAll(async () => {
  served = await serve();
  browser = await startChromium();
});
afterAll(async () => {
  await browser?.close();
  await served?.stop();
});

/** The first form's limit, by what it does; null for one that neither undoes nor decides. */
function limitOf({ fields }: MeasuredForm): number | null {
  const undoes = ['back', 'restore', 'key'].some((field) => fields.includes(field));
  return undoes ? TO_UNDO : fields.includes('keep') ? TO_DECIDE : null;
}

describe.each(Object.entries(SCREENS))('on a %s', (_name, screen) => {
  it.each(states)('$name', async ({ pages, path }) => {
    const context = await contextFor(browser, screen);
    await inTab(context, async (tab) => {
      const answer = await tab.goto(`${served.add(pages)}${path}`);
      expect((await answer?.body())?.byteLength).toBeLessThan(LARGEST_PAGE);
      const { broken, scrolls, wider, buttons } = await measure(tab);
      expect(broken).toEqual([]);
      expect(scrolls ? wider : []).toEqual([]);
      const [first] = buttons;
      const limit = first === undefined || screen.width !== 390 ? null : limitOf(first);
      if (limit !== null) {
        expect(first?.bottom).toBeLessThanOrEqual(limit);
      }
      expect(await accessibility(tab)).toEqual([]);
    });
    await context.close();
  });
});

it('is the same without JavaScript, because no page has any', async () => {
  for (const { pages, path } of states) {
    const html = await (await pages.fetch(new Request(`http://127.0.0.1${path}`))).text();
    expect(html).not.toMatch(/<script|\son\w+=|javascript:|<link|<img|<iframe/i);
  }
});
