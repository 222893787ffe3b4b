import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Assembly } from '../../sandbox/launch/assembly.ts';
import { type Launched, launchWorld } from '../../sandbox/launch/launch.ts';
import { type ReleaseInMaking, startRelease } from '../../sandbox/launch/release.ts';
import { Rollout } from '../../sandbox/launch/rollout.ts';
import type { SettingsDocument } from '../../sandbox/launch/settings.ts';
import { runControl } from '../../sandbox/story/operator.ts';
import type { Page } from '../../sandbox/story/page.ts';
import { runRecords } from '../../sandbox/story/proof/play.ts';
import { SOON_SIGNED_OFF, STORY_SETTINGS } from '../../sandbox/story/settings.ts';
import { Stack } from '../e2e/stack.ts';
import { PREDECESSOR } from '../releases/predecessor.ts';
import { Behind } from './upgrade/behind.ts';
import { type Asked, bringOn, type Cast, everybody } from './upgrade/cast.ts';
import { live } from './upgrade/moment.ts';
import { isSignedOff, staysSignedOff } from './upgrade/sign-off.ts';
import type { Subject } from './upgrade/subject.ts';
import { type Fate, remediated, undecided, wrongWith } from './upgrade/world.ts';

const FROZEN = `test/releases/${PREDECESSOR}`;

/** On the way up a person must confirm each deletion, so that nothing is deleted before its moment. */
const ASKING: SettingsDocument = {
  ...STORY_SETTINGS,
  grace: 'PT10S',
  deletionNotice: 'PT5S',
  rotationWindow: 'PT10M',
  deletion: 'on-confirmation',
  // Many users wait here for their moment; reminders and runs of the rule would only cost time.
  remindEvery: 'PT10M',
  config: { refreshEvery: 'PT20S', maxRunsPerDay: 1_440 },
};

/** On the way down keys are deleted after a grace period that is longer than a moment. */
const BY_ITSELF: SettingsDocument = {
  ...ASKING,
  grace: 'PT40S',
  deletionNotice: 'PT20S',
  deletion: 'after-grace',
};

/**
 * The order of updates, both ways. On the way up the old reconcile runs with the new approve and evaluate, and the new
 * one with the old sweep; on the way down it is the other way round. So reconcile meets each other function both ways.
 */
const HANDLERS = ['approve', 'evaluate', 'reconcile', 'sweep'];

/** CloudFormation first updates what functions depend on: table, queues, rules, permissions. */
const UP = ['surroundings', ...HANDLERS];

/** Filters and functions are rolled back: a new index stays. The first moment is this release over the old filters. */
const DOWN = ['filters', ...HANDLERS];

/** The moment, counted from one, before which restores are forgotten: neither before nor after it five are asked for. */
const UNTIL_FORGOTTEN = 4;

/** What is not a function, and how it is deployed. */
const PIECES: Readonly<Record<string, (rollout: Rollout) => Promise<void>>> = {
  surroundings: (rollout) => rollout.surroundings(),
  filters: (rollout) => rollout.filters(),
};

/** The filters of a release's subscriptions by address, without those that admit everything (operators'). */
function filtersOf({ template }: Assembly): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.values(template.Resources).flatMap(({ Type, Properties = {} }) =>
      Type === 'AWS::SNS::Subscription' && Properties.FilterPolicy !== undefined
        ? [[Properties.Endpoint, Properties.FilterPolicy] as const]
        : [],
    ),
  );
}

describe(`release ${PREDECESSOR}, this one over it, and back`, () => {
  let launched: Launched;
  let stack: Stack;
  let behind: Behind;
  let making: ReleaseInMaking[] = [];
  let releases: Readonly<Record<'frozen' | 'present', Assembly>>;
  /** The ARNs of the mail topic's subscriptions under the release before. */
  let before: readonly string[] = [];
  let cast: Cast;
  let undone: Asked;
  let subjects: readonly Subject[] = [];
  let fates: readonly Fate[] = [];
  let report: Page;

  const make = async (name: string, settings: SettingsDocument, release?: string) => {
    const { account, runDirectory } = launched.world;
    const { publicUrl } = launched.settings;
    const one = await startRelease({
      settings: { ...settings, publicUrl },
      account,
      directory: join(runDirectory, name),
      ...(release === undefined ? {} : { release }),
    });
    making = [...making, one];
    return one.done;
  };
  const makeBoth = async (name: string, settings: SettingsDocument) => ({
    frozen: await make(`frozen-${name}`, settings, FROZEN),
    present: await make(`present-${name}`, { ...settings, ...SOON_SIGNED_OFF }),
  });

  /** Each moment asks for a key back, and five users within an hour pause Solekey (ADR 038). Those before a resume do not count. */
  const forgetRestores = async () => {
    await runControl(launched, 'pause');
    expect(await runControl(launched, 'resume')).toMatch(/^Not paused/);
  };

  /** Goes through the moment at which `piece` is deployed; `done` are all pieces deployed by then. */
  const liveThrough = async (to: Assembly, from: Assembly, way: string, piece: string, done: string[]) => {
    if (done.length === UNTIL_FORGOTTEN) {
      await forgetRestores();
    }
    const rollout = await Rollout.begin(launched, to);
    const extras = cast.extras[done.length - 1];
    if (extras === undefined) {
      throw new Error('there is no user left for this moment');
    }
    const lived = await live(stack, behind, {
      name: `${way}-${piece}`,
      change: () => PIECES[piece]?.(rollout) ?? rollout.functions(piece),
      after: [
        [to, HANDLERS.filter((one) => done.includes(one))],
        [from, HANDLERS.filter((one) => !done.includes(one))],
      ],
      extras,
      undone,
      subjects,
    });
    subjects = [...subjects, lived.fresh];
    fates = [...fates, undecided(lived.fresh), undecided(undone.subject)];
    undone = lived.undoable;
    expect(lived.problems).toEqual([]);
    expect(await subscribed()).toEqual(filtersOf(way === 'up' ? releases.present : releases.frozen));
  };

  /** The subscriptions of the mail topic. They stay what they were: nobody has to confirm anything, and no mail is lost. */
  const subscribed = async () => {
    const topicArn = stack.output('MailTopicArn');
    const all = (await launched.sns.subscriptions()).filter((one) => one.topicArn === topicArn);
    expect(all.map(({ arn, state, lost }) => ({ arn, state, lost }))).toEqual(
      before.map((arn) => ({ arn, state: 'confirmed', lost: 0 })),
    );
    return Object.fromEntries(all.map(({ address, filterPolicy }) => [address, filterPolicy]));
  };

  /** Ends what is the same in both casts: the owner finishes the rotation, and the held user's key is reactivated. */
  const settle = async ({ open, rotating, excluded, closed, held }: Cast) => {
    await stack.owners.switchOff(rotating.userName, rotating.older);
    await held.asksBack(await held.page('r'));
    await Promise.all([rotating.reaches('by-owner'), held.reaches('by-restore')]);
    fates = [
      ...fates,
      undecided(open),
      { subject: excluded, as: 'excluded', keys: ['Active', 'Active'] },
      { subject: rotating, as: 'by-owner', keys: ['Inactive', 'Active'] },
      { subject: closed, as: 'by-owner', keys: ['Inactive', 'Active'] },
      { subject: held, as: 'by-restore', keys: ['Active', 'gone'] },
    ];
  };

  beforeAll(async () => {
    launched = await launchWorld({
      say: () => undefined,
      settings: ASKING,
      release: FROZEN,
      sweepEveryMs: 3_000,
    });
    stack = new Stack(launched);
    behind = new Behind(stack);
    const topicArn = stack.output('MailTopicArn');
    before = (await launched.sns.subscriptions()).flatMap((one) =>
      one.topicArn === topicArn ? one.arn : [],
    );
    releases = await makeBoth('asking', ASKING);
  });
  afterAll(async () => {
    await Promise.all(making.map((one) => one.stop()));
    await launched?.stop();
  });

  it(`a story stops half way under ${PREDECESSOR}`, async () => {
    // The first anchor, from which the first sign-off is counted.
    await runRecords(launched);
    cast = await bringOn(stack, 'up', UP.length);
    ({ undone } = cast);
    subjects = everybody(cast);
    await Promise.all([cast.leaving, cast.deleting].map((one) => one.reaches('awaiting-confirmation')));
    await cast.deleting.confirms();
    await cast.deleting.reaches('deleting', 'remediated');
  });

  it.each([...UP.entries()])('up, moment %i: %s', async (index, piece) => {
    await liveThrough(releases.present, releases.frozen, 'up', piece, UP.slice(0, index + 1));
  });

  it('the story goes on to the right end under this release', async () => {
    const leaving = [cast.leaving, ...cast.extras.map(({ across }) => across.subject)];
    for (const one of leaving) {
      await one.reaches('awaiting-confirmation');
      await one.confirms();
    }
    const ended = [...leaving, cast.deleting];
    await Promise.all(ended.map((one) => one.reaches('remediated')));
    await settle(cast);
    fates = [...fates, ...ended.map(remediated)];
    const waiting: Fate = {
      subject: undone.subject,
      as: 'awaiting-confirmation',
      keys: ['Inactive', 'Active'],
    };
    expect(await wrongWith(stack, [...fates, waiting])).toEqual([]);
    // Pages that were open under the release before are answered as they are.
    expect(subjects.filter(({ reloads }) => reloads > 0).map(({ userName }) => userName)).toEqual([]);
  });

  it('approvers record a concern and sign off under this release', async () => {
    await (await Rollout.begin(launched, releases.present)).functions('records');
    report = await isSignedOff(launched);
  });

  it('another story stops half way under this release', async () => {
    releases = await makeBoth('by-itself', BY_ITSELF);
    await (await Rollout.begin(launched, releases.present)).functions(...HANDLERS);
    await forgetRestores();
    const confirmed = undone.subject;
    cast = await bringOn(stack, 'down', DOWN.length);
    ({ undone } = cast);
    subjects = [...subjects, ...everybody(cast)];
    fates = [...fates, remediated(confirmed)];
  });

  it.each([...DOWN.entries()])('down, moment %i: %s', async (index, piece) => {
    await liveThrough(releases.frozen, releases.present, 'down', piece, DOWN.slice(0, index + 1));
  });

  it(`the story goes on to the right end under ${PREDECESSOR}`, async () => {
    const asked = fates.find(
      ({ subject, as }) => as === 'remediated' && subject.userName.startsWith('up-within'),
    );
    await asked?.subject.confirms();
    const leaving = [
      cast.leaving,
      cast.deleting,
      undone.subject,
      ...cast.extras.map(({ across }) => across.subject),
    ];
    await Promise.all([...leaving, asked?.subject].map((one) => one?.reaches('remediated')));
    await settle(cast);
    fates = [...fates, ...leaving.map(remediated)];
    expect(await wrongWith(stack, fates)).toEqual([]);
    expect(new Set(fates.map(({ subject }) => subject))).toEqual(new Set(subjects));
  });

  it(`what approvers stated stays under ${PREDECESSOR}, and it vouches for it`, async () => {
    await (await Rollout.begin(launched, releases.frozen)).functions('records');
    await staysSignedOff(launched, report);
  });
});
