import type { KeyStatus, ObservedKey } from '../model/observation.ts';
import { dotted } from '../words/proposal-words.ts';
import { day, lastUse, printable } from '../words/words.ts';
import type { Advice } from './advice.ts';
import type { NewsContext } from './context.ts';
import { aligned } from './layout.ts';
import { asksToConfirm, deletedOn, momentFromNow, offKeys, wantsConfirmation } from './phrases.ts';

const STATUS: Record<KeyStatus, string> = { Active: 'active', Inactive: 'off', Expired: 'expired' };

/** Leaves room for the other columns of a mail's line. */
const LAST_USE = 58;

/** The keys of an open question, with what we propose for each, where we do. */
export function questionTable(context: NewsContext, advice: Advice): string {
  const rows = context.current.keys.map((key) => [
    dotted(key.id),
    STATUS[key.status],
    day(key.created),
    printable(lastUse(key.lastUsed, key.created, context.now), LAST_USE),
    advised(context, key, advice),
  ]);
  return aligned([['key', 'status', 'created', 'last used', heading(advice)], ...rows]);
}

function heading({ proposal, doubt }: Advice): string {
  if (proposal !== null) {
    return 'proposal';
  }
  return doubt === null ? 'what comes next' : 'keep it?';
}

function advised(context: NewsContext, { id, status }: ObservedKey, { proposal, doubt }: Advice): string {
  if (proposal?.keep === id) {
    return 'keep';
  }
  if (proposal?.others.includes(id)) {
    return 'switch off';
  }
  if (offKeys(context).includes(id)) {
    return 'stays off';
  }
  if (status !== 'Active') {
    return 'left as it is';
  }
  if (doubt === null) {
    return 'stays';
  }
  if (doubt.ifMeant === id) {
    return 'if it was meant';
  }
  return doubt.ifNot === id ? 'if not' : 'no';
}

/** The keys once we changed something: how they are now, and what comes next. Also those that are gone. */
export function outcomeTable(context: NewsContext): string {
  const { keys, progress } = context.current;
  const ids = [...new Set([...keys.map((key) => key.id), ...Object.keys(progress)])];
  const rows = ids.map((id) => {
    const key = keys.find((candidate) => candidate.id === id);
    return [dotted(id), key === undefined ? 'deleted' : STATUS[key.status], comesNext(context, key)];
  });
  return aligned([['key', 'now', 'what comes next'], ...rows]);
}

function comesNext(context: NewsContext, key: ObservedKey | undefined): string {
  if (key === undefined) {
    return 'cannot be brought back';
  }
  if (!offKeys(context).includes(key.id)) {
    return key.status === 'Active' ? 'stays' : 'left as it is';
  }
  if (context.current.progress[key.id]?.restoring !== undefined) {
    return 'comes back, as asked';
  }
  const end = deletedOn(context);
  if (end !== null) {
    return `deleted on ${momentFromNow(end, context.now)}; this cannot be undone`;
  }
  if (asksToConfirm(context)) {
    return 'deleted only if you confirm it';
  }
  const { decision, phase, heldFor } = context.current;
  if (wantsConfirmation(context) && decision?.confirmed != null) {
    return 'deleted soon; this cannot be undone';
  }
  const open = decision === null && phase !== 'closed' && heldFor !== 'restore-by-hand';
  return open ? 'stays off until somebody decides' : 'stays off';
}
