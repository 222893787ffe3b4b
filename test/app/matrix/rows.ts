import type { Case } from '../../../functions/core/case/case.ts';
import type { DecisionRequest } from '../../../functions/core/case/requests.ts';
import type { ObservedKey } from '../../../functions/core/model/observation.ts';
import type { Control, Policy } from '../../../functions/core/model/policy.ts';
import { DAY, HOUR, plus } from '../../../functions/core/model/time.ts';
import type { UserUsage } from '../../../functions/core/usage/user-usage.ts';
import {
  aCase,
  aDecision,
  allOff,
  excepted,
  inGrace,
  key,
  NEWER,
  NOW,
  newer,
  noneKept,
  OLDER,
  older,
  someOff,
  someSpared,
  THIRD,
  toldOf,
  used,
} from '../../fakes/cases.ts';
import { family, usage } from '../../fakes/usage.ts';

const off = { deactivated: plus(NOW, -8 * DAY), graceEnds: plus(NOW, -DAY), ...toldOf(plus(NOW, -2 * DAY)) };

const toBeConfirmed = aDecision({
  at: plus(NOW, -8 * DAY),
  terms: { grace: 7 * DAY, deletion: 'on-confirmation' },
});

const bothIdle = [key(NEWER, 'Inactive', { lastUsed: used(plus(NOW, -9 * DAY)) }), older('Inactive')];

/** One typical case for every phase that this version reaches; `none`: a user who never had one. */
export const CASES: Record<string, Case | null> = {
  none: null,
  rotating: aCase({ phase: 'rotating' }),
  'awaiting-decision': aCase(),
  approved: aCase({ phase: 'approved', decision: aDecision({ carriedOutAt: null }), asking: 2 }),
  grace: inGrace(),
  'grace, over': inGrace(off, { decision: aDecision({ at: plus(NOW, -8 * DAY) }) }),
  'awaiting-confirmation': inGrace(off, { phase: 'awaiting-confirmation', decision: toBeConfirmed }),
  'approved, none kept': aCase({
    phase: 'approved',
    decision: noneKept({ carriedOutAt: null, acknowledged: [NEWER] }),
    asking: 2,
  }),
  'grace, none kept': allOff(),
  'grace over, none kept': allOff(off, { keys: bothIdle, decision: noneKept({ at: plus(NOW, -8 * DAY) }) }),
  'awaiting-confirmation, none kept': allOff(off, {
    phase: 'awaiting-confirmation',
    keys: bothIdle,
    decision: noneKept({
      at: plus(NOW, -8 * DAY),
      terms: { grace: 7 * DAY, deletion: 'on-confirmation' },
    }),
  }),
  exception: excepted(),
  'exception, ending': excepted({ at: plus(NOW, -29 * DAY), until: plus(NOW, DAY) }),
  'exception, over': excepted({ at: plus(NOW, -30 * DAY), until: NOW }),
  'approved, some spared': aCase({
    phase: 'approved',
    keys: [newer(), older(), key(THIRD)],
    decision: someSpared({ carriedOutAt: null }),
    asking: 2,
  }),
  'grace, some spared': someOff(),
  'grace over, some spared': someOff(off, {}, { at: plus(NOW, -8 * DAY) }),
  'awaiting-confirmation, some spared': someOff(
    off,
    { phase: 'awaiting-confirmation' },
    { at: plus(NOW, -8 * DAY), terms: { grace: 7 * DAY, deletion: 'on-confirmation' } },
  ),
  deleting: inGrace({ ...off, deleting: plus(NOW, -HOUR) }, { phase: 'deleting' }),
  'held(unknown)': aCase({
    phase: 'held',
    phaseSince: plus(NOW, -HOUR),
    heldFor: 'unknown',
    unknownSince: plus(NOW, -2 * DAY),
  }),
  'held(unknown), never asked': aCase({ phase: 'held', heldFor: 'unknown', unknownSince: plus(NOW, -DAY) }),
  'held(unknown), in grace': inGrace(
    { deactivated: plus(NOW, -3 * DAY), graceEnds: plus(NOW, 4 * DAY) },
    { phase: 'held', phaseSince: plus(NOW, -HOUR), heldFor: 'unknown', unknownSince: plus(NOW, -2 * DAY) },
  ),
  'held(no-active-key)': inGrace(
    {},
    { phase: 'held', heldFor: 'no-active-key', decision: null, keys: [older('Inactive'), newer('Inactive')] },
  ),
  'held(used)': inGrace(
    {},
    {
      phase: 'held',
      heldFor: 'used-after-deactivation',
      decision: null,
      askedAgain: { code: 'in-use', keyId: OLDER },
    },
  ),
  'held(by-hand)': inGrace({}, { phase: 'held', heldFor: 'restore-by-hand', decision: null, excluded: true }),
  excluded: aCase({ phase: 'excluded', excluded: true }),
  closed: aCase({ phase: 'closed', closedAs: 'by-owner', phaseSince: plus(NOW, -5 * DAY), keys: [newer()] }),
};

/** What a pass meets. Whatever is not said is as the case has it. */
export interface Met {
  readonly current?: Partial<Case>;
  /** Keys in IAM; null: there is no such user. */
  readonly keys?: readonly ObservedKey[] | null;
  readonly tags?: Record<string, string>;
  readonly unreadable?: true;
  /** What a person asked for on the page of the case as it is. */
  readonly ask?: DecisionRequest['ask'];
  readonly policy?: Partial<Policy>;
  readonly control?: Control;
  /** This hour's changes are used up. */
  readonly spent?: true;
  /** What a lookup found of the use of the keys. */
  readonly usage?: UserUsage;
}

const lately = plus(NOW, -9 * DAY);
const before = family({ first: lately, last: lately });
const usedNow = (one: ObservedKey) => (one.id === OLDER ? { ...one, lastUsed: used(plus(NOW, -60)) } : one);
const usedBefore = (one: ObservedKey) => (one.id === OLDER ? { ...one, lastUsed: used(lately) } : one);

/** One key more than there are. */
const another = (keys: readonly ObservedKey[]) =>
  keys.some(({ id }) => id === THIRD) ? { ...third(20), id: 'AKIAI44QH8DHBEX4THKY' } : third(20);

/** Now is a Monday. */
const TOMORROW = {
  days: ['tue'],
  from: { hour: 9, minute: 0 },
  to: { hour: 16, minute: 0 },
  zone: 'UTC',
} as const;

const third = (days: number) => key(THIRD, 'Active', { created: plus(NOW, -days * DAY) });

const grounds = { until: plus(NOW, 30 * DAY), commentDigest: 'c'.repeat(64) };
const notNowAsk = (off: string[]): DecisionRequest['ask'] => ({
  kind: 'not-now',
  spare: [NEWER, OLDER],
  off,
  acknowledged: [],
  ...grounds,
});
const keepInactive = (...keys: string[]): DecisionRequest['ask'] => ({
  kind: 'keep-inactive',
  keys,
  ...grounds,
});

/** What one pass meets: the rows of the order of judgement. */
export const ROWS: Record<string, (keys: readonly ObservedKey[]) => Met> = {
  'another pass at work': () => ({ current: { lease: { until: plus(NOW, 60), by: 'other' } } }),
  'IAM not readable': () => ({ unreadable: true }),
  'user missing': () => ({ keys: null }),
  'user missing again': () => ({ current: { missingSince: plus(NOW, -120) }, keys: null }),
  'excluded now': () => ({
    tags: { 'solekey:exclude': 'true' },
    policy: { exclude: { tag: { key: 'solekey:exclude', value: 'true' }, users: [] } },
  }),
  'a restore asked for': () => ({ ask: { kind: 'restore', keys: [OLDER] } }),
  'switched on by hand': () => ({ keys: [newer(), older()] }),
  'a third key': (keys) => ({ keys: [...keys, another(keys)] }),
  'one active key': () => ({ keys: [newer(), older('Inactive')] }),
  'one active key, seen twice': () => ({
    current: { keys: [newer(), older('Inactive')], compliantSince: plus(NOW, -120) },
    keys: [newer(), older('Inactive')],
  }),
  'only the other active': () => ({ keys: [newer('Inactive'), older()] }),
  'the kept key gone': () => ({ keys: [older('Inactive')] }),
  'no active key': () => ({ keys: [newer('Inactive'), older('Inactive')] }),
  'no key at all': () => ({ keys: [] }),
  'the other expired': () => ({ keys: [newer(), older('Expired')] }),
  'a decision made': () => ({ ask: { kind: 'keep', keep: NEWER, off: [OLDER], acknowledged: [] } }),
  'all to be deactivated': () => ({ ask: { kind: 'none', off: [NEWER, OLDER], acknowledged: [NEWER] } }),
  'the other called compromised, and used just now': (keys) => ({
    keys: keys.map(usedNow),
    ask: { kind: 'keep', keep: NEWER, off: [OLDER], acknowledged: [], reason: 'compromised' },
  }),
  'all called compromised, and used just now': (keys) => ({
    keys: keys.map(usedNow),
    ask: { kind: 'none', off: [NEWER, OLDER], acknowledged: [], reason: 'compromised' },
  }),
  'both left as they are': () => ({ ask: notNowAsk([]) }),
  'two left as they are, the third deactivated': (keys) => ({
    keys: [...keys.filter(({ id }) => id !== THIRD), third(20)],
    current: { keys: [...keys.filter(({ id }) => id !== THIRD), third(20)] },
    ask: notNowAsk([THIRD]),
  }),
  'the older key kept inactive': () => ({ ask: keepInactive(OLDER) }),
  'both kept inactive': () => ({ ask: keepInactive(NEWER, OLDER) }),
  'the third kept inactive': () => ({ ask: keepInactive(THIRD) }),
  'a confirmation of the third made': () => ({ ask: { kind: 'confirm', keys: [THIRD] } }),
  'a confirmation made': () => ({ ask: { kind: 'confirm', keys: [OLDER] } }),
  'a confirmation of both made': () => ({ ask: { kind: 'confirm', keys: [NEWER, OLDER] } }),
  'never to be deleted': () => ({ policy: { deletion: 'never' } }),
  'only deleted if confirmed': () => ({ policy: { deletion: 'on-confirmation' } }),
  'observed only': () => ({ policy: { mode: 'observe' } }),
  'a fresh second key': () => ({
    current: { rotationFrom: plus(NOW, -HOUR) },
    keys: [newer(), third(1 / 24)],
  }),
  paused: () => ({ control: { pauses: [{ from: plus(NOW, -HOUR), to: null }], revoked: [] } }),
  'the budget of the hour spent': () => ({ spent: true, policy: { changesPerHour: 1 } }),
  'the change window closed': () => ({ policy: { changeWindow: TOMORROW } }),
  'the change window closed, and the other called compromised': () => ({
    policy: { changeWindow: TOMORROW },
    ask: { kind: 'keep', keep: NEWER, off: [OLDER], acknowledged: [], reason: 'compromised' },
  }),
  'the change window closed, and a restore asked for': () => ({
    policy: { changeWindow: TOMORROW },
    ask: { kind: 'restore', keys: [OLDER] },
  }),
  'the change window closed, and a confirmation made': () => ({
    policy: { changeWindow: TOMORROW },
    ask: { kind: 'confirm', keys: [OLDER] },
  }),
  'the decision too old': () => ({ policy: { decisionValid: HOUR / 2 } }),
  'the approver removed': () => ({ control: { pauses: [], revoked: ['platform-lead'] } }),
  'the older key used just now': (keys) => ({ keys: keys.map(usedNow) }),
  'the older key used before, its work not seen': (keys) => ({
    keys: keys.map(usedBefore),
    policy: { usage: [] },
    usage: { at: NOW, keys: [usage([before], { keyId: OLDER }), usage([])] },
  }),
  'the older key used before, its work seen': (keys) => ({
    keys: keys.map(usedBefore),
    policy: { usage: [] },
    usage: { at: NOW, keys: [usage([before], { keyId: OLDER }), usage([family()])] },
  }),
  'the older key used before, not looked up': (keys) => ({
    keys: keys.map(usedBefore),
    policy: { usage: [] },
  }),
  'nothing changed': () => ({}),
};
