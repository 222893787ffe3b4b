/** `test-mail`: one mail without a link, through the same topic and filter as every other. */
import { addressMark } from '../../functions/core/case/requests.ts';
import { UTC } from '../../functions/core/model/zone.ts';
import { unlinked } from '../../functions/core/words/unlinked.ts';
import { moment } from '../../functions/core/words/words.ts';
import { subscriberOf } from './approvers.ts';
import { EXIT, type Outcome } from './outcome.ts';
import type { SubscriptionState, World } from './world.ts';

/** States in which SNS accepts a mail and delivers it. */
const REACHABLE = {
  confirmed: true,
  unprotected: true,
  'former-filter': true,
  'other-filter': false,
  pending: false,
  missing: false,
} as const satisfies Record<SubscriptionState, boolean>;

export async function testMail(world: World, approver: string): Promise<Outcome<'test-mail'>> {
  const subscriber = await subscriberOf(world, approver);
  const { address } = subscriber;
  const { account, region, stack } = world.deployed;
  const { state } = await world.subscriptions.of(subscriber);
  const body = [
    `This is a test of the mails that Solekey sends to ${unlinked(approver)} about account ${account}. Nothing has to be done.`,
    'It has no link. A mail with a question has exactly one.',
    `Sent ${moment(world.now(), UTC)} by an operator, from the stack ${stack} in ${region}.`,
    'Do not click the unsubscribe link below: you would stop receiving these mails.',
  ].join('\n\n');
  await world.mail({
    recipient: approver,
    address: addressMark(address),
    subject: `[Solekey] ${account}: test mail, nothing to do`,
    body: `${body}\n`,
  });
  const reachable = REACHABLE[state];
  return {
    result: { approver, address, reachable },
    lines: [`SNS accepted a test mail for ${approver} (${address}).`],
    notes: reachable
      ? [
          'It arrives within a minute. If it does not, check the spam folder and the mail system of that address.',
        ]
      : [
          `It will not arrive: this address is ${state === 'other-filter' ? "subscribed with a filter that is not Solekey's" : state}. SNS accepts such mail and silently drops it. To cure it: npm run control -- resubscribe ${approver}`,
        ],
    code: reachable ? EXIT.done : EXIT.findings,
  };
}
