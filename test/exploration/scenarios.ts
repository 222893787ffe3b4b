import type { Policy } from '../../functions/core/model/policy.ts';
import { DAY, HOUR, MINUTE, plus } from '../../functions/core/model/time.ts';
import { NEWER, NOW, OLDER, POLICY, THIRD, used } from '../fakes/cases.ts';
import type { TrueKey } from '../fakes/iam.ts';
import { type Owner, ownerOn, tellOfOurWrites } from './owner.ts';
import { personOn } from './person.ts';
import type { Strike } from './plan.ts';
import { type Stage, stageOf } from './stage.ts';

/** What people and owners do from detection to closing. Everything else is Solekey's part. */
export interface Scenario {
  readonly name: string;
  /** Settings that it is about. */
  readonly policy?: Partial<Policy>;
  /** True for faults after which it rightly ends in another world. */
  readonly leavesOut?: (strike: Strike) => boolean;
  play(cast: Cast): Promise<void>;
}

/** A use within the last seconds must show in this scenario, which IAM promises nobody (fact last-used). */
export const hidesUse = ({ site, fault }: Strike): boolean =>
  fault === 'goes-back' && site === 'reconcile iam.lastUsed';

export interface Cast {
  readonly stage: Stage;
  readonly owner: Owner;
  readonly lead: ReturnType<typeof personOn>;
  readonly platform: ReturnType<typeof personOn>;
}

/** Users are excluded by tag, and usage is asked for. */
const EXCLUDING: Policy = {
  ...POLICY,
  usage: [],
  exclude: { tag: { key: 'solekey:exclude', value: 'true' }, users: [] },
};

/** Whoever has the name of a user who is gone. */
export const SUCCESSOR = 'AIDAJQABLZS4A3EXAMPLE';

export function freshStage({ policy }: Pick<Scenario, 'policy'> = {}): Stage {
  const stage = stageOf({ ...EXCLUDING, ...policy });
  tellOfOurWrites(stage);
  return stage;
}

export function castOf(stage: Stage): Cast {
  return {
    stage,
    owner: ownerOn(stage),
    lead: personOn(stage, 'sec-lead'),
    platform: personOn(stage, 'platform-lead'),
  };
}

export const older: TrueKey = {
  id: OLDER,
  status: 'Active',
  created: plus(NOW, -600 * DAY),
  lastUsed: used(plus(NOW, -43 * DAY)),
};
export const usedLately = used(plus(NOW, -3 * DAY));
export const threeWeeksAgo = plus(NOW, -21 * DAY);

/** Two keys, the second three weeks old: no rotation any more, so people are asked. */
export function twoKeys({ owner }: Pick<Cast, 'owner'>): void {
  owner.exists([{ ...older }]);
  owner.creates(NEWER, threeWeeksAgo, usedLately);
}

export async function closed({ stage, owner }: Cast): Promise<void> {
  await stage.until(
    'the case is closed',
    () => owner.phase() === 'closed' && owner.current()?.owed.length === 0,
  );
  await stage.pass(DAY);
}

/** People are asked to confirm the deletion, and one of them does, a day later. */
export async function askedToConfirm(cast: Cast): Promise<void> {
  const { owner, stage, platform } = cast;
  await stage.until(
    'people are asked to confirm',
    () => owner.phase() === 'awaiting-confirmation' && isTold(owner),
  );
  await stage.pass(DAY);
  await platform.confirms();
  await closed(cast);
}

/** Two keys, decided, and the older one off since two days. */
export async function inGrace(cast: Cast): Promise<void> {
  twoKeys(cast);
  await cast.lead.decides(NEWER);
  await cast.stage.until('the key is off', () => cast.owner.phase() === 'grace');
  await cast.stage.pass(2 * DAY);
}

export const SCENARIOS: readonly Scenario[] = [
  {
    name: 'two keys, decided, deleted, verified',
    async play(cast) {
      twoKeys(cast);
      await cast.lead.decides(NEWER);
      await closed(cast);
    },
  },
  {
    name: 'three keys',
    async play(cast) {
      cast.owner.exists([{ ...older }, { ...older, id: THIRD }]);
      cast.owner.creates(NEWER, threeWeeksAgo, usedLately);
      await cast.platform.decides(NEWER);
      await closed(cast);
    },
  },
  {
    name: 'a rotation that settles itself',
    async play(cast) {
      const { owner, stage } = cast;
      owner.exists([{ ...older }]);
      owner.creates(NEWER);
      await stage.until('people are told of the rotation', () => isTold(owner));
      await stage.pass(2 * DAY);
      owner.sets(OLDER, 'Inactive', false);
      await closed(cast);
    },
  },
  {
    name: 'restored, then decided again',
    async play(cast) {
      await inGrace(cast);
      await cast.platform.restores(OLDER);
      await cast.stage.until('people are asked again', () => isAskedAgain(cast.owner, 'restored'));
      await cast.stage.pass(HOUR);
      await cast.platform.decides(OLDER, true);
      await askedToConfirm(cast);
    },
  },
  {
    name: 'switched on by hand in grace',
    async play(cast) {
      await inGrace(cast);
      cast.owner.sets(OLDER, 'Active', false);
      await cast.stage.until('people are asked again', () => isAskedAgain(cast.owner, 'reactivated'));
      await cast.lead.decides(NEWER);
      await closed(cast);
    },
  },
  {
    name: 'kept key deleted in grace',
    async play(cast) {
      await inGrace(cast);
      cast.owner.deletes(NEWER);
      await cast.platform.restores(OLDER);
      await closed(cast);
    },
  },
  {
    name: 'kept key replaced in grace',
    async play(cast) {
      await inGrace(cast);
      cast.owner.creates(THIRD);
      await cast.stage.until('people are asked again', () => isAskedAgain(cast.owner, 'keys-changed'));
      cast.owner.deletes(NEWER);
      await cast.stage.pass(2 * DAY);
      await cast.stage.until('people are asked again', () => isAskedAgain(cast.owner, 'keys-changed'));
      await cast.lead.decides(THIRD);
      await closed(cast);
    },
  },
  {
    name: 'renamed in grace',
    async play(cast) {
      await inGrace(cast);
      cast.owner.renames('ci-deploy-eu');
      await closed(cast);
    },
  },
  {
    name: 'deleted while waiting',
    async play(cast) {
      twoKeys(cast);
      await cast.stage.until('people are asked', () => isTold(cast.owner));
      cast.owner.isDeleted();
      await closed(cast);
    },
  },
  {
    name: 'deleted while waiting, and the name taken by somebody else',
    async play(cast) {
      const { stage } = cast;
      twoKeys(cast);
      await stage.until('people are asked', () => isTold(cast.owner));
      cast.owner.isDeleted();
      const next = ownerOn(stage, SUCCESSOR);
      next.exists([{ ...older, id: THIRD }]);
      next.creates('AKIAI44QH8DHBEX9M2LP', threeWeeksAgo, usedLately);
      await closed(cast);
      await stage.until('the successor is asked about', () => isTold(next));
      next.deletes(THIRD);
      await closed({ ...cast, owner: next });
    },
  },
  {
    name: 'excluded in mid-case',
    async play(cast) {
      const { owner, stage } = cast;
      await inGrace(cast);
      owner.tags({ 'solekey:exclude': 'true' });
      await stage.until('it is held', () => isTold(owner) && owner.phase() === 'held');
      owner.sets(OLDER, 'Active');
      await stage.until('it is excluded', () => owner.phase() === 'excluded');
      owner.deletes(OLDER);
      await closed(cast);
    },
  },
  {
    name: 'excluded for some days while waiting',
    async play(cast) {
      const { owner, stage } = cast;
      twoKeys(cast);
      await stage.until('people are asked', () => isTold(owner));
      owner.tags({ 'solekey:exclude': 'true' });
      await stage.until('it is excluded', () => owner.phase() === 'excluded');
      owner.tags({});
      await stage.until('people are asked again', () => isAskedAgain(owner, 'exclusion-ended'));
      await cast.lead.decides(NEWER);
      await closed(cast);
    },
  },
  {
    name: 'no key kept, deleted after a confirmation',
    async play(cast) {
      twoKeys(cast);
      await cast.lead.deactivatesAll();
      await askedToConfirm(cast);
    },
  },
  {
    name: 'no key kept, and one brought back',
    async play(cast) {
      const { owner, stage } = cast;
      twoKeys(cast);
      await cast.lead.deactivatesAll();
      await stage.until('the keys are off', () => owner.phase() === 'grace');
      await stage.pass(2 * DAY);
      await cast.platform.restores(OLDER);
      await stage.until('people are asked again', () => isAskedAgain(owner, 'restored'));
      await stage.pass(HOUR);
      await cast.platform.decides(OLDER);
      await askedToConfirm(cast);
    },
  },
  {
    name: 'used between the decision and its carrying out',
    leavesOut: hidesUse,
    async play(cast) {
      const { owner, stage } = cast;
      twoKeys(cast);
      await cast.lead.decides(NEWER);
      owner.uses(OLDER);
      await stage.until('people are asked again', () => isAskedAgain(owner, 'in-use'));
      await stage.pass(MINUTE);
      await cast.platform.decides(NEWER, true);
      await stage.until('the key is off', () => owner.phase() === 'grace');
      await stage.pass(DAY);
      owner.uses(NEWER);
      await closed(cast);
    },
  },
];

export function isTold({ current }: Owner): boolean {
  const now = current();
  return now !== null && now.toldAt !== null && now.owed.length === 0;
}

/** The question was put anew and its mails were accepted: only then do these people answer. */
export function isAskedAgain(owner: Owner, why: string): boolean {
  return isTold(owner) && owner.current()?.askedAgain?.code === why && owner.current()?.decision === null;
}

/** Plays a scenario on a stage that a test may have disturbed. */
export async function playOn(stage: Stage, scenario: Scenario): Promise<Stage> {
  await scenario.play(castOf(stage));
  if (stage.broken.length > 0) {
    throw stage.broken[0];
  }
  return stage;
}
