import { paused, resumed, revoked } from '../../functions/core/model/control.ts';
import type { Control } from '../../functions/core/model/policy.ts';
import type { Instant } from '../../functions/core/model/time.ts';
import { DAY, HOUR } from '../../functions/core/model/time.ts';
import { NEWER, OLDER, THIRD } from '../fakes/cases.ts';
import { ownerOn } from './owner.ts';
import {
  askedToConfirm,
  type Cast,
  closed,
  hidesUse,
  inGrace,
  isAskedAgain,
  isTold,
  older,
  type Scenario,
  SUCCESSOR,
  threeWeeksAgo,
  twoKeys,
  usedLately,
} from './scenarios.ts';
import type { Stage } from './stage.ts';

/** What the operator's command does. */
function control({ m: { table, clock } }: Stage, change: (control: Control, now: Instant) => Control): void {
  table.state.control = change(table.state.control, clock.now());
}

/** Scenarios about settings and the operator. Every run of the tests strikes a share of their calls, `check:slow` all. */
export const MORE_SCENARIOS: readonly Scenario[] = [
  {
    name: 'both keys left as they are until a date, and then decided',
    async play(cast) {
      const { owner, stage } = cast;
      twoKeys(cast);
      await cast.lead.leaves([NEWER, OLDER], 12);
      await stage.until('they are left', () => owner.phase() === 'exception');
      await stage.until('people are asked again', () => isAskedAgain(owner, 'exception-ended'));
      await cast.platform.decides(NEWER);
      await closed(cast);
    },
  },
  {
    name: 'two of three keys left as they are, the third deleted after a confirmation, and the exception ended early',
    async play(cast) {
      const { owner, stage } = cast;
      owner.exists([{ ...older }, { ...older, id: THIRD }]);
      owner.creates(NEWER, threeWeeksAgo, usedLately);
      await cast.lead.leaves([NEWER, OLDER], 40);
      await stage.until(
        'people are asked to confirm',
        () => owner.phase() === 'awaiting-confirmation' && isTold(owner),
      );
      await cast.platform.confirms();
      await stage.until('the exception is left', () => owner.phase() === 'exception');
      await stage.pass(DAY);
      await cast.platform.decides(NEWER);
      await closed(cast);
    },
  },
  {
    name: 'a deactivated key kept inactive until a date, and then deleted',
    async play(cast) {
      const { owner, stage } = cast;
      await inGrace(cast);
      await cast.lead.putsOff(20);
      await stage.until(
        'its deletion is put off',
        () => owner.current()?.progress[OLDER]?.inactiveUntil !== undefined,
      );
      await closed(cast);
    },
  },
  {
    name: 'deletion on confirmation',
    policy: { deletion: 'on-confirmation' },
    async play(cast) {
      twoKeys(cast);
      await cast.lead.decides(NEWER, false, { reason: 'unused', comment: 'Replaced in spring.' });
      await askedToConfirm(cast);
    },
  },
  {
    name: 'in use before, and its work seen with the kept key',
    async play(cast) {
      await inGraceAfterUse(cast);
      cast.owner.uses(NEWER);
      await closed(cast);
    },
  },
  {
    name: 'in use before, and its work not seen: a person confirms',
    async play(cast) {
      await inGraceAfterUse(cast);
      await askedToConfirm(cast);
    },
  },
  {
    name: 'in use before, and nobody can look up by whom: a person confirms a week later',
    async play(cast) {
      cast.stage.m.trail.state.refuses = true;
      await inGraceAfterUse(cast);
      await askedToConfirm(cast);
    },
  },
  {
    name: 'usage switched on when the deletion is committed: a person confirms',
    policy: { usage: null },
    // While a call sleeps nobody deploys the setting, and other passes delete the key. A use that could not be read is on no page.
    leavesOut: ({ site, fault }) => fault === 'asleep' || site === 'reconcile iam.lastUsed',
    async play(cast) {
      const { owner, stage } = cast;
      await inGraceAfterUse(cast);
      await stage.until('the deletion is committed', () => owner.phase() === 'deleting');
      stage.m.world.policy = { ...stage.m.world.policy, usage: [] };
      await askedToConfirm(cast);
    },
  },
  {
    name: 'called compromised, and used all the time',
    leavesOut: hidesUse,
    async play(cast) {
      const { owner, lead } = cast;
      twoKeys(cast);
      owner.uses(OLDER);
      await lead.decides(NEWER, true, { reason: 'compromised', comment: '' });
      owner.uses(OLDER);
      await askedToConfirm(cast);
    },
  },
  {
    name: 'a key made while the other one is off',
    async play(cast) {
      const { owner, stage, lead } = cast;
      owner.exists([{ ...older, status: 'Inactive' }]);
      owner.creates(NEWER);
      await stage.pass(HOUR);
      owner.sets(OLDER, 'Active');
      await stage.until('people are asked', () => owner.phase() === 'awaiting-decision' && isTold(owner));
      await lead.decides(OLDER, true);
      await closed(cast);
    },
  },
  {
    name: 'the approver removed before the decision is carried out',
    async play(cast) {
      const { owner, stage, lead, platform } = cast;
      twoKeys(cast);
      control(stage, paused);
      await lead.decides(NEWER);
      await stage.until('it is decided', () => owner.phase() === 'approved');
      control(stage, (now) => revoked(now, 'sec-lead'));
      control(stage, resumed);
      await stage.until('people are asked again', () => isAskedAgain(owner, 'approver-removed'));
      await platform.decides(NEWER);
      await closed(cast);
    },
  },
  {
    name: 'the decision too old when observe mode ends',
    policy: { decisionValid: DAY },
    async play(cast) {
      const { owner, stage, platform } = cast;
      twoKeys(cast);
      control(stage, paused);
      await cast.lead.decides(NEWER);
      await stage.until('the decision is taken up', () => owner.phase() === 'approved');
      const { policy } = stage.m.world;
      stage.m.world.policy = { ...policy, mode: 'observe' };
      control(stage, resumed);
      await stage.until('the decision is void', () => isAskedAgain(owner, 'decision-expired'));
      stage.m.world.policy = policy;
      await stage.pass(HOUR);
      await platform.decides(NEWER);
      await closed(cast);
    },
  },
  {
    name: 'a pause for longer than a decision is valid',
    policy: { decisionValid: DAY },
    async play(cast) {
      twoKeys(cast);
      control(cast.stage, paused);
      await cast.lead.decides(NEWER);
      await cast.stage.pass(2 * DAY);
      control(cast.stage, resumed);
      await closed(cast);
    },
  },
  {
    name: 'observe mode for a while in grace',
    async play(cast) {
      const { owner, stage } = cast;
      await inGrace(cast);
      const { policy } = stage.m.world;
      stage.m.world.policy = { ...policy, mode: 'observe' };
      await stage.until('people have the command', () => owner.phase() === 'held' && isTold(owner));
      // Shorter than `remindEvery`: a reminder of a hold that is just over would rightly not be sent.
      await stage.pass(2 * DAY);
      stage.m.world.policy = policy;
      await closed(cast);
    },
  },
  {
    name: 'a longer grace period in grace',
    async play(cast) {
      await inGrace(cast);
      const { policy } = cast.stage.m.world;
      cast.stage.m.world.policy = { ...policy, grace: 14 * DAY };
      await closed(cast);
    },
  },
  {
    name: 'a key that AWS expires while people are asked',
    async play(cast) {
      const { owner, stage } = cast;
      owner.exists([{ ...older }, { ...older, id: THIRD }]);
      owner.creates(NEWER, threeWeeksAgo, usedLately);
      await stage.until('people are asked', () => isTold(owner));
      owner.expires(OLDER);
      await stage.until('people are asked again', () => isAskedAgain(owner, 'keys-changed'));
      await cast.lead.decides(NEWER);
      await closed(cast);
    },
  },
  {
    name: 'deleted in grace, and made anew under the same name',
    async play(cast) {
      const { owner, stage } = cast;
      await inGrace(cast);
      owner.isDeleted();
      const next = ownerOn(stage, SUCCESSOR);
      next.exists([{ ...older, id: THIRD }]);
      await closed(cast);
    },
  },
  {
    name: 'deletion never',
    policy: { deletion: 'never' },
    async play(cast) {
      twoKeys(cast);
      await cast.lead.decides(NEWER);
      await closed(cast);
    },
  },
  {
    name: 'paused before the decision is carried out',
    async play(cast) {
      twoKeys(cast);
      control(cast.stage, paused);
      await cast.lead.decides(NEWER);
      await cast.stage.pass(HOUR);
      control(cast.stage, resumed);
      await closed(cast);
    },
  },
  {
    name: 'paused over the date of the deletion',
    async play(cast) {
      const { owner, stage } = cast;
      await inGrace(cast);
      await stage.until('the deletion is announced', () => isAnnounced(owner.current()?.progress));
      await stage.pass(23 * HOUR);
      control(stage, paused);
      await stage.pass(2 * HOUR);
      control(stage, resumed);
      await closed(cast);
    },
  },
  {
    name: 'nobody decides until others are told',
    policy: { escalation: ['platform-lead'] },
    async play(cast) {
      const { owner, stage, platform } = cast;
      twoKeys(cast);
      await stage.until(
        'the escalation list is told',
        () => owner.current()?.escalatedAt != null && isTold(owner),
      );
      await stage.pass(HOUR);
      await platform.decides(NEWER);
      await closed(cast);
    },
  },
  {
    name: 'a change window, one change an hour',
    policy: {
      changesPerHour: 1,
      changeWindow: {
        days: ['tue', 'wed', 'thu'],
        from: { hour: 9, minute: 0 },
        to: { hour: 12, minute: 0 },
        zone: 'Europe/Berlin',
      },
    },
    async play(cast) {
      cast.owner.exists([{ ...older }, { ...older, id: THIRD }]);
      cast.owner.creates(NEWER, threeWeeksAgo, usedLately);
      await cast.platform.decides(NEWER);
      await closed(cast);
    },
  },
  {
    name: 'confirmed outside the change window',
    policy: {
      deletion: 'on-confirmation',
      changeWindow: {
        days: ['wed'],
        from: { hour: 9, minute: 0 },
        to: { hour: 9, minute: 15 },
        zone: 'UTC',
      },
    },
    async play(cast) {
      twoKeys(cast);
      await cast.lead.decides(NEWER);
      await askedToConfirm(cast);
    },
  },
  {
    name: 'one change an hour',
    policy: { changesPerHour: 1 },
    async play(cast) {
      cast.owner.exists([{ ...older }, { ...older, id: THIRD }]);
      cast.owner.creates(NEWER, threeWeeksAgo, usedLately);
      await cast.platform.decides(NEWER);
      await closed(cast);
    },
  },
];

/** The older key is off since two days, and was in use until an hour before the decision. */
async function inGraceAfterUse(cast: Cast): Promise<void> {
  const { owner, stage, lead } = cast;
  twoKeys(cast);
  owner.uses(OLDER);
  await stage.pass(HOUR);
  await lead.decides(NEWER, true);
  await stage.until('the key is off', () => owner.phase() === 'grace');
  await stage.pass(2 * DAY);
}

function isAnnounced(progress: Readonly<Record<string, { readonly announced?: string }>> = {}): boolean {
  return Object.values(progress).some(({ announced }) => announced !== undefined);
}
