import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE, plus } from '../../../functions/core/model/time.ts';
import { ACCOUNT, NEWER, NOW, OLDER, POLICY, USER_ID, used } from '../../fakes/cases.ts';
import { family, usage } from '../../fakes/usage.ts';
import { memoryWorld } from '../../fakes/world.ts';

function worldWith(usages: readonly string[] | null = []) {
  const m = memoryWorld({ ...POLICY, usage: usages });
  const keys = [
    {
      id: NEWER,
      status: 'Active' as const,
      created: plus(NOW, -200 * DAY),
      lastUsed: used(plus(NOW, -HOUR)),
    },
    {
      id: OLDER,
      status: 'Active' as const,
      created: plus(NOW, -600 * DAY),
      lastUsed: used(plus(NOW, -43 * DAY)),
    },
  ];
  m.iam.users.set(USER_ID, { userId: USER_ID, userName: 'ci-deploy', path: '/', tags: {}, keys });
  return m;
}

describe('asking who uses the keys', () => {
  it('happens in the pass that opens the case, before the first mail, about all keys', async () => {
    const m = worldWith(['us-west-2']);
    await m.wake('ci-deploy');
    expect(m.mails).toEqual([]);
    expect(m.questions).toEqual([
      {
        account: ACCOUNT,
        userId: USER_ID,
        keys: [NEWER, OLDER].map((keyId) => ({
          keyId,
          created: expect.any(String),
          regions: ['us-west-2', 'eu-west-1'],
        })),
      },
    ]);
  });

  it('stops when the answer is there, and never happens with usage off', async () => {
    const m = worldWith();
    await m.wake('ci-deploy');
    m.table.usages.set(USER_ID, {
      at: NOW,
      keys: [NEWER, OLDER].map((keyId) => usage([family()], { keyId })),
    });
    m.clock.move(2 * MINUTE);
    await m.sweep();
    expect([m.questions.length, m.mails.length]).toEqual([1, 2]);
    const off = worldWith(null);
    await off.wake('ci-deploy');
    expect(off.questions).toEqual([]);
  });

  it('that fails stops nothing', async () => {
    const m = worldWith();
    m.world.usage = { ask: () => Promise.reject(new Error('the queue is away')) };
    await m.wake('ci-deploy');
    m.clock.move(2 * MINUTE);
    await m.sweep();
    expect(m.mails).toHaveLength(2);
    expect(m.log.lines).toContain('count UsageNotAsked');
  });
});

describe('the first mail', () => {
  it('says who uses the keys, and that it is not known where it is not', async () => {
    const m = worldWith();
    await m.wake('ci-deploy');
    m.table.usages.set(USER_ID, {
      at: NOW,
      keys: [
        usage([family({ agent: 'github-actions' })], { keyId: NEWER }),
        { keyId: OLDER, lookup: { kind: 'not-looked-up', why: 'throttled' }, families: [] },
      ],
    });
    m.clock.move(2 * MINUTE);
    await m.sweep();
    const body = m.mails[0]?.body.replace(/\s+/g, ' ') ?? '';
    expect(body).toContain('MPLE: used today at 16:10 UTC by GitHub Actions (S3, eu-west-1)');
    expect(body).toContain('It is not known who uses ...3QXK.');
    expect(body).toContain('Confidence: low');
  });
});
