import { expect, it } from 'vitest';
import type { CountedCall } from '../../../sandbox/gateway/counts.ts';
import { PATIENCE_MS, type Stack } from '../stack.ts';

const TIMED = 20;

/** Must run while nothing else does: it counts every call that reconcile makes. */
export function callsPerDetection(stack: () => Stack): void {
  it('makes at most ten AWS calls and three per recipient from event to mail', async () => {
    const { counts, trail } = stack().launched.world.gateway;
    await stack().violator('warm-up', 'heard');
    await stack().launched.inbox.waitFor({ userName: 'warm-up' }, PATIENCE_MS);
    // Longer than AWS Config waits between two runs, so that no wish of an earlier part is still under way.
    await quiet(stack(), 4_000);
    const { record } = await stack().violator('counted', 'unheard');
    const before = await seenByEmulators(stack());
    counts.reset();
    trail.deliver(record);
    const recipients = stack().launched.settings.approvers;
    await everyMail(stack(), 'counted');
    await quiet(stack());
    const made = counts.calls({ caller: stack().output('ReconcileFunctionName') });
    const calls = made.map(nameOf);
    expect(calls).toContain(REFRESH);
    expect(calls.filter((name) => name === PUT)).toHaveLength(1);
    const ofEvent = calls.slice(0, calls.indexOf(REFRESH)).filter((name) => name !== PUT);
    const after = calls.slice(calls.indexOf(REFRESH));
    const allowed = 10 + 3 * recipients.length;
    expect(ofEvent.filter((name) => name === 'sns:Publish')).toHaveLength(recipients.length + 1);
    expect(ofEvent).toSatisfy((names: string[]) => names.length <= allowed, `at most ${allowed} calls`);
    // Then the wish for AWS Config, the end of the event in the once table, and what the wish leads to a little later.
    expect(after).toSatisfy(
      (names: string[]) => names.filter((name) => !AFTERWARDS.has(name)).length === 0,
      `nothing but ${[...AFTERWARDS].join(', ')}`,
    );
    // No call went past the gateway: the emulators counted as many at their own ports. (AWS Config is the gateway's own.)
    const passedOn = made.filter(({ service }) => service !== 'config').map(({ service }) => service);
    const arrived = await seenByEmulators(stack());
    const more = [...arrived].map(
      ([service, count]) => [service, count - (before.get(service) ?? 0)] as const,
    );
    expect(Object.fromEntries(more.filter(([, count]) => count > 0))).toEqual(tally(passedOn));
  });

  it(`brings ${TIMED} mails, one after the other, in a time that is printed`, async () => {
    const { trail } = stack().launched.world.gateway;
    const times: number[] = [];
    for (let index = 1; index <= TIMED; index += 1) {
      const { record, userName } = await stack().violator(`timed-${index}`, 'unheard');
      const began = performance.now();
      trail.deliver(record);
      await everyMail(stack(), userName);
      times.push(performance.now() - began);
    }
    times.sort((a, b) => a - b);
    const median = ((times[TIMED / 2 - 1] ?? 0) + (times[TIMED / 2] ?? 0)) / 2;
    process.stdout.write(
      `From event to the last approver's inbox, notifyAfter PT0S: ${seconds(median)} (median of ${TIMED}; ` +
        `${seconds(times[0])} to ${seconds(times.at(-1))})\n`,
    );
    expect(times).toHaveLength(TIMED);
  }, 240_000);
}

const seconds = (ms = 0): string => `${(ms / 1_000).toFixed(2)} s`;

/** Resolves when every approver was told about the user. */
async function everyMail({ launched }: Stack, userName: string): Promise<void> {
  const { approvers } = launched.settings;
  await Promise.all(
    approvers.map(({ email }) => launched.inbox.waitFor({ recipient: email, userName }, PATIENCE_MS)),
  );
}

/** Reconcile's requests that arrived at the emulators, by service, as they counted them. */
async function seenByEmulators(stack: Stack): Promise<ReadonlyMap<string, number>> {
  const seen = await stack.launched.world.emulators.seen();
  const ours = seen.filter(({ caller }) => caller === stack.output('ReconcileFunctionName'));
  return new Map(ours.map(({ service, count }) => [service, count]));
}

function tally(names: readonly string[]): Record<string, number> {
  const counted: Record<string, number> = {};
  for (const name of names) {
    counted[name] = (counted[name] ?? 0) + 1;
  }
  return counted;
}

/** The one call that the view in AWS Config costs a pass, made when all mail is out. */
const REFRESH = 'sqs:SendMessageBatch';

/** The one call that tells other programs. It goes out beside the wish. */
const PUT = 'events:PutEvents';

const AFTERWARDS = new Set([
  REFRESH,
  PUT,
  // The question about usage goes out beside it, in either order.
  'sqs:SendMessage',
  'dynamodb:UpdateItem',
  'dynamodb:GetItem',
  'dynamodb:PutItem',
  'config:StartConfigRulesEvaluation',
]);

const nameOf = ({ service, action }: CountedCall): string => `${service}:${action}`;

/** Resolves when reconcile called nothing for so long. (Witness calls CloudTrail once a second for a while.) */
async function quiet(stack: Stack, forMs = 500): Promise<void> {
  const { counts } = stack.launched.world.gateway;
  const made = () => counts.count({ caller: stack.output('ReconcileFunctionName') });
  for (let before = -1; before !== made(); ) {
    before = made();
    await new Promise((resolve) => setTimeout(resolve, forMs));
  }
}
