/** For random arrivals: nothing that waits for a digest waits for ever, whatever is lost, fails, or happens in between. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  afterDigest,
  duesNow,
  isAnyDue,
  type Pace,
  type Slot,
  turnFor,
  UNUSED_PACE,
  underWay,
  withDigest,
} from '../../../functions/core/channel/pace.ts';
import {
  DAY,
  HOUR,
  hourOf,
  type Instant,
  MINUTE,
  plus,
  secondsBetween,
} from '../../../functions/core/model/time.ts';
import { NOW } from '../../fakes/cases.ts';

/** Digests at 07:00 UTC. A time zone would only make this slow. */
const slot: Slot = (after) => {
  const today = `${after.slice(0, 10)}T07:00:00.000Z`;
  return after < today ? today : plus(today, DAY);
};

interface Notice {
  readonly kind: 'ordinary' | 'urgent';
  readonly at: Instant;
}

type Sent = Pick<Notice, 'at'> & { readonly mail: Notice['kind'] | 'digest' };

/** A digest is written without trouble, SNS refuses it, or it is written while a notice arrives that it misses. */
type Writing = 'well' | 'refused' | 'missing-one';

/** What happens: a notice, or time passes with the sweep's run after it. */
type Step = { readonly notice: Notice['kind'] } | { readonly passes: number; readonly writing: Writing };

/** An address, with everything that was sent to it and everything that still waits. */
class Address {
  pace: Pace = UNUSED_PACE;
  now: Instant = NOW;
  readonly sent: Sent[] = [];
  readonly waited: { readonly kind: Notice['kind']; readonly seconds: number }[] = [];
  pooled: Notice[] = [];

  arrive(kind: Notice['kind']): void {
    const turn = turnFor(this.pace, kind, this.now, slot);
    if (turn.kind === 'go') {
      this.pace = turn.next;
      this.sent.push({ mail: kind, at: this.now });
    } else {
      this.pool(kind);
    }
  }

  pool(kind: Notice['kind']): void {
    this.pooled.push({ kind, at: this.now });
    this.pace = withDigest(this.pace, kind === 'urgent' ? 'urgent' : 'new', this.now, slot);
  }

  sweep(writing: Writing): void {
    if (!isAnyDue(this.pace, this.now)) {
      return;
    }
    const dues = duesNow(this.pace, this.now);
    const claimed = underWay(this.pace, this.now);
    this.pace = claimed;
    const read = this.pooled.filter(({ kind }) => dues.daily || kind === 'urgent');
    if (writing === 'missing-one') {
      this.pool('urgent');
    }
    const turn = turnFor(this.pace, 'digest', this.now, slot);
    const goes = read.length > 0 && turn.kind === 'go' && writing !== 'refused';
    if (goes) {
      this.pace = turn.next;
      this.sent.push({ mail: 'digest', at: this.now });
      for (const { kind, at } of read) {
        this.waited.push({ kind, seconds: secondsBetween(at, this.now) });
      }
      this.pooled = this.pooled.filter((one) => !read.includes(one));
    }
    const end = goes ? 'sent' : read.length === 0 ? 'nothing-to-say' : 'refused';
    this.pace = afterDigest(this.pace, claimed, dues, end, this.now, slot, { mode: 'enforce' });
  }
}

const steps = fc.array(
  fc.oneof(
    fc.record({ notice: fc.constantFrom<Notice['kind']>('ordinary', 'urgent') }),
    fc.record({
      passes: fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: DAY })),
      writing: fc.constantFrom<Writing>('well', 'well', 'well', 'refused', 'missing-one'),
    }),
  ),
  { maxLength: 60 },
) satisfies fc.Arbitrary<Step[]>;

/** The sweep runs every five minutes, whatever else happens. */
const SWEEP = 5 * MINUTE;

function lived(life: readonly Step[]): Address {
  const address = new Address();
  const passing = (seconds: number, writing: Writing) => {
    let trouble: Writing = writing;
    for (let left = seconds; left > 0; left -= SWEEP) {
      address.now = plus(address.now, Math.min(left, SWEEP));
      const due = isAnyDue(address.pace, address.now);
      address.sweep(trouble);
      trouble = due ? 'well' : trouble;
    }
  };
  for (const step of life) {
    if ('notice' in step) {
      address.arrive(step.notice);
    } else {
      passing(step.passes, step.writing);
    }
  }
  passing(DAY + HOUR, 'well');
  return address;
}

describe('a notice that waits for a digest', () => {
  it('is told within a day, an urgent one within three quarters of an hour, and no limit is exceeded', () => {
    fc.assert(
      fc.property(steps, (life) => {
        const { pooled, sent, waited } = lived(life);
        expect(pooled).toEqual([]);
        for (const { kind, seconds } of waited) {
          // A run may fail once, an hour may be full, and the sweep comes every five minutes.
          expect(seconds).toBeLessThanOrEqual(kind === 'urgent' ? 45 * MINUTE : DAY + 2 * HOUR);
        }
        for (const [index, { at, mail }] of sent.entries()) {
          const inHour = sent.slice(0, index).filter((one) => hourOf(one.at) === hourOf(at));
          expect(inHour.length).toBeLessThan(mail === 'ordinary' ? 3 : 20);
        }
      }),
      { numRuns: 100 },
    );
  });
});
