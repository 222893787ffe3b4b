import type { Browser, Page as Tab } from 'playwright-core';
import { linkPath } from '../../functions/contracts/link.ts';
import { rowPath } from '../../functions/contracts/link-path.ts';
import type { KeyStatus } from '../../functions/core/model/observation.ts';
import { lastFour } from '../../functions/core/model/observation.ts';
import { DAY, plus } from '../../functions/core/model/time.ts';
import { buildApp } from '../../functions/web/app.ts';
import { portsOf } from '../fakes/acts.ts';
import { aClaim, aListClaim, USER_ID } from '../fakes/cases.ts';
import type { MemoryWorld } from '../fakes/world.ts';
import { openTab } from './browsing.ts';
import { fillInCheck, pressOn, wordsOn } from './hand.ts';
import type { Served } from './serve.ts';
import { asked, toConfirm } from './torture/scenes.ts';

/** Through a link to one case, or through the list. */
export type Through = 'single' | 'list';

/** The security lead at a browser without scripts, with a link in hand and a whole Solekey in memory behind it. */
export class Person {
  readonly m: MemoryWorld;
  /** The page of the case in the mail that this person had first. */
  readonly oldPath: string;
  readonly #tab: Tab;
  readonly #begin: string;
  readonly #path: string;
  readonly #through: Through;
  readonly #before: ReadonlySet<string>;
  readonly #changes: string[] = [];
  #status = 0;

  private constructor(
    m: MemoryWorld,
    tab: Tab,
    where: {
      readonly begin: string;
      readonly path: string;
      readonly oldPath: string;
      readonly through: Through;
    },
  ) {
    this.m = m;
    this.#tab = tab;
    this.#begin = where.begin;
    this.#path = where.path;
    this.oldPath = where.oldPath;
    this.#through = where.through;
    this.#before = new Set(m.table.requests.keys());
    m.iam.watchers.push(({ kind, keyId }) => this.#changes.push(`${kind} ${lastFour(keyId)}`));
    tab.on('response', (answer) => {
      if (answer.status() !== 303) {
        this.#status = answer.status();
      }
    });
  }

  static async asked(browser: Browser, served: Served, through: Through): Promise<Person> {
    return Person.#with(await asked(), browser, served, through, 'decide');
  }

  static async toConfirm(browser: Browser, served: Served, through: Through): Promise<Person> {
    return Person.#with(await toConfirm(), browser, served, through, 'delete');
  }

  static async #with(
    m: MemoryWorld,
    browser: Browser,
    served: Served,
    through: Through,
    purpose: 'decide' | 'delete',
  ): Promise<Person> {
    const caseNumber = m.caseOf(USER_ID)?.number ?? 1;
    const expires = plus(m.clock.now(), 14 * DAY);
    const list = await m.links.mint(aListClaim({ expires }));
    const single = linkPath(purpose, await m.links.mint(aClaim({ caseNumber, expires, purpose })));
    const [path, oldPath] =
      through === 'single'
        ? [single, single]
        : [linkPath('list', list), rowPath(list, { userId: USER_ID, caseNumber })];
    const begin = served.add(buildApp(portsOf(m)));
    return new Person(m, await openTab(browser), { begin, path, oldPath, through });
  }

  /** The same person in another tab of the same browser. */
  async anotherTab(): Promise<Person> {
    const tab = await this.#tab.context().newPage();
    const where = { begin: this.#begin, path: this.#path, oldPath: this.oldPath, through: this.#through };
    return new Person(this.m, tab, where);
  }

  /** Status of the page that was shown last. */
  get status(): number {
    return this.#status;
  }

  async open(path: string): Promise<void> {
    await this.#tab.goto(this.#begin + path);
  }

  /** Opens the link; under the list, the first case on it. */
  async arrive(): Promise<void> {
    await this.open(this.#path);
    if (this.#through === 'list') {
      await this.#moving(this.#tab.locator('a.act').first().click());
    }
  }

  /** The words of the page. */
  async reads(): Promise<string> {
    return wordsOn(this.#tab);
  }

  /** The ends of the keys that can be kept. */
  async offered(): Promise<string[]> {
    const radios = await this.#tab.locator('input[name=keep][type=radio]').all();
    return Promise.all(radios.map(async (radio) => lastFour((await radio.getAttribute('value')) ?? '')));
  }

  /** Chooses the key to keep, and goes on to the page to check. */
  async choose(four: string): Promise<void> {
    await this.#tab.locator(`input[name=keep][value$="${four}"]`).check();
    await this.press('Check what this means');
  }

  /** Writes the answer on the page to check, acknowledges what it asks to, and presses the button. */
  async answer(off: string, clicks: 1 | 2 = 1): Promise<void> {
    await fillInCheck(this.#tab, off);
    const button = this.#tab.locator('form:has(input[name=off]) button');
    await this.#moving(clicks === 1 ? button.click() : button.dblclick());
    if (clicks === 2) {
      // The second click ends the loading that the first one began.
      await this.#tab.locator('input[name=off]').waitFor({ state: 'detached' });
    }
  }

  /** Decides as proposed: keeps the newer key, and what was asked for is carried out. */
  async decides(): Promise<void> {
    await this.choose('MPLE');
    await this.answer('3QXK');
    await this.settle();
  }

  async press(button: string): Promise<void> {
    await pressOn(this.#tab, button);
  }

  async follow(link: string): Promise<void> {
    await this.#moving(this.#tab.getByRole('link', { name: link }).click());
  }

  async type(label: string, text: string): Promise<void> {
    await this.#tab.getByLabel(label).fill(text);
  }

  async reload(): Promise<void> {
    await this.#tab.reload();
  }

  /** Goes back; says so if the browser has to be asked to send a form again. */
  async back(): Promise<'shown' | 'ERR_CACHE_MISS'> {
    try {
      await this.#tab.goBack();
      return 'shown';
    } catch (error) {
      if (String(error).includes('ERR_CACHE_MISS')) {
        // The browser's own page comes a moment after it says so.
        await this.#tab.waitForTimeout(500);
        return 'ERR_CACHE_MISS';
      }
      throw error;
    }
  }

  /** Carries out what was answered. */
  async settle(): Promise<void> {
    this.m.clock.move(1);
    await this.m.sweep();
  }

  /** Somebody with permissions in IAM changes a key by hand. */
  ownerSets(keyId: string, status: KeyStatus): void {
    for (const key of this.m.iam.users.get(USER_ID)?.keys ?? []) {
      if (key.id === keyId) {
        key.status = status;
      }
    }
  }

  /** The user's keys in IAM. */
  iam(): string {
    const keys = this.m.iam.users.get(USER_ID)?.keys ?? [];
    return keys.map(({ id, status }) => `${lastFour(id)} ${status}`).join(', ');
  }

  /** What was stored as answers since this person began. */
  stored(): string[] {
    return [...this.m.table.requests].flatMap(([at, { ask }]) => (this.#before.has(at) ? [] : [ask.kind]));
  }

  /** What Solekey changed in IAM since this person began. */
  changes(): readonly string[] {
    return this.#changes;
  }

  async #moving(click: Promise<void>): Promise<void> {
    await click;
    await this.#tab.waitForLoadState();
  }
}
