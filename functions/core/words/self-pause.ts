import type { SelfPause } from '../model/control.ts';
import type { PauseCause, SetbackKind } from '../model/setbacks.ts';
import type { Zone } from '../model/zone.ts';
import { moment, printable } from './words.ts';

/** The longest reason that is shown. Ours are shorter; the table could hold any text. */
const LONGEST_REASON = 120;

const REASON = {
  refused: (users) => `IAM refused to change keys of ${users} users within an hour`,
  restore: (users) => `approvers asked to reactivate keys of ${users} users within an hour`,
} as const satisfies Record<SetbackKind, (users: number) => string>;

/** The reason for which Solekey pauses itself, to be stored: a clause without a full stop. */
export function reasonFor({ kind, users }: PauseCause): string {
  return REASON[kind](users);
}

/** `Solekey paused itself on 27 Nov 2026, 15:20 UTC: approvers asked to reactivate keys of 5 users within an hour.` */
export function selfPauseSentence({ from, reason }: SelfPause, zone: Zone): string {
  return `Solekey paused itself on ${moment(from, zone)}: ${reasonIn(reason)}.`;
}

/** A stored reason, which ends a sentence: printable, and without signs that end another one. */
function reasonIn(reason: string): string {
  return printable(reason, LONGEST_REASON).replace(/[.\s]+$/, '');
}
