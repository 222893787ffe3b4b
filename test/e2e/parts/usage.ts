import { expect, it } from 'vitest';
import type { SeededEvent } from '../../../sandbox/gateway/event-history.ts';
import { enforceRights } from '../../../sandbox/launch/rights.ts';
import { openPage } from '../../../sandbox/story/page.ts';
import { eventually, PATIENCE_MS, type Stack, type Violator } from '../stack.ts';

const HOUR_MS = 3_600_000;

/** Pages of the event history that are read of one key in one Region. */
const MOST_PAGES = 5;

/**
 * Who uses keys: from the question in the FIFO queue to the page. First of all parts, because witness answers one question
 * after the other, and those of later parts would be before it.
 */
export function usage(stack: () => Stack): void {
  it('looks up in CloudTrail who uses the keys of a new case, and the page tells it', async () => {
    const { gateway } = stack().launched.world;
    const violator = await stack().violator('watched', 'unheard', {
      daysOld: 40,
      usedHoursAgo: 2,
      region: 'eu-west-1',
    });
    const [older, newer] = violator.keys;
    gateway.history.seed([
      call(violator, newer, 2, {
        eventSource: 'ecs.amazonaws.com',
        eventName: 'DescribeServices',
        awsRegion: 'eu-west-1',
        userAgent: 'aws-sdk-nodejs configure-aws-credentials-for-github-actions',
      }),
      call(violator, older, 900, { userAgent: 'Boto3/1.34.69 Botocore/1.34.69' }),
    ]);
    gateway.trail.deliver(violator.record);
    const page = await pageThat(stack(), violator, (html) => html.includes('GitHub Actions'));
    expect(page).not.toContain('not looked up');

    // Each of at most five pages once, in the home Region and where any key of the user was used last.
    const read = gateway.history.lookups().filter(({ keyId }) => violator.keys.includes(keyId ?? ''));
    const tally = new Map<string, number>();
    for (const { keyId, region } of read) {
      const of = `${keyId} ${region}`;
      tally.set(of, (tally.get(of) ?? 0) + 1);
    }
    expect([...tally.keys()].sort()).toEqual(
      [`${older} eu-west-1`, `${older} us-east-1`, `${newer} eu-west-1`, `${newer} us-east-1`].sort(),
    );
    expect(Math.max(...tally.values())).toBeLessThanOrEqual(MOST_PAGES);
    // Health reads the trails, and the launcher makes one.
    const calls = gateway.counts
      .calls({ service: 'cloudtrail' })
      .filter(({ action }) => action === 'LookupEvents');
    expect(new Set(calls.map(({ caller }) => caller))).toEqual(
      new Set([stack().output('WitnessFunctionName')]),
    );
    // Two lookups at once would have been throttled.
    expect(new Set(calls.map(({ action, outcome }) => `${action} ${outcome}`))).toEqual(
      new Set(['LookupEvents ok']),
    );
    const items = await usageItems(stack(), violator);
    expect(items).toMatchObject([
      { usage: { keys: [{ lookup: { kind: 'looked-up' } }, { lookup: { kind: 'looked-up' } }] } },
    ]);
  });

  it('says so where witness may not look it up, and nothing else fails', async () => {
    const { world, assembly, deployed } = stack().launched;
    const [, role = ''] =
      Object.entries(deployed.resources).find(([id]) => /^WitnessRole[0-9A-F]{8}$/.test(id)) ?? [];
    await world.gateway.rights.enforce(role, []);
    try {
      const violator = await stack().violator('unwatched', 'heard');
      const page = await pageThat(stack(), violator, (html) =>
        html.includes('has no permission to look it up in CloudTrail'),
      );
      expect(page).toContain('name="keep"');
      expect(await usageItems(stack(), violator)).toMatchObject([
        { usage: { keys: [{ lookup: { why: 'denied' } }, { lookup: { why: 'denied' } }] } },
      ]);
      const { counts } = world.gateway;
      const refused = counts.count({ service: 'cloudtrail', outcome: 'AccessDeniedException' });
      expect(refused).toBe(violator.keys.length);
    } finally {
      await enforceRights(world, assembly.template, deployed);
    }
    expect(await stack().deadLetters('Usage')).toEqual([]);
  });
}

/** A record of the key, in the history of the Region. */
function call(
  { userName }: Violator,
  accessKeyId: string,
  hoursAgo: number,
  more: Partial<SeededEvent>,
): SeededEvent {
  return {
    accessKeyId,
    userName,
    eventTime: `${new Date(Date.now() - hoursAgo * HOUR_MS).toISOString().slice(0, 19)}Z`,
    eventSource: 'sts.amazonaws.com',
    eventName: 'GetCallerIdentity',
    awsRegion: 'us-east-1',
    sourceIPAddress: '203.0.113.17',
    userAgent: 'other',
    readOnly: true,
    ...more,
  };
}

/** The page behind the mailed link once it shows this. The mail does not wait for usage. */
async function pageThat(
  stack: Stack,
  { userName }: Violator,
  fits: (html: string) => boolean,
): Promise<string> {
  const { link } = await stack.launched.inbox.waitFor({ userName }, PATIENCE_MS);
  const { html } = await eventually(
    () => openPage(link ?? ''),
    (page) => page.status === 200 && fits(page.html),
    2 * PATIENCE_MS,
  );
  return html;
}

async function usageItems(stack: Stack, { userId }: Violator) {
  const pk = `USAGE#${stack.account}#${userId}`;
  return (await stack.everything()).filter((item) => item.pk === pk);
}
