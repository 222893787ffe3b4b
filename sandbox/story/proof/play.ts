import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { putClockAhead } from '../../launch/clocks.ts';
import type { Launched } from '../../launch/launch.ts';
import { verifyRecords } from '../operator.ts';
import { runSurvey } from '../review/survey.ts';
import type { Steps } from '../steps.ts';
import { readTruth } from '../truth.ts';
import { brokenIn, publicKeyOf, readAnchors } from './bucket.ts';
import { contradicts, latestValidation } from './validation.ts';

/** Invokes records as its schedule does. */
export async function runRecords({ clients, deployed }: Launched): Promise<void> {
  const lambda = clients.make(LambdaClient);
  const answer = await lambda.send(new InvokeCommand({ FunctionName: deployed.outputs.RecordsFunctionName }));
  lambda.destroy();
  if (answer.FunctionError !== undefined) {
    throw new Error(`records failed: ${Buffer.from(answer.Payload ?? []).toString('utf8')}`);
  }
}

/** Records everything so far: the first anchor. */
export async function firstRecords(launched: Launched, steps: Steps): Promise<void> {
  await runRecords(launched);
  const anchors = await readAnchors(launched);
  steps.add(
    `records: the history of all users so far is signed in ${anchors.length} anchor`,
    anchors.length === 1,
  );
}

/** Records takes no entry of the last two minutes, and nobody waits for that. With more it would miss entries of the next run. */
export const AHEAD_MS = 2 * 60_000;

/**
 * The end of the job is proved: what was decided and done since is signed, the survey reads the users of closed cases, and the
 * validation says of every user what IAM has. True if all of it is right.
 */
export async function provesTheEnd(launched: Launched, steps: Steps): Promise<boolean> {
  await putClockAhead(launched, 'RecordsFunctionName', AHEAD_MS);
  await runRecords(launched);
  await runSurvey(launched);
  await runRecords(launched);
  return agreesWithIam(launched, steps);
}

/** Compares all anchors, and the validation in the latest of them, with IAM. True if all of it is right. */
export async function agreesWithIam(launched: Launched, steps: Steps): Promise<boolean> {
  const [anchors, key, truth] = await Promise.all([
    readAnchors(launched),
    publicKeyOf(launched),
    readTruth(launched.world.emulators.motoUrl),
  ]);
  const broken = brokenIn(anchors, key);
  const signed = `records: ${anchors.length} anchors follow each other, each signed, each with its files`;
  steps.add(broken.length === 0 ? signed : `records: ${broken.join('; ')}`, broken.length === 0);
  const users = latestValidation(anchors);
  if (users === null) {
    steps.add('validation: there is none', false);
    return false;
  }
  const { counts, remaining } = contradicts(users, truth);
  const said = `validation: of each of ${truth.size} users it says how many keys are active in IAM`;
  steps.add(counts.length === 0 ? said : `validation: ${counts.join('; ')}`, counts.length === 0);
  const judged = users.filter((user) => user.remaining !== null).length;
  const kept = `validation: the remaining key of each of ${judged} remediated users is the one on record`;
  const fine = remaining.length === 0 && judged > 0;
  steps.add(fine ? kept : `validation: ${[...remaining, `${judged} remediated users`].join('; ')}`, fine);
  return broken.length === 0 && counts.length === 0 && fine;
}

/** The operator's own check, in a process of its own with nothing but the exported public key. */
export async function verifies(launched: Launched, steps: Steps): Promise<boolean> {
  const { said, code } = await verifyRecords(launched);
  const counts = said.split('\n').find((line) => line.includes(' anchors')) ?? said;
  steps.add(`npm run verify: ${code === 0 ? counts : `ended with ${code}: ${said}`}`, code === 0);
  return code === 0;
}
