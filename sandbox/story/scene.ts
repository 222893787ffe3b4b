import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Mail } from '../inbox/mail.ts';
import type { Launched } from '../launch/launch.ts';
import { type MailKind, SUBJECT } from './mails.ts';
import type { KeyHistory, Owners } from './owner.ts';
import {
  type Choice,
  keysOffered,
  openPage,
  type Page,
  says,
  sendDecision,
  sendRestore,
  textOf,
} from './page.ts';
import type { Steps } from './steps.ts';
import type { Decided, Told } from './told.ts';
import { readTruth, type TrueKey } from './truth.ts';

import { dotted, PATIENCE_MS, WatchedUser } from './watched-user.ts';

/** One user's part of the story: what happens to them, who decides, and which mails were sent. */
export class Scene extends WatchedUser {
  readonly #owners: Owners;
  /** The latest mail that each approver has read, by address: mails to two of them come in any order. */
  readonly #lastMail = new Map<string, number>();
  #before: readonly TrueKey[] = [];
  #decisions: readonly Decided[] = [];
  #restored: readonly string[] = [];
  #toInboxMs: readonly number[] = [];
  #violationAt = 0;

  constructor(userName: string, launched: Launched, owners: Owners, steps: Steps) {
    super(userName, launched, steps);
    this.#owners = owners;
  }

  get told(): Told {
    const { userName } = this;
    return {
      userName,
      names: this.names,
      userId: this.userId,
      before: this.#before,
      decisions: this.#decisions,
      restored: this.#restored,
      toInboxMs: this.#toInboxMs,
    };
  }

  /** Creates the user, as if before the story, and remembers their id, which later names do not change. */
  async begins(daysOld: number, tags?: Readonly<Record<string, string>>): Promise<void> {
    await this.#owners.createUser(this.userName, daysOld, tags);
    const truth = await readTruth(this.launched.world.emulators.motoUrl);
    this.userId = truth.get(this.userName)?.userId;
  }

  /** Takes over a user who is in IAM already. Returns their keys, the oldest first. */
  async isFound(): Promise<readonly TrueKey[]> {
    const truth = await readTruth(this.launched.world.emulators.motoUrl);
    this.userId = truth.get(this.userName)?.userId;
    this.#before = truth.get(this.userName)?.keys ?? [];
    return this.#before;
  }

  /** Creates a key from before the story. */
  firstKey(history: KeyHistory): Promise<string> {
    return this.#owners.createKey(this.userName, history);
  }

  /** Creates the second active key. The time until the mail arrives is measured from here. */
  async oneKeyTooMany(make: (owners: Owners) => Promise<string>): Promise<string> {
    const keyId = await make(this.#owners);
    this.#violationAt = Date.now();
    const truth = await readTruth(this.launched.world.emulators.motoUrl);
    this.#before = truth.get(this.userName)?.keys ?? [];
    const active = this.#before.filter(({ status }) => status === 'Active');
    this.step(`got key ${dotted(keyId)}, now ${active.length} are active`);
    return keyId;
  }

  /** Does any other thing in IAM and logs it as a step. */
  async meanwhile(what: string, work: (owners: Owners) => Promise<unknown>): Promise<void> {
    await work(this.#owners);
    this.step(what);
  }

  /** Renames the user. Their id stays the same. */
  async isRenamed(to: string): Promise<void> {
    await this.#owners.rename(this.userName, to);
    this.step(`is called ${to} from now on`);
    this.names = [...this.names, to];
  }

  /** Waits until the mail is in every approver's inbox. */
  async everybodyIsAsked(kind: MailKind = 'question'): Promise<void> {
    const mails = await Promise.all(
      this.launched.settings.approvers.map(({ email }) => this.#mail(email, kind)),
    );
    this.#toInboxMs = mails.map(({ at }) => at - this.#violationAt);
    this.step(`mail to ${mails.map(({ recipient }) => recipient).join(' and ')}: "${mails[0]?.subject}"`);
  }

  /** Opens the page behind the latest mail of a kind. With `keys`, reloads it until it offers exactly these keys. */
  async opens(by: string, kind: MailKind = 'question', keys?: readonly string[]): Promise<Page> {
    const { email, name } = this.#approver(by);
    const { recipient, link, subject } = await this.#next(email, kind);
    if (link === null) {
      throw new Error(`the mail "${subject}" to ${recipient} has no link`);
    }
    const wanted = keys === undefined ? undefined : [...keys].sort().join();
    for (const deadline = Date.now() + PATIENCE_MS; ; await pause(500)) {
      const page = await openPage(link);
      if (page.status !== 200 || Date.now() > deadline) {
        throw new Error(`the link in "${subject}" leads to: ${textOf(page)}`);
      }
      if (!page.html.includes(`You are ${name}`)) {
        throw new Error(`the link in "${subject}" is not that of ${name}: ${textOf(page)}`);
      }
      if (wanted === undefined || keysOffered(page).sort().join() === wanted) {
        return page;
      }
    }
  }

  /** Reloads a page until it has these words. */
  async reads({ url }: Page, words: string): Promise<Page> {
    for (const deadline = Date.now() + PATIENCE_MS; ; await pause(500)) {
      const page = await openPage(url);
      if (says(page, words)) {
        this.step(`the page says "${words}"`);
        return page;
      }
      if (Date.now() > deadline) {
        throw new Error(`the page never said "${words}": ${textOf(page)}`);
      }
    }
  }

  /** AWS Health reports a key as exposed. */
  async isExposed(keyId: string): Promise<void> {
    const { account, gateway } = this.launched.world;
    await gateway.trail.health({
      eventArn: 'arn:aws:health:global::event/RISK/AWS_RISK_CREDENTIALS_EXPOSED/story',
      service: 'RISK',
      eventTypeCode: 'AWS_RISK_CREDENTIALS_EXPOSED',
      eventTypeCategory: 'issue',
      communicationId: randomUUID(),
      statusCode: 'open',
      affectedAccount: account,
      affectedEntities: [{ entityValue: keyId, status: 'IMPAIRED' }],
    });
    this.step(`AWS Health reports ${dotted(keyId)} as exposed`);
  }

  /** Sends a decision and checks that it is accepted. */
  async decides(by: string, page: Page, choice: Choice): Promise<void> {
    const answer = await sendDecision(page, choice);
    if (answer.status !== 200) {
      throw new Error(`the decision was not accepted: ${textOf(answer)}`);
    }
    const { keep, inUse } = choice;
    const { off } = this.isDecided(by, choice);
    const known = inUse ? ', acknowledging that it is in use' : '';
    const doing = choice.off.length === 0 ? 'leave inactive:' : 'deactivate';
    const kept = keep === null ? 'no key' : dotted(keep);
    this.step(`${by} decided: keep ${kept}, ${doing} ${off.map(dotted).join(' and ')}${known}`);
  }

  /** Notes a decision that a page accepted. */
  isDecided(by: string, { keep, off, offAlready = [], spare }: Choice & Pick<Decided, 'spare'>): Decided {
    const left = spare === undefined ? {} : { spare };
    const decided = { keep, off: [...off, ...offAlready], ...left, by, at: new Date().toISOString() };
    this.#decisions = [...this.#decisions, decided];
    return decided;
  }

  /** Sends an outdated decision and checks that the page refuses it and shows what has changed. */
  async isRefused(by: string, page: Page, choice: Choice, newKey: string): Promise<void> {
    const answer = await sendDecision(page, choice);
    const shown = answer.html.includes(newKey.slice(-4)) && answer.html.includes('role="alert"');
    if (answer.status !== 409 || !shown) {
      throw new Error(`a stale decision should be refused with the difference: ${textOf(answer)}`);
    }
    this.step(`${by} decided on an outdated page: refused, the page shows ${dotted(newKey)}`);
  }

  /** Reactivates keys through the link in the mail about their deactivation, or in a mail of another kind. */
  async bringsBack(by: string, keys: readonly string[], kind: MailKind = 'switchedOff'): Promise<void> {
    await this.reactivates(by, await this.opens(by, kind), keys);
  }

  /** Reactivates keys on a page that is open already. */
  async reactivates(by: string, page: Page, keys: readonly string[]): Promise<void> {
    const answer = await sendRestore(page, keys);
    if (answer.status !== 200) {
      throw new Error(`the keys were not reactivated: ${textOf(answer)}`);
    }
    this.#restored = [...this.#restored, ...keys];
    this.step(`${by} asked to reactivate ${keys.map(dotted).join(' and ')}`);
  }

  async isTold(by: string, kind: MailKind): Promise<void> {
    const mail = await this.#next(this.#approver(by).email, kind);
    this.step(`mail to ${mail.recipient}: "${mail.subject}"`);
  }

  /** Waits for the final mail to this approver and for the data topic's notice that the case is closed. */
  async ends(by: string, kind: 'done' | 'userGone' = 'done'): Promise<void> {
    await this.isTold(by, kind);
    await this.launched.inbox.waitForNews((content) => isEnd(content, this.userName), PATIENCE_MS);
  }

  /** The next mail of a kind to this approver. */
  async #next(email: string, kind: MailKind): Promise<Mail> {
    const mail = await this.#mail(email, kind, this.#lastMail.get(email));
    this.#lastMail.set(email, mail.id);
    return mail;
  }

  #mail(recipient: string, kind: MailKind, after = 0): Promise<Mail> {
    const { userName } = this;
    return this.launched.inbox.waitFor({ recipient, userName, subject: SUBJECT[kind], after }, PATIENCE_MS);
  }

  #approver(by: string) {
    const approver = this.launched.settings.approvers.find(({ id }) => id === by);
    if (approver === undefined) {
      throw new Error(`nobody is called ${by}`);
    }
    return approver;
  }
}

/** True for a data notice that says that this user's case is closed. */
function isEnd(content: unknown, userName: string): boolean {
  const { notice, userName: about } = content as { readonly notice?: unknown; readonly userName?: unknown };
  return notice === 'closed' && about === userName;
}
