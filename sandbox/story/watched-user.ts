import { setTimeout as pause } from 'node:timers/promises';
import type { SeededEvent } from '../gateway/event-history.ts';
import type { Launched } from '../launch/launch.ts';
import { caseOnRecord } from './cases.ts';
import type { Compliance } from './compliance.ts';
import { runControl } from './operator.ts';
import { openPage, type Page } from './page.ts';
import { GRACE_SECONDS } from './settings.ts';
import type { Steps } from './steps.ts';
import { readTruth } from './truth.ts';
import { waitUntilAgreed, waitUntilShown } from './view.ts';

/** Longer than the slowest machine needs, so a longer wait is a failure. */
export const PATIENCE_MS = 90_000;

/** Lookups of all users are done one after the other, at the rate that CloudTrail allows. */
const LOOKUPS_MS = 300_000;

/** A call of CloudTrail's event history. */
type Call = Omit<SeededEvent, 'accessKeyId' | 'userName' | 'eventTime'>;

/** A key id as the story's log has it. */
export const dotted = (keyId: string): string => `..${keyId.slice(-4)}`;

/** One user of the story, and what AWS and Solekey's records show of them. */
export class WatchedUser {
  protected readonly launched: Launched;
  readonly #steps: Steps;
  protected names: readonly [string, ...string[]];
  protected userId: string | undefined;

  constructor(userName: string, launched: Launched, steps: Steps) {
    this.names = [userName];
    this.launched = launched;
    this.#steps = steps;
  }

  /** The present name. */
  get userName(): string {
    return this.names.at(-1) ?? this.names[0];
  }

  step(title: string, ok = true): void {
    this.#steps.add(`${this.userName}: ${title}`, ok);
  }

  /** Loses the next event of this kind about this user. */
  losesNext(eventName: string): void {
    this.launched.world.gateway.faults.disturbEvents({ eventName, userName: this.userName }, 'lose');
  }

  /** Puts a call with a key into CloudTrail's event history, as if from before the story. */
  wasCalled(accessKeyId: string, hoursAgo: number, call: Call): void {
    const eventTime = `${new Date(Date.now() - hoursAgo * 3_600_000).toISOString().slice(0, 19)}Z`;
    const { userName } = this;
    this.launched.world.gateway.history.seed([{ accessKeyId, userName, eventTime, ...call }]);
  }

  /**
   * Reloads a page until it says this about the use of keys, because mails wait for no lookup. Does nothing if usage is not
   * looked up.
   */
  async learnsWhoUsesThem(page: Page, words: string): Promise<void> {
    if (this.launched.deployed.outputs.WitnessFunctionName === undefined) {
      return;
    }
    const shown = async () => (await openPage(page.url)).html.includes(words);
    for (const deadline = Date.now() + LOOKUPS_MS; !(await shown()); await pause(500)) {
      if (Date.now() > deadline) {
        throw new Error(`the page never said "${words}"`);
      }
    }
    this.step(`witness asked CloudTrail who uses the keys; the page names ${words}`);
  }

  /** Waits until the stored case is in this phase, for cases about which nobody is notified. */
  async isOnRecordAs(phase: string): Promise<void> {
    for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; await pause(500)) {
      const found = await caseOnRecord(this.launched, this.userName);
      if (found?.phase === phase) {
        this.step(`recorded as ${phase}; nobody is asked`);
        return;
      }
    }
    throw new Error(`never recorded as ${phase}`);
  }

  /** Runs an operator's command, which affects all users. */
  async operator(command: 'pause' | 'resume'): Promise<void> {
    const [said = ''] = (await runControl(this.launched, command)).split(/(?<=\.) /);
    this.step(`the operator runs "npm run control -- ${command}": ${said}`);
  }

  /** Waits until IAM says that the key is inactive. Its mail may come later, because mails have a pace. */
  isInactive(keyId: string): Promise<void> {
    return this.#becomes(keyId, 'Inactive');
  }

  /** Waits until IAM says that the key is active. */
  isActive(keyId: string): Promise<void> {
    return this.#becomes(keyId, 'Active');
  }

  /** Waits longer than a whole grace period and checks that the key still exists and is Inactive. */
  async outlivesItsDate(keyId: string): Promise<void> {
    await pause((GRACE_SECONDS + 2) * 1_000);
    const status = await this.#statusOf(keyId);
    if (status !== 'Inactive') {
      throw new Error(`${dotted(keyId)} should still exist and be inactive; it is ${status ?? 'gone'}`);
    }
    this.step(`the date for deleting ${dotted(keyId)} has passed, and it is still there`);
  }

  /** Waits until AWS Config shows this, by a run that Solekey requested. Does nothing if there is no rule. */
  async configShows(wanted: Compliance, inAnnotation = ''): Promise<void> {
    if (this.launched.config.rule === undefined) {
      return;
    }
    const said = await waitUntilShown(this.launched, this.userId, wanted, inAnnotation, PATIENCE_MS);
    this.step(`AWS Config shows ${wanted}${said === '' ? '' : `: "${said}"`}`);
  }

  /** Waits until AWS Config agrees with IAM about this user. */
  async configAgrees(): Promise<void> {
    if (this.launched.config.rule === undefined || this.userId === undefined) {
      return;
    }
    const shown = await waitUntilAgreed(this.launched, this.userId, PATIENCE_MS);
    this.step(`AWS Config agrees with IAM: ${shown ?? 'no longer shown'}`);
  }

  async #becomes(keyId: string, wanted: 'Active' | 'Inactive'): Promise<void> {
    for (const deadline = Date.now() + PATIENCE_MS; ; await pause(200)) {
      const status = await this.#statusOf(keyId);
      if (status === wanted) {
        return;
      }
      if (Date.now() > deadline) {
        throw new Error(`${dotted(keyId)} should be ${wanted}; it is ${status ?? 'gone'}`);
      }
    }
  }

  /** The status of a key in IAM; undefined if it is gone. */
  async #statusOf(keyId: string): Promise<string | undefined> {
    const truth = await readTruth(this.launched.world.emulators.motoUrl);
    return truth.get(this.userName)?.keys.find(({ id }) => id === keyId)?.status;
  }
}
