import { describe, expect, it } from 'vitest';
import { type EventFault, Faults } from '../../sandbox/gateway/faults.ts';
import { readArguments } from '../../sandbox/story/arguments.ts';
import { disturbEvents } from '../../sandbox/story/disturb.ts';

type Event = { readonly eventName: string; readonly userName: string };

const EVENTS: readonly Event[] = ['anna', 'ben', 'carl'].flatMap((userName) =>
  ['CreateAccessKey', 'UpdateAccessKey', 'DeleteAccessKey', 'UpdateUser', 'AttachUserPolicy'].flatMap(
    (eventName) => Array.from({ length: 20 }, () => ({ eventName, userName })),
  ),
);

/** What becomes of each event, by event, when they come in this order. */
function fates(seed: number, events: readonly Event[], known: readonly string[] = []) {
  const faults = new Faults();
  const { tally } = disturbEvents({ faults, seed, hasCase: (userName) => known.includes(userName) });
  const met: Record<string, (EventFault | undefined)[]> = {};
  for (const event of events) {
    const kind = `${event.userName}/${event.eventName}`;
    met[kind] = [...(met[kind] ?? []), faults.takeForEvent(event)];
  }
  return { met, tally };
}

describe('disturbed events', () => {
  it('meet a fate that depends on the seed and not on the order among users', () => {
    const { met, tally } = fates(7, EVENTS, ['anna']);
    expect(fates(7, [...EVENTS].reverse(), ['anna']).met).toEqual(met);
    expect(fates(8, EVENTS, ['anna']).met).not.toEqual(met);
    expect(tally.seen).toBe(EVENTS.length);
    expect(Math.min(tally.lost, tally.doubled, tally.late)).toBeGreaterThan(20);
    expect(tally.lost + tally.doubled + tally.late).toBeLessThan(tally.seen);
  });

  it('never lose a new key of a user without a case, or a quarantine', () => {
    const lost = (known: readonly string[]) =>
      Object.entries(fates(3, EVENTS, known).met)
        .filter(([, all]) => all.includes('lose'))
        .map(([kind]) => kind);
    expect(lost([])).not.toContainEqual(expect.stringContaining('CreateAccessKey'));
    expect(lost(['ben'])).toContain('ben/CreateAccessKey');
    expect(lost([])).toContain('anna/DeleteAccessKey');
    expect(lost(['anna', 'ben', 'carl'])).not.toContainEqual(expect.stringContaining('AttachUserPolicy'));
  });

  it('come with throttled reads of ours, and of nobody else', () => {
    const struck = (
      seed: number,
      call: { readonly service: string; readonly action: string; readonly caller: string },
    ) => {
      const faults = new Faults();
      const { tally } = disturbEvents({ faults, seed, hasCase: () => true });
      const met = Array.from({ length: 400 }, () => faults.takeForCall(call) !== undefined);
      expect(tally.throttled).toBe(met.filter(Boolean).length);
      return met;
    };
    const ours = { service: 'iam', action: 'GetUser', caller: 'Solekey-ReconcileFunction1' };
    expect(struck(5, ours)).toEqual(struck(5, ours));
    expect(struck(6, ours)).not.toEqual(struck(5, ours));
    const share = struck(5, ours).filter(Boolean).length / 400;
    expect(share > 0.01 && share < 0.12).toBe(true);
    for (const other of [{ action: 'UpdateAccessKey' }, { service: 'sqs' }, { caller: 'AKIAOWNER' }]) {
      expect(struck(5, { ...ours, ...other })).not.toContain(true);
    }
  });

  it('leave planned faults alone, and end when the faults are cleared', () => {
    const faults = new Faults();
    disturbEvents({ faults, seed: 1, hasCase: () => true });
    faults.disturbEvents({ userName: 'anna' }, { delayMs: 123 }, 1);
    expect(faults.takeForEvent({ eventName: 'TagUser', userName: 'anna' })).toEqual({ delayMs: 123 });
    faults.clear();
    expect(EVENTS.map((event) => faults.takeForEvent(event)).filter((fault) => fault !== undefined)).toEqual(
      [],
    );
  });
});

describe('the command line of the story', () => {
  it('is calm, or disturbed from a seed', () => {
    expect(readArguments([])).toEqual({ seed: undefined });
    expect(readArguments(['--disturb', '--seed', '42'])).toEqual({ seed: 42 });
    expect(readArguments(['--disturb']).seed).toBeTypeOf('number');
    for (const wrong of [['--seed', '1'], ['--disturb', '--seed'], ['--disturb', '--seed', '-1'], ['now']]) {
      expect(() => readArguments(wrong)).toThrow(/Usage: npm run story/);
    }
  });
});
