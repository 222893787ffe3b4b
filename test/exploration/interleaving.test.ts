import { expect, test } from 'vitest';
import { DAY, MINUTE, secondsBetween } from '../../functions/core/model/time.ts';
import { atDepth } from '../depth.ts';
import { ACCOUNT, NEWER, OLDER, THIRD, USER_ID } from '../fakes/cases.ts';
import { endingOf, sameWorld } from './ending.ts';
import { castOf, freshStage, isAskedAgain, older, threeWeeksAgo, twoKeys, usedLately } from './scenarios.ts';
import type { Stage } from './stage.ts';
import { interleaved } from './turns.ts';

/** Of the pairs of calls one of so many is played, with every call of either pass among them. */
const SHARE = atDepth({ sample: 8, share: 2, all: 1 });

const WAKE = { kind: 'user' as const, account: ACCOUNT, userId: USER_ID, attempt: 0 };

const TOMORROW = {
  days: ['tue'],
  from: { hour: 9, minute: 0 },
  to: { hour: 16, minute: 0 },
  zone: 'UTC',
} as const;

/** The moments at which a pass claims something, and how the case goes on from there. */
const MOMENTS: Record<string, { before(stage: Stage): Promise<void>; after(stage: Stage): Promise<void> }> = {
  'a claim to switch off': { before: decided, after: untilClosed },
  'a claim as the change window opens': {
    async before(stage) {
      const { world, clock } = stage.m;
      world.policy = { ...world.policy, changeWindow: TOMORROW };
      const cast = castOf(stage);
      twoKeys(cast);
      await cast.lead.decides(NEWER);
      await stage.until('it is decided', () => stage.m.caseOf(USER_ID)?.phase === 'approved');
      await stage.pass(secondsBetween(clock.now(), '2026-11-24T09:00:00.000Z'));
      stage.loseMessages();
    },
    after: untilClosed,
  },
  'a claim to delete': {
    async before(stage) {
      await decided(stage);
      await stage.until(
        'it was seen off after the commit',
        () => progress(stage)?.seenInactive !== undefined,
      );
      stage.loseMessages();
      stage.m.clock.move(MINUTE);
    },
    after: untilClosed,
  },
  'a claim of an exception, which leaves two of three keys': {
    async before(stage) {
      const { owner, lead } = castOf(stage);
      owner.exists([{ ...older }, { ...older, id: THIRD }]);
      owner.creates(NEWER, threeWeeksAgo, usedLately);
      await lead.leaves([NEWER, OLDER], 12);
      stage.loseMessages();
    },
    async after(stage) {
      const { owner, platform } = castOf(stage);
      await stage.until('people are asked again', () => isAskedAgain(owner, 'exception-ended'));
      await platform.decides(NEWER);
      await untilClosed(stage);
    },
  },
  'a claim to delete what was kept inactive until a date': {
    async before(stage) {
      await decided(stage);
      await stage.until('the key is off', () => stage.m.caseOf(USER_ID)?.phase === 'grace');
      await castOf(stage).platform.putsOff(20);
      await stage.until(
        'it was seen off after the commit',
        () => progress(stage)?.seenInactive !== undefined,
      );
      stage.loseMessages();
      stage.m.clock.move(MINUTE);
    },
    after: untilClosed,
  },
  'a claim to bring back': {
    async before(stage) {
      await decided(stage);
      await stage.until('the key is off', () => stage.m.caseOf(USER_ID)?.phase === 'grace');
      await stage.pass(DAY);
      await castOf(stage).platform.restores(OLDER);
      stage.loseMessages();
    },
    after: (stage) => stage.pass(7 * DAY),
  },
};

function progress(stage: Stage) {
  return stage.m.caseOf(USER_ID)?.progress[OLDER];
}

/** A request is recorded, and no pass has looked at it. */
async function decided(stage: Stage): Promise<void> {
  const cast = castOf(stage);
  twoKeys(cast);
  await cast.lead.decides(NEWER);
  stage.loseMessages();
}

function untilClosed(stage: Stage): Promise<void> {
  return stage.until('the case is closed', () => {
    const current = stage.m.caseOf(USER_ID);
    return current?.phase === 'closed' && current.owed.length === 0;
  });
}

test.each(Object.entries(MOMENTS))(
  `two passes interleaved at one of ${SHARE} pairs of calls: %s`,
  { timeout: 120_000 },
  async (_name, moment) => {
    /** What was played to its end: the same state has the same future. */
    const seen = new Set<string>();
    const played = async (turns: readonly [number, number] | null) => {
      const stage = freshStage();
      await moment.before(stage);
      const writes: string[] = [];
      stage.m.iam.watchers.push(({ kind, keyId }) => {
        writes.push(`${kind} ${keyId} for version ${stage.m.caseOf(USER_ID)?.version}`);
      });
      const calls = await interleaved(stage, () => stage.reconcile(WAKE), turns);
      const atOnce = [...writes];
      expect(stage.broken).toEqual([]);
      const state = JSON.stringify([stage.facts(), [...stage.m.table.rows.values()], stage.m.clock.now()]);
      if (seen.has(state)) {
        return { calls, atOnce, ending: null };
      }
      seen.add(state);
      await moment.after(stage);
      expect(stage.broken).toEqual([]);
      return { calls, atOnce, ending: endingOf(stage) };
    };
    const calm = await played(null);
    expect(calm.atOnce, 'the moment is one of a claim').toHaveLength(1);
    if (calm.ending === null) {
      throw new Error('the calm run is the first');
    }
    for (let a = 0; a <= calm.calls; a += 1) {
      for (let b = a % SHARE; b <= calm.calls; b += SHARE) {
        const { atOnce, ending } = await played([a, b]);
        expect(atOnce.length, `one write after turns ${a}, ${b}: ${atOnce}`).toBe(1);
        if (ending === null) {
          continue;
        }
        sameWorld(calm.ending, ending);
        for (const [head, times] of calm.ending.told) {
          expect(ending.told.get(head), `${head} after turns ${a}, ${b}`).toBeGreaterThanOrEqual(times);
          expect(ending.told.get(head), `${head} after turns ${a}, ${b}`).toBeLessThanOrEqual(times + 1);
        }
      }
    }
  },
);
