import { describe, expect, it } from 'vitest';
import { readPackOrder } from '../../../functions/contracts/pack-order.ts';
import { DAY, HOUR, MINUTE, plus } from '../../../functions/core/model/time.ts';
import { packKey } from '../../../functions/core/records/pack/order.ts';
import { NOW } from '../../fakes/cases.ts';
import { CALLER, ControlWorld, ran } from '../../fakes/control-world.ts';

const PERIOD = ['--from', '2026-10-01', '--to', '2026-10-31'];
const WHY = ['--reason', 'audit of 2026'];
const ASK = ['evidence', ...PERIOD, '--out', 'pack.zip', ...WHY];

/** A world in which records builds the pack after this many seconds. */
function building(seconds: number): ControlWorld {
  const w = new ControlWorld();
  w.objects = {};
  w.reading = () => {
    const number = w.entries.at(-1)?.number;
    if (number !== undefined && w.waited >= seconds) {
      w.objects = { ...w.objects, [packKey(number)]: 'the pack' };
    }
  };
  return w;
}

/** The world as it is this much later. */
function later(w: ControlWorld, seconds: number): ControlWorld {
  for (const [at, entry] of w.entries.entries()) {
    w.entries[at] = { ...entry, at: plus(entry.at, -seconds) };
  }
  return w;
}

describe('evidence', () => {
  it('asks in the ledger, waits until the pack is there, saves it, and says how to verify it', async () => {
    const w = building(10 * MINUTE);
    const { code, out, err } = await ran(w, ...ASK, '--sample', '25', '--seed', '7', '--full-ids');
    expect([code, out]).toEqual([0, 'pack.zip: the evidence pack of 2026-10-01 to 2026-10-31, 8 bytes.']);
    expect(w.files).toEqual({ 'pack.zip': 'the pack' });
    const about = { from: '2026-10-01', to: '2026-10-31', fullIds: true, sample: 25, seed: 7 };
    expect(w.entries).toMatchObject([{ command: 'evidence', by: CALLER, reason: 'audit of 2026', about }]);
    expect(w.entries.map(readPackOrder)).toEqual([about]);
    expect(err).toContain('Waiting for the pack since 5 minutes; at most 40.');
    expect(err).toContain('npm run verify -- pack.zip --key public.pem');
    expect(w.told).toMatchObject([{ subject: '[Solekey] 123456789012: asked for an evidence pack' }]);
    expect(w.told[0]?.text).toContain('with full ids of access keys');
  });

  it('says what to do if the pack does not come', async () => {
    const { code, out, err } = await ran(building(2 * HOUR), ...ASK);
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain('after 40 minutes it is not there');
    expect(err).toContain('Type the same command again: it waits for the same pack.');
  });

  it('does not ask twice within an hour, nor for a day while the pack is owed', async () => {
    const w = building(50 * MINUTE);
    await ran(w, ...ASK);
    const again = await ran(later(w, 3 * HOUR), ...ASK);
    expect(again).toMatchObject({ code: 0 });
    expect(again.err).toContain('Entry 1 of the ledger asks for the same, so nothing was asked for again.');
    expect(w.entries).toHaveLength(1);
    await ran(later(w, 0), 'evidence', ...PERIOD, '--out', 'other.zip', ...WHY);
    expect(w.entries, 'more than an hour ago, and the pack is there').toHaveLength(2);
    await ran(w, 'evidence', ...PERIOD, '--out', 'third.zip', ...WHY);
    expect(w.entries, 'a moment ago').toHaveLength(2);
    await ran(w, 'evidence', ...PERIOD, '--full-ids', '--out', 'fourth.zip', ...WHY);
    expect(w.entries, 'something else').toHaveLength(3);
  });

  it('asks again if no pack came for a day', async () => {
    const w = building(10 * DAY);
    await ran(w, ...ASK);
    await ran(later(w, DAY), ...ASK);
    expect(w.entries).toHaveLength(2);
  });

  it('says that the request stands if reading fails while it waits', async () => {
    const w = new ControlWorld();
    w.reading = () => {
      throw Object.assign(new Error('expired'), { name: 'ExpiredTokenException' });
    };
    const { code, err } = await ran(w, ...ASK);
    expect(code).toBe(1);
    expect(err).toContain('The request is recorded as entry 1, and reading failed: expired.');
    expect(err).not.toContain('Nothing was changed');
  });

  it.each([
    [
      ['--from', '2026-10-31', '--to', '2026-10-01', '--out', 'x'],
      'The period ends on 2026-10-01, before it',
    ],
    [['--from', '2026-10-31', '--to', '2026-11-24', '--out', 'x'], '2026-11-24 has not come yet'],
    [[...PERIOD, '--out', 'there.zip'], 'there.zip exists already, and is left as it is'],
    [[...PERIOD, '--out', 'x', '--sample', '25'], 'A sample needs both --sample and --seed'],
  ])('%j is refused, and asks for nothing', async (line, says) => {
    const w = building(0);
    w.files['there.zip'] = 'kept';
    const { code, err } = await ran(w, 'evidence', ...line, ...WHY);
    expect([code, err]).toEqual([1, expect.stringContaining(`Nothing was changed. ${says}`)]);
    expect([w.entries, w.files]).toEqual([[], { 'there.zip': 'kept' }]);
  });

  it('needs a stack that signs records', async () => {
    const w = new ControlWorld();
    w.objects = null;
    expect((await ran(w, ...ASK)).err).toContain('The stack has no bucket of records: deploy release 0.11.0');
    expect([w.entries, NOW > '2026']).toEqual([[], true]);
  });

  it('an order that another command wrote, or another release, is none', () => {
    const about = { from: '2026-10-01', to: '2026-10-31', fullIds: false, sample: null, seed: null };
    expect(readPackOrder({ command: 'evidence', about })).toEqual(about);
    expect(readPackOrder({ command: 'erase', about })).toBe(null);
    expect(readPackOrder({ command: 'evidence', about: { ...about, from: 'yesterday' } })).toBe(null);
    expect(readPackOrder({ command: 'evidence' })).toBe(null);
  });
});
