import type { Browser, Page as Tab } from 'playwright-core';
import { noteStatement } from '../../functions/app/reconcile/statement.ts';
import { linkPath } from '../../functions/contracts/link.ts';
import { buildApp } from '../../functions/web/app.ts';
import type { Page } from '../fakes/page.ts';
import { openTab } from './browsing.ts';
import { pressOn, wordsOn } from './hand.ts';
import type { Served } from './serve.ts';

/** The security lead who reviews a report, at a browser without scripts. */
export class Reviewer {
  readonly world: Page;
  readonly tab: Tab;
  readonly #url: string;
  #status = 0;

  private constructor(world: Page, tab: Tab, url: string) {
    this.world = world;
    this.tab = tab;
    this.#url = url;
    tab.on('response', (answer) => {
      if (answer.status() !== 303) {
        this.#status = answer.status();
      }
    });
  }

  static async with(browser: Browser, served: Served, world: Page): Promise<Reviewer> {
    const url = `${served.add(buildApp(world.ports))}${linkPath('report', await world.reportLink())}`;
    return new Reviewer(world, await openTab(browser), url);
  }

  /** The same person in another tab of the same browser. */
  async anotherTab(): Promise<Reviewer> {
    return new Reviewer(this.world, await this.tab.context().newPage(), this.#url);
  }

  /** Status of the page that was shown last. */
  get status(): number {
    return this.#status;
  }

  async open(query = ''): Promise<void> {
    await this.tab.goto(`${this.#url}${query}`);
  }

  /** The words of the page. */
  reads(): Promise<string> {
    return wordsOn(this.tab);
  }

  async press(button: string): Promise<void> {
    await pressOn(this.tab, button);
  }

  async type(field: string, text: string): Promise<void> {
    await this.tab.locator(`[name=${field}]:not([type=hidden])`).fill(text);
  }

  /** The text in a field. */
  typed(field: string): Promise<string> {
    return this.tab.locator(`[name=${field}]:not([type=hidden])`).inputValue();
  }

  /** Sends forms as they are, without the browser's own checks, as an old one does. */
  async unchecked(): Promise<void> {
    await this.tab.locator('form').evaluateAll((forms) => {
      for (const form of forms) {
        form.setAttribute('novalidate', '');
      }
    });
  }

  /** Chooses a verdict, and goes on to the page to check. */
  async choose(verdict: string): Promise<void> {
    await this.tab.locator(`input[name=verdict][value=${verdict}]`).check();
    await this.press('Check what this means');
  }

  /** Accepts all changes. */
  async signsOff(): Promise<void> {
    await this.choose('accepted');
    await this.type('account', 'prod-payments');
    await this.press('Sign off prod-payments');
  }

  /** Records what was stated. */
  async settle(): Promise<void> {
    const { links, clock, log, policy, stated, statementWakes } = this.world;
    const ports = { statements: stated.ledger, links, clock: { ...clock, remaining: () => 9 }, log, policy };
    for (const wish of statementWakes.sent.splice(0)) {
      await noteStatement(ports, wish);
    }
  }

  /** The commands of the ledger, in order. */
  ledger(): string[] {
    return this.world.stated.entries.map(({ command }) => command);
  }
}
