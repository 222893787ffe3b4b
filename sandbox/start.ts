import { fileURLToPath } from 'node:url';
import { whileAlive } from './launch/alive.ts';
import { runToEnd } from './launch/ending.ts';
import { type Launched, launchWorld } from './launch/launch.ts';
import { readArguments } from './story/arguments.ts';
import { assessFirst } from './story/assessed.ts';
import { CHAPTERS } from './story/chapters/all.ts';
import { type Disturbance, disturbEvents, NOT_DISTURBED } from './story/disturb.ts';
import { firstRun } from './story/old-account.ts';
import { playAll } from './story/play.ts';
import { recorded } from './story/record.ts';
import { reportOn } from './story/report.ts';
import { keepsSecrets } from './story/secrets.ts';
import { STORY_SETTINGS } from './story/settings.ts';
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

runToEnd(sayOnTerminal, async (say, remember) => {
  const { seed } = readArguments(process.argv.slice(2));
  const name = seed === undefined ? 'story.json' : `story-seed-${seed}.json`;
  say('Solekey on an emulated AWS, on this machine only. You do not have to do anything; Ctrl-C stops it.');
  const steps = new Steps(say);
  const { record, lines, disturbance, mails, most } = await recorded(
    `${DIRECTORY}${name}`,
    steps,
    async () => {
      const launched = await launchWorld({ say, settings: STORY_SETTINGS, brief: true });
      remember(launched);
      const disturbance = seed === undefined ? undefined : disturb(launched, seed, say);
      say('First, npm run assess on an account as you may have one, before Solekey looks after it:');
      const assessed = await whileAlive(launched, assessFirst(launched, steps, say));
      say(`The story: ${CHAPTERS.length} users, side by side.`);
      const played = await whileAlive(launched, playAll(launched, CHAPTERS, steps, say));
      // Where events are lost and reads fail, nobody can say how many mails it takes.
      const old = seed !== undefined || (await whileAlive(launched, firstRun(launched, steps)));
      const secret = await whileAlive(launched, keepsSecrets(launched, steps));
      const report = await reportOn(launched, played, steps.all);
      const record = { ...report.record, passed: report.record.passed && assessed && old && secret };
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
