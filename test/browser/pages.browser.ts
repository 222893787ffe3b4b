import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startChromium } from '../../docs/pictures/chromium.ts';
import { accessibility, contextFor, inTab, type MeasuredForm, measure, SCREENS } from './browsing.ts';
import { type Served, serve } from './serve.ts';
import { everyState } from './states.ts';

const LARGEST_PAGE = 30_000;
/** Lower ends of the first button on a phone: within the first screen to undo, within one and a half to decide. */
const TO_UNDO = 844;
const TO_DECIDE = 1_266;

/** What the pages of 0.6.0 do wrong. Those of 0.7.0 must not: then this goes. */
const KNOWN = {
  keysBreakInSentences: true,
  buttonTooLow: ['decide: everything known, an alarm'],
};

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
  let context: BrowserContext;
  beforeAll(async () => {
    context = await contextFor(browser, screen);
  });
  afterAll(() => context?.close());

  it.each(states)('$name', async ({ name, pages, path }) => {
    await inTab(context, async (tab) => {
      const answer = await tab.goto(`${served.add(pages)}${path}`);
      expect((await answer?.body())?.byteLength).toBeLessThan(LARGEST_PAGE);
      const { broken, inSentences, scrolls, wider, buttons } = await measure(tab);
      expect(broken).toEqual([]);
      expect(KNOWN.keysBreakInSentences ? [] : inSentences).toEqual([]);
      expect(scrolls ? wider : []).toEqual([]);
      const first = buttons.find(({ folded }) => !folded);
      const limit = first === undefined || screen.width !== 390 ? null : limitOf(first);
      if (limit !== null && !KNOWN.buttonTooLow.includes(name)) {
        expect(first?.bottom).toBeLessThanOrEqual(limit);
      }
      expect(screen.axe ? await accessibility(tab) : []).toEqual([]);
    });
  });
});

it('is the same without JavaScript, because no page has any', async () => {
  for (const { pages, path } of states) {
    const html = await (await pages.fetch(new Request(`http://127.0.0.1${path}`))).text();
    expect(html).not.toMatch(/<script|\son\w+=|javascript:|<link|<img|<iframe/i);
  }
});
