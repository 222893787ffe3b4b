import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anchorFrom } from '../../../functions/adapters/records/anchor-folder.ts';
import {
  drawn,
  type RecentAnchors,
  recentCheck,
  sampledUser,
  usersIn,
} from '../../../functions/core/verify/sample.ts';
import { ACCOUNT } from '../../fakes/cases.ts';
import { KeptAccount } from '../../fakes/kept-account.ts';

const A = 'AIDAKEPTACCOUNT00000A';
const at = (time: string) => `2026-11-23T${time}:00.000Z`;

describe('the users that are drawn', () => {
  it('are some of all, none twice, whatever the source says', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string(), { maxLength: 30 }),
        fc.integer({ min: 0, max: 40 }),
        fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })),
        (users, count, source) => {
          const found = drawn(users, count, () => source.next().value as number);
          expect(found).toHaveLength(Math.min(count, users.length));
          expect(new Set(found).size).toBe(found.length);
          expect(users).toEqual(expect.arrayContaining(found));
        },
      ),
    );
  });

  it('can be each of them', () => {
    const users = ['a', 'b', 'c'];
    expect([0, 0.34, 0.99].map((random) => drawn(users, 1, () => random))).toEqual([['a'], ['b'], ['c']]);
  });
});

describe('the latest anchors', () => {
  const account = new KeptAccount();
  account.pass(A, at('08:00'));
  account.anchor(at('10:00'), 'news');
  account.anchor(at('10:15'), 'daily');
  const anchors = [2].map((number) => anchorFrom(number, account.folder(number), account.keys.publicKey));

  it('name the users that can be compared, also where a file is unreadable', () => {
    expect(usersIn(anchors)).toEqual([A]);
    expect(
      usersIn(anchors.map((one) => ({ ...one, lines: { entries: null, heads: null, ledger: null } }))),
    ).toEqual([]);
  });

  it('are checked alone: none before them is missing', () => {
    const check = recentCheck({ from: null, anchors }, ACCOUNT, at('11:00'), [A]);
    expect(check.findings).toEqual([]);
    expect(sampledUser(check, A, null, [])).toMatchObject([
      { userId: A, fault: { found: 'gone', entries: 1 } },
    ]);
    expect(sampledUser(check, 'AIDAOTHER', null, [])).toEqual([]);
    const user = { userId: 'AIDAOTHER', userName: null, entries: [], misplaced: [], findings: [] };
    expect(sampledUser(check, 'AIDAOTHER', user, [])).toEqual([]);
  });

  it('go on from the one before', () => {
    const [first] = [1].map((number) => anchorFrom(number, account.folder(number), account.keys.publicKey));
    const from = { anchor: first?.anchor, sha256: first?.sha256 } as NonNullable<RecentAnchors['from']>;
    expect(recentCheck({ from, anchors }, ACCOUNT, at('11:00'), [A]).findings).toEqual([]);
    const other = { ...from, sha256: '0'.repeat(64) };
    expect(recentCheck({ from: other, anchors }, ACCOUNT, at('11:00'), [A]).findings).toHaveLength(1);
  });

  it('need not exist', () => {
    const check = recentCheck({ from: null, anchors: [] }, ACCOUNT, at('11:00'), [A]);
    expect(check.findings).toMatchObject([{ fault: { found: 'none' } }]);
    const user = { userId: A, userName: null, entries: [], misplaced: [], findings: [] };
    expect(sampledUser(check, A, user, [])).toEqual([]);
  });
});
