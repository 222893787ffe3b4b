import { describe, expect, it } from 'vitest';
import { reconcile } from '../../../functions/app/reconcile/reconcile.ts';
import type { KeyStatus } from '../../../functions/core/model/observation.ts';
import { DAY, HOUR, MINUTE } from '../../../functions/core/model/time.ts';
import { BOTH, intoQuestion, later, NAME, passing, scene, trueKey, worldWith } from '../../fakes/acts.ts';
import { ACCOUNT, NEWER, OLDER, THIRD, USER_ID } from '../../fakes/cases.ts';
import type { TrueUser } from '../../fakes/iam.ts';
import type { MemoryWorld } from '../../fakes/world.ts';

/** The owner changes the status of the older key; an event tells of it, and the sweep does the rest. */
async function turns(m: MemoryWorld, user: TrueUser, status: KeyStatus, id = OLDER): Promise<void> {
  for (const key of user.keys) {
    key.status = key.id === id ? status : key.status;
  }
  await m.wake(NAME);
  await later(m, MINUTE);
  m.clock.move(7 * MINUTE);
}

/** Off and on again, each for some minutes. */
async function toggles(m: MemoryWorld, user: TrueUser, seconds: number, id = OLDER): Promise<void> {
  for (let gone = 0; gone < seconds; gone += 16 * MINUTE) {
    await turns(m, user, 'Inactive', id);
    await turns(m, user, 'Active', id);
  }
}

const mailsTo = (m: MemoryWorld, recipient = 'sec-lead') =>
  m.mails.filter((mail) => mail.recipient === recipient).length;

describe('a key is switched off and on every eight minutes for a day:', () => {
  it('each approver gets the first mail and the one that it ended', async () => {
    const { m, user } = worldWith();
    await intoQuestion(m);
    await toggles(m, user, DAY);
    expect(mailsTo(m)).toBe(2);
    expect(m.caseOf(USER_ID)).toMatchObject({ phase: 'awaiting-decision', number: 1 });
    await passing(m, 2 * DAY);
    expect(scene(m)).toMatch(/reminder to platform-lead,sec-lead$/);
    await turns(m, user, 'Inactive');
    expect(scene(m)).toBe(`closed(by-owner) | MPLE Active, 3QXK Inactive | closed to ${BOTH}`);
  });

  it('the same with a third key that stays: asked anew once for each set of keys', async () => {
    const { m, user } = worldWith([
      ...[NEWER, OLDER].map((id) => trueKey(id, 300, 20)),
      trueKey(THIRD, 200, 9),
    ]);
    await intoQuestion(m);
    await toggles(m, user, DAY);
    expect(mailsTo(m)).toBeLessThanOrEqual(3);
  });

  it('nobody had heard of it yet: the first mail comes as ever', async () => {
    const { m, user } = worldWith();
    await m.wake(NAME);
    await turns(m, user, 'Inactive');
    expect(scene(m)).toContain('closed(by-owner)');
    await turns(m, user, 'Active');
    expect(mailsTo(m)).toBe(1);
  });
});

describe('an alarm', () => {
  const origin = { createdBy: 'user/mallory', at: '2026-11-23T16:00:00.000Z' };
  const event = (m: MemoryWorld, keyId: string) =>
    reconcile(
      m.world,
      { kind: 'user', account: ACCOUNT, userName: NAME, attempt: 0 },
      { origin: { ...origin, keyId } },
    );

  it('is mailed at once when the case reopens with it, and not again for the same key', async () => {
    const { m, user } = worldWith(undefined, { trustedCreators: ['role/*'] });
    await intoQuestion(m);
    await turns(m, user, 'Inactive');
    user.keys.push(trueKey(THIRD, 0, null));
    await event(m, THIRD);
    expect(m.mails.at(-1)?.subject).toMatch(/: URGENT/);
    const told = mailsTo(m);
    await toggles(m, user, DAY / 4, THIRD);
    // One more for the end that people had not heard of.
    expect(mailsTo(m)).toBe(told + 1);
    user.keys.push(trueKey('AKIAI44QH8DHBEX1NPNW', 0, null));
    await event(m, 'AKIAI44QH8DHBEX1NPNW');
    expect(mailsTo(m)).toBe(told + 2);
    expect(m.mails.at(-1)?.subject).toMatch(/: URGENT/);
  });

  it('that comes after the case reopened is mailed at once as well', async () => {
    const { m, user } = worldWith(undefined, { trustedCreators: ['role/*'] });
    await intoQuestion(m);
    await turns(m, user, 'Inactive');
    await turns(m, user, 'Active');
    const told = mailsTo(m);
    await event(m, NEWER);
    expect(mailsTo(m)).toBe(told + 1);
    await passing(m, HOUR, 10 * MINUTE);
    expect(mailsTo(m)).toBe(told + 1);
  });
});
