import type { Case } from '../../../functions/core/case.ts';
import type { Situation } from '../../../functions/core/judge/situation.ts';
import { DAY, HOUR, plus } from '../../../functions/core/time.ts';
import {
  ACCOUNT,
  aCase,
  aDecision,
  inGrace,
  key,
  NEWER,
  newer,
  NOW,
  OLDER,
  older,
  POLICY,
  THIRD,
  USER_ID,
} from '../../app/fakes/cases.ts';
import { asked, seen } from './scene.ts';

const off = { deactivated: plus(NOW, -8 * DAY), graceEnds: plus(NOW, -DAY), announced: plus(NOW, -2 * DAY) };

const toBeConfirmed = aDecision({
  at: plus(NOW, -8 * DAY),
  terms: { grace: 7 * DAY, deletion: 'on-confirmation' },
});

/** One typical case for every phase that this version reaches. */
export const CASES: Record<string, Case> = {
  rotating: aCase({ phase: 'rotating' }),
  'awaiting-decision': aCase(),
  approved: aCase({ phase: 'approved', decision: aDecision({ carriedOutAt: null }), asking: 2 }),
  grace: inGrace(),
  'awaiting-confirmation': inGrace(off, { phase: 'awaiting-confirmation', decision: toBeConfirmed }),
  deleting: inGrace({ ...off, deleting: plus(NOW, -HOUR) }, { phase: 'deleting' }),
  'held(unknown)': aCase({ phase: 'held', heldFor: 'unknown', unknownSince: plus(NOW, -2 * DAY) }),
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

/** What one pass meets: the rows of the order of judgement. */
export const ROWS: Record<string, (known: Case) => Partial<Situation>> = {
  'another pass at work': (known) => ({ known: { ...known, lease: { until: plus(NOW, 60), by: 'other' } } }),
  'IAM not readable': () => ({
    observed: { kind: 'unknown', account: ACCOUNT, userId: USER_ID, why: 'denied', at: NOW },
  }),
  'user missing': () => ({ observed: { kind: 'missing', account: ACCOUNT, userId: USER_ID, at: NOW } }),
  'user missing again': (known) => ({
    known: { ...known, missingSince: plus(NOW, -120) },
    observed: { kind: 'missing', account: ACCOUNT, userId: USER_ID, at: NOW },
  }),
  'excluded now': (known) => ({
    observed: seen(known.keys, { tags: { 'solekey:exclude': 'true' } }),
    policy: { ...POLICY, exclude: { tag: { key: 'solekey:exclude', value: 'true' }, users: [] } },
  }),
  'a restore asked for': (known) => ({
    observed: seen(known.keys),
    request: asked(known, { kind: 'restore', keys: [OLDER] }),
  }),
  'switched on by hand': () => ({ observed: seen([newer(), older()]) }),
  'a third key': (known) => ({
    observed: seen([...known.keys, key(THIRD, 'Active', { created: plus(NOW, -20 * DAY) })]),
  }),
  'one active key': () => ({ observed: seen([newer(), older('Inactive')]) }),
  'only the other active': () => ({ observed: seen([newer('Inactive'), older()]) }),
  'no active key': () => ({ observed: seen([newer('Inactive'), older('Inactive')]) }),
  'no key at all': () => ({ observed: seen([]) }),
  'a decision made': (known) => ({
    observed: seen(known.keys),
    request: asked(known, { kind: 'keep', keep: NEWER, off: [OLDER], acknowledged: [] }),
  }),
  'a confirmation made': (known) => ({
    observed: seen(known.keys),
    request: asked(known, { kind: 'confirm', keys: [OLDER] }),
  }),
  'never to be deleted': (known) => ({
    observed: seen(known.keys),
    policy: { ...POLICY, deletion: 'never' },
  }),
  'only deleted if confirmed': (known) => ({
    observed: seen(known.keys),
    policy: { ...POLICY, deletion: 'on-confirmation' },
  }),
  'a fresh second key': (known) => ({
    known: { ...known, rotationFrom: plus(NOW, -HOUR) },
    observed: seen([newer(), key(THIRD, 'Active', { created: plus(NOW, -HOUR) })]),
  }),
  'nothing changed': (known) => ({ observed: seen(known.keys) }),
};
