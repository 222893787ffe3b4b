import type { Browser, Page as Tab } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startChromium } from '../../docs/pictures/chromium.ts';
import { launchWorld } from '../../sandbox/launch/launch.ts';
import { SHORT_SETTINGS } from '../../sandbox/launch/settings.ts';
import { eventually, Stack, type Violator } from '../e2e/stack.ts';
import { faultsOf, openTab, SCREENS, turnTo } from './browsing.ts';
import { fillInCheck, pressOn, wordsOn } from './hand.ts';

const MAIL_WITHIN_MS = 90_000;
const EMAIL = 'security@example.com';
const SETTINGS = {
  ...SHORT_SETTINGS,
  notifyAfter: 'PT0S',
  grace: 'PT45S',
  deletionNotice: 'PT25S',
  deletion: 'on-confirmation',
};

/** The main pages as the deployed functions serve them, over HTTP, on the way of a case from the mail to the deletion. */
describe('deployed', () => {
  let stack: Stack;
  let browser: Browser;
  let tab: Tab;
  let violator: Violator;
  const [older, newer] = [() => violator.keys[0], () => violator.keys[1]];
  const four = (id: string) => id.slice(-4);

  beforeAll(async () => {
    const said: string[] = [];
    const launched = await launchWorld({ say: (line) => said.push(line), settings: SETTINGS });
    stack = new Stack(launched);
    browser = await startChromium();
    tab = await openTab(browser, true);
    violator = await stack.violator('seen-in-a-browser', 'heard');
  });
  afterAll(async () => {
    await browser?.close();
    await stack?.launched.stop();
  });

  /** The link of this kind in the newest mail. */
  const linkOf = async (kind: 'c' | 'r' | 'd') => {
    const match = { recipient: EMAIL, userName: violator.userName, containing: `/${kind}/` };
    return (await stack.launched.inbox.waitFor(match, MAIL_WITHIN_MS)).link ?? '';
  };
  const faults = async () => {
    const found = await faultsOf(tab, await tab.content());
    await turnTo(tab, SCREENS['a phone'] ?? expect.unreachable('there is a phone'));
    return found;
  };
  const press = (button: string) => pressOn(tab, button);
  const reads = () => wordsOn(tab);
  const become = (key: string, status: string | undefined) =>
    eventually(
      () => stack.statusOf(violator),
      (keys) => keys[key] === status,
      MAIL_WITHIN_MS,
    );

  const decides = async () => {
    await tab.locator(`input[name=keep][value="${newer()}"]`).check();
    await press('Check what this means');
    expect(await reads()).toContain(`You are about to deactivate …${four(older())}`);
    expect(await faults()).toEqual([]);
    await fillInCheck(tab, four(older()));
    await press(`Deactivate …${four(older())}`);
    expect(await reads()).toContain('You decided on');
    expect(await faults()).toEqual([]);
    await become(older(), 'Inactive');
  };

  it('a decision: chosen, checked, answered, and the page after it', async () => {
    await tab.goto(await linkOf('c'));
    expect(await faults()).toEqual([]);
    await decides();
  });

  it('a restore: two pages, and the key is active again', async () => {
    await tab.goto(await linkOf('r'));
    expect(await faults()).toEqual([]);
    await press(`Reactivate …${four(older())}`);
    expect(await reads()).toContain(`You are about to reactivate …${four(older())}`);
    expect(await faults()).toEqual([]);
    await press(`Reactivate …${four(older())}`);
    expect(await faults()).toEqual([]);
    await become(older(), 'Active');
  });

  it('a deletion: a page and a link of its own, typed', async () => {
    await tab.goto(await linkOf('c'));
    await decides();
    await tab.goto(await linkOf('d'));
    expect(await faults()).toEqual([]);
    await tab.locator('input[name=remove]').fill(four(older()));
    await press(`Delete …${four(older())} permanently`);
    expect(await reads()).toContain(`type “delete ${four(older())}”`);
    expect(await faults()).toEqual([]);
    await tab.locator('input[name=remove]').fill(`delete ${four(older())}`);
    await press(`Delete …${four(older())} permanently`);
    expect(await reads()).toContain('You confirmed on');
    expect(await faults()).toEqual([]);
    await become(older(), undefined);
    expect(await stack.statusOf(violator)).toEqual({ [newer()]: 'Active' });
  });
});
