import { expect, test } from 'vitest';
import { Unreadable } from '../../../functions/app/ports.ts';
import { reconcile } from '../../../functions/app/reconcile/reconcile.ts';
import type { Case } from '../../../functions/core/case/case.ts';
import { factsDigest, factsOf } from '../../../functions/core/case/facts.ts';
import { MINUTE, plus } from '../../../functions/core/model/time.ts';
import { scene } from '../../fakes/acts.ts';
import { ACCOUNT, aClaim, NOW, newer, older, POLICY, USER_ID } from '../../fakes/cases.ts';
import { onRecord } from '../../fakes/on-record.ts';
import { type MemoryWorld, memoryWorld } from '../../fakes/world.ts';
import { watchSafety } from '../../properties/monitor.ts';
import { CASES, type Met, ROWS } from './rows.ts';

/** One pass over one user in the whole of Solekey but for AWS, under the eyes of the safety monitor. */
async function played(current: Case | null, met: Met): Promise<MemoryWorld> {
  const m = memoryWorld({ ...POLICY, ...met.policy });
  watchSafety(m);
  const before = current === null ? null : { ...current, ...met.current };
  if (before !== null) {
    await onRecord(m, before);
  }
  const keys = met.keys === undefined ? (current?.keys ?? [newer(), older()]) : met.keys;
  if (keys !== null) {
    m.iam.users.set(USER_ID, {
      userId: USER_ID,
      userName: 'ci-deploy',
      path: '/svc/',
      tags: met.tags ?? {},
      keys: keys.map((key) => ({ ...key })),
    });
  }
  if (met.ask !== undefined && before !== null) {
    const token = await m.links.mint(aClaim({ caseNumber: before.number }));
    const asked = { digest: factsDigest(factsOf(before)), at: plus(NOW, -MINUTE), ask: met.ask };
    await m.table.approvals.record(ACCOUNT, USER_ID, m.links.seal(token, asked));
  }
  m.iam.state.unreadable = met.unreadable === true;
  m.table.state.control = met.control ?? m.table.state.control;
  if (met.spent === true) {
    m.table.spent.set(NOW.slice(0, 13), 1);
  }
  await reconcile(m.world, { kind: 'user', account: ACCOUNT, userId: USER_ID, attempt: 0 }).catch((error) => {
    // Without an open case nothing is written: the queue brings the wake again.
    if (!(error instanceof Unreadable)) {
      throw error;
    }
  });
  return m;
}

/** The world after it: the case, the keys in IAM, who was told what, and whose decision stands. */
async function line(row: string, phase: string, current: Case | null): Promise<string> {
  const m = await played(current, ROWS[row]?.(current?.keys ?? [newer(), older()]) ?? {});
  const by = m.caseOf(USER_ID)?.decision?.by ?? null;
  return [row, phase, scene(m), by === null ? 'no decision' : `decided by ${by}`].join(' | ');
}

test('every phase under every row of the order of judgement leads to the world in the reviewed table', async () => {
  const lines: string[] = [];
  for (const row of Object.keys(ROWS)) {
    for (const [phase, current] of Object.entries(CASES)) {
      lines.push(await line(row, phase, current));
    }
  }
  expect(lines).toHaveLength(Object.keys(ROWS).length * Object.keys(CASES).length);
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('./matrix.txt');
});
