import { isMailed } from '../../core/case/recipients.ts';
import { addressMark } from '../../core/case/requests.ts';
import { credible, type Pace } from '../../core/channel/pace.ts';
import { renderSignOff } from '../../core/messages/sign-off.ts';
import { type Approver, type Control, currentApprovers, type Policy } from '../../core/model/policy.ts';
import { isToAsk, type SignOffAsk } from '../../core/signoff/ask.ts';
import type { SignOffWish } from '../wake.ts';
import { reportLink } from './report-link.ts';
import { sendMail } from './send-mail.ts';
import type { World } from './world.ts';

/**
 * Mails each approver a link to the report while a sign-off is asked for: once, and again after a week. The message is no evidence;
 * what the survey stored says what is asked. A mail for which the hour has no room comes with the next message. Throws
 * after all others if a mail could not be sent, so that the queue delivers the message again. Returns the number of mails.
 */
export async function askSignOff(world: World, { account }: SignOffWish): Promise<number> {
  const { ask, control } = await world.signOffs.read(account);
  if (ask === null || !ask.asked) {
    return 0;
  }
  let mailed = 0;
  const failed: unknown[] = [];
  for (const person of peopleToAsk(world.policy, control)) {
    try {
      mailed += (await askOne(world, account, ask, person)) ? 1 : 0;
    } catch (error) {
      failed.push(error);
    }
  }
  if (failed.length > 0) {
    throw failed[0];
  }
  return mailed;
}

/** The approvers who get mails, or all of them if none does. */
function peopleToAsk(policy: Policy, control: Control): readonly Approver[] {
  const all = currentApprovers(policy, control);
  const mailed = all.filter(isMailed);
  return mailed.length > 0 ? mailed : all;
}

async function askOne(world: World, account: string, ask: SignOffAsk, person: Approver): Promise<boolean> {
  const { policy, clock, paces, log } = world;
  const address = addressMark(person.email);
  const about = { account, address };
  const isDue = (pace: Pace) => isToAsk(ask, credible(pace, clock.now()).signOffAt, clock.now());
  const due = await paces.change(about, (pace) => ({ next: null, result: isDue(pace), unsure: true }));
  if (!due) {
    return false;
  }
  const to = { recipient: person.id, address };
  const { url: link } = await reportLink(world, account, to);
  const mail = { ...to, ...renderSignOff({ ask, policy, recipient: person, link }) };
  const sent = await sendMail(world, account, mail, 'ordinary');
  if (sent !== 'accepted') {
    log.warn('A mail about a sign-off has to wait', { by: person.id, why: sent });
    return false;
  }
  // After the mail: if this fails, somebody is asked twice rather than never.
  await paces.change(about, (pace) => ({ next: { ...pace, signOffAt: clock.now() }, result: undefined }));
  log.info('Asked for a sign-off', { by: person.id });
  return true;
}
