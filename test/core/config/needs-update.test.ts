import { expect, it } from 'vitest';
import { needsUpdate, PUT_AGAIN_AFTER } from '../../../functions/core/config/needs-update.ts';
import type { ShownVerdict } from '../../../functions/core/config/survey.ts';
import { DAY, plus } from '../../../functions/core/model/time.ts';
import { NOW } from '../../fakes/cases.ts';

const held = (more: Partial<ShownVerdict> = {}): ShownVerdict => ({
  compliance: 'COMPLIANT',
  annotation: null,
  factsAt: plus(NOW, -DAY),
  recorded: plus(NOW, -DAY),
  ...more,
});

it('an evaluation is worth a put when Config shows something else, or has shown it for a week', () => {
  const evaluation = { userId: 'AIDAa', compliance: 'COMPLIANT', annotation: 'x', factsAt: NOW } as const;
  expect(needsUpdate(evaluation, undefined, NOW)).toBe(true);
  expect(needsUpdate(evaluation, held({ annotation: 'x' }), NOW)).toBe(false);
  const almost = held({ annotation: 'x', recorded: plus(NOW, 1 - PUT_AGAIN_AFTER) });
  expect(needsUpdate(evaluation, almost, NOW)).toBe(false);
  expect(needsUpdate(evaluation, held(), NOW)).toBe(true);
  expect(needsUpdate(evaluation, held({ annotation: 'x', recorded: plus(NOW, -PUT_AGAIN_AFTER) }), NOW)).toBe(
    true,
  );
});
