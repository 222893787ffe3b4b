/** Several processes mail the same address, and each remembers what it saw last. */
import { describe, expect, it } from 'vitest';
import { sendDigests } from '../../../functions/app/reconcile/digest.ts';
import { reconcile } from '../../../functions/app/reconcile/reconcile.ts';
import type { World } from '../../../functions/app/reconcile/world.ts';
import { addressMark } from '../../../functions/core/case/requests.ts';
import { DAY, MINUTE } from '../../../functions/core/model/time.ts';
import { ACCOUNT, POLICY } from '../../fakes/cases.ts';
import { rememberedPaces } from '../../fakes/paces.ts';
import { alarmedAccount, names } from './account.ts';

const WISHES = POLICY.approvers.map(({ email }) => ({
  kind: 'digest' as const,
  account: ACCOUNT,
  address: addressMark(email),
}));

/** Five users with keys that nobody expected, and two processes. */
function twoProcesses() {
  const { m } = alarmedAccount(6, {}, 0);
  const one: World = { ...m.world, paces: rememberedPaces(m.table.paces) };
  const other: World = { ...m.world, paces: rememberedPaces(m.table.paces) };
  const handles = async (world: World, users: readonly string[]) => {
    for (const userName of users) {
      await reconcile(world, { kind: 'user', account: ACCOUNT, userName, attempt: 0 });
      m.clock.move(1);
    }
  };
  const digests = async (world: World) => {
    for (const wish of WISHES) {
      await sendDigests(world, wish);
    }
  };
  return { m, one, other, handles, digests };
}

const [first = '', second = '', third = '', fourth = '', fifth = '', sixth = ''] = names(6);

describe('a process that remembers the pace of an address', () => {
  it('sends a digest that another one has made due since', async () => {
    const { m, one, other, handles, digests } = twoProcesses();
    await handles(other, [first]);
    await handles(one, [second, third, fourth]);
    expect(m.mails).toHaveLength(6);
    m.clock.move(30);
    await digests(other);
    expect(m.digestMails).toHaveLength(2);
  });

  it('knows that another one may have sent the digest that it remembers as due', async () => {
    const { m, one, other, handles, digests } = twoProcesses();
    await handles(one, [first, second, third, fourth]);
    m.clock.move(30);
    await digests(other);
    m.clock.move(DAY);
    await handles(one, [fifth]);
    expect(m.mails.slice(6).map(({ recipient }) => recipient)).toEqual(['sec-lead', 'platform-lead']);
  });

  it('makes another digest due while one is being written without its notice', async () => {
    const { m, one, other, handles, digests } = twoProcesses();
    await handles(one, [first, second, third, fourth]);
    m.clock.move(30);
    let others = 1;
    const late: World = {
      ...other,
      openCases: {
        ...m.world.openCases,
        open: async (account) => {
          const read = await m.world.openCases.open(account);
          await handles(one, others-- > 0 ? [sixth] : []);
          return read;
        },
      },
    };
    await digests(late);
    expect(m.digestMails[0]?.body).not.toContain(sixth);
    m.clock.move(15 * MINUTE);
    await digests(other);
    expect(m.digestMails.at(-2)?.body).toContain(sixth);
  });
});
