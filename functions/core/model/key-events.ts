import type { KeyStatus } from './observation.ts';
import type { Instant } from './time.ts';

/** A change of a key, as an event of CloudTrail tells it. */
export interface KeyEvent {
  readonly status: KeyStatus | 'Deleted';
  readonly at: Instant;
}

/** The latest such change of each key of a user, by key id. */
export type KeyEvents = Readonly<Record<string, KeyEvent>>;

/** Maximum number of keys whose latest change is kept, which is more than one user changes within the minutes that matter. */
const KEPT = 20;

/** The changes with one more; the same object if a later change of that key is known. A deletion is always the last. */
export function withKeyEvent(events: KeyEvents, keyId: string, event: KeyEvent): KeyEvents {
  const { [keyId]: known, ...others } = events;
  if (known !== undefined && (known.status === 'Deleted' || known.at >= event.at)) {
    return events;
  }
  return Object.fromEntries([...Object.entries(others).slice(1 - KEPT), [keyId, event]]);
}

/**
 * True if the key was changed again since somebody saw it in this state, so that IAM need not show this state any more. The
 * time of an event has whole seconds, so two changes within a second supersede nothing, except that a deletion is always
 * the last.
 */
export function isSuperseded(
  events: KeyEvents,
  expected: { readonly keyId: string; readonly status: KeyEvent['status']; readonly at?: Instant },
): boolean {
  const latest = events[expected.keyId];
  if (latest === undefined) {
    return false;
  }
  return latest.status === 'Deleted'
    ? expected.status !== 'Deleted'
    : expected.at !== undefined && latest.at > expected.at;
}
