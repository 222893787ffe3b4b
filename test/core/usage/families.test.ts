import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, plus } from '../../../functions/core/model/time.ts';
import { familiesOf, familyText, MOST_FAMILIES, merged } from '../../../functions/core/usage/families.ts';
import { NOW } from '../../fakes/cases.ts';
import { CLI, event, family } from '../../fakes/usage.ts';

const ago = (days: number) => plus(NOW, -days * DAY);

describe('families', () => {
  it('count calls that are alike, with first and last, errors and writes', () => {
    expect(
      familiesOf([
        event({ at: ago(2), errorCode: 'AccessDenied' }),
        event({ at: ago(1), sourceIp: '203.0.113.99', readOnly: false }),
        event({ at: ago(3), readOnly: null }),
        event({ userAgent: CLI }),
      ]),
    ).toEqual([
      family({ agent: 'aws-cli' }),
      family({ first: ago(3), last: ago(1), count: 3, errors: 1, writes: 1 }),
    ]);
  });

  it.each([
    ['network', { sourceIp: '198.51.100.1' }],
    ['program', { userAgent: CLI }],
    ['service', { service: 'sts' }],
    ['Region', { region: 'us-east-1' }],
    ['service that called', { invokedBy: 'athena.amazonaws.com' }],
  ])('are two for another %s', (_, more) => {
    expect(familiesOf([event(), event(more)])).toHaveLength(2);
  });

  it('of one moment have an order of their own', () => {
    const [a, b] = [event({ service: 'a' }), event({ service: 'b' })];
    for (const events of [
      [a, b],
      [b, a],
    ]) {
      expect(familiesOf(events).map(({ service }) => service)).toEqual(['a', 'b']);
    }
  });

  it('beyond the limit are left out, the oldest first, and counted', () => {
    const all = Array.from({ length: MOST_FAMILIES + 2 }, (_, n) =>
      family({ service: `s${n}`, last: ago(n) }),
    );
    const { families, leftOut } = merged(all);
    expect([families.length, leftOut]).toEqual([MOST_FAMILIES, 2]);
    expect(families.at(-1)?.service).toBe(`s${MOST_FAMILIES - 1}`);
    expect(merged()).toEqual({ families: [], leftOut: 0 });
  });

  it('are the same however the events come in windows, and no call is lost', () => {
    const some = fc.record({
      at: fc.integer({ min: 0, max: 90 }).map(ago),
      service: fc.constantFrom('s3', 'sts', 'ec2'),
      sourceIp: fc.constantFrom('203.0.113.1', '198.51.100.1'),
      errorCode: fc.constantFrom(null, 'AccessDenied'),
      readOnly: fc.constantFrom(true, false, null),
    });
    fc.assert(
      fc.property(fc.array(some), fc.nat(), (parts, cut) => {
        const events = parts.map(event);
        const at = events.length === 0 ? 0 : cut % events.length;
        const whole = merged(familiesOf(events)).families;
        expect(merged(familiesOf(events.slice(at)), familiesOf(events.slice(0, at))).families).toEqual(whole);
        expect(whole.reduce((sum, { count }) => sum + count, 0)).toBe(events.length);
        expect(new Set(whole.map(familyText)).size).toBe(whole.length);
      }),
    );
  });
});
