import { fileURLToPath } from 'node:url';
import { type Launched, launchWorld } from './launch/launch.ts';
import { CHAPTERS } from './story/chapters/all.ts';
import { playAll } from './story/play.ts';
import { reportOn, writeRecord } from './story/report.ts';
import { stopOnSignals } from './world/processes.ts';
import { SandboxError, sayOnTerminal as say } from './world/say.ts';

/** `npm start`: the whole job of Solekey on an embedded AWS, told as it happens, and compared with IAM at the end. */
const RECORD = fileURLToPath(new URL('../.sandbox/story.json', import.meta.url));

const began = Date.now();
let launched: Launched | undefined;
stopOnSignals(async () => launched?.stop());

function lengthOf(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

async function tell(): Promise<boolean> {
  say('Solekey on an AWS of its own, on this machine only. Nothing is asked of you; Ctrl-C ends it.');
  launched = await launchWorld({ say });
  say(`The story: ${CHAPTERS.length} users, side by side.`);
  const { played, steps } = await playAll(launched, CHAPTERS, say);
  const { record, lines } = await reportOn(launched, played, steps.all);
  await writeRecord(RECORD, record);
  const mails = launched.inbox.mails().length;
  await launched.stop();
  say('');
  for (const line of lines) {
    say(line);
  }
  say(`${record.steps.length} steps, ${mails} mails, ${lengthOf(Date.now() - began)}.`);
  say('Next: npm run sandbox (you decide). Record: .sandbox/story.json');
  return record.passed;
}

tell()
  .then((passed) => {
    process.exitCode = passed ? 0 : 1;
  })
  .catch(async (error: unknown) => {
    await launched?.stop();
    say(error instanceof SandboxError ? error.message : String(error instanceof Error ? error.stack : error));
    process.exitCode = 1;
  })
  .finally(() => process.exit());
