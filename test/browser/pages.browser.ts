import type { Browser, Page as Tab } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startChromium } from '../../docs/pictures/chromium.ts';
import { faultsOf, openTab } from './browsing.ts';
import { enterSubmits, tabbing } from './keyboard.ts';
import { type Served, serve } from './serve.ts';
import { everyState } from './states.ts';
import { formsIn } from './torture/forms.ts';

const states = await everyState();
let browser: Browser;
let served: Served;
let tab: Tab;
beforeAll(async () => {
  served = await serve();
  browser = await startChromium();
  tab = await openTab(browser, true);
});
afterAll(async () => {
  await browser?.close();
  await served?.stop();
});

/** The status that the name of a state ends in, such as `(422)`; 200 if it has none. */
const statusIn = (name: string): number => Number(/\((\d{3})\)$/.exec(name)?.[1] ?? 200);

describe.each(states)('$name', ({ name, pages, path }) => {
  it('is right on every screen: whole, readable, near at hand, and axe finds nothing', async () => {
    const answer = await tab.goto(`${served.add(pages)}${path}`);
    expect(answer?.status()).toBe(statusIn(name));
    expect(await faultsOf(tab, (await answer?.text()) ?? '')).toEqual([]);
  });

  it('is used with the keyboard: in order, with a visible focus, and Enter sends the form that it is in', async () => {
    const url = `${served.add(pages)}${path}`;
    await tab.goto(url);
    const { wanted, reached, unseen } = await tabbing(tab);
    expect(reached).toEqual(wanted);
    expect(unseen).toEqual([]);
    expect(await enterSubmits(tab, url)).toEqual([]);
  });

  it('needs no script, loads nothing, and its forms are read as a browser does', async () => {
    const html = await (await pages.fetch(new Request(`http://127.0.0.1${path}`))).text();
    expect(html).not.toMatch(/<script|\son\w+=|javascript:|<link|<img|<iframe/i);
    await tab.goto(`${served.add(pages)}${path}`);
    const sent = await tab.evaluate(`[...document.forms].map((form) => [...new FormData(form)])`);
    const read = formsIn(html).map(({ fields }) =>
      fields.flatMap(({ name, untouched }) => (untouched === null ? [] : [[name, untouched]])),
    );
    expect(read).toEqual(sent);
  });
});
