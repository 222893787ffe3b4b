import { fileURLToPath } from 'node:url';
import { whileAlive } from './launch/alive.ts';
import { runToEnd } from './launch/ending.ts';
import { type Launched, launchWorld } from './launch/launch.ts';
import { startOtherSettings } from './launch/other-settings.ts';
import { readArguments } from './story/arguments.ts';
import { assessFirst } from './story/assessed.ts';
import { CHAPTERS } from './story/chapters/all.ts';
import { type Disturbance, disturbEvents, NOT_DISTURBED } from './story/disturb.ts';
import { firstRun } from './story/old-account.ts';
import { type Played, playAll } from './story/play.ts';
import { firstRecords } from './story/proof/play.ts';
import { recorded } from './story/record.ts';
import { reportOn } from './story/report.ts';
import { playReview, type Reviewed } from './story/review/play.ts';
import { closedWindow } from './story/review/window.ts';
import { keepsSecrets } from './story/secrets.ts';
import { SOON_SIGNED_OFF, STORY_SETTINGS } from './story/settings.ts';
import { Steps } from './story/steps.ts';
import { type Say, sayOnTerminal } from './world/say.ts';

/**
 * `npm start`: plays Solekey's whole job on an embedded AWS, prints each step, and compares the end with IAM.
 * `npm run story -- --disturb --seed N`: the same while CloudTrail loses, doubles and delays events.
 */
const DIRECTORY = fileURLToPath(new URL('../.sandbox/', import.meta.url));

const began = Date.now();

function lengthOf(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

function disturb({ world, inbox }: Launched, seed: number, say: Say): Disturbance {
  say(
    `Events are lost, duplicated and delayed, and reads throttled, at random from seed ${seed}. ${NOT_DISTURBED}`,
  );
  const hasCase = (userName: string) => inbox.mails({ userName }).length > 0;
  return disturbEvents({ faults: world.gateway.faults, seed, hasCase });
}

/** The chapters, the users without a row of their own, and if everything about these was right. */
interface Story extends Reviewed {
  readonly played: readonly Played[];
}

/**
 * The chapters, and then the review of an old account while the change window is closed. Its settings are synthesised beside
 * the last chapters, in which there is more to wait for than to do.
 */
async function tell(launched: Launched, steps: Steps, say: Say): Promise<Story> {
  await firstRecords(launched, steps);
  const together = CHAPTERS.filter(({ alone }) => !alone);
  const alone = CHAPTERS.filter((chapter) => chapter.alone);
  const first = await playAll(launched, together, steps, say);
  const window = closedWindow(Date.now());
  const settings = await startOtherSettings(launched, window.settings);
  try {
    const played = [...first, ...(await playAll(launched, alone, steps, say))];
    await settings.deploy();
    steps.add(`settings with a change window are deployed: it opens at ${window.opens}`);
    const { ok, link } = await firstRun(launched, steps);
    if (link === null) {
      return { played, ok: false, told: [] };
    }
    const reviewed = await playReview(launched, steps, link, { window, settings });
    return { played, told: reviewed.told, ok: ok && reviewed.ok };
  } finally {
    await settings.stop();
  }
}

/** The chapters alone: where events are lost and reads fail, nobody can say how many mails an old account takes. */
async function tellDisturbed(launched: Launched, steps: Steps, say: Say): Promise<Story> {
  return { played: await playAll(launched, CHAPTERS, steps, say), ok: true, told: [] };
}

runToEnd(sayOnTerminal, async (say, remember) => {
  const { seed } = readArguments(process.argv.slice(2));
  const name = seed === undefined ? 'story.json' : `story-seed-${seed}.json`;
  say('Solekey on an emulated AWS, on this machine only. You do not have to do anything; Ctrl-C stops it.');
  const steps = new Steps(say);
  const { record, lines, disturbance, mails, most } = await recorded(
    `${DIRECTORY}${name}`,
    steps,
    async () => {
      const launched = await launchWorld({
        say,
        settings: { ...STORY_SETTINGS, ...SOON_SIGNED_OFF },
        brief: true,
      });
      remember(launched);
      const disturbance = seed === undefined ? undefined : disturb(launched, seed, say);
      say('First, npm run assess on an account as you may have one, before Solekey looks after it:');
      const assessed = await whileAlive(launched, assessFirst(launched, steps, say));
      say(`The story: ${CHAPTERS.length} users, side by side.`);
      const telling = seed === undefined ? tell : tellDisturbed;
      const { played, ok, told } = await whileAlive(launched, telling(launched, steps, say));
      const secret = await whileAlive(launched, keepsSecrets(launched, steps));
      const report = await reportOn(launched, played, steps.all, told);
      const passed = report.record.passed && assessed && ok && secret;
      const record = { ...report.record, passed };
      const most = Math.max(...(await launched.sns.subscriptions()).map((one) => one.mostInASecond));
      return { ...report, record, disturbance, mails: launched.inbox.mails().length, most };
    },
  );
  for (const line of ['', ...lines]) {
    say(line);
  }
  if (disturbance !== undefined) {
    const { seen, lost, doubled, late, throttled } = disturbance.tally;
    say(`Seed ${seed}: of ${seen} events ${lost} were lost at random, ${doubled} duplicated, ${late} late.`);
    say(`${throttled} of Solekey's reads of IAM were throttled.`);
  }
  const pace = `at most ${most} in a second to one address`;
  say(`${record.steps.length} steps, ${mails} mails (${pace}), ${lengthOf(Date.now() - began)}.`);
  say(`Next: npm run sandbox (you decide). Record: .sandbox/${name}`);
  return record.passed ? 0 : 1;
});
