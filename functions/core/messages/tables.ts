import type { ObservedKey } from '../model/observation.ts';
import { UTC, type Zone } from '../model/zone.ts';
import { type Advice, advised } from '../proposal/advice.ts';
import { ADVISED, LAST_COLUMN, lastColumn } from '../words/advice.ts';
import { STATUS } from '../words/status.ts';
import { MAIL } from '../words/style.ts';
import { day, lastUse, printable } from '../words/words.ts';
import type { NewsContext } from './context.ts';
import { aligned } from './layout.ts';
import { asksToConfirm, deletedOn, momentFromNow, offKeys, wantsConfirmation } from './phrases.ts';

/** Width of the last use, which leaves room for the other columns. */
const LAST_USE = 58;

/** The further room for a time in the zone beside UTC: ` (24 Nov, 15:10 in Europe/Berlin)`. */
function widthBeside(zone: Zone): number {
  return zone === UTC ? 0 : ' (24 Nov, 15:10 in )'.length + zone.length;
}

/** For inactive keys that Solekey did not deactivate. */
const UNCHANGED = 'left unchanged';

/** The keys of an open question, with the advice for each if there is any. */
export function questionTable(context: NewsContext, advice: Advice): string {
  const { zone } = context.policy.digest;
  const last = lastColumn(advice);
  const rows = context.current.keys.map((key) => [
    MAIL.key(key.id),
    STATUS[key.status],
    day(key.created),
    printable(lastUse(key.lastUsed, key.created, context.now, zone), LAST_USE + widthBeside(zone)),
    ...(last === null ? [] : [forKey(context, key, advice)]),
  ]);
  const head = ['key', 'status', 'created', 'last used', ...(last === null ? [] : [LAST_COLUMN[last]])];
  return aligned([head, ...rows]);
}

function forKey(context: NewsContext, { id, status }: ObservedKey, advice: Advice): string {
  if (status === 'Active') {
    return ADVISED[advised(id, advice)];
  }
  if (!offKeys(context).includes(id)) {
    return UNCHANGED;
  }
  return lastColumn(advice) === 'next' ? 'not decided yet' : 'stays inactive';
}

/** The keys after a change by Solekey, with their status now and what happens next. Deleted keys are included. */
export function outcomeTable(context: NewsContext): string {
  const { keys, progress } = context.current;
  const ids = [...new Set([...keys.map((key) => key.id), ...Object.keys(progress)])];
  const rows = ids.map((id) => {
    const key = keys.find((candidate) => candidate.id === id);
    return [MAIL.key(id), key === undefined ? 'deleted' : STATUS[key.status], comesNext(context, key)];
  });
  return aligned([['key', 'now', LAST_COLUMN.next], ...rows]);
}

function comesNext(context: NewsContext, key: ObservedKey | undefined): string {
  if (key === undefined) {
    return 'cannot be recovered';
  }
  if (!offKeys(context).includes(key.id)) {
    return key.status === 'Active' ? 'stays active' : UNCHANGED;
  }
  if (context.current.progress[key.id]?.restoring !== undefined) {
    return 'reactivated, as requested';
  }
  const end = deletedOn(context);
  if (end !== null) {
    return `deleted permanently on ${momentFromNow(end, context)}`;
  }
  const { decision, phase, heldFor } = context.current;
  if (asksToConfirm(context) || (wantsConfirmation(context) && phase !== 'held')) {
    return decision?.confirmed == null ? 'deleted only if someone confirms it' : 'deleted permanently soon';
  }
  const open = decision === null && phase !== 'closed' && heldFor !== 'restore-by-hand';
  return open ? 'stays inactive until someone decides' : 'stays inactive';
}
