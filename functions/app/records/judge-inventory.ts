import type { Policy } from '../../core/model/policy.ts';
import type { Instant } from '../../core/model/time.ts';
import type { FormerValidation } from '../../core/records/carried.ts';
import type { Remediated } from '../../core/records/remediated.ts';
import { type Validation, validate } from '../../core/validation/validation.ts';
import type { CaseReader } from '../config-ports.ts';
import type { InventoryReader } from '../records-ports.ts';

/** The ports for a validation. */
export interface JudgeWorld {
  readonly inventories: InventoryReader;
  readonly cases: CaseReader;
  readonly policy: Policy;
}

/** The knowledge from before this run. */
export interface KnownBefore {
  /** When the latest inventory was taken that is validated so far; null if there is none. */
  readonly validated: Instant | null;
  readonly unvouched: readonly string[];
  /** All remediated users. Read only if there is an inventory to judge, like the validation before (null: there is none). */
  readonly remediated: () => Promise<readonly Remediated[]>;
  readonly previous: () => Promise<FormerValidation | null>;
}

/** Judges the latest inventory; null if there is none that was not judged yet. */
export async function judgeInventory(
  { inventories, cases, policy }: JudgeWorld,
  account: string,
  { validated, remediated, unvouched, previous }: KnownBefore,
  now: Instant,
): Promise<Validation | null> {
  const inventory = await inventories.after(validated);
  if (inventory === null) {
    return null;
  }
  const open = await cases.open(account);
  const stored = await cases.cases(account, open);
  const evidence = policy.usage === null ? [] : [...(await cases.evidence(account, open))];
  return validate({
    account,
    at: now,
    inventory,
    remediated: await remediated(),
    cases: [...stored.cases.values(), ...stored.unread.values()],
    usage: new Map(evidence.flatMap(([userId, { usage }]) => (usage === null ? [] : [[userId, usage]]))),
    unvouched,
    policy,
    control: stored.control,
    previous: await previous(),
  });
}
