import { join } from 'node:path';
import { SNSClient } from '@aws-sdk/client-sns';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { topics } from '../../functions/adapters/topics.ts';
import { addressMark } from '../../functions/core/case/requests.ts';
import { filterOf } from '../../functions/core/health/subscription-filter.ts';
import { type Launched, launchWorld } from '../../sandbox/launch/launch.ts';
import { type ReleaseInMaking, startRelease } from '../../sandbox/launch/release.ts';
import { Rollout } from '../../sandbox/launch/rollout.ts';
import { STORY_SETTINGS } from '../../sandbox/story/settings.ts';
import { PATIENCE_MS } from '../e2e/stack.ts';

/** The last release whose filters differ from today's: they name no address. */
const FORMER = '0.5.0';

const FROZEN = `test/releases/${FORMER}`;

/** The filters of the mail topic's subscriptions, forwards and back, without any function of either release. */
let launched: Launched;
let making: ReleaseInMaking[] = [];

const make = async (name: string, release?: string) => {
  const { account, runDirectory } = launched.world;
  const { publicUrl } = launched.settings;
  const directory = join(runDirectory, name);
  const settings = { ...STORY_SETTINGS, publicUrl };
  const one = await startRelease({
    settings,
    account,
    directory,
    ...(release === undefined ? {} : { release }),
  });
  making = [...making, one];
  return one.done;
};

const mailTopic = () => launched.deployed.outputs.MailTopicArn ?? '';

/** The subscriptions of the mail topic, oldest first. */
const subscribed = async () =>
  (await launched.sns.subscriptions()).filter(({ topicArn }) => topicArn === mailTopic());

/** Sends each approver a mail as every release since 0.2.0 does. All arrive, each at its own address. */
async function mailsArrive(words: string): Promise<void> {
  const sns = launched.clients.make(SNSClient);
  const publisher = topics(sns, { mail: mailTopic(), data: '' });
  for (const { id, email } of launched.settings.approvers) {
    const body = `${words} to ${id}`;
    await publisher.mail({ recipient: id, address: addressMark(email), subject: 'a test', body });
  }
  sns.destroy();
  for (const { id, email } of launched.settings.approvers) {
    await launched.inbox.waitFor({ recipient: email, containing: `${words} to ${id}` }, PATIENCE_MS);
  }
}

beforeAll(async () => {
  launched = await launchWorld({ say: () => undefined, settings: STORY_SETTINGS, release: FROZEN });
});
afterAll(async () => {
  await Promise.all(making.map((one) => one.stop()));
  await launched?.stop();
});

it(`change in place over ${FORMER} and back: nobody confirms anything, and every mail arrives`, async () => {
  const before = await subscribed();
  const [present, frozen] = [await make('present'), await make('frozen', FROZEN)];
  const mailboxes = before.map(({ address }) => ({
    address,
    ids: launched.settings.approvers.filter(({ email }) => email === address).map(({ id }) => id),
  }));
  const same = before.map(({ arn }) => ({ arn, state: 'confirmed', lost: 0 }));
  const deploy = async (to: typeof present, words: string, filters: readonly object[]) => {
    await (await Rollout.begin(launched, to)).filters();
    const after = await subscribed();
    expect(after.map(({ arn, state, lost }) => ({ arn, state, lost }))).toEqual(same);
    expect(after.map(({ filterPolicy }) => filterPolicy)).toEqual(filters);
    await mailsArrive(words);
  };

  await mailsArrive('before');
  await deploy(present, 'after the upgrade', mailboxes.map(filterOf));
  await deploy(
    frozen,
    'after the roll-back',
    mailboxes.map(({ ids }) => ({ recipient: ids })),
  );
  await deploy(present, 'after another upgrade', mailboxes.map(filterOf));
});
