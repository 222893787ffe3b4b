import { expect, test } from 'vitest';
import { clearance } from '../../../functions/core/judge/clearance.ts';
import type { Action } from '../../../functions/core/judge/situation.ts';
import type { Observation } from '../../../functions/core/model/observation.ts';
import { type Control, UNRESTRICTED } from '../../../functions/core/model/policy.ts';
import { DAY, plus } from '../../../functions/core/model/time.ts';
import {
  ACCOUNT,
  aCase,
  aDecision,
  inGrace,
  key,
  NEWER,
  NOW,
  newer,
  OLDER,
  older,
  POLICY,
  THIRD,
  toldOf,
  USER_ID,
} from '../../fakes/cases.ts';
import { seen } from './scene.ts';

const claimed = aCase({
  phase: 'approved',
  decision: aDecision(),
  progress: { [OLDER]: { deactivating: NOW } },
});
const dueToGo = {
  deactivated: plus(NOW, -8 * DAY),
  graceEnds: plus(NOW, -DAY),
  ...toldOf(plus(NOW, -2 * DAY)),
  deleting: plus(NOW, -600),
  seenInactive: plus(NOW, -300),
  deletionClaimed: NOW,
};
const deleting = inGrace(dueToGo, { phase: 'deleting' });
/** The only one who was told is no approver any more. */
const LEFT = { pauses: [], revoked: ['sec-lead'] };
const off: Action = { kind: 'deactivate', keyId: OLDER };
const remove: Action = { kind: 'delete', keyId: OLDER };
const back: Action = { kind: 'reactivate', keyId: OLDER };
const both = seen([newer(), older()]);
const one = seen([newer(), older('Inactive')]);
const excluding = { ...POLICY, exclude: { tag: null, users: ['ci-*'] } };
const onlyFor = (glob: string) => ({ ...POLICY, mode: { only: { tag: null, users: [glob] } } });
const missing: Observation = { kind: 'missing', account: ACCOUNT, userId: USER_ID, at: NOW };

test.each([
  ['switch off, all as decided', claimed, off, both, POLICY, 'go ci-deploy'],
  ['switch off under the new name', claimed, off, { ...both, userName: 'renamed' }, POLICY, 'go renamed'],
  ['delete, all as decided', deleting, remove, one, POLICY, 'go ci-deploy'],
  ['bring back', deleting, back, one, POLICY, 'go ci-deploy'],
  ['switch off inside `only`', claimed, off, both, onlyFor('svc/*'), 'go ci-deploy'],
  ['switch off outside `only`', claimed, off, both, onlyFor('apps/*'), 'only-observed'],
  ['delete outside `only`', deleting, remove, one, onlyFor('apps/*'), 'only-observed'],
  ['bring back outside `only`', deleting, back, one, onlyFor('apps/*'), 'only-observed'],
  [
    'switch off in observe mode',
    claimed,
    off,
    both,
    { ...POLICY, mode: 'observe' as const },
    'only-observed',
  ],
  [
    'another user has the name',
    claimed,
    off,
    { ...both, userId: 'AIDASOMEBODYELSE00000' },
    POLICY,
    'user-not-seen',
  ],
  ['the user is not seen', claimed, off, missing, POLICY, 'user-not-seen'],
  ['the key is gone', claimed, off, seen([newer()]), POLICY, 'target-absent'],
  ['excluded since', claimed, off, both, excluding, 'excluded'],
  ['excluded since, even to bring back', deleting, back, one, excluding, 'excluded'],
  ['the decision is void', aCase({ decision: null }), off, both, POLICY, 'not-decided'],
  ['the kept key', claimed, { kind: 'deactivate', keyId: NEWER }, both, POLICY, 'not-decided'],
  [
    'a key nobody decided about',
    claimed,
    { kind: 'deactivate', keyId: THIRD },
    seen([newer(), older(), key(THIRD)]),
    POLICY,
    'not-decided',
  ],
  [
    'not decided for deletion',
    { ...deleting, decision: aDecision({ remove: [] }) },
    remove,
    one,
    POLICY,
    'not-decided',
  ],
  ['the kept key is off', claimed, off, seen([newer('Inactive'), older()]), POLICY, 'kept-key-not-active'],
  ['a third key is active', claimed, off, seen([newer(), older(), key(THIRD)]), POLICY, 'other-keys'],
  ['it is off already', claimed, off, one, POLICY, 'target-inactive'],
  ['it is active again before deletion', deleting, remove, both, POLICY, 'other-keys'],
  ['it expired', deleting, remove, seen([newer(), older('Expired')]), POLICY, 'target-expired'],
  ['nobody who was told is left', deleting, remove, one, POLICY, 'not-due', LEFT],
  ['nobody who was told is left, to bring back', deleting, back, one, POLICY, 'go ci-deploy', LEFT],
  ['no progress is recorded', { ...deleting, progress: {} }, remove, one, POLICY, 'not-due'],
] as const)('%s', (_name, current, action, observed, policy, expected, control: Control = UNRESTRICTED) => {
  const answer = clearance(current, action, observed, policy, control, NOW);
  expect(answer.go ? `go ${answer.userName}` : answer.why).toBe(expected);
});

test('S3: the kept key is never a target, even if a case in the table lists it as one', () => {
  const current = aCase({ decision: aDecision({ deactivate: [NEWER, OLDER], remove: [NEWER, OLDER] }) });
  const cleared = clearance(
    current,
    { kind: 'deactivate', keyId: NEWER },
    { ...seen([newer(), older()]) },
    POLICY,
    UNRESTRICTED,
    NOW,
  );
  expect(cleared).toEqual({ go: false, why: 'not-decided' });
});
