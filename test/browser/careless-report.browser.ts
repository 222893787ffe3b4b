import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startChromium } from '../../docs/pictures/chromium.ts';
import { statedIn } from '../../functions/contracts/stated.ts';
import { DAY, plus } from '../../functions/core/model/time.ts';
import { NOW, USER_ID } from '../fakes/cases.ts';
import { page } from '../fakes/page.ts';
import { aReport, aReportRow } from '../fakes/report.ts';
import { aSignOffFile } from '../fakes/sign-offs.ts';
import { aConcern, stated, WORRY } from '../fakes/statements.ts';
import { Reviewer } from './reviewer.ts';
import { type Served, serve } from './serve.ts';

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

const ROW = aReportRow({ userId: USER_ID });
const due = { due: plus(NOW, -DAY), asked: true };

/** Somebody who opens the report while a sign-off waits. */
async function reviewer(...all: Parameters<typeof aSignOffFile>[1][]): Promise<Reviewer> {
  const world = page();
  world.reports.current = aReport({ anchor: 7, rows: [ROW] });
  world.reports.state = aSignOffFile(due, ...all);
  const one = await Reviewer.with(browser, served, world);
  await one.open();
  return one;
}

/** Fills in a concern, but for what the test is about. */
async function concern(one: Reviewer, more: Readonly<Record<string, string>> = {}): Promise<void> {
  await one.open(`?concern=${USER_ID}`);
  await one.unchecked();
  for (const [field, text] of Object.entries({ ...WORRY, key: '3QXK', target: '2026-12-24', ...more })) {
    await one.type(field, text);
  }
  await one.press('Record the concern about ci-deploy');
}

describe('somebody careless signs off', () => {
  it('and types something else than the name of the account', async () => {
    const one = await reviewer();
    await one.choose('accepted');
    await one.type('comment', 'Looked at "all" of <b>them</b> 🙂');
    await one.type('account', 'yes');
    await one.press('Sign off prod-payments');
    expect(one.status).toBe(422);
    expect(await one.reads()).toContain('Nothing was recorded yet');
    expect(await one.typed('comment')).toBe('Looked at "all" of <b>them</b> 🙂');
    await one.type('account', 'Prod-Payments ');
    await one.press('Sign off prod-payments');
    await one.settle();
    expect(one.ledger()).toEqual(['sign-off']);
  });

  it('with a click on the way without a choice, and without a reason', async () => {
    const one = await reviewer();
    await one.unchecked();
    await one.press('Check what this means');
    expect([one.status, (await one.reads()).includes('Choose one of the verdicts.')]).toEqual([422, true]);
    await one.choose('not-accepted');
    await one.unchecked();
    await one.type('account', 'prod-payments');
    await one.press('Record that you do not accept prod-payments');
    expect(one.status).toBe(422);
    expect(await one.reads()).toContain('Write why you do not accept the changes.');
    expect(await one.typed('account')).toBe('prod-payments');
    expect(one.world.stated.kept.size).toBe(0);
  });

  it('and clicks twice, reloads the outcome, and goes back', async () => {
    const one = await reviewer();
    await one.choose('accepted');
    await one.type('account', 'prod-payments');
    await one.tab.getByRole('button', { name: 'Sign off prod-payments' }).dblclick();
    await one.tab.locator('input[name=account]').waitFor({ state: 'detached' });
    expect(await one.reads()).toContain('It is being recorded');
    await one.settle();
    await one.tab.reload();
    expect(await one.reads()).toContain('It is entry 1 of the ledger');
    // The page to check answered a form, so the browser asks before it sends that again.
    await expect(one.tab.goBack()).rejects.toThrow('ERR_CACHE_MISS');
    await one.tab.waitForTimeout(500);
    await one.tab.reload();
    expect(await one.reads()).toContain('Check your sign-off');
    await one.type('account', 'prod-payments');
    await one.press('Sign off prod-payments');
    await one.settle();
    expect(await one.reads()).toContain('It is entry 1 of the ledger');
    expect(one.ledger()).toEqual(['sign-off']);
  });

  it('in two tabs, differently: both are recorded', async () => {
    const one = await reviewer();
    const second = await one.anotherTab();
    await second.open();
    await one.signsOff();
    await second.choose('not-accepted');
    await second.type('comment', 'Too early.');
    await second.type('account', 'prod-payments');
    await second.press('Record that you do not accept prod-payments');
    await one.settle();
    expect(one.world.stated.entries.map(({ reason }) => reason)).toEqual(['accepted', 'not-accepted']);
  });

  it('while somebody else does, and while a concern is recorded', async () => {
    const one = await reviewer();
    await one.choose('accepted');
    one.world.reports.state = aSignOffFile(due, stated(4, aConcern()));
    await one.type('comment', 'All fine.');
    await one.type('account', 'prod-payments');
    await one.press('Sign off prod-payments');
    expect(one.status).toBe(422);
    const words = await one.reads();
    expect(words).toContain('Concerns are open: accept with them, or do not accept.');
    expect(words).toContain('Your comment is kept: All fine.');
    await one.choose('accepted-with-concerns');
    expect(await one.typed('comment')).toBe('All fine.');
    await one.type('account', 'prod-payments');
    await one.press('Sign off prod-payments with 1 open concern');
    await one.settle();
    expect(one.ledger()).toEqual(['sign-off']);
  });

  it('after the report has changed', async () => {
    const one = await reviewer();
    await one.choose('accepted');
    one.world.reports.current = aReport({ anchor: 8, rows: [ROW] });
    await one.type('comment', 'All fine.');
    await one.type('account', 'prod-payments');
    await one.press('Sign off prod-payments');
    expect(one.status).toBe(409);
    expect(await one.reads()).toContain('Not recorded: the report has changed since this page was shown');
    await one.choose('accepted');
    expect(await one.typed('comment')).toBe('All fine.');
    expect(one.world.stated.kept.size).toBe(0);
  });

  it('while the queue is away, and sends it again', async () => {
    const one = await reviewer();
    one.world.statementWakes.broken = true;
    await one.signsOff();
    expect(await one.reads()).toContain('It is stored, but not in the ledger yet');
    one.world.statementWakes.broken = false;
    await one.press('Send it again');
    await one.settle();
    await one.tab.reload();
    expect(await one.reads()).toContain('It is entry 1 of the ledger');
  });
});

describe('somebody careless records a concern', () => {
  it('with a day that is gone and an empty impact', async () => {
    const one = await reviewer();
    await concern(one, { target: '2026-11-22', impact: ' ' });
    expect(one.status).toBe(422);
    expect(await one.reads()).toContain('Choose today or a later day.');
    expect(await one.reads()).toContain('Write what does not work, or may stop working.');
    expect([await one.typed('remediation'), await one.typed('target')]).toEqual([
      WORRY.remediation,
      '2026-11-22',
    ]);
    expect(one.world.stated.kept.size).toBe(0);
  });

  it('of 5,000 characters, which are never cut to what fits and then recorded', async () => {
    const one = await reviewer();
    await concern(one, { impact: 'x'.repeat(5_000) });
    expect(one.status).toBe(422);
    expect(await one.reads()).toContain('Impact: please write less.');
    expect(await one.typed('impact')).toHaveLength(2_000);
  });

  it('with markup, emoji and an address, all of which stay text', async () => {
    const one = await reviewer();
    const impact = '<img src=x onerror=alert(1)> & 🔥';
    await concern(one, { impact, ticket: 'https://evil.example.com/1' });
    await one.settle();
    expect(one.ledger()).toEqual(['concern']);
    one.world.reports.state = aSignOffFile(due, ...statedIn(one.world.stated.entries));
    await one.open();
    const words = await one.reads();
    expect(words).toContain(impact);
    expect(words).toContain('Ticket: https://evil.example.com/1');
    expect(await one.tab.locator('img, a[href^=http]').count()).toBe(0);
  });

  it('about a user who has left the report meanwhile: what was typed is shown', async () => {
    const one = await reviewer();
    await one.open(`?concern=${USER_ID}`);
    one.world.reports.current = aReport({ anchor: 8, rows: [] });
    for (const [field, text] of Object.entries({ ...WORRY, target: '2026-12-24' })) {
      await one.type(field, text);
    }
    await one.press('Record the concern about ci-deploy');
    expect(one.status).toBe(409);
    expect(await one.reads()).toContain(`Impact: ${WORRY.impact}`);
    expect(one.world.stated.kept.size).toBe(0);
  });

  it('twice, in two tabs: it is recorded once', async () => {
    const one = await reviewer();
    const second = await one.anotherTab();
    await concern(one);
    await concern(second);
    await one.settle();
    expect(one.ledger()).toEqual(['concern']);
    expect(await second.reads()).toContain('It is being recorded');
  });

  it('and settles one that somebody else has settled', async () => {
    const one = await reviewer(stated(4, aConcern()));
    await one.open('?settle=4');
    one.world.reports.state = aSignOffFile(due);
    await one.type('done', 'It has a role now.');
    await one.press('Record concern 4 as settled');
    expect(one.status).toBe(409);
    expect(await one.reads()).toContain('Not recorded: this concern is no longer open');
    expect(await one.reads()).toContain('What was done: It has a role now.');
  });
});
