import { fileURLToPath } from 'node:url';
import { whileAlive } from './launch/alive.ts';
import { runToEnd } from './launch/ending.ts';
import { launchWorld } from './launch/launch.ts';
import { CHAPTERS } from './story/chapters/all.ts';
import { playAll } from './story/play.ts';
import { reportOn, writeRecord } from './story/report.ts';
import { STORY_SETTINGS } from './story/settings.ts';
import { sayOnTerminal as say } from './world/say.ts';

/** `npm start`: the whole job of Solekey on an embedded AWS, told as it happens, and compared with IAM at the end. */
const RECORD = fileURLToPath(new URL('../.sandbox/story.json', import.meta.url));

const began = Date.now();

function lengthOf(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

runToEnd(say, async (remember) => {
  say('Solekey on an AWS of its own, on this machine only. Nothing is asked of you; Ctrl-C ends it.');
  const launched = await launchWorld({ say, settings: STORY_SETTINGS });
  remember(launched);
  say(`The story: ${CHAPTERS.length} users, side by side.`);
  const { played, steps } = await whileAlive(launched, playAll(launched, CHAPTERS, say));
  const { record, lines } = await reportOn(launched, played, steps.all);
  await writeRecord(RECORD, record);
  for (const line of ['', ...lines]) {
    say(line);
  }
  const mails = launched.inbox.mails().length;
  say(`${record.steps.length} steps, ${mails} mails, ${lengthOf(Date.now() - began)}.`);
  say('Next: npm run sandbox (you decide). Record: .sandbox/story.json');
  return record.passed ? 0 : 1;
});
