import type { Assembly } from '../../../sandbox/launch/assembly.ts';
import { eventually, type Stack } from '../../e2e/stack.ts';
import type { Behind } from './behind.ts';
import type { Asked, Extras } from './cast.ts';
import { unreadable } from './readable.ts';
import { Subject } from './subject.ts';

/** A moment of a rollout, at which one more piece of the stack is replaced by that of the other release. */
export interface Moment {
  readonly name: string;
  /** Deploys that piece. */
  change(): Promise<void>;
  /** The release that each function must run afterwards. */
  readonly after: readonly (readonly [release: Assembly, handlers: readonly string[]])[];
  readonly extras: Extras;
  /** Switched off at the moment before, and wanted back. */
  readonly undone: Asked;
  /** All users so far, whose pages must stay readable. */
  readonly subjects: readonly Subject[];
}

/** The outcome of a moment. */
export interface Lived {
  readonly problems: readonly string[];
  /** Got a second key while nobody was reading the queue. */
  readonly fresh: Subject;
  /** Switched off at this moment, so that it can be undone at the next. */
  readonly undoable: Asked;
}

/** Messages as the release before writes them: a wake, and a request to have AWS Config run the rule. */
function oldWakes(account: string, { userId }: Subject): readonly object[] {
  return [
    { kind: 'user', account, userId, look: 1 },
    { kind: 'refresh', account, since: new Date().toISOString(), hops: 0 },
  ];
}

/**
 * Changes one piece of the stack while answers and messages are under way. First the queue is no longer read, and people
 * act: their messages lie in the queue while the piece changes. Then the table must be the same and every open case must
 * be readable. Finally the queue is read again, and everything that was asked for must happen.
 */
export async function live(stack: Stack, behind: Behind, moment: Moment): Promise<Lived> {
  const { undone } = moment;
  const { across, within } = moment.extras;
  const problems: string[] = [];
  let undoable = undone;
  const attempt = async (what: string, work: () => Promise<unknown>) => {
    await work().catch((error: unknown) => {
      problems.push(`${what}: ${error instanceof Error ? error.message : String(error)}`);
    });
  };

  await behind.stopReading();
  await attempt('an answer before', () => across.subject.answers(across.page));
  await attempt('an undo before', () => undone.subject.asksBack(undone.page));
  const fresh = new Subject(stack, await stack.violator(`new-at-${moment.name}`, 'heard'));
  for (const wake of oldWakes(stack.account, within.subject)) {
    await behind.send(wake);
  }
  await attempt('the sweep before', () => stack.launched.sweep());
  await attempt('AWS Config before', () => evaluated(stack));
  const [tables, stored] = [await behind.tables(), await behind.stored()];

  await moment.change();

  same('the tables', tables, await behind.tables(), problems);
  const left = new Set(await behind.stored());
  problems.push(...stored.filter((key) => !left.has(key)).map((key) => `${key} is not stored any more`));
  const lying = await behind.lying();
  if (lying < 4) {
    problems.push(`only ${lying} messages lay in the queue`);
  }
  const waiting = new Set([across.subject, undone.subject]);
  // One after the other, because the emulator starts a process for each concurrent request.
  for (const one of moment.subjects) {
    problems.push(...(await unreadable(one, waiting.has(one))));
  }

  await behind.readAgain();
  await Promise.all([
    attempt('the answer before', () => across.subject.has('Inactive', 'Active')),
    attempt('the undo before', () => undone.subject.has('Active', 'Active')),
    attempt('the event before', () => fresh.isMailed('d')),
    attempt('an answer now', async () => {
      await within.subject.answers(within.page);
      await within.subject.has('Inactive', 'Active');
      undoable = { subject: within.subject, page: await within.subject.page('r') };
    }),
    attempt('the sweep now', () => stack.launched.sweep()),
    attempt('AWS Config now', () => evaluated(stack)),
  ]);
  problems.push(
    ...moment.after.flatMap(([release, handlers]) => handlers.flatMap((one) => behind.running(release, one))),
  );
  return { problems, fresh, undoable };
}

/** Runs the rule of AWS Config once, after any run that is under way. Throws if the run fails. */
async function evaluated(stack: Stack): Promise<void> {
  const { config } = stack.launched;
  await eventually(
    async () => config.isRunning,
    (running) => !running,
  );
  const { error } = await config.runScheduled();
  if (error !== null) {
    throw new Error(error);
  }
}

function same(what: string, before: readonly string[], after: readonly string[], problems: string[]): void {
  if (before.join() !== after.join()) {
    problems.push(`${what} changed from ${before.join()} to ${after.join()}`);
  }
}
