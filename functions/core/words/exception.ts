import type { Granted } from '../case/exception.ts';
import type { Policy } from '../model/policy.ts';
import { personName, type Style } from './style.ts';

/** The part of a case with the exceptions of its user. */
interface Remembering {
  readonly exceptions?: readonly Granted[];
}

/**
 * A sentence that says how often the latest exception was renewed, and by whom last; empty if it never was. `reader` is the id of
 * the approver who reads it; null if it may be somebody else.
 */
export function renewedSentence(
  { exceptions = [] }: Remembering,
  policy: Policy,
  style: Style,
  reader: string | null,
): string {
  const [last] = exceptions.slice(-1);
  if (last === undefined || last.count < 2) {
    return '';
  }
  const times = last.count === 2 ? 'once' : `${last.count - 1} times`;
  const who = last.by === reader ? 'you' : personName(policy, last.by, style);
  return `It was renewed ${times}, last by ${who}.`;
}
