import { describe, expect, it } from 'vitest';
import type { AskedAgain, Case, ClosedAs } from '../../functions/core/case/case.ts';
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
  [aCase({ askedAgain: { code: 'keys-changed' } }), 'The keys of this user have changed'],
  [aCase({ askedAgain: { code: 'reactivated', keyId: OLDER } }), 'somebody has switched it on again'],
  [aCase({ askedAgain: restored, former }), '…3QXK is active again, as Security lead asked.'],
  [aCase({ askedAgain: restored }), 'Switching a key on again was asked for by Security lead'],
  [aCase({ askedAgain: { code: 'restored', by: '' } }), 'asked for by somebody'],
  [
    aCase({ askedAgain: { code: 'in-use', keyId: OLDER } }),
    '…3QXK is in use, which the earlier decision did not allow for',
  ],
  [
    aCase({
      askedAgain: { code: 'in-use', keyId: OLDER },
      keys: [newer(), older('Inactive')],
      progress: off,
    }),
    '…3QXK was used after it had been switched off. So something still depends on it, and it was not deleted.',
  ],
  [
    aCase({ askedAgain: { code: 'kept-key-gone', keyId: NEWER } }),
    '…MPLE, the key that was to stay, is not active any more.',
  ],
  [aCase({ askedAgain: { code: 'decision-expired' } }), 'could not be carried out in time'],
  [
    aCase({ askedAgain: { code: 'approver-removed', by: 'gone-lead' } }),
    'gone-lead, is no longer an approver',
  ],
  [
    aCase({ askedAgain: { code: 'exclusion-ended' } }),
    'excluded (by a tag on the user, or by name in the settings)',
  ],
];

const hold = (more: Partial<Case>) =>
  aCase({ phase: 'held', keys: [newer(), older('Inactive')], progress: off, ...more });
const observing = { ...POLICY, mode: 'observe' as const };

const held: [Case, string, typeof POLICY][] = [
  [aCase(), '', POLICY],
  [hold({ heldFor: 'unknown' }), 'IAM has given no reliable answer', POLICY],
  [
    hold({ heldFor: 'unknown', progress: { [OLDER]: { refusedSince: NOW } } }),
    'IAM refuses to change these keys',
    POLICY,
  ],
  [
    hold({
      heldFor: 'no-active-key',
      keys: [older('Inactive')],
      askedAgain: { code: 'kept-key-gone', keyId: NEWER },
    }),
    'Stopped: …MPLE, the key that was to stay, is not active any more. This user has no active key left.',
    POLICY,
  ],
  [
    hold({ heldFor: 'no-active-key', keys: [], progress: gone }),
    'the owner of the user can make a new one',
    POLICY,
  ],
  [
    hold({ heldFor: 'restore-by-hand', excluded: true }),
    '…3QXK is off because of us, and Solekey may not',
    POLICY,
  ],
  [hold({ heldFor: 'restore-by-hand' }), 'Solekey may not change this user any more', observing],
  [
    hold({
      heldFor: 'restore-by-hand',
      progress: { [OLDER]: { deactivated: NOW, restoring: restoringSince(NOW) } },
    }),
    '…3QXK is to come back, and IAM refuses that to us.',
    POLICY,
  ],
  [hold({ heldFor: 'used-after-deactivation' }), 'a key was used after it had been switched off', POLICY],
  [
    hold({ heldFor: 'used-after-deactivation', askedAgain: { code: 'in-use', keyId: OLDER } }),
    'Stopped: …3QXK was used after it had been switched off.',
    POLICY,
  ],
];

const ended = (closedAs: ClosedAs, more: Partial<Case> = {}) =>
  aCase({ phase: 'closed', closedAs, keys: [newer()], ...more });
const closed: [Case | null, string][] = [
  [ended('remediated', { progress: gone }), 'checked in IAM: …3QXK is deleted.'],
  [ended('remediated'), 'at most one active key is left.'],
  [ended('by-owner'), 'That was settled in IAM without us.'],
  [
    ended('by-owner', { keys: [older()], askedAgain: restored, former }),
    '…3QXK is active again, as Security lead asked. It is the only active key.',
  ],
  [ended('user-gone'), 'does not exist any more'],
  [
    { ...inGrace(), phase: 'closed', closedAs: 'deactivated' },
    '…3QXK is switched off. No key is deleted in this account.',
  ],
  [null, 'came with a mail of its own'],
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
    // The same fact is said alike, whether it is why people are asked or why we stopped.
    expect(new Set(all).size).toBe(all.length - 1);
  });

  it.each([
    [aCase(), 'Nothing has been changed by us so far.'],
    [aCase({ askedAgain: { code: 'keys-changed' } }), 'Nothing has been changed by us so far.'],
    [aCase({ asking: 3, askedAgain: restored }), ''],
    [aCase({ asking: 3, keys: [newer(), key(THIRD)], progress: gone }), 'So far …3QXK is deleted.'],
    [aCase({ asking: 2, decision: aDecision() }), ''],
  ])('says that nothing was changed only where that is certain', (current, says) => {
    expect(soFar(current)).toBe(says);
  });

  it.each([
    [[], 'The user has no access key.'],
    [[newer()], '…MPLE is active.'],
    [[older('Inactive')], 'No key is active, …3QXK is off.'],
    [[newer(), older(), key(THIRD, 'Inactive')], '…MPLE and …3QXK are active, …R7WZ is off.'],
    [[newer(), older('Inactive'), key(THIRD, 'Inactive')], '…MPLE is active, …3QXK and …R7WZ are off.'],
  ])('names the keys as they were seen', (keys, says) => {
    expect(keysNow(aCase({ keys }))).toBe(says);
  });
});
