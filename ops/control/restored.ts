/** `restored`: the table was restored from a backup. Answers from before now are void, and everybody is asked again. */
import { restored as restoredNow } from '../../functions/core/model/control.ts';
import type { TableRestored } from '../../functions/core/records/restored.ts';
import { approverIds } from './approvers.ts';
import type { Command } from './arguments.ts';
import { inForce, shownEntry, state } from './change.ts';
import { anchorAt, anchorNumbers, bucketOf } from './kept.ts';
import { EXIT, type Outcome } from './outcome.ts';
import { tell } from './tell.ts';
import type { World } from './world.ts';

const LOST =
  'What was done after the backup is lost from the table: an approver who was revoked since then is no longer revoked, and the bucket of records still has every record that was signed.';

/** Pauses, makes all answers from before now void, and has every open case re-evaluated. */
export async function restored(world: World, { reason }: Command): Promise<Outcome<'restored'>> {
  const about = await lastAnchor(world);
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
      entry: entry === null ? null : shownEntry(entry),
      told: { operators: told.operators, approver: told.approver },
      reevaluated: open.length,
    },
    lines: [
      words,
      `Answers given before now are void: ${open.length} open ${open.length === 1 ? 'case is' : 'cases are'} re-evaluated, and people are asked again. Users without one are checked by the survey within a day.`,
      ...(entry === null ? [] : [`Recorded as entry ${entry.number} of the ledger, by ${by}.`]),
    ],
    notes: [
      ...told.notes,
      LOST,
      "Next: npm run control -- cases, and when all is as it should be: npm run control -- resume --reason '…'",
    ],
    code: EXIT.done,
  };
}

const NOBODY = { operators: false, approver: null, notes: [] } as const;

/** The last anchor and the ledger's last entry in it, so that no number of an entry is used twice. */
async function lastAnchor(world: World): Promise<Pick<TableRestored, 'anchor' | 'ledger'>> {
  const bucket = bucketOf(world);
  const number = (await anchorNumbers(bucket)).at(-1) ?? null;
  const anchor = number === null ? null : await anchorAt(bucket, number);
  return { anchor: number, ledger: anchor?.ledger.number ?? 0 };
}
