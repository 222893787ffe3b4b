/** `restored`: the table was restored from a backup. Answers from before now are void, and everybody is asked again. */
import { CONTROL_KEY } from '../../functions/contracts/items.ts';
import { ledgerPartition } from '../../functions/contracts/ledger-item.ts';
import { restored as restoredNow } from '../../functions/core/model/control.ts';
import { controlFinding, ledgerFindings } from '../../functions/core/model/ledger.ts';
import type { TableRestored } from '../../functions/core/records/restored.ts';
import { approverIds } from './approvers.ts';
import type { Command } from './arguments.ts';
import { inForce, shownEntry, state } from './change.ts';
import { anchorAt, anchorNumbers, bucketOf } from './kept.ts';
import { EXIT, type Outcome } from './outcome.ts';
import type { Result } from './results.ts';
import { tell } from './tell.ts';
import { Refused } from './trouble.ts';
import type { World } from './world.ts';

const LOST =
  'What was done after the backup is lost from the table: an approver who was revoked since then is no longer revoked, and the bucket of records still has every record that was signed.';

/** First copies a table, if one is named. Pauses, makes all answers from before now void, and has every open case re-evaluated. */
export async function restored(world: World, { reason, options }: Command): Promise<Outcome<'restored'>> {
  const about = await lastAnchor(world);
  const source = options['from-table'];
  const copied = source === undefined ? null : await copiedFrom(world, source);
  const [at, by] = [world.now(), await world.caller()];
  const { control, entry } = await world.control.change(
    (item) => restoredNow(item, at),
    { at, command: 'restored', by, reason, about },
    about.ledger,
  );
  const words = inForce(control, approverIds(world.deployed));
  const told = entry === null ? NOBODY : await tell(world, entry, words);
  const { account } = world.deployed;
  const open = await world.cases();
  await world.wakes.send(
    open.map(({ case: { userId } }) => ({ kind: 'user', account, userId, attempt: 0 }) as const),
  );
  return {
    result: {
      ...state(control),
      answersFrom: at,
      ...about,
      copied,
      entry: entry === null ? null : shownEntry(entry),
      told: { operators: told.operators, approver: told.approver },
      reevaluated: open.length,
    },
    lines: [
      ...(copied === null ? [] : [`${copied.written} items were written, and ${copied.removed} removed.`]),
      words,
      `${open.length} open ${open.length === 1 ? 'case is' : 'cases are'} re-evaluated, and people are asked again. Users without one are checked by the survey within a day.`,
      ...(entry === null ? [] : [`Recorded as entry ${entry.number} of the ledger, by ${by}.`]),
    ],
    notes: [
      ...told.notes,
      copied?.ledgerKept === true ? KEPT : LOST,
      "Next: npm run control -- cases, and when all is as it should be: npm run control -- resume --reason '…'",
    ],
    code: EXIT.done,
  };
}

const KEPT =
  'The control item and the ledger are the present ones and not those of the backup, so every revocation is still in force.';

/**
 * Copies a table. The control item and the ledger stay as they are if they fit each other: then nobody who was revoked after
 * the backup may decide again.
 */
async function copiedFrom(world: World, source: string): Promise<Result<'restored'>['copied']> {
  const { account, outputs } = world.deployed;
  if (source === outputs.TableName) {
    throw new Refused(`${source} is the table of the stack itself.`);
  }
  const { content, entries } = await world.control.ledger();
  const fits =
    ledgerFindings(entries).length === 0 && controlFinding(content, entries.at(-1) ?? null) === null;
  const ledgerKept = entries.length > 0 && fits;
  const keep = ledgerKept ? [CONTROL_KEY.pk, ledgerPartition(account)] : [];
  return { ...(await world.copyFrom(source, keep)), ledgerKept };
}

const NOBODY = { operators: false, approver: null, notes: [] } as const;

/** The last anchor and the ledger's last entry in it, so that no number of an entry is used twice. */
async function lastAnchor(world: World): Promise<Pick<TableRestored, 'anchor' | 'ledger'>> {
  const bucket = bucketOf(world);
  const number = (await anchorNumbers(bucket)).at(-1) ?? null;
  const anchor = number === null ? null : await anchorAt(bucket, number);
  return { anchor: number, ledger: anchor?.ledger.number ?? 0 };
}
