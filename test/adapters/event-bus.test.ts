import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { eventBus } from '../../functions/adapters/event-bus.ts';
import { caseEvents } from '../../functions/core/messages/case-events.ts';
import { aCase, NOW, POLICY } from '../fakes/cases.ts';

const bridge = mockClient(EventBridgeClient);
const bus = eventBus(new EventBridgeClient({}));
const put = () => bridge.commandCalls(PutEventsCommand).map((call) => call.args[0].input.Entries ?? []);
const events = (count: number) =>
  caseEvents(
    aCase(),
    { n: 7, at: NOW, events: Array.from({ length: count }, () => ({ code: 'opened' as const })) },
    POLICY,
  );
const accepted = (count: number) => ({ Entries: Array.from({ length: count }, () => ({ EventId: 'e' })) });

beforeEach(() => {
  bridge.reset();
  bridge.on(PutEventsCommand).callsFake(({ Entries }) => accepted(Entries.length));
});

describe('the event bus', () => {
  it('gets each event with our source, its detail type, its time and its detail', async () => {
    const [event] = events(1);
    await bus.put(events(1));
    expect(put()).toEqual([
      [
        {
          Source: 'solekey',
          DetailType: 'Solekey Case Detected',
          Detail: JSON.stringify(event?.detail),
          Time: new Date(NOW),
        },
      ],
    ]);
  });

  it('gets ten with one call, and more with a second', async () => {
    await bus.put(events(10));
    expect(put().map(({ length }) => length)).toEqual([10]);
    bridge.resetHistory();
    await bus.put(events(11));
    expect(put().map(({ length }) => length)).toEqual([10, 1]);
  });

  it('gets once more only what it refused, and then nothing is wrong', async () => {
    bridge
      .on(PutEventsCommand)
      .resolvesOnce({
        FailedEntryCount: 1,
        Entries: [{ EventId: 'e' }, { ErrorCode: 'ThrottlingException' }],
      })
      .resolves(accepted(1));
    await bus.put(events(2));
    expect(put().map((entries) => entries.map(({ Detail }) => JSON.parse(Detail ?? '').id.at(-1)))).toEqual([
      ['0', '1'],
      ['1'],
    ]);
  });

  it.each([
    ['refuses an event twice', { Entries: [{ ErrorCode: 'InternalFailure' }] }],
    ['does not say what became of an event', {}],
  ])('fails if EventBridge %s', async (_what, answer) => {
    bridge.on(PutEventsCommand).resolves(answer);
    await expect(bus.put(events(1))).rejects.toThrow('EventBridge refused 1 of 1 events.');
  });

  it('fails if EventBridge is away', async () => {
    bridge.on(PutEventsCommand).rejects(new Error('EventBridge is away'));
    await expect(bus.put(events(1))).rejects.toThrow('EventBridge is away');
  });
});
