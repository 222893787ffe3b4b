/** The review of an old account in one sitting: rows together on check pages, others through links of their own, two not now. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Launched } from '../../launch/launch.ts';
import { checkRows, openPage, type Page, says, sendRows, textOf } from '../page.ts';
import type { Steps } from '../steps.ts';
import { PATIENCE_MS } from '../watched-user.ts';
import { namesOf, type OldCase, REVIEWER, withPart } from './cast.ts';
import { replayCreations } from './creators.ts';
import { type ListPage, listRows, openList } from './list.ts';
import { type Excepted, leaveForNow } from './not-now.ts';
import { ownLinkOf } from './own-link.ts';
import { runSurvey } from './survey.ts';

/** The ports and the people of a review. */
export interface Sitting {
  readonly launched: Launched;
  readonly steps: Steps;
  readonly cast: readonly OldCase[];
  /** The list link of the reviewer, out of their digest. */
  readonly link: string;
  /** Words of pages about the closed change window. */
  readonly closed: readonly string[];
}

/** The rows of which nothing is to be said against. */
const ORDINARY = '?confidence=high&privilege=ordinary';

/**
 * Holds the review. Decided afterwards are 28 of 30: twenty together, eight alone, among them the one that changed while it was
 * on the page to check. The other two have an exception. Throws if a page is not as it should be.
 */
export async function holdReview(sitting: Sitting): Promise<readonly Excepted[]> {
  const { launched, steps, cast, link } = sitting;
  await runSurvey(launched);
  const known = withPart(cast, 'together', 'administrator');
  const beforehand = (await listRows(link)).filter(({ box }) => box !== null);
  if (beforehand.length > 0) {
    throw new Error(`nothing should be decided together yet, but ${namesOf(beforehand)}`);
  }
  replayCreations(launched, known);
  await boxesAre(sitting, withPart(cast, 'together'));
  steps.add(
    `review: once the creators of ${known.length} keys are on record, ${withPart(cast, 'together').length} of ${cast.length} rows may be decided together; none could before`,
  );
  await filters(sitting);
  const pages = await openList(link, ORDINARY);
  if (pages.length !== 2) {
    throw new Error(`the filtered list should have two pages, not ${pages.length}`);
  }
  const alone = withPart(cast, 'both-in-use', 'never-used', 'administrator', 'unknown-creator');
  const [stale] = await Promise.all([
    together(sitting, pages),
    ...alone.map((one) => aloneByMail(sitting, one)),
  ]);
  await aloneByMail(sitting, stale.user, [stale.third]);
  return leaveForNow(sitting, withPart(cast, 'not-now'));
}

/** Waits until exactly these rows of the list have a box. */
async function boxesAre({ link }: Sitting, users: readonly OldCase[]): Promise<void> {
  const wanted = namesOf(users);
  for (const deadline = Date.now() + PATIENCE_MS; ; await pause(500)) {
    const boxes = namesOf((await listRows(link)).filter(({ box }) => box !== null));
    if (boxes === wanted) {
      return;
    }
    if (Date.now() > deadline) {
      throw new Error(`to be decided together should be ${wanted}, not ${boxes}`);
    }
  }
}

/** Each filter must show the rows that it names, and no other. */
async function filters({ link, steps, cast }: Sitting): Promise<void> {
  const low = withPart(cast, 'both-in-use', 'never-used', 'not-now');
  const shown: Readonly<Record<string, readonly OldCase[]>> = {
    '?privilege=privileged': withPart(cast, 'administrator'),
    '?confidence=low': low,
    [ORDINARY]: withPart(cast, 'together', 'unknown-creator'),
    '?exception=yes': [],
  };
  for (const [filter, users] of Object.entries(shown)) {
    const found = namesOf((await listRows(link, filter)).filter(({ userName }) => /^old-/.test(userName)));
    if (found !== namesOf(users)) {
      throw new Error(`${filter} should show ${namesOf(users)}, not ${found}`);
    }
  }
  steps.add(`review: the filters show the right rows (${Object.keys(shown).join(', ')})`);
}

/** A user whose row was refused, and the key that they got meanwhile. */
interface Stale {
  readonly user: OldCase;
  readonly third: string;
}

/** Decides page by page. On the last page, one user gets a third key while the page to check is open. */
async function together(sitting: Sitting, pages: readonly ListPage[]): Promise<Stale> {
  let stale: Stale | undefined;
  for (const [place, page] of pages.entries()) {
    const ticked = page.rows.filter(({ box }) => box !== null);
    const users = sitting.cast.filter(({ userName }) => ticked.some((row) => row.userName === userName));
    const checked = await checkRows(
      page,
      ticked.flatMap(({ box }) => box ?? []),
    );
    saysEverything(sitting, checked, users);
    const [first] = users;
    if (place === pages.length - 1 && first !== undefined) {
      stale = { user: first, third: await getsThirdKey(first, urlOf(page, first)) };
    }
    await recorded(sitting, checked, users, stale?.user);
  }
  if (stale === undefined) {
    throw new Error('the last page had no row to decide together');
  }
  return stale;
}

const urlOf = ({ rows }: ListPage, { userName }: OldCase): string =>
  rows.find((row) => row.userName === userName)?.url ?? '';

/** The page to check must name each user and each key that goes, and say that the change window is closed. */
function saysEverything({ closed }: Sitting, checked: Page, users: readonly OldCase[]): void {
  const missing = users.filter(
    ({ userName, keep, off }) =>
      !checked.html.includes(`<h2>${userName}</h2>`) ||
      !says(checked, `Deactivate …${off.slice(-4)}`) ||
      !says(checked, `Keep …${keep.slice(-4)}`),
  );
  if (checked.status !== 200 || missing.length > 0 || !closed.every((words) => says(checked, words))) {
    throw new Error(`the page to check misses ${namesOf(missing)} or the window: ${textOf(checked)}`);
  }
}

/** Waits until Solekey knows of the third key. */
async function getsThirdKey({ scene, userName }: OldCase, url: string): Promise<string> {
  let third = '';
  await scene.meanwhile('its owner creates a third key while the page to check is open', async (owners) => {
    third = await owners.createKey(userName, { daysOld: 7, usedHoursAgo: 3, beyondQuota: true });
  });
  await scene.reads(await openPage(url), `…${third.slice(-4)}`);
  return third;
}

/** Types a wrong number of keys, which must store nothing, and then the right one. All but the stale row must be recorded. */
async function recorded(
  { steps }: Sitting,
  checked: Page,
  users: readonly OldCase[],
  stale: OldCase | undefined,
): Promise<void> {
  const wrong = await sendRows(checked, users.length + 1);
  if (wrong.status !== 422) {
    throw new Error(`a wrong number of keys should be refused: ${textOf(wrong)}`);
  }
  const answer = await sendRows(checked, users.length);
  const done = users.filter((one) => one !== stale);
  const refused = stale === undefined ? '' : ', 1 not';
  const title = `<h1>${done.length} decisions recorded${refused}</h1>`;
  const saysWhy = stale === undefined || says(answer, `${stale.userName}: something has changed`);
  if (answer.status !== 200 || !answer.html.includes(title) || !saysWhy) {
    throw new Error(`it should say "${title}": ${textOf(answer)}`);
  }
  for (const { scene, keep, off } of done) {
    scene.isDecided(REVIEWER, { keep, off: [off] });
  }
  steps.add(
    `review: ${REVIEWER} typed "deactivate ${users.length} keys" on one page to check: ${done.length} decisions recorded` +
      (stale === undefined ? '' : `; that about ${stale.userName} alone was refused, because it has changed`),
  );
}

/** Decides about one user through a link of their own. `also`: further keys to deactivate. */
async function aloneByMail({ link }: Sitting, one: OldCase, also: readonly string[] = []): Promise<void> {
  const { scene, part, keep, off } = one;
  const page = await ownLinkOf(link, one, REVIEWER);
  const inUse = part === 'both-in-use' || also.length > 0;
  await scene.decides(REVIEWER, page, { keep, off: [off, ...also], inUse });
}
