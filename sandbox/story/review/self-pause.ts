import { setTimeout as pause } from 'node:timers/promises';
import type { Launched } from '../../launch/launch.ts';
import { readControl, runControl, waitingDecisions } from '../operator.ts';
import { says } from '../page.ts';
import type { Steps } from '../steps.ts';
import { PATIENCE_MS } from '../watched-user.ts';
import { type OldCase, REVIEWER } from './cast.ts';
import { keysOf } from './window.ts';

/** Users whose restores within an hour make Solekey pause itself (ADR 038). */
const RESTORES_TO_PAUSE = 5;

const SUBJECT = /: Solekey paused itself$/;
const BECAUSE = `approvers asked to reactivate keys of ${RESTORES_TO_PAUSE} users within an hour`;

/**
 * Keys of five users are wanted back within an hour, so Solekey pauses itself: a decision that is made then waits, and IAM stays
 * as it is, until an operator resumes. Restores of earlier chapters do not count, because an operator has resumed since.
 */
export async function pausesItself(
  launched: Launched,
  steps: Steps,
  users: readonly OldCase[],
): Promise<void> {
  const wanted = users.slice(0, RESTORES_TO_PAUSE);
  const [first, ...others] = wanted;
  if (first === undefined || wanted.length < RESTORES_TO_PAUSE) {
    throw new Error(`${wanted.length} users are too few`);
  }
  await Promise.all(others.map((one) => isWantedBack(one)));
  const early = pauseMails(launched);
  await isWantedBack(first);
  const mail = await launched.inbox.waitFor({ subject: SUBJECT, containing: BECAUSE }, PATIENCE_MS);
  steps.add(
    `pause: ${others.length} users' keys were wanted back, and with the next one Solekey paused itself; mail to ${mail.recipient}: "${mail.subject}"`,
    early === 0,
  );
  const status = await readControl(launched, 'status');
  const isSaid = status.includes('Solekey paused itself on') && status.includes(BECAUSE);
  steps.add(`pause: "npm run control -- status" says so${isSaid ? '' : `: ${status}`}`, isSaid);
  const before = await keysOf(launched, users);
  const page = await first.scene.opens(REVIEWER, 'restored');
  if (!says(page, 'Solekey paused itself')) {
    throw new Error('the page should say that Solekey paused itself');
  }
  const choice = { keep: first.off, off: [first.keep], inUse: true, reason: 'replaced' } as const;
  await first.scene.decides(REVIEWER, page, choice);
  await waits(launched, first);
  const after = await keysOf(launched, users);
  steps.add(
    `pause: that decision waits, and IAM is ${after === before ? 'unchanged' : `changed: ${after}`}`,
    after === before,
  );
  const [resumed = ''] = (await runControl(launched, 'resume')).split(/(?<=\.) /);
  await first.scene.isInactive(first.keep);
  const mails = pauseMails(launched);
  steps.add(
    `pause: the operator runs "npm run control -- resume": ${resumed} The decision is carried out; ${mails} mail told of the pause`,
    mails === 1,
  );
}

/** Its key is reactivated through the mail about its deactivation. */
async function isWantedBack({ scene, off }: OldCase): Promise<void> {
  await scene.bringsBack(REVIEWER, [off]);
  await scene.isActive(off);
}

const pauseMails = ({ inbox }: Launched): number => inbox.mails({ subject: SUBJECT }).length;

/** Waits until Solekey has taken up the decision about this user, and waits with it for the end of the pause. */
async function waits(launched: Launched, { userName }: OldCase): Promise<void> {
  for (const deadline = Date.now() + PATIENCE_MS; ; await pause(200)) {
    const found = await waitingDecisions(launched);
    const one = found.find((decision) => decision.userName === userName);
    if (one?.waitsFor === 'paused' && found.length === 1) {
      return;
    }
    if (Date.now() > deadline) {
      throw new Error(`the decision should wait for the end of the pause, not ${JSON.stringify(found)}`);
    }
  }
}
