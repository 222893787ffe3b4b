import { expect, it } from 'vitest';
import { HOUR, plus } from '../../../functions/core/model/time.ts';
import { NOW } from '../../fakes/cases.ts';
import { ControlWorld, ran } from '../../fakes/control-world.ts';

it('doctor says when health last ran, and that all was fine', async () => {
  const { out, code } = await ran(new ControlWorld(), 'doctor');
  expect(out).toContain('Watching since 20 Nov; no key event yet; 15 of 15 checks fine.');
  expect(code).toBe(0);
});

it('doctor shows each open finding of health, with its section in the runbook', async () => {
  const w = new ControlWorld();
  const finding = { about: '', since: NOW, told: true } as const;
  const open = [
    { ...finding, check: 'trail', kind: 'broken', words: 'The trail is stopped.', heading: 'The trail' },
    {
      ...finding,
      check: 'rule',
      kind: 'unchecked',
      words: 'Solekey could not check it.',
      heading: 'A check',
    },
  ] as const;
  w.health = { ...(w.health as NonNullable<typeof w.health>), fine: 13, open };
  const { out, err, code } = await ran(w, 'doctor');
  expect(out).toMatch(/^!! +the CloudTrail trails +The trail is stopped\.$/m);
  expect(out).toMatch(/^\?\? +the rule for IAM events +Solekey could not check it\.$/m);
  expect(err).toContain('the CloudTrail trails: see "The trail" in docs/operate.md.');
  expect(code).toBe(2);
});

it.each([
  ['never ran', null],
  ['is late', plus(NOW, -HOUR)],
])('doctor does not call it fine if health %s', async (_how, checkedAt) => {
  const w = new ControlWorld();
  w.health = checkedAt === null ? null : { ...(w.health as NonNullable<typeof w.health>), checkedAt };
  const { out, code } = await ran(w, 'doctor');
  expect(out).toMatch(/^!! +health +Solekey has not checked itself/m);
  expect(code).toBe(2);
});

it('doctor says that it could not read what health found', async () => {
  const w = new ControlWorld();
  const world = w.world();
  w.world = () => ({
    ...world,
    health: async () => {
      throw new Error('User is not authorized');
    },
  });
  const { out, code } = await ran(w, 'doctor');
  expect(out).toMatch(/^\?\? +health +could not be checked: User is not authorized$/m);
  expect(code).toBe(3);
});
