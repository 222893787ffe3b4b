import type { Case } from '../case/case.ts';
import type { ObservedKey } from '../model/observation.ts';
import type { Policy } from '../model/policy.ts';
import type { Zone } from '../model/zone.ts';
import { activeCount } from './status.ts';
import { byNumber, keysNamed, PLAIN } from './style.ts';
import { day, moment, printable, whereUsed } from './words.ts';

/** A mail that an approver can send to the owner of a user. */
export interface OwnerQuestion {
  readonly subject: string;
  /** Lines without their ends. */
  readonly body: readonly string[];
}

/** The keys that a person is asked about: those that are active, and those that Solekey deactivated. */
export interface AskedAbout {
  readonly active: readonly ObservedKey[];
  readonly pending: readonly string[];
}

/**
 * The question to the owner of a user, in plain ASCII: which of several active keys they use, or if they still need the
 * deactivated ones; null if neither is open. It holds no link and of key ids the last four characters, because a
 * person who cannot decide reads it. All dates are absolute, because nobody knows when it is sent.
 */
export function ownerQuestion(
  current: Pick<Case, 'account' | 'userName' | 'keys' | 'keysSeenAt'>,
  { active, pending }: AskedAbout,
  { accountName, digest: { zone } }: Pick<Policy, 'accountName' | 'digest'>,
): OwnerQuestion | null {
  const who = `IAM user ${printable(current.userName, 128)} in ${printable(accountName, 40)}`;
  const subject = `Access keys of ${who}`;
  const seen = `Seen in IAM on ${moment(current.keysSeenAt, zone)}.`;
  const about = `${who} (${current.account})`;
  if (active.length > 1) {
    const first = `${about} has ${activeCount(active)}; only one is allowed.`;
    const question = 'Which of these keys does your software use, and where?';
    return { subject, body: [first, '', ...active.map((key) => keyLine(key, zone)), '', seen, '', question] };
  }
  const off = current.keys.filter(({ id }) => pending.includes(id));
  if (off.length === 0) {
    return null;
  }
  const ids = off.map(({ id }) => id);
  const question = `Does your software still need ${byNumber(ids, 'it', 'any of them')}, and where?`;
  const first = `Solekey deactivated ${keysNamed(ids, PLAIN)} of ${about}.`;
  return { subject, body: [first, '', ...off.map((key) => keyLine(key, zone)), '', seen, '', question] };
}

/** `...3QXK: created 1 Apr 2025, last used 11 Oct 2026, 16:10 UTC (STS)`. */
function keyLine({ id, created, lastUsed }: ObservedKey, zone: Zone): string {
  const use = lastUsed.kind === 'used' ? lastUsed : lastUsed.kind === 'not-read' ? lastUsed.known : undefined;
  const about = `${PLAIN.key(id)}: created ${day(created)}`;
  if (use === undefined) {
    return `${about}, no use known`;
  }
  const where = whereUsed(use);
  return `${about}, last used ${moment(use.at, zone)}${where === '' ? '' : ` (${where})`}`;
}
