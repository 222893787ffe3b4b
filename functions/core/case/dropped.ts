import type { Policy } from '../model/policy.ts';
import type { Instant } from '../model/time.ts';
import { type Ask, addressMark } from './requests.ts';

/**
 * The reason why a recorded answer is not carried out. `excluded`: the user is excluded now · `not-an-approver`: whoever
 * gave it may not decide any more · `keys-changed`: the keys are not those that were shown · `asked-anew`: the question
 * changed for another reason · `expired`: it could not be carried out while it was valid · `observe-mode`: Solekey only
 * observes the account now · `too-late`: the deletion of the key had begun · `not-for-a-list`: it was given through a list
 * link, which may not decide this case any more · `too-long`: its exception would last longer than is allowed · `ended`: the
 * date until which it was to last had passed · `own-exception`: whoever gave an exception may not renew it · `put-off`: somebody
 * put the deletion off after it was confirmed · `not-valid`: anything else that makes an answer invalid.
 */
export type DropReason =
  | 'excluded'
  | 'not-an-approver'
  | 'keys-changed'
  | 'asked-anew'
  | 'expired'
  | 'observe-mode'
  | 'too-late'
  | 'not-for-a-list'
  | 'too-long'
  | 'ended'
  | 'own-exception'
  | 'put-off'
  | 'not-valid';

/** A recorded answer that is not carried out, of which its author is told (S12). */
export interface DroppedAnswer {
  /** Number of its case, because an older release opens the next case without clearing this. */
  readonly number: number;
  /** Number of the question that took the place of the one that was answered. */
  readonly asking: number;
  /** The digest of the page on which it was given. */
  readonly digest: string;
  readonly kind: Ask['kind'];
  /** Id of the approver whose link was used. */
  readonly by: string;
  /** Mark of the address to which the link was mailed. */
  readonly address: string;
  readonly at: Instant;
  readonly why: DropReason;
  /** True until a mail that says so is accepted for whoever gave it. */
  readonly owed: boolean;
  /**
   * True if it waits for a digest and gets no mail of its own. A release before 0.6.0 keeps this field, and mails the
   * reason by itself.
   */
  readonly pooled?: boolean;
  /**
   * True if it is `not-valid` because whoever gave it created the key that was to stay (core/case/own-key.ts). Written from
   * 0.9.0 on.
   */
  readonly ownKey?: boolean;
  /** True if it is `not-valid` because the table was restored from a backup after it was given. Written from 0.11.0 on. */
  readonly fromBackup?: boolean;
}

/** The part of a case with its dropped answers. */
interface Dropping {
  readonly dropped?: readonly DroppedAnswer[];
}

interface NumberedCase extends Dropping {
  readonly number: number;
}

/** The newest dropped answers are kept, because pages give the reason, and any of which somebody must still be told. */
const KEPT = 5;

/** The dropped answers of a case with one more, unless it is on record already. */
export function withDropped({ dropped = [] }: Dropping, one: DroppedAnswer): readonly DroppedAnswer[] {
  const known = dropped.some((other) => isSameAnswer(one, other));
  const all = [...dropped, one];
  return known ? dropped : all.filter(({ owed }, index) => owed || index >= all.length - KEPT);
}

/** The dropped answers when the next case of a user is opened: those of which somebody must still be told move to it. */
export function inNextCase({ dropped = [] }: Dropping, number: number): readonly DroppedAnswer[] {
  return dropped.map((one) => (one.owed && one.number !== number ? { ...one, number, asking: 0 } : one));
}

/** The dropped answers of which these approvers must still be told, when they wait for a digest from now on. */
export function withReasonsPooled(
  { dropped = [] }: Dropping,
  approvers: readonly string[],
): readonly DroppedAnswer[] {
  return dropped.map((one) => (one.owed && approvers.includes(one.by) ? { ...one, pooled: true } : one));
}

/** The dropped answers after mails to these approvers were accepted, each of which gives the reason. */
export function withReasonGiven(
  { dropped = [] }: Dropping,
  told: (answer: DroppedAnswer) => boolean,
): readonly DroppedAnswer[] {
  return dropped.map((one) => (one.owed && told(one) ? { ...one, owed: false } : one));
}

/** The dropped answers of this case, oldest first. */
export function droppedIn({ dropped = [], number }: NumberedCase): readonly DroppedAnswer[] {
  return dropped.filter((one) => one.number === number);
}

/** True if a mail to an approver about a dropped answer is still to be sent. One that waits for a digest does not count. */
export function owesReason(current: NumberedCase): boolean {
  return droppedIn(current).some(isSingle);
}

/** True if somebody must be told of a dropped answer by a mail and not by a digest. */
export function isSingle({ owed, pooled = false }: DroppedAnswer): boolean {
  return owed && !pooled;
}

/** The dropped answers that wait for a digest. */
export function reasonsPooledIn(current: NumberedCase): readonly DroppedAnswer[] {
  return droppedIn(current).filter((one) => one.owed && !isSingle(one));
}

/** True if both are about the same answer. */
export function isSameAnswer(one: DroppedAnswer, other: DroppedAnswer): boolean {
  return one.at === other.at && one.by === other.by && one.kind === other.kind;
}

/** The dropped answers of which this approver must still be told. */
export function droppedOf(
  current: NumberedCase,
  { id, email }: Policy['approvers'][number],
): DroppedAnswer[] {
  return droppedIn(current).filter(
    ({ owed, by, address }) => owed && by === id && address === addressMark(email),
  );
}
