import { changesBy } from '../../../sandbox/story/changes.ts';
import { compare } from '../../../sandbox/story/compliance.ts';
import { readTruth } from '../../../sandbox/story/truth.ts';
import { unasked } from '../../../sandbox/story/verdict.ts';
import { eventually, type Stack } from '../../e2e/stack.ts';
import type { Subject } from './subject.ts';

/** What a user's case and keys must be in the end; `as` is the phase, or how the case was closed. */
export interface Fate {
  readonly subject: Subject;
  readonly as: string;
  readonly keys: readonly [older: string, newer: string];
}

export const remediated = (subject: Subject): Fate => ({
  subject,
  as: 'remediated',
  keys: ['gone', 'Active'],
});

export const undecided = (subject: Subject): Fate => ({
  subject,
  as: 'awaiting-decision',
  keys: ['Active', 'Active'],
});

/**
 * Lists where the world differs from what was decided: in keys and cases, by changes that nobody asked for, by messages
 * in the dead-letter queue, and in what AWS Config shows.
 */
export async function wrongWith(stack: Stack, fates: readonly Fate[]): Promise<readonly string[]> {
  const { launched } = stack;
  const problems: string[] = [];
  for (const { subject, as, keys } of fates) {
    const current = await subject.case();
    const found = `${current?.closedAs ?? current?.phase}: ${await subject.keys()}`;
    if (found !== `${as}: ${keys}`) {
      problems.push(`${subject.userName} is ${found}, not ${as}: ${keys}`);
    }
  }
  const changes = changesBy([stack.output('ReconcileFunctionName')], launched.world.gateway.trail.records());
  const decisions = fates.flatMap(({ subject }) => subject.decided);
  const restored = fates.flatMap(({ subject }) => subject.restored);
  problems.push(
    ...unasked({ decisions, restored }, changes).map(
      ({ userName, keyId, kind }) => `${keyId} of ${userName} is ${kind}, and nobody decided that`,
    ),
    ...(await stack.deadLetters()).map((body) => `in the dead-letter queue: ${body}`),
  );
  const { config } = launched;
  await eventually(
    async () => config.isRunning,
    (running) => !running,
  );
  const { error } = await config.runScheduled();
  const users = await readTruth(launched.world.emulators.motoUrl);
  const { disagreements } = compare([...users.values()], config.view(), []);
  return [...problems, ...(error === null ? [] : [error]), ...disagreements.values()];
}
