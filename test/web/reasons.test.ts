import { describe, expect, it } from 'vitest';
import type { AskedAgain, Case, ClosedAs } from '../../functions/core/case/case.ts';
import type { Policy } from '../../functions/core/model/policy.ts';
import { howClosed, keysNow, soFar, whyAskedAgain, whyHeld } from '../../functions/web/reasons.ts';
import {
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
  restoringSince,
  THIRD,
} from '../fakes/cases.ts';

const former = [{ digest: '', keys: [{ id: OLDER, status: 'Inactive' as const }], until: NOW }];
const restored: AskedAgain = { code: 'restored', by: 'sec-lead' };
const off = { [OLDER]: { deactivated: NOW } };
const gone = { [OLDER]: { deactivated: NOW, deleted: NOW } };

const asked: [Case, string][] = [
  [aCase(), ''],
  [aCase({ askedAgain: { code: 'keys-changed' } }), 'The keys of this user have changed.'],
  [
    aCase({ askedAgain: { code: 'keys-changed' }, former, keys: [older()] }),
    'The keys of this user have changed. …3QXK was inactive and is now active.',
  ],
  [
    aCase({ askedAgain: { code: 'reactivated', keyId: OLDER } }),
    '…3QXK was deactivated as decided, and then reactivated outside Solekey.',
  ],
  [aCase({ askedAgain: restored, former }), '…3QXK is active again, as Security lead asked.'],
  [aCase({ askedAgain: restored }), 'Security lead asked for a key to be reactivated.'],
  [aCase({ askedAgain: { code: 'restored', by: '' } }), 'Someone asked for a key to be reactivated.'],
  [aCase({ askedAgain: { code: 'restored', by: '' }, former }), '…3QXK is active again, as someone asked.'],
  [
    aCase({ askedAgain: { code: 'in-use', keyId: OLDER } }),
    '…3QXK was not deactivated: it is in use, and the earlier decision did not acknowledge that.',
  ],
  [
    aCase({
      askedAgain: { code: 'in-use', keyId: OLDER },
      keys: [newer(), older('Inactive')],
      progress: off,
    }),
    '…3QXK was used after it was deactivated. Something still depends on it, so it was not deleted.',
  ],
  [
    aCase({ askedAgain: { code: 'kept-key-gone', keyId: NEWER } }),
    '…MPLE, which was to be kept, is no longer active.',
  ],
  [
    aCase({ askedAgain: { code: 'decision-expired' } }),
    'The earlier decision could not be carried out within 7 days, so it has expired.',
  ],
  [
    aCase({ askedAgain: { code: 'approver-removed', by: 'gone-lead' } }),
    'The earlier decision came from gone-lead, who is no longer allowed to decide.',
  ],
  [
    aCase({ askedAgain: { code: 'approver-removed', by: '' } }),
    'The earlier decision came from someone, who is no longer allowed to decide.',
  ],
  [aCase({ askedAgain: { code: 'exclusion-ended' } }), 'excluded (by a tag, or by name in the settings)'],
];

const hold = (more: Partial<Case>) =>
  aCase({ phase: 'held', keys: [newer(), older('Inactive')], progress: off, ...more });
const observing = { ...POLICY, mode: 'observe' as const };

const some: Policy = { ...POLICY, mode: { only: { tag: null, users: ['svc/*'] } } };

const held: [Case, string, Policy][] = [
  [aCase(), '', POLICY],
  [hold({ heldFor: 'unknown' }), 'IAM has given no reliable answer about this user since', POLICY],
  [
    hold({ heldFor: 'unknown', progress: { [OLDER]: { refusedSince: NOW } } }),
    'IAM has refused to change the keys of this user as decided.',
    POLICY,
  ],
  [
    hold({
      heldFor: 'no-active-key',
      keys: [older('Inactive')],
      askedAgain: { code: 'kept-key-gone', keyId: NEWER },
    }),
    'No access key of this user is active any more. …MPLE, which was to be kept, is no longer active.',
    POLICY,
  ],
  [
    hold({ heldFor: 'no-active-key', keys: [], progress: gone }),
    'the owner of the user can create a new key',
    POLICY,
  ],
  [
    hold({ heldFor: 'restore-by-hand', excluded: true }),
    'Solekey deactivated key …3QXK of this user. This user is now excluded',
    POLICY,
  ],
  [hold({ heldFor: 'restore-by-hand' }), 'Solekey now runs in observe mode', observing],
  [
    hold({ heldFor: 'restore-by-hand', outside: true }),
    'This user is now outside the setting "only", so Solekey neither reactivates nor deletes the key.',
    some,
  ],
  [
    hold({
      heldFor: 'restore-by-hand',
      progress: { [OLDER]: { deactivated: NOW, restoring: restoringSince(NOW) } },
    }),
    'Someone asked to reactivate the key, and IAM refuses. Solekey keeps trying.',
    POLICY,
  ],
  [
    hold({ heldFor: 'used-after-deactivation', progress: {} }),
    'A key of this user was used after it was deactivated.',
    POLICY,
  ],
  [
    hold({ heldFor: 'used-after-deactivation', askedAgain: { code: 'in-use', keyId: OLDER } }),
    'Key …3QXK of this user was used after it was deactivated.',
    POLICY,
  ],
];

const ended = (closedAs: ClosedAs, more: Partial<Case> = {}) =>
  aCase({ phase: 'closed', closedAs, keys: [newer()], ...more });
const closed: [Case | null, string][] = [
  [ended('remediated', { progress: gone }), 'has been carried out. …3QXK has been deleted.'],
  [ended('remediated'), 'The decision has been carried out. A second check in IAM confirmed it.'],
  [ended('by-restore'), 'A key was reactivated, as an approver asked.'],
  [ended('by-owner'), 'This was resolved in IAM, outside Solekey.'],
  [
    ended('by-restore', { keys: [older()], askedAgain: restored, former }),
    '…3QXK is active again, as Security lead asked. No other key is active.',
  ],
  [
    ended('by-owner', { keys: [older()], askedAgain: restored }),
    'Security lead asked for a key to be reactivated.',
  ],
  [ended('user-gone'), 'The IAM user no longer exists.'],
  [
    { ...inGrace(), phase: 'closed', closedAs: 'deactivated' },
    'key …3QXK is inactive and stays inactive. Solekey deletes no keys in this account.',
  ],
  [null, 'that is a new case with a mail of its own'],
];

describe('what pages say of a case', () => {
  const sentences = [
    ...asked.map(([current, says]) => [whyAskedAgain(current, POLICY), says] as const),
    ...held.map(([current, says, policy]) => [whyHeld(current, policy), says] as const),
    ...closed.map(([current, says]) => [howClosed(current, POLICY), says] as const),
  ];

  it.each(sentences)('%s', (sentence, says) => {
    expect(sentence).toContain(says);
    expect(sentence).toMatch(/^(?:[A-Z…].*\.)?$/);
    expect(sentence).not.toMatch(/AKIA|undefined|reconcile|wake|observation/);
  });

  it('is a different sentence each time', () => {
    const all = sentences.map(([sentence]) => sentence).filter((sentence) => sentence !== '');
    // The same fact is said alike, whether it is why people are asked or how it ended.
    expect(new Set(all).size).toBe(all.length - 1);
  });

  it.each([
    [aCase(), 'Solekey has changed nothing so far.'],
    [aCase({ askedAgain: { code: 'keys-changed' } }), 'Solekey has changed nothing so far.'],
    [aCase({ asking: 3, askedAgain: restored }), ''],
    [aCase({ asking: 3, keys: [newer(), key(THIRD)], progress: gone }), '…3QXK has been deleted.'],
    [aCase({ asking: 2, decision: aDecision() }), ''],
  ])('says that nothing was changed only where that is certain', (current, says) => {
    expect(soFar(current)).toBe(says);
  });

  it.each([
    [[], 'The user has no access key.'],
    [[newer()], '…MPLE is active.'],
    [[newer(), older('Inactive')], '…MPLE is active and …3QXK is inactive.'],
    [[newer(), older(), key(THIRD, 'Expired')], '…MPLE is active, …3QXK is active and …R7WZ is expired.'],
  ])('names the keys as they were seen', (keys, says) => {
    expect(keysNow(aCase({ keys }))).toBe(says);
  });
});
