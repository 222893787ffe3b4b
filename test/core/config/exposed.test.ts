import { expect, it } from 'vitest';
import { annotationOf } from '../../../functions/core/config/annotation.ts';
import { UNRESTRICTED } from '../../../functions/core/model/policy.ts';
import { aCase, NOW, newer, OLDER, older, POLICY } from '../../fakes/cases.ts';

const keys = [newer(), older()];
const annotation = (current: Parameters<typeof aCase>[0] | null) =>
  annotationOf(
    { keys, excluded: false, current: current === null ? null : aCase(current) },
    { policy: POLICY, control: UNRESTRICTED, now: NOW },
  );

it('an exposed key is what an annotation begins with, within the limit of AWS Config', () => {
  const reported = annotation({ exposed: { keys: { [OLDER]: { at: NOW } } } });
  expect(reported).toMatch(
    /^URGENT 2 active keys, seen since 2026-11-23: \.\.\.3QXK \(used 2026-10-11\) may be exposed, according to AWS; /,
  );
  const quarantined = annotation({ exposed: { keys: {}, quarantined: { at: NOW } } });
  expect(quarantined).toMatch(
    /^URGENT 2 active keys[^:]*: \.\.\.MPLE.*, \.\.\.3QXK.* may be exposed, according to AWS\. /,
  );
  expect(quarantined).not.toContain('Proposal');
  for (const text of [reported, quarantined]) {
    expect(text.length).toBeLessThanOrEqual(256);
  }
});

it('nothing is urgent without one', () => {
  expect(annotation({})).not.toContain('URGENT');
  expect(annotation(null)).not.toContain('URGENT');
});
