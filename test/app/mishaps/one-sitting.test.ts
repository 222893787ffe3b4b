/** Many decisions in one sitting, through the review, with few changes an hour: each has its turn, the oldest first. */
import { expect, it } from 'vitest';
import { recordReview } from '../../../functions/app/approve/record-review.ts';
import { checkReview, type RowAsked } from '../../../functions/app/approve/review.ts';
import { reconcile } from '../../../functions/app/reconcile/reconcile.ts';
import { questionDigest } from '../../../functions/core/case/facts.ts';
import { activeKeys } from '../../../functions/core/model/compliance.ts';
import { lastFour } from '../../../functions/core/model/observation.ts';
import { DAY, HOUR, type Instant, MINUTE, plus } from '../../../functions/core/model/time.ts';
import { MOST_TOGETHER } from '../../../functions/core/page/review.ts';
import { anAbout } from '../../fakes/about.ts';
import { later, passing, portsOf, trueKey } from '../../fakes/acts.ts';
import { ACCOUNT, aListClaim, NOW, POLICY } from '../../fakes/cases.ts';
import { type MemoryWorld, memoryWorld } from '../../fakes/world.ts';

const USERS = 300;
const AN_HOUR = 20;

const idOf = (n: number) => `AIDAONESITTING${String(n).padStart(4, '0')}`;
const keptOf = (n: number) => `AKIAIOSFODNN7EX${String(n).padStart(4, '0')}K`;
const idleOf = (n: number) => `AKIAI44QH8DHBEX${String(n).padStart(4, '0')}D`;

/** An old account: so many users with a key in use, of a creator on record, and one that nobody has used for months. */
async function oldAccount(): Promise<MemoryWorld> {
  const m = memoryWorld({ ...POLICY, changesPerHour: AN_HOUR, grace: 90 * DAY });
  for (let n = 0; n < USERS; n += 1) {
    const userName = `user-${n}`;
    const keys = [trueKey(keptOf(n), 300, 0.1), trueKey(idleOf(n), 600, 240)];
    m.iam.users.set(idOf(n), { userId: idOf(n), userName, path: '/', tags: {}, keys });
    m.table.abouts.set(idOf(n), anAbout());
    const origin = { keyId: keptOf(n), createdBy: `user/${userName}`, at: plus(NOW, -300 * DAY) };
    await reconcile(m.world, { kind: 'user', account: ACCOUNT, userName, attempt: 0 }, { origin });
  }
  await later(m, MINUTE);
  return m;
}

/** The row of a user, as the list shows it now. */
function rowOf(m: MemoryWorld, userId: string): RowAsked {
  const current = m.caseOf(userId);
  if (current === null) {
    throw new Error('everybody should have a case');
  }
  const [keep = '', off = ''] = activeKeys(current.keys).map(({ id }) => id);
  const facts = questionDigest(current, m.world.policy);
  return { userId, caseNumber: current.number, keep, off: [lastFour(off)], facts };
}

/** Decides about everybody, a page at a time and three minutes a page, the last users first. Returns when each decided. */
async function decidesAll(m: MemoryWorld): Promise<Map<string, Instant>> {
  const token = await m.links.mint(aListClaim());
  const decided = new Map<string, Instant>();
  const users = [...m.iam.users.keys()].reverse();
  for (let from = 0; from < users.length; from += MOST_TOGETHER) {
    const page = users.slice(from, from + MOST_TOGETHER);
    const rows = page.map((userId) => rowOf(m, userId));
    const checked = await checkReview(portsOf(m), token, rows);
    expect(checked).toMatchObject({ kind: 'to-check', refused: [] });
    const grounds = { reason: 'unused' as const, comment: 'Ticket 4711' };
    const done = await recordReview(portsOf(m), token, { rows, count: rows.length, grounds });
    expect(done.kind === 'done' && done.rows.every(({ outcome }) => outcome === 'recorded')).toBe(true);
    for (const userId of page) {
      decided.set(userId, m.clock.now());
    }
    for (const wake of m.wakes.sent.splice(0)) {
      await reconcile(m.world, wake);
    }
    // The sweep runs every minute, so those that wait for the next hour come before whoever decides in it.
    await passing(m, 3 * MINUTE, MINUTE);
  }
  return decided;
}

it('300 decisions in one sitting with 20 changes an hour: all carried out, the oldest first, and nobody is asked again', {
  timeout: 600_000,
}, async () => {
  const m = await oldAccount();
  const done: { readonly userId: string; readonly at: Instant }[] = [];
  m.iam.watchers.push(({ kind, keyId }, user) => {
    // S3, S5 and S6: only the key that was decided, of a user whose kept key is active, and which nobody used since.
    expect([kind, keyId.endsWith('D')]).toEqual(['deactivate', true]);
    expect(user?.keys.filter(({ status }) => status === 'Active')).toHaveLength(2);
    done.push({ userId: user?.userId ?? '', at: m.clock.now() });
  });
  const decided = await decidesAll(m);
  expect(decided.size).toBe(USERS);
  await passing(m, 16 * HOUR);

  expect(done).toHaveLength(USERS);
  for (const hour of new Set(done.map(({ at }) => at.slice(0, 13)))) {
    expect(done.filter(({ at }) => at.startsWith(hour)).length).toBeLessThanOrEqual(AN_HOUR);
  }
  const ages = done.map(({ userId }) => decided.get(userId) ?? '');
  expect(ages).toEqual([...ages].sort());
  const cases = [...m.table.rows.values()].map((row) => row.case);
  expect(new Set(cases.map(({ phase }) => phase))).toEqual(new Set(['grace']));
  expect(cases.filter(({ askedAgain, asking }) => askedAgain !== null || asking > 2)).toEqual([]);
  // The decision record is what IAM shows.
  for (const { userId, decision } of cases) {
    const keys = m.iam.users.get(userId)?.keys ?? [];
    expect(decision).toMatchObject({
      kind: 'keep',
      by: 'sec-lead',
      reason: 'unused',
      carriedOutAt: expect.any(String),
    });
    expect(keys.map(({ status }) => status)).toEqual(['Active', 'Inactive']);
    expect(decision?.deactivate).toEqual([keys[1]?.id]);
  }
});
