import { describe, expect, it } from 'vitest';
import { hourly } from '../../../functions/app/survey/hourly.ts';
import { DAY, MINUTE } from '../../../functions/core/model/time.ts';
import { administrator } from '../../fakes/about.ts';
import { ACCOUNT, NOW } from '../../fakes/cases.ts';
import { withInventory } from '../../fakes/inventory.ts';
import { account, oneKey, twoKeys, users } from '../../fakes/rule.ts';

/** An account with these users, of whom the first is an administrator. */
function surveyed(...all: ReturnType<typeof users>) {
  const rule = account(...all);
  const { m, slow, after } = rule;
  const { world, taken, asked } = withInventory(m, rule);
  const { details } = world.account;
  const admin = { name: 'AdministratorAccess', arn: 'arn:aws:iam::aws:policy/AdministratorAccess' };
  const policies = { attached: [admin] };
  world.account.details = async () => {
    const found = await details();
    const [first, ...others] = found.users;
    const privileged = first && { ...first, permissions: { ...first.permissions, ...policies } };
    return {
      ...found,
      users: [...(privileged === undefined ? [] : [privileged]), ...others],
    } as typeof found;
  };
  const day = async () => {
    const { inventory } = await hourly(world, ACCOUNT);
    m.clock.move(DAY);
    return inventory;
  };
  const abouts = m.table.abouts;
  return { m, world, taken, asked, day, abouts, slow, after, policies };
}

const idOf = (n: number) => `AIDA${String(n).padStart(8, '0')}`;

describe('the facts about users beside their cases', () => {
  it('are stored for every user by the daily survey', async () => {
    const all = users(3, oneKey);
    all[1] = { ...all[1], path: '/svc/', tags: { note: 'break glass' } } as (typeof all)[number];
    const { day, abouts } = surveyed(...all);
    await day();
    expect([...abouts.keys()]).toEqual([0, 1, 2].map(idOf));
    expect(abouts.get(idOf(0))).toEqual({
      asOf: NOW,
      privilege: administrator('AdministratorAccess'),
      automation: { kind: 'unknown' },
      reserved: { user: false, keys: [] },
    });
    expect(abouts.get(idOf(1))).toEqual({
      asOf: NOW,
      privilege: { kind: 'ordinary' },
      automation: { kind: 'automation', by: 'path' },
      reserved: { user: true, keys: [] },
    });
  });

  it('are in the mail that asks, if the survey came first, and lower the confidence by tags', async () => {
    const asked = async (before: boolean) => {
      const [user] = users(1, twoKeys);
      const rare = { ...user, tags: { purpose: 'dr' } } as ReturnType<typeof users>[number];
      const { m, day } = surveyed(rare);
      if (before) {
        await day();
      }
      await m.wake('user-0');
      m.clock.move(2 * MINUTE);
      await m.sweep();
      return m.mails[0]?.body ?? '';
    };
    const sentence = 'This user is an administrator (AdministratorAccess).';
    const [first, later] = [await asked(false), await asked(true)];
    expect(first).toContain('has 2 active access keys');
    expect(first).not.toMatch(/administrator|rare use/);
    expect(later).toContain(sentence);
    expect(later).toContain('Confidence: low.');
    expect(later).toContain('is for rare use');
  });

  it('are written only where they differ; where there is a choice of keys also to say as of when', async () => {
    const { m, day, asked, abouts, policies } = surveyed(
      ...users(250, (n) => (n === 7 ? twoKeys(n) : oneKey(n))),
    );
    await day();
    expect(asked).toEqual({ reads: 3, writes: 250 });
    await day();
    expect(asked).toEqual({ reads: 6, writes: 251 });
    expect(abouts.get(idOf(7))?.asOf).not.toBe(NOW);
    expect(abouts.get(idOf(0))?.asOf).toBe(NOW);
    policies.attached = [];
    const now = m.clock.now();
    await day();
    expect(asked).toEqual({ reads: 9, writes: 253 });
    expect(abouts.get(idOf(0))).toMatchObject({ asOf: now, privilege: { kind: 'ordinary' } });
  });

  it('are completed by the next run if one dies half way, within the hour', async () => {
    const { m, world, asked, taken, abouts } = surveyed(...users(250, oneKey));
    const { keep } = world.about;
    const dying = new Promise<string>((resolve) => {
      world.about.keep = async (...one) => {
        if (asked.writes < 130) {
          return keep(...one);
        }
        resolve('killed');
        return new Promise<void>(() => undefined);
      };
    });
    expect(await Promise.race([hourly(world, ACCOUNT), dying])).toBe('killed');
    expect(abouts.size).toBe(130);
    expect(taken).toEqual([]);
    world.about.keep = keep;
    m.clock.move(3600);
    await hourly(world, ACCOUNT);
    expect(abouts.size).toBe(250);
    expect(asked.writes).toBe(250);
    expect(taken).toHaveLength(1);
  });

  it('stop neither inventory nor wakes if DynamoDB refuses them, and the run fails at its end', async () => {
    const { m, world, day, taken, asked, abouts } = surveyed(
      ...users(250, (n) => (n === 0 ? twoKeys(n) : oneKey(n))),
    );
    const { keep } = world.about;
    world.about.keep = async (...one) => {
      if (asked.writes >= 105) {
        throw new Error('throttled');
      }
      return keep(...one);
    };
    await expect(day()).rejects.toThrow('not stored for 150 of 250 users');
    expect(taken).toHaveLength(1);
    expect(m.wakes.sent).toHaveLength(1);
    expect(m.log.lines.join()).toContain('could not be stored');
    world.about.keep = keep;
    m.clock.move(DAY);
    expect((await day())?.problems).toEqual([]);
    expect(abouts.size).toBe(250);
  });

  it('are left for the next run where no time is left', async () => {
    const { slow, day, asked } = surveyed(...users(2, oneKey));
    slow.remaining = 59_999;
    await expect(day()).rejects.toThrow('not stored for 2 of 2 users');
    expect(asked).toEqual({ reads: 0, writes: 0 });
  });

  it('are not stored about somebody who is gone by then', async () => {
    const { m, after, day, abouts } = surveyed(...users(2, twoKeys));
    after.listing = () => {
      m.iam.users.delete(idOf(0));
    };
    await day();
    expect([...abouts.keys()]).toEqual([idOf(1)]);
  });
});
