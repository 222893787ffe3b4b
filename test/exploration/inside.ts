import { expect } from 'vitest';
import { paused, restored, resumed, revoked } from '../../functions/core/model/control.ts';
import type { Policy } from '../../functions/core/model/policy.ts';
import { DAY, HOUR, MINUTE, plus, secondsBetween } from '../../functions/core/model/time.ts';
import { decide, restore } from '../fakes/acts.ts';
import { ACCOUNT, NEWER, OLDER, THIRD, USER_ID } from '../fakes/cases.ts';
import { isAlive } from './alive.ts';
import { endingOf } from './ending.ts';
import { type Cast, castOf, freshStage, twoKeys } from './scenarios.ts';
import type { Stage } from './stage.ts';

/** The pass in the middle of which somebody acts. */
const WAKE = { kind: 'user' as const, account: ACCOUNT, userId: USER_ID, attempt: 0 };

/** Passes that change something, each with how the case comes there. */
export const MOMENTS: Readonly<Record<string, (cast: Cast) => Promise<void>>> = {
  'an answer is taken up, and its key deactivated': async (cast) => {
    twoKeys(cast);
    await cast.lead.decides(NEWER);
    cast.stage.loseMessages();
  },
  'a deletion is announced': async (cast) => {
    await graced(cast);
    const { graceEnds = '' } = progress(cast) ?? {};
    const left = secondsBetween(cast.stage.m.clock.now(), plus(graceEnds, -DAY));
    await cast.stage.pass(left - MINUTE);
    cast.stage.loseMessages();
    cast.stage.m.clock.move(MINUTE);
  },
  'a deletion is committed': async (cast) => {
    await graced(cast);
    const { graceEnds = '' } = progress(cast) ?? {};
    await cast.stage.pass(secondsBetween(cast.stage.m.clock.now(), graceEnds) - MINUTE);
    cast.stage.loseMessages();
    cast.stage.m.clock.move(MINUTE);
  },
  'a key is deleted': async (cast) => {
    await graced(cast);
    await cast.stage.until('it was seen off twice', () => progress(cast)?.seenInactive !== undefined);
    cast.stage.loseMessages();
    cast.stage.m.clock.move(MINUTE);
  },
  'a key is reactivated': async (cast) => {
    await graced(cast);
    await cast.stage.pass(DAY);
    await cast.platform.restores(OLDER);
    cast.stage.loseMessages();
  },
};

async function graced(cast: Cast): Promise<void> {
  twoKeys(cast);
  await cast.lead.decides(NEWER);
  await cast.stage.until('the key is off', () => cast.owner.phase() === 'grace');
}

function progress({ owner }: Cast) {
  return owner.current()?.progress[OLDER];
}

/** What somebody does, and the call by which a pass learns of it. What comes after the last such call, it cannot know. */
export interface Act {
  /** `claim`: a condition of the transaction (S8). `never`: an invocation ends under the settings it was shipped with. */
  readonly learns: 'iam.keys' | 'iam.user' | 'iam.lastUsed' | 'claim' | 'never';
  does(cast: Cast): unknown;
}

const setting = (changes: Partial<Policy>): Act => ({
  learns: 'never',
  does: ({ stage: { m } }) => {
    m.world.policy = { ...m.world.policy, ...changes };
  },
});

export const ACTS: Readonly<Record<string, Act>> = {
  'the kept key is deactivated': {
    learns: 'iam.keys',
    does: ({ owner }) => owner.status(NEWER) === 'Active' && owner.sets(NEWER, 'Inactive'),
  },
  'the kept key is deleted': { learns: 'iam.keys', does: ({ owner }) => owner.deletes(NEWER) },
  'the other key is switched by hand': {
    learns: 'iam.keys',
    does: ({ owner }) => {
      const status = owner.status(OLDER);
      return status === 'absent' ? null : owner.sets(OLDER, status === 'Active' ? 'Inactive' : 'Active');
    },
  },
  'the other key is deleted': { learns: 'iam.keys', does: ({ owner }) => owner.deletes(OLDER) },
  'a third key is created': { learns: 'iam.keys', does: ({ owner }) => owner.creates(THIRD) },
  'the other key is used': {
    learns: 'iam.lastUsed',
    does: ({ owner }) => owner.status(OLDER) === 'Active' && owner.uses(OLDER),
  },
  'the user is excluded': {
    learns: 'iam.user',
    does: ({ owner }) => owner.tags({ 'solekey:exclude': 'true' }),
  },
  'the user is renamed': { learns: 'iam.user', does: ({ owner }) => owner.renames('ci-deploy-eu') },
  'the user is deleted': { learns: 'iam.user', does: ({ owner }) => owner.isDeleted() },
  'an operator pauses': {
    learns: 'claim',
    does: ({ stage: { m } }) => {
      m.table.state.control = paused(m.table.state.control, m.clock.now());
    },
  },
  'the approver is revoked': {
    learns: 'claim',
    does: ({ stage: { m } }) => {
      m.table.state.control = revoked(m.table.state.control, 'sec-lead');
    },
  },
  'the other approver, who may have asked for the key back, is revoked': {
    learns: 'claim',
    does: ({ stage: { m } }) => {
      m.table.state.control = revoked(m.table.state.control, 'platform-lead');
    },
  },
  'the table is restored from a backup, and Solekey resumed at once': {
    learns: 'claim',
    does: ({ stage: { m } }) => {
      // In a play no time passes within a pass, and only answers from before are void.
      const now = plus(m.clock.now(), 1);
      m.table.state.control = resumed(restored(m.table.state.control, now), now);
    },
  },
  'another approver answers otherwise': {
    learns: 'claim',
    does: ({ stage: { m } }) => decide(m, 'platform-lead', OLDER, { inUse: true }),
  },
  'another approver asks for the key back': {
    learns: 'claim',
    does: ({ stage: { m } }) => restore(m, 'platform-lead', OLDER),
  },
  'the mode becomes observe': setting({ mode: 'observe' }),
  'nothing is to be deleted any more': setting({ deletion: 'never' }),
  'deletions are to be confirmed': setting({ deletion: 'on-confirmation' }),
  'the grace period becomes longer': setting({ grace: 10 * DAY }),
};

/** The calls of the pass, as `iam.keys`, and the last one by which an act can still be learnt of. */
export function lastLearning(calls: readonly string[], { learns }: Act): number {
  const write = calls.findIndex((call) => call.startsWith('iamWrites.'));
  if (learns === 'never' || write < 0) {
    return write < 0 ? calls.length : -1;
  }
  const earlier = calls.slice(0, write);
  // Which of these calls is about the key in question is not said, so only the first is sure to come in time.
  return learns === 'iam.lastUsed'
    ? earlier.indexOf(learns)
    : earlier.lastIndexOf(learns === 'claim' ? 'cases.commit' : learns);
}

/** The calls that the pass of a moment makes when nobody disturbs it. */
export async function callsOf(moment: (cast: Cast) => Promise<void>): Promise<string[]> {
  const stage = freshStage();
  await moment(castOf(stage));
  const before = stage.calls.length;
  await stage.reconcile(WAKE);
  return stage.calls.slice(before).map((site) => site.replace('reconcile ', ''));
}

/**
 * Plays a moment, and in its pass, right before the n-th call, the act. The monitor watches every write, but for those of
 * this pass when it cannot know of the act any more. Then nobody does anything for two weeks.
 */
export async function playedInside(
  moment: (cast: Cast) => Promise<void>,
  calls: readonly string[],
  act: Act,
  n: number,
  seen: Set<string>,
): Promise<'played' | 'as before'> {
  const stage = freshStage();
  const cast = castOf(stage);
  await moment(cast);
  const before = stage.calls.length;
  const blind = n > lastLearning(calls, act) ? blindfolded(stage) : null;
  stage.intercept = async (call, make) => {
    if (call.n === before + n) {
      await act.does(cast);
    }
    return make();
  };
  await stage.reconcile(WAKE);
  stage.intercept = (_call, make) => make();
  blind?.();
  expect(stage.broken).toEqual([]);
  const state = JSON.stringify([stage.facts(), [...stage.m.table.rows.values()], stage.m.world.policy]);
  if (seen.has(state)) {
    return 'as before';
  }
  seen.add(state);
  await stage.pass(2 * HOUR);
  const { table, clock } = stage.m;
  table.state.control = resumed(table.state.control, clock.now());
  await stage.pass(16 * DAY);
  isAlive(stage);
  endingOf(stage);
  return 'played';
}

/** Takes the monitor's complaints about writes, but not its memory of them. Returns how to end that. */
function blindfolded({ m, memory }: Stage): () => void {
  const [monitor] = m.iam.watchers;
  if (monitor === undefined) {
    throw new Error('nobody watches');
  }
  m.iam.watchers[0] = (write, user) => {
    try {
      monitor(write, user);
    } catch {
      const digest = m.caseOf(USER_ID)?.decision?.digest;
      if (write.kind === 'deactivate' && digest !== undefined) {
        memory.switchedOff.set(write.keyId, { at: write.at, digest });
      }
    }
  };
  return () => {
    m.iam.watchers[0] = monitor;
  };
}
