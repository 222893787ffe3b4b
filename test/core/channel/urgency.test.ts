import { expect, test } from 'vitest';
import { mailClass } from '../../../functions/core/channel/urgency.ts';
import {
  aCase,
  aDecision,
  inGrace,
  NEWER,
  NOW,
  newer,
  noneKept,
  OLDER,
  older,
  POLICY,
} from '../../fakes/cases.ts';

const WHY = { reason: 'compromised' as const };

test('the mails are urgent that keys are off as compromised, and that one of them is back', () => {
  const off = inGrace({}, { decision: aDecision(WHY), compromised: [OLDER] });
  expect(mailClass('deactivated', off, POLICY)).toBe('urgent');
  expect(mailClass('deactivated', inGrace({}, { decision: noneKept(WHY) }), POLICY)).toBe('urgent');
  expect(mailClass('deletion-announced', off, POLICY)).toBe('ordinary');
  expect(mailClass('deactivated', inGrace(), POLICY)).toBe('ordinary');
  expect(mailClass('deactivated', inGrace({}, { decision: null }), POLICY)).toBe('ordinary');
  expect(mailClass('restored', aCase({ compromised: [OLDER] }), POLICY)).toBe('urgent');
  expect(mailClass('restored', aCase(), POLICY)).toBe('ordinary');
  expect(mailClass('deactivated', inGrace(), POLICY, true), 'of an administrator').toBe('urgent');
  expect(mailClass('deactivated', inGrace({}, { decision: aDecision({ selfApproved: true }) }), POLICY)).toBe(
    'urgent',
  );
  expect(mailClass('deletion-announced', inGrace(), POLICY, true)).toBe('ordinary');
  const strict = { ...POLICY, trustedCreators: [] };
  const suspicious = inGrace({}, { origins: { [NEWER]: { createdBy: 'user/mallory', at: NOW } } });
  expect(mailClass('deactivated', suspicious, strict), 'it asks nothing').toBe('ordinary');
  const stillOff = aCase({ compromised: [OLDER], keys: [newer(), older('Inactive')] });
  expect(mailClass('restored', stillOff, POLICY)).toBe('ordinary');
});

test('so are a question about a key of an unexpected creator, and every hold, and no other question', () => {
  const strict = { ...POLICY, trustedCreators: [] };
  const suspicious = aCase({ origins: { [NEWER]: { createdBy: 'user/mallory', at: NOW } } });
  expect(mailClass('detected', suspicious, strict)).toBe('urgent');
  expect(mailClass('detected', aCase(), strict)).toBe('ordinary');
  expect(mailClass('held', aCase({ phase: 'held', heldFor: 'unknown' }), strict)).toBe('urgent');
});
