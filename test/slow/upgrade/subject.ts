import { parseToken } from '../../../functions/contracts/link.ts';
import type { LinkPurpose } from '../../../functions/core/case/requests.ts';
import {
  askForLink,
  hasField,
  openPage,
  type Page,
  sendDecision,
  sendDeletion,
  sendRestore,
  textOf,
} from '../../../sandbox/story/page.ts';
import type { Decided } from '../../../sandbox/story/told.ts';
import { eventually, type Stack, type Violator } from '../../e2e/stack.ts';

/** The purpose of a mailed link, by its letter in the claim: to decide, to restore, or to confirm a deletion. */
export type LinkLetter = 'd' | 'r' | 'x';

/** A case as stored, as far as it matters here. It is read without the product's code, so that any release's can be. */
export interface StoredCase {
  readonly phase: string;
  readonly heldFor: string | null;
  readonly closedAs: string | null;
  readonly number: number;
  readonly askedAgain: { readonly code: string } | null;
}

/** What takes a few seconds on an idle machine may take this long. */
const PATIENCE_MS = 60_000;

let turn: Promise<unknown> = Promise.resolve();

/** Sends one request at a time, because the emulator starts a process for each concurrent one. */
function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  const result = turn.then(work);
  turn = result.catch(() => undefined);
  return result;
}

/** A user with two keys, and what approvers do about them through mailed links. */
export class Subject {
  readonly #stack: Stack;
  readonly #violator: Violator;
  #decided: readonly Decided[] = [];
  #restored: readonly string[] = [];
  #reloads = 0;

  constructor(stack: Stack, violator: Violator) {
    this.#stack = stack;
    this.#violator = violator;
  }

  /** The decisions that were accepted. */
  get decided(): readonly Decided[] {
    return this.#decided;
  }

  /** The keys that somebody asked to reactivate. */
  get restored(): readonly string[] {
    return this.#restored;
  }

  /** How often a page that was open was refused, and had to be opened again. */
  get reloads(): number {
    return this.#reloads;
  }

  get userName(): string {
    return this.#violator.userName;
  }

  get userId(): string {
    return this.#violator.userId;
  }

  get older(): string {
    return this.#violator.keys[0];
  }

  get newer(): string {
    return this.#violator.keys[1];
  }

  async case(): Promise<StoredCase | undefined> {
    const items = await this.#stack.itemsOf(this.#violator);
    return items.find(({ sk }) => sk === 'CASE')?.case as StoredCase | undefined;
  }

  /** Waits until the case is in one of these phases, or closed in one of these ways. */
  async reaches(...phases: readonly string[]): Promise<void> {
    const look = async () => {
      const current = await this.case();
      return `${this.userName} is ${current?.closedAs ?? current?.phase ?? 'unknown'}`;
    };
    await eventually(look, (seen) => phases.some((phase) => seen.endsWith(` is ${phase}`)), PATIENCE_MS);
  }

  /** The state of the keys in IAM, oldest first: `Active`, `Inactive` or `gone`. */
  async keys(): Promise<readonly string[]> {
    const status = await this.#stack.statusOf(this.#violator);
    return this.#violator.keys.map((id) => status[id] ?? 'gone');
  }

  /** Waits until the keys in IAM, oldest first, are in these states. */
  async has(...wanted: readonly string[]): Promise<void> {
    const look = async () => `${this.userName}: ${await this.keys()}`;
    await eventually(look, (seen) => seen.endsWith(`: ${wanted}`), PATIENCE_MS);
  }

  /** The latest such link about this user that was mailed to the first approver. */
  link(letter: LinkLetter): string | undefined {
    const { inbox, settings } = this.#stack.launched;
    const [approver] = settings.approvers;
    const mails = inbox.mails({ recipient: approver?.email ?? '' });
    return mails.map((mail) => mail.link ?? '').findLast((link) => isFor(link, this.userId, letter));
  }

  async isMailed(letter: LinkLetter): Promise<string> {
    const found = await eventually(
      async () => this.link(letter),
      (link) => link !== undefined,
      PATIENCE_MS,
    );
    return found ?? '';
  }

  async page(letter: LinkLetter): Promise<Page> {
    const link = await this.isMailed(letter);
    return inTurn(() => openPage(link));
  }

  /** Decides on an open page to deactivate the older key. */
  async answers(page: Page): Promise<void> {
    const { older, newer } = this;
    await this.#sends(page, (shown) => sendDecision(shown, { keep: newer, off: [older] }));
    this.#decided = [...this.#decided, { keep: newer, off: [older], by: '', at: new Date().toISOString() }];
  }

  /** Asks on an open page to reactivate the older key. */
  async asksBack(page: Page): Promise<void> {
    await this.#sends(page, (shown) => sendRestore(shown, [this.older]));
    this.#restored = [this.older];
  }

  /**
   * Confirms the deletion of the older key, on the page that the mail about it leads to. A page that only offers to mail the
   * link for that is used as a person would.
   */
  async confirms(): Promise<void> {
    let page = await this.page(this.link('x') === undefined ? 'd' : 'x');
    if (!hasField(page, 'remove')) {
      const asking = page;
      mustBeAccepted(await inTurn(() => askForLink(asking)));
      page = await this.page('x');
    }
    mustBeAccepted(await inTurn(() => sendDeletion(page, [this.older])));
  }

  /** Sends the forms of a page. The release before does not know those of the next: a person opens the link again. */
  async #sends(page: Page, send: (page: Page) => Promise<Page>): Promise<void> {
    let answer = await inTurn(() => send(page));
    if (answer.status === UNKNOWN_FORM) {
      this.#reloads += 1;
      answer = await inTurn(async () => send(await openPage(page.url)));
    }
    mustBeAccepted(answer);
  }
}

/** The status of the reply to a form that a release does not know. Its page says to open the link again. */
const UNKNOWN_FORM = 400;

function mustBeAccepted(page: Page): void {
  if (page.status !== 200) {
    throw new Error(`the post was not accepted: ${textOf(page)}`);
  }
}

/** The purpose of a link by its letter in version 1. */
const PURPOSES = { d: 'decide', r: 'restore', x: 'delete' } as const satisfies Record<
  LinkLetter,
  LinkPurpose
>;

/** True for a link of either release about this user, with this purpose. */
function isFor(link: string, userId: string, letter: LinkLetter): boolean {
  const claim = parseToken(new URL(link || 'http://none').pathname.split('/').at(-1) ?? '')?.claim;
  return claim?.scope === 'case' && claim.userId === userId && claim.purpose === PURPOSES[letter];
}
