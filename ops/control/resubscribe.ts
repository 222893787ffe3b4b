/**
 * `resubscribe`: subscribes the address of an approver anew, if its subscription is lost, unprotected, or has another filter
 * than ours. SNS has no other way to protect one that was confirmed with a click. The filter of a release before 0.6.0 is
 * replaced where it stands.
 */
import { isForgotten, toAdopt } from './adopt.ts';
import { subscriberOf } from './approvers.ts';
import { EXIT, type Outcome } from './outcome.ts';
import { Refused } from './trouble.ts';
import type { Subscriber, Subscription, SubscriptionState, World } from './world.ts';

/** After Unsubscribe, SNS may for some seconds answer with the subscription that is gone. */
const TRIES = 10;
const PAUSE_SECONDS = 3;

const BEFORE: Readonly<Record<SubscriptionState, string>> = {
  confirmed: 'confirmed and protected',
  unprotected: 'confirmed with a click, so anybody who has one of its mails could unsubscribe it',
  'former-filter': 'subscribed with the filter of a release before 0.6.0',
  'other-filter': "subscribed with a filter that is not Solekey's",
  pending: 'not confirmed yet',
  missing: 'not subscribed',
};

export async function resubscribe(world: World, approver: string): Promise<Outcome<'resubscribe'>> {
  const subscriber = await subscriberOf(world, approver);
  const { address } = subscriber;
  const before = await world.subscriptions.of(subscriber);
  const result = { approver, address, before: before.state };
  if (before.state === 'confirmed') {
    return {
      result: { ...result, mailed: false },
      lines: [`${address} is confirmed and protected. Nothing was changed.`],
      notes: [`To see whether mail arrives: npm run control -- test-mail ${approver}`],
      code: EXIT.done,
    };
  }
  if (before.state === 'former-filter' && before.arn !== null) {
    await world.subscriptions.setFilter(before.arn, subscriber);
    return {
      result: { ...result, mailed: false },
      lines: [`${address} was ${BEFORE[before.state]}. It has the present one now, and stays confirmed.`],
      notes: ['The filter takes effect within 15 minutes. Until then mails arrive as before.'],
      code: EXIT.done,
    };
  }
  if (before.arn !== null) {
    await world.subscriptions.unsubscribe(before.arn);
  }
  await withFilter(world, subscriber, before);
  await subscribe(world, subscriber, before);
  const forgotten = await isForgotten(world, subscriber);
  return {
    result: { ...result, mailed: true },
    lines: [`${address} was ${BEFORE[before.state]}. SNS has sent it a new confirmation mail.`],
    notes: [
      `Until it is confirmed, ${approver} gets no mail from Solekey. Have the mail forwarded without opening its link, then: npm run control -- confirm 'LINK'`,
      ...(forgotten ? [`CloudFormation does not know this subscription: ${toAdopt(approver)}`] : []),
    ],
    code: EXIT.done,
  };
}

/** SNS sends a pending subscription another mail only if it has the filter that it is asked for. */
async function withFilter(world: World, subscriber: Subscriber, before: Subscription): Promise<void> {
  const { made } = subscriber;
  if (before.state === 'pending' && made !== null && (await world.subscriptions.exists(made))) {
    await world.subscriptions.setFilter(made, subscriber);
  }
}

/** Subscribes, and makes sure that it is a new subscription with the filter: without one it would get everybody's links. */
async function subscribe(world: World, subscriber: Subscriber, before: Subscription): Promise<void> {
  const { subscriptions } = world;
  let arn: string | null = null;
  for (let tries = 0; tries < TRIES; tries += 1) {
    arn = await subscriptions.subscribe(subscriber);
    if (arn !== null && arn !== before.arn && (await subscriptions.hasFilter(arn, subscriber))) {
      return;
    }
    await world.pause(PAUSE_SECONDS);
  }
  if (before.state === 'pending' && arn === null) {
    throw new Refused(
      `${subscriber.address} has a subscription that is not confirmed and has another filter, and SNS lets nobody change or remove it. Confirm the mail that it was sent (npm run control -- confirm 'LINK') and run this command again, or wait until SNS deletes it, two days after that mail.`,
    );
  }
  throw new Error(
    `SNS does not show the new subscription of ${subscriber.address} with its filter. Do not confirm it, and run this command again in some minutes.`,
  );
}
