import { setTimeout as pause } from 'node:timers/promises';
import type { Launched } from '../../launch/launch.ts';
import type { OtherSettings } from '../../launch/other-settings.ts';
import type { SettingsDocument } from '../../launch/settings.ts';
import { readControl, waitingDecisions } from '../operator.ts';
import type { Steps } from '../steps.ts';
import { readTruth } from '../truth.ts';
import { PATIENCE_MS } from '../watched-user.ts';
import { type OldCase, REVIEWER } from './cast.ts';
import { expectedKeys } from './expected.ts';
import { openList } from './list.ts';
import { reevaluate } from './wakes.ts';

/** A window that is closed for half a day from now, whatever the time is. */
export interface ClosedWindow {
  readonly settings: Partial<SettingsDocument>;
  /** The end of the sentence of pages, `06:00 UTC`. */
  readonly opens: string;
  /** The same moment as text of ISO 8601. */
  readonly opensAt: string;
}

const HOUR_MS = 3_600_000;

/**
 * The window: an hour of each day, half a day away. The grace period is long, so that IAM still has every deactivated key at the
 * end of the story.
 */
export function closedWindow(now: number): ClosedWindow {
  const opensAt = new Date(Math.ceil(now / HOUR_MS) * HOUR_MS + 12 * HOUR_MS);
  const hour = (hours: number): string => `${String(hours).padStart(2, '0')}:00`;
  const from = opensAt.getUTCHours();
  const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
  return {
    settings: {
      grace: 'PT10M',
      deletionNotice: 'PT5M',
      changeWindow: { days, from: hour(from), to: hour(from + 1) },
    },
    opens: `${hour(from)} UTC`,
    opensAt: opensAt.toISOString(),
  };
}

/** The keys of these users in IAM, as a text to compare. */
export async function keysOf({ world }: Launched, users: readonly OldCase[]): Promise<string> {
  const truth = await readTruth(world.emulators.motoUrl);
  return JSON.stringify(users.map(({ userName }) => [userName, truth.get(userName)?.keys]));
}

/** The decisions that wait for the window, and how the story sees them. */
export interface Waiting {
  readonly launched: Launched;
  readonly steps: Steps;
  readonly cast: readonly OldCase[];
  readonly link: string;
  readonly window: ClosedWindow;
}

/**
 * All decisions must wait for the window: the operator's command and the list say until when, and IAM must be unchanged. Then
 * the former settings, which have no window, are deployed, the users are re-evaluated, and all must be carried out.
 */
export async function opensWindow(
  { launched, steps, cast, link, window }: Waiting,
  settings: OtherSettings,
): Promise<void> {
  // An exception has nothing to carry out, so it waits for nothing.
  const decided = cast.filter(({ scene }) => (scene.told.decisions.at(-1)?.off.length ?? 0) > 0);
  await wait(launched, decided, window);
  const said = `Decided; waits for the change window: `;
  const shown = (await openList(link)).reduce((sum, { html }) => sum + html.split(said).length - 1, 0);
  const active = new Set((await statuses(launched, cast)).map(({ status }) => status));
  const asIs = active.size === 1 && active.has('Active');
  steps.add(
    `window: ${decided.length} decisions wait until ${window.opens}, as "npm run control -- decisions" says, and ${shown} rows of the list; ${asIs ? 'every key is still active in IAM' : 'but keys have changed in IAM'}`,
    asIs && shown === decided.length,
  );
  await settings.deployFormer();
  // What waits was to be evaluated when the former window would have opened, and a deployment wakes nobody.
  await readControl(launched, 'check', decided[0]?.userName ?? '');
  await reevaluate(
    launched,
    decided.slice(1).map(({ userName }) => userName),
  );
  for (const deadline = Date.now() + PATIENCE_MS; ; await pause(500)) {
    const wrong = await notYet(launched, cast);
    if (wrong.length === 0) {
      break;
    }
    if (Date.now() > deadline) {
      throw new Error(`not carried out after the window opened: ${wrong.join(', ')}`);
    }
  }
  steps.add(`window: opened, and the ${decided.length} decisions are carried out in IAM`);
}

/** Waits until the operator's command shows exactly these decisions, each with the time at which the window opens. */
async function wait(launched: Launched, decided: readonly OldCase[], window: ClosedWindow): Promise<void> {
  const wanted = decided.map(({ userName, scene }) => {
    const off = scene.told.decisions.at(-1)?.off ?? [];
    return `${userName} ${REVIEWER} ${endings(off)} change-window ${window.opensAt}`;
  });
  const right = wanted.sort().join('\n');
  for (const deadline = Date.now() + PATIENCE_MS; ; await pause(200)) {
    const found = (await waitingDecisions(launched)).map(
      ({ userName, by, deactivate, waitsFor, waitsUntil }) =>
        `${userName} ${by} ${endings(deactivate)} ${waitsFor} ${waitsUntil}`,
    );
    if (found.sort().join('\n') === right) {
      return;
    }
    if (Date.now() > deadline) {
      throw new Error(`"control -- decisions" should say:\n${right}\nand says:\n${found.join('\n')}`);
    }
  }
}

const endings = (keys: readonly string[]): string =>
  keys
    .map((key) => key.slice(-4))
    .sort()
    .join('+');

async function statuses({ world }: Launched, cast: readonly OldCase[]) {
  const truth = await readTruth(world.emulators.motoUrl);
  return cast.flatMap(({ userName }) => truth.get(userName)?.keys ?? []);
}

/** The users whose keys in IAM are not as decided. */
async function notYet(launched: Launched, cast: readonly OldCase[]): Promise<string[]> {
  const truth = await readTruth(launched.world.emulators.motoUrl);
  const text = (keys: readonly { readonly id: string; readonly status: string }[]) =>
    keys
      .map(({ id, status }) => `${id} ${status}`)
      .sort()
      .join();
  return cast.flatMap(({ userName, scene }) =>
    text(truth.get(userName)?.keys ?? []) === text(expectedKeys(scene.told)) ? [] : [userName],
  );
}
