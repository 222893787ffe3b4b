import { setTimeout as pause } from 'node:timers/promises';
import { GetQueueAttributesCommand, SetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PACE_TERMS } from '../../functions/core/channel/pace-terms.ts';
import { type Launched, launchWorld } from '../../sandbox/launch/launch.ts';
import { SHORT_SETTINGS } from '../../sandbox/launch/settings.ts';
import { type Item, Stack } from '../e2e/stack.ts';
import { workersOf } from './workers.ts';

/** Each makes two keys; some switch the first off and on again. Together a thousand events. */
const USERS = 300;
const RESTLESS = 200;
const EVENTS = 2 * USERS + 2 * RESTLESS;

const KILLS = 40;
const KILL_EVERY_MS = 2_000;

/** As in AWS, not shorter than a run may take: otherwise messages that are still being handled are given out again, and given up. */
const VISIBILITY_SECONDS = 60;
const WITHIN_MS = 420_000;

/** A digest that came earlier would leave some users to that of the next day. */
const POOLING_SECONDS = 270;

/** Reading the whole table costs time that reconcile needs. */
const LOOK_EVERY_MS = 3_000;

/** Owners who work at the same time. */
const AT_ONCE = 10;

interface Told {
  readonly userName: string;
  readonly owed: readonly { readonly recipient: string }[];
  readonly toldAt: string | null;
  readonly keys: readonly { readonly status: string }[];
}

interface Entry {
  readonly events: readonly { readonly code: string; readonly by?: string }[];
}

let launched: Launched;
let stack: Stack;

beforeAll(async () => {
  launched = await launchWorld({
    say: () => undefined,
    settings: {
      ...SHORT_SETTINGS,
      notifyAfter: 'PT0S',
      rotationWindow: 'PT0S',
      grace: 'PT1H',
      deletionNotice: 'PT30M',
      config: { maxRunsPerDay: 0 },
      usage: 'off',
    },
    // The limits of AWS, but for the time until the digest, which comes when everything has happened.
    pace: { ...PACE_TERMS, pooling: POOLING_SECONDS },
  });
  stack = new Stack(launched);
  const sqs = launched.clients.make(SQSClient);
  for (const QueueUrl of [stack.output('WakeQueueUrl'), stack.eventQueueUrl]) {
    const Attributes = { VisibilityTimeout: String(VISIBILITY_SECONDS) };
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes }));
  }
});
afterAll(() => launched?.stop());

const nameOf = (n: number) => `burst-${n}`;

async function keysOf(n: number): Promise<void> {
  const userName = nameOf(n);
  await stack.owners.createUser(userName, 1_000);
  const first = await stack.owners.createKey(userName, { daysOld: 300, usedHoursAgo: 900 });
  await stack.owners.createKey(userName, { daysOld: 40, usedHoursAgo: 100 });
  if (n < RESTLESS) {
    await stack.owners.switchOff(userName, first);
    await stack.owners.switchOn(userName, first);
  }
}

/** All users, with so many owners at work at the same time. */
async function everybody(): Promise<void> {
  let next = 0;
  const owner = async () => {
    while (next < USERS) {
      next += 1;
      await keysOf(next - 1);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, owner));
}

/** Kills workers of reconcile, one after the other, while they are at work; ends when that many are dead. */
async function killing(): Promise<number> {
  const killed = new Set<number>();
  while (killed.size < KILLS) {
    const [worker] = workersOf(launched.world, stack.output('ReconcileFunctionName')).filter(
      ({ pid }) => !killed.has(pid),
    );
    if (worker !== undefined) {
      process.kill(worker.pid, 'SIGKILL');
      killed.add(worker.pid);
    }
    await pause(KILL_EVERY_MS);
  }
  return killed.size;
}

/** The number of messages in each queue of the stack, by its logical id without the hash. */
async function queued(): Promise<Readonly<Record<string, number>>> {
  const sqs = launched.clients.make(SQSClient);
  const { resources } = launched.deployed;
  const ids = Object.entries(launched.assembly.template.Resources).flatMap(([id, { Type }]) =>
    Type === 'AWS::SQS::Queue' ? [id] : [],
  );
  const counts = await Promise.all(
    ids.map(async (id) => {
      const names = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;
      const { Attributes } = await sqs.send(
        new GetQueueAttributesCommand({ QueueUrl: resources[id], AttributeNames: [...names] }),
      );
      return [id, names.reduce((sum, name) => sum + Number(Attributes?.[name] ?? 0), 0)] as const;
    }),
  );
  return Object.fromEntries(counts);
}

const casesIn = (items: readonly Item[]): Told[] =>
  items.flatMap(({ sk, case: current }) => (sk === 'CASE' ? [current as unknown as Told] : []));

/** Notices to people that no mail and no digest has told yet. */
const untold = (cases: readonly Told[]) => cases.flatMap(({ owed }) => owed).length;

/** Every item, once each user has a case of which everybody was told and all queues are empty. Throws if that never comes. */
async function everybodyTold(deadline: number): Promise<readonly Item[]> {
  for (; ; await pause(LOOK_EVERY_MS)) {
    const queues = await queued();
    const items = await stack.everything();
    const cases = casesIn(items);
    const told = cases.filter(({ toldAt }) => toldAt !== null).length;
    if (told === USERS && untold(cases) === 0 && Object.values(queues).every((count) => count === 0)) {
      return items;
    }
    if (Date.now() > deadline) {
      throw new Error(
        `${cases.length} cases, ${told} of them told, ${untold(cases)} notices wait, ${JSON.stringify(queues)}`,
      );
    }
  }
}

it(`${EVENTS} events over ${USERS} users while ${KILLS} workers are killed: all recorded, everybody told, nothing left`, async () => {
  const began = Date.now();
  const { counts } = launched.world.gateway;
  counts.reset();
  const [killed] = await Promise.all([killing(), everybody()]);
  const made = Date.now();

  const items = await everybodyTold(made + WITHIN_MS);

  const cases = casesIn(items);
  expect(cases.map(({ userName }) => userName).sort()).toEqual(
    Array.from({ length: USERS }, (_, n) => nameOf(n)).sort(),
  );
  expect(cases.every(({ keys }) => keys.filter(({ status }) => status === 'Active').length === 2)).toBe(true);
  for (const { id } of launched.settings.approvers) {
    const told = items.filter(({ entry }) =>
      ((entry as Entry | undefined)?.events ?? []).some(({ code, by }) => code === 'told' && by === id),
    );
    expect(new Set(told.map(({ pk }) => pk)).size, `users of whom ${id} was told`).toBe(USERS);
  }
  expect(await stack.deadLetters()).toEqual([]);
  const caller = stack.output('ReconcileFunctionName');
  const called = (service: string, action?: string) =>
    counts.count({ service, caller, ...(action && { action }) });
  process.stdout.write(
    `${EVENTS} events, ${killed} workers killed: ${Math.round((made - began) / 1_000)} s until all keys were made, ` +
      `${Math.round((Date.now() - began) / 1_000)} s until everybody was told; ` +
      `${called('iam', 'ListAccessKeys')} observations, ${called('iam')} calls of IAM, ${called('dynamodb')} of the table, ` +
      `${called('sns', 'Publish')} messages\n`,
  );
}, 900_000);
