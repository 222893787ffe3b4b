/** The answer "not now": given on pages, not renewed by whoever gave it, renewed by another approver, and over at its date. */

import { isDigest } from '../../inbox/mail.ts';
import { putClocksAhead } from '../../launch/clocks.ts';
import type { Launched } from '../../launch/launch.ts';
import { runControl } from '../operator.ts';
import { type Page, says, sendNotNow, textOf } from '../page.ts';
import type { Steps } from '../steps.ts';
import { waitUntilShown } from '../view.ts';
import { PATIENCE_MS } from '../watched-user.ts';
import { type OldCase, REVIEWER } from './cast.ts';
import { listRows } from './list.ts';
import { ownLinkOf } from './own-link.ts';
import { keysOf } from './window.ts';

/** The approver who renews what the reviewer may not renew. */
const OTHER = 'platform-lead';

const DAY_MS = 86_400_000;
const JUSTIFICATION = 'The vendor moves to the new key in January.';

/** The day a number of days from now, in the zone of the story's digests, which is UTC. */
const dayIn = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);

const spared = ({ keep, off }: OldCase): readonly string[] => [off, keep];

/** The people and the deployment of the exceptions. */
export interface Excepting {
  readonly launched: Launched;
  readonly steps: Steps;
  /** The list link of the reviewer. */
  readonly link: string;
}

/** A user with an exception, and the page on which it was given: a link is mailed to an approver once a day. */
export interface Excepted {
  readonly one: OldCase;
  readonly page: Page;
}

/** Two rows are not decided now: each has an exception through a link of its own, and AWS Config says so. */
export async function leaveForNow(
  { launched, steps, link }: Excepting,
  users: readonly OldCase[],
): Promise<readonly Excepted[]> {
  const until = dayIn(2);
  const given: Excepted[] = [];
  for (const one of users) {
    const page = await ownLinkOf(link, one, REVIEWER);
    const tooLate = await notNow(page, one, dayIn(400));
    if (tooLate.status !== 422) {
      throw new Error(`an exception of 400 days should be refused: ${textOf(tooLate)}`);
    }
    await excepts(page, one, REVIEWER, until);
    given.push({ one, page });
  }
  for (const { scene } of users) {
    await waitUntilShown(launched, scene.told.userId, 'NON_COMPLIANT', 'Exception until', PATIENCE_MS);
  }
  steps.add(
    `review: ${REVIEWER} answered "not now" about ${users.length} users, until ${until}; AWS Config shows them as NON_COMPLIANT with the exception`,
  );
  return given;
}

const notNow = (page: Page, one: OldCase, until: string): Promise<Page> =>
  sendNotNow(page, { spare: spared(one), until, justification: JUSTIFICATION });

async function excepts(page: Page, one: OldCase, by: string, until: string): Promise<void> {
  const answer = await notNow(page, one, until);
  if (answer.status !== 200) {
    throw new Error(`"not now" was not accepted: ${textOf(answer)}`);
  }
  one.scene.isDecided(by, { keep: null, off: [], spare: spared(one) });
}

/** The approver who gave an exception cannot renew it, and another one can. */
export async function renewed(
  { launched, steps }: Omit<Excepting, 'link'>,
  { one, page: given }: Excepted,
): Promise<void> {
  const later = dayIn(3);
  const page = await one.scene.reads(given, JUSTIFICATION);
  const refused = await notNow(page, one, later);
  if (refused.status !== 422 || !says(refused, 'Another approver must renew this exception')) {
    throw new Error(`whoever gave an exception should not renew it: ${textOf(refused)}`);
  }
  const email = launched.settings.approvers.find(({ id }) => id === OTHER)?.email ?? '';
  const theirs = launched.inbox.mails({ recipient: email }).filter(isDigest).at(-1)?.link ?? '';
  await excepts(await ownLinkOf(theirs, one, OTHER), one, OTHER, later);
  await one.scene.reads(page, 'It was renewed once');
  steps.add(`exception: ${REVIEWER} could not renew that of ${one.userName}; ${OTHER} could, until ${later}`);
}

/**
 * Days pass. Both exceptions end by themselves: approvers are asked again, and no key changes. An operator has paused Solekey
 * before, so that the keys of the review are still there to be compared.
 */
export async function exceptionsEnd(
  { launched, steps, link }: Excepting,
  users: readonly OldCase[],
): Promise<void> {
  const before = await keysOf(launched, users);
  await runControl(launched, 'pause');
  await putClocksAhead(launched, 5 * DAY_MS);
  for (const { scene } of users) {
    const page = await scene.opens(REVIEWER, 'askedAgain');
    if (!says(page, 'The exception for this user (keys left active until a date) has ended.')) {
      throw new Error(`the page should say that the exception has ended: ${textOf(page)}`);
    }
  }
  const after = await keysOf(launched, users);
  const rows = (await listRows(link, '?exception=yes')).length;
  steps.add(
    `exception: five days later ${users.length} exceptions have ended, approvers are asked again, and IAM is ${after === before ? 'unchanged' : `changed: ${after}`}`,
    after === before && rows === 0,
  );
}
