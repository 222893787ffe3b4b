import { Unreadable, type WriteAnswer } from '../../functions/app/ports.ts';
import type { Stage } from './stage.ts';
import { type Call, Injected } from './tap.ts';

/** What may go wrong with one call of a port. */
export const FAULTS = [
  /** The invocation dies before the call is made. */
  'crash-before',
  /** The call takes effect; the invocation dies before it has the answer. */
  'crash-after',
  /** The call takes effect at once; its answer comes 30 s later. */
  'late-answer',
  /** The call is 30 s under way before it takes effect and is answered. */
  'late-effect',
  /** The call takes effect; the invocation gets its answer 100 s later, after its lease, when others were at work. */
  'asleep',
  /** The call fails with an error and has no effect. */
  'fails-before',
  /** The call takes effect and fails with an error. */
  'fails-after',
  /** IAM shows what was so some seconds ago, less than `settle`. */
  'goes-back',
  /** IAM gives no answer, and makes the change when the lease is long over. */
  'lands-later',
] as const;

export type Fault = (typeof FAULTS)[number];

const LATE = 30;

/** Less than `settle`. */
const GOES_BACK = 50;

/** Longer than the lease of 90 s. */
const ASLEEP = 100;

/** Lets one call of the run go wrong. From then on messages are lost: only the sweep, time and persons are left. */
export function strike(stage: Stage, at: number, fault: Fault): void {
  const { clock, iam } = stage.m;
  const { lag } = iam;
  // Whoever goes back must have seen the past.
  lag.atMost = fault === 'goes-back' ? GOES_BACK : 0;
  stage.intercept = async (call, make) => {
    if (call.n !== at) {
      return make();
    }
    stage.loseMessages();
    switch (fault) {
      case 'crash-before':
        return call.by.die();
      case 'crash-after':
        await make();
        return call.by.die();
      case 'late-answer': {
        const answer = await make();
        clock.move(LATE);
        return answer;
      }
      case 'late-effect':
        clock.move(LATE);
        return make();
      case 'asleep': {
        const answer = await make();
        await stage.pass(ASLEEP);
        return answer;
      }
      case 'goes-back':
        Object.assign(lag, { keys: GOES_BACK, user: GOES_BACK, lastUsed: GOES_BACK });
        try {
          return await make();
        } finally {
          Object.assign(lag, { keys: 0, user: 0, lastUsed: 0 });
        }
      case 'lands-later':
        stage.m.iam.faults.unshift('lands-later');
        return make();
      case 'fails-before':
        return failing(call, 'refused');
      case 'fails-after':
        await make();
        return failing(call, 'unknown');
    }
  };
}

/** Each port fails in its own way: IAM's readers and writer promise what their failures look like. */
function failing({ site }: Call, writeOutcome: 'refused' | 'unknown'): unknown {
  if (site.includes(' iamWrites.')) {
    return { outcome: writeOutcome } satisfies WriteAnswer;
  }
  throw site.includes(' iam.') ? new Unreadable('failed', site) : new Injected(site);
}
