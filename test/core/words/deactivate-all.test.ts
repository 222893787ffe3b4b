import { describe, expect, it, test } from 'vitest';
import { afterAnswer } from '../../../functions/core/case/origins.ts';
import { annotationOf } from '../../../functions/core/config/annotation.ts';
import { chatMessage } from '../../../functions/core/messages/chat.ts';
import { decisionForMachines } from '../../../functions/core/messages/for-machines.ts';
import { renderNews } from '../../../functions/core/messages/news.ts';
import { UNRESTRICTED } from '../../../functions/core/model/policy.ts';
import { UTC } from '../../../functions/core/model/zone.ts';
import { decisionWords } from '../../../functions/core/words/advice.ts';
import { notCarriedOut } from '../../../functions/core/words/dropped.ts';
import { PLAIN } from '../../../functions/core/words/style.ts';
import { workMoved } from '../../../functions/core/words/work-moved.ts';
import {
  aCase,
  aDecision,
  aDrop,
  allOff,
  inGrace,
  NEWER,
  NOW,
  newer,
  noneKept,
  OLDER,
  older,
  POLICY,
} from '../../fakes/cases.ts';

describe('a decision that keeps no key', () => {
  it.each([
    [UNRESTRICTED, 'deactivate all keys; now being deactivated.'],
    [{ pauses: [{ from: NOW, to: null }], revoked: [] }, 'deactivate all keys; deactivation waits: paused.'],
  ])('is said in AWS Config', (control, said) => {
    const current = aCase({ phase: 'approved', decision: noneKept() });
    const judged = { keys: [newer(), older()], excluded: false, current };
    expect(annotationOf(judged, { policy: POLICY, control, now: NOW })).toContain(
      `Decided by Platform lead on 2026-11-23: ${said}`,
    );
  });

  it('names no kept key to machines', () => {
    expect(decisionForMachines({ decision: noneKept() })?.keepEndsIn).toBeNull();
    expect(decisionForMachines({ decision: aDecision() })?.keepEndsIn).toBe('MPLE');
  });

  it('is said to operators', () => {
    expect(decisionWords(noneKept(), PLAIN)).toBe('keep no key, deactivate ...MPLE and ...3QXK');
    expect(decisionWords(aDecision(), PLAIN)).toBe('keep ...MPLE, deactivate ...3QXK');
  });

  it('is called by its name when it is not carried out', () => {
    expect(notCarriedOut(aDrop({ kind: 'none' }), POLICY, PLAIN, 'sec-lead')).toContain(
      'Your decision to deactivate all keys of ',
    );
  });

  it('leaves nothing that could be seen taking over', () => {
    const moved = (current = allOff(), evidence = { usage: {} as never }) =>
      workMoved(current, evidence, NOW, UTC, PLAIN);
    expect(moved()).toEqual(['No key was kept, so nothing can show if something still needs access.']);
    expect(moved({ ...allOff(), decision: null })).toEqual([]);
    expect(moved({ ...allOff(), progress: {} })).toEqual([]);
    expect(workMoved(allOff(), {}, NOW, UTC, PLAIN)).toEqual([]);
  });

  it('answers for the creator of no key', () => {
    const origins = { [NEWER]: { createdBy: 'user/mallory', at: NOW } };
    expect(afterAnswer({ origins, decision: noneKept() })).toEqual(origins);
  });
});

test('keys deactivated as compromised are urgent to machines, and a chat says what the mail is for', () => {
  const current = inGrace({}, { decision: aDecision({ reason: 'compromised' }), compromised: [OLDER] });
  const context = {
    kind: 'deactivated' as const,
    current,
    policy: POLICY,
    control: UNRESTRICTED,
    evidence: {},
    now: NOW,
  };
  expect(renderNews(context).urgent).toBe(true);
  expect(chatMessage(context, true).content.nextSteps).toEqual([
    'Each approver can reactivate the key from their own mail.',
  ]);
});
