import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page as Tab } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startChromium } from '../../../docs/pictures/chromium.ts';
import { type Draw, drawBy } from '../../core/proposal/corpus/random.ts';
import { atDepth } from '../../depth.ts';
import { openTab } from '../browsing.ts';
import { type Served, serve } from '../serve.ts';
import { SCENE_NAMES, scene } from './scenes.ts';
import { decisionsAmong, storedSince } from './walk.ts';

/** How often the browser begins anew at a link. */
const ROUNDS = atDepth({ sample: 3, share: 3, all: 40 });
/** How many forms and links it goes on from there. */
const STEPS = 4;
const SEED = Number(process.env.SEED ?? 1);
const TEXTS = [
  '',
  'test',
  'yes',
  'delete',
  'reactivate',
  'scanner@example.com',
  'ABCD',
  'delete QRST',
] as const;

const counted = { submitted: 0, clicked: 0, restores: 0 };
let browser: Browser;
let served: Served;
beforeAll(async () => {
  served = await serve();
  browser = await startChromium();
});
afterAll(async () => {
  await browser?.close();
  await served?.stop();
  const { submitted, clicked, restores } = counted;
  expect(submitted).toBeGreaterThan(0);
  process.stdout.write(
    `Chromium: ${submitted} forms sent, ${clicked} links clicked, no decision and no deletion, ${restores} restores.\n`,
  );
});

const PREPARE = readFileSync(join(import.meta.dirname, 'prepare.js'), 'utf8').replace(/;\s*$/, '');

/** Opens what is folded, ticks, chooses and writes at random, and counts what can be pressed. */
async function prepare(tab: Tab, draw: Draw): Promise<{ readonly forms: number; readonly links: number }> {
  const drawn = Array.from({ length: 40 }, () => draw.share());
  return tab.evaluate(`(${PREPARE.replace(/^\/\/.*\n/, '')})(${JSON.stringify([drawn, TEXTS])})`);
}

/** Sends one form of the page, or clicks one link, as a program that steers a browser. */
async function step(tab: Tab, draw: Draw): Promise<void> {
  const { forms, links } = await prepare(tab, draw);
  if (links > 0 && (forms === 0 || draw.share() < 0.2)) {
    await tab
      .locator('a')
      .nth(Math.floor(draw.share() * links))
      .click();
    counted.clicked += 1;
  } else if (forms > 0) {
    const answered = tab.waitForResponse((answer) => answer.request().isNavigationRequest());
    await tab
      .locator('form')
      .nth(Math.floor(draw.share() * forms))
      .locator('button')
      .click();
    await answered;
    await tab.waitForLoadState();
    counted.submitted += 1;
  }
}

it.each(SCENE_NAMES)(
  'a browser that presses everything behind the link "%s" decides nothing',
  async (name) => {
    const one = await scene(name);
    const draw = drawBy(SEED * 1_000 + SCENE_NAMES.indexOf(name));
    const tab = await openTab(browser);
    const begin = served.add(one.pages);
    const elsewhere: string[] = [];
    tab.on('request', (request) => {
      if (!request.url().startsWith(begin)) {
        elsewhere.push(request.url());
      }
    });
    for (let round = 0; round < ROUNDS; round += 1) {
      await tab.goto(begin + one.path);
      for (let n = 0; n < STEPS; n += 1) {
        await step(tab, draw);
        await one.settle();
      }
    }
    await tab.context().close();
    expect(elsewhere).toEqual([]);
    expect(decisionsAmong(storedSince(one))).toEqual([]);
    const changes = one.writes.map(({ kind, keyId }) => `${kind} ${keyId}`);
    expect(changes.filter((change) => !change.startsWith('reactivate '))).toEqual([]);
    expect(new Set(changes).size).toBe(changes.length);
    counted.restores += changes.length;
  },
);
