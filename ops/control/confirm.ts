/** `confirm`: confirms a mail address in such a way that nobody can unsubscribe it with a click. */
import { readConfirmation } from './confirmation-link.ts';
import { EXIT, type Outcome } from './outcome.ts';
import { Refused } from './trouble.ts';
import type { World } from './world.ts';

const NOT_ACCEPTED =
  'SNS does not accept the token of this link. It is valid for two days, and a newer mail replaces it: npm run control -- resubscribe APPROVER has a new one sent.';

export async function confirm(world: World, link: string): Promise<Outcome<'confirm'>> {
  const read = readConfirmation(link, world.deployed.region, await world.parts.topics());
  if ('problem' in read) {
    throw new Refused(read.problem);
  }
  const confirmed = await world.subscriptions.confirm(read.topicArn, read.token);
  if (confirmed === null) {
    throw new Refused(NOT_ACCEPTED);
  }
  const { address, protected: isProtected } = confirmed;
  return {
    result: { address, protected: isProtected },
    lines: [
      isProtected
        ? `${address} is confirmed. Only someone with AWS credentials can unsubscribe it.`
        : `${address} was confirmed before, with a click: anybody who has one of its mails can unsubscribe it.`,
    ],
    notes: isProtected ? [] : ['To protect it: npm run control -- resubscribe APPROVER, then confirm.'],
    code: isProtected ? EXIT.done : EXIT.findings,
  };
}
