import { expect } from 'vitest';
import { linkPath } from '../../../functions/contracts/link.ts';
import { rowPath } from '../../../functions/contracts/link-path.ts';
import type { LinkPurpose, ListPurpose } from '../../../functions/core/case/requests.ts';
import { DAY, HOUR, MINUTE, plus } from '../../../functions/core/model/time.ts';
import { buildApp } from '../../../functions/web/app.ts';
import { anAbout } from '../../fakes/about.ts';
import {
  decide,
  facts,
  intoGrace,
  intoQuestion,
  later,
  passing,
  portsOf,
  restore,
  trueKey,
  worldWith,
} from '../../fakes/acts.ts';
import { aClaim, aListClaim, NEWER, OLDER, THIRD, USER_ID } from '../../fakes/cases.ts';
import type { WriteSeen } from '../../fakes/iam.ts';
import type { MemoryWorld } from '../../fakes/world.ts';
import type { Pages } from '../serve.ts';

/** A whole Solekey in memory around one user, one link, and what became of it. */
export interface Scene {
  readonly name: string;
  readonly m: MemoryWorld;
  readonly pages: Pages;
  /** The page behind the link. */
  readonly path: string;
  /** Every change that IAM was asked for. */
  readonly writes: readonly WriteSeen[];
  /** Answers that were stored before the scene began. */
  readonly before: ReadonlySet<string>;
  /** Carries out what was answered. */
  settle(): Promise<void>;
}

const clear = () => [trueKey(NEWER, 60, 0.1), trueKey(OLDER, 600, 240)];

/** A user with two keys about whom people were asked. */
export async function asked(keys = clear()): Promise<MemoryWorld> {
  const { m } = worldWith(keys);
  await intoQuestion(m);
  m.table.abouts.set(USER_ID, anAbout());
  return m;
}

async function inGraceNow(): Promise<MemoryWorld> {
  const { m } = worldWith();
  await intoGrace(m);
  return m;
}

/** A third key is active during the grace period: three keys, of which one is inactive already. */
async function askedAgain(): Promise<MemoryWorld> {
  const m = await inGraceNow();
  m.clock.move(10 * MINUTE);
  m.iam.users.get(USER_ID)?.keys.push(trueKey(THIRD, 100, 50));
  await m.wake('ci-deploy');
  await passing(m, 2 * HOUR, 10 * MINUTE);
  expect(m.caseOf(USER_ID)).toMatchObject({ phase: 'awaiting-decision', asking: 3 });
  return m;
}

/** A deletion that waits for a person to confirm it. */
export async function toConfirm(): Promise<MemoryWorld> {
  const { m } = worldWith(undefined, { deletion: 'on-confirmation' });
  await intoGrace(m);
  await passing(m, 8 * DAY, 6 * HOUR);
  return m;
}

/** The key in its grace period was reactivated once before, so that a press is not enough any more. */
async function inGraceAgain(): Promise<MemoryWorld> {
  const m = await inGraceNow();
  expect(await restore(m, 'sec-lead', OLDER)).toBe('recorded');
  await passing(m, 2 * HOUR, 10 * MINUTE);
  expect(await decide(m, 'sec-lead', NEWER, { inUse: true })).toBe('recorded');
  await passing(m, 10 * MINUTE, MINUTE);
  return m;
}

/** A decision deactivated the key as compromised. */
async function compromised(): Promise<MemoryWorld> {
  const m = await asked();
  const token = await m.links.mint(aClaim({ caseNumber: m.caseOf(USER_ID)?.number ?? 1 }));
  const answer = { keep: NEWER, off: '3QXK', reason: 'compromised', comment: '', facts: facts(m) };
  const body = new URLSearchParams(answer);
  const { status } = await buildApp(portsOf(m)).request(linkPath('decide', token), { method: 'POST', body });
  expect(status).toBe(303);
  await passing(m, 10 * MINUTE, MINUTE);
  return m;
}

async function rotating(): Promise<MemoryWorld> {
  const { m } = worldWith([trueKey(NEWER, 0.1, null), trueKey(OLDER, 600, 0.1)]);
  await m.wake('ci-deploy');
  await later(m, MINUTE);
  return m;
}

async function closed(): Promise<MemoryWorld> {
  const m = await inGraceNow();
  await passing(m, 12 * DAY, 6 * HOUR);
  return m;
}

const PREPARED: Readonly<Record<string, () => Promise<MemoryWorld>>> = {
  'a question': () => asked(),
  'a question, both in use': () => asked([trueKey(NEWER, 60, 0.1), trueKey(OLDER, 600, 0.2)]),
  rotation: rotating,
  'asked again': askedAgain,
  grace: inGraceNow,
  'grace, reactivated before': inGraceAgain,
  'grace, compromised': compromised,
  'a deletion to confirm': toConfirm,
  'a closed case': closed,
};

type Through = LinkPurpose | ListPurpose | 'row' | 'expired';

/** Every purpose of a link on every page that it may meet. */
const SCENES: Readonly<Record<Through, readonly string[]>> = {
  decide: Object.keys(PREPARED),
  restore: [
    'a question',
    'asked again',
    'grace',
    'grace, reactivated before',
    'grace, compromised',
    'a deletion to confirm',
  ],
  view: ['a question', 'grace', 'a deletion to confirm'],
  delete: ['a question', 'grace', 'a deletion to confirm'],
  list: ['a question'],
  row: ['a question', 'a question, both in use', 'grace', 'grace, compromised', 'a deletion to confirm'],
  'list-view': ['a question'],
  expired: ['a question', 'grace'],
};

async function pathOf(m: MemoryWorld, through: Through): Promise<string> {
  const caseNumber = m.caseOf(USER_ID)?.number ?? 1;
  const expires = plus(m.clock.now(), through === 'expired' ? -DAY : 14 * DAY);
  switch (through) {
    case 'list':
    case 'list-view':
    case 'row': {
      const purpose = through === 'row' ? 'list' : through;
      const token = await m.links.mint(aListClaim({ purpose, expires }));
      return through === 'row' ? rowPath(token, { userId: USER_ID, caseNumber }) : linkPath(purpose, token);
    }
    case 'decide':
    case 'restore':
    case 'view':
    case 'delete':
    case 'expired': {
      const purpose = through === 'expired' ? 'decide' : through;
      return linkPath(purpose, await m.links.mint(aClaim({ caseNumber, expires, purpose })));
    }
  }
}

/** The names of all scenes, such as `decide: grace`. */
export const SCENE_NAMES = (Object.keys(SCENES) as Through[]).flatMap((through) =>
  SCENES[through].map((state) => `${through}: ${state}`),
);

/** A scene by its name, anew. */
export async function scene(name: string): Promise<Scene> {
  const [through = '', state = ''] = name.split(': ');
  const prepare = PREPARED[state];
  if (prepare === undefined) {
    throw new Error(`there is no state "${state}"`);
  }
  const m = await prepare();
  const writes: WriteSeen[] = [];
  m.iam.watchers.push((seen) => writes.push(seen));
  return {
    name,
    m,
    pages: buildApp(portsOf(m)),
    path: await pathOf(m, through as Through),
    writes,
    before: new Set(m.table.requests.keys()),
    async settle() {
      if (m.wakes.sent.length > 0) {
        m.clock.move(1);
        await m.sweep();
      }
    },
  };
}
