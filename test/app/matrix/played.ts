import { Unreadable } from '../../../functions/app/ports.ts';
import { reconcile } from '../../../functions/app/reconcile/reconcile.ts';
import type { Case } from '../../../functions/core/case/case.ts';
import { questionDigest } from '../../../functions/core/case/facts.ts';
import { MINUTE, plus } from '../../../functions/core/model/time.ts';
import { sourceText } from '../../../functions/core/usage/source.ts';
import type { UserUsage } from '../../../functions/core/usage/user-usage.ts';
import { ACCOUNT, aClaim, NOW, newer, older, POLICY, USER_ID } from '../../fakes/cases.ts';
import type { Call } from '../../fakes/event-history.ts';
import { onRecord } from '../../fakes/on-record.ts';
import { type MemoryWorld, memoryWorld } from '../../fakes/world.ts';
import { watchSafety } from '../../properties/monitor.ts';
import { type Met, ROWS } from './rows.ts';

/** One pass over one user in the whole of Solekey but for AWS, under the eyes of the safety monitor. */
async function pass(current: Case | null, met: Met): Promise<MemoryWorld> {
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
    const asked = {
      digest: questionDigest(before, m.world.policy),
      at: plus(NOW, -MINUTE),
      ask: met.ask,
    };
    await m.table.approvals.record(ACCOUNT, USER_ID, m.links.seal(token, asked));
  }
  m.iam.state.unreadable = met.unreadable === true;
  m.table.state.control = met.control ?? m.table.state.control;
  if (met.spent === true) {
    m.table.spent.set(NOW.slice(0, 13), 1);
  }
  if (met.usage !== undefined) {
    m.table.usages.set(USER_ID, met.usage);
    m.trail.calls.push(...callsIn(met.usage));
  }
  await reconcile(m.world, { kind: 'user', account: ACCOUNT, userId: USER_ID, attempt: 0 }).catch((error) => {
    // Without an open case nothing is written: the queue brings the wake again.
    if (!(error instanceof Unreadable)) {
      throw error;
    }
  });
  return m;
}

/** The calls that a lookup found, as the monitor knows them. */
function callsIn({ keys }: UserUsage): Call[] {
  return keys.flatMap(({ keyId, families }) =>
    families.map((one) => ({ keyId, by: sourceText(one.source), at: one.last })),
  );
}

/** The world after one pass over a case that meets a row of the order of judgement. */
export function played(row: string, current: Case | null): Promise<MemoryWorld> {
  return pass(current, ROWS[row]?.(current?.keys ?? [newer(), older()]) ?? {});
}
