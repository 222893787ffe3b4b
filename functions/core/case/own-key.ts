/**
 * The rule that nobody approves their own key: whoever created a key cannot decide to keep it. Its creator is evidence
 * (S15), so the rule only ever withholds, and it never leaves a case without anybody who may decide (ADR 035).
 */
import { globPattern } from '../model/exclusion.ts';
import { type Approver, type Control, currentApprovers, type Policy } from '../model/policy.ts';
import type { Case, KeyOrigin } from './case.ts';
import { isReached } from './dates.ts';
import type { Ask } from './requests.ts';

/**
 * The rule's effect on a key that an approver created, or on keys that stay together. `withheld`: another approver must decide
 * that they stay · `nobody-else`: nobody can be reached who may do so instead, so this one may, and it is marked as such.
 */
export type OwnKey = 'withheld' | 'nobody-else';

/** The part of a case with the creators of its keys. */
type Made = Pick<Case, 'account' | 'origins'>;

/** The keys that stay because of an answer. To give a key back is no such answer: nothing may stop a restore. */
export function staying(ask: Ask): readonly string[] {
  switch (ask.kind) {
    case 'keep':
      return [ask.keep];
    case 'not-now':
      return ask.spare;
    case 'keep-inactive':
      return ask.keys;
    case 'none':
    case 'restore':
    case 'confirm':
      return [];
  }
}

/** A person as the rule knows them. */
type Person = Pick<Approver, 'email'>;

/** The rule's effect on one key for each approver; null if the rule does not apply. */
export function ownKeyRule(
  current: Made,
  keyId: string,
  policy: Policy,
  control: Control,
): (person: Person) => OwnKey | null {
  const made = current.origins[keyId];
  const makers = policy.selfApproval || made === undefined ? [] : makersOf(made, current.account, policy);
  const others = currentApprovers(policy, control).filter((one) => !makers.includes(one.email));
  const effect = others.some((one) => isReached(one, control)) ? 'withheld' : 'nobody-else';
  return ({ email }) => (makers.includes(email) ? effect : null);
}

/** The rule's effect on each key of a case for this approver; without those to which it does not apply. */
export function ownKeys(
  current: Made & Pick<Case, 'keys'>,
  person: Person,
  policy: Policy,
  control: Control,
): Readonly<Record<string, OwnKey>> {
  return Object.fromEntries(
    current.keys.flatMap(({ id }) => {
      const own = ownKeyRule(current, id, policy, control)(person);
      return own === null ? [] : [[id, own] as const];
    }),
  );
}

/** The rule's effect on an answer of this approver; null if it does not apply. */
export function ownAnswer(
  current: Made,
  ask: Ask,
  person: Person,
  policy: Policy,
  control: Control,
): OwnKey | null {
  return ownKept(current, staying(ask), person, policy, control);
}

/**
 * The rule's effect on an answer of this approver because of which these keys stay, the stricter one if they are several; null if
 * it does not apply. Where it would withhold the answer from everybody who is reached, such as two approvers who created one
 * key each, it withholds it from nobody.
 */
export function ownKept(
  current: Made,
  stay: readonly string[],
  person: Person,
  policy: Policy,
  control: Control,
): OwnKey | null {
  const rules = stay.map((id) => ownKeyRule(current, id, policy, control));
  const found = rules.map((rule) => rule(person));
  const isFree = (one: Approver) =>
    isReached(one, control) && rules.every((rule) => rule(one) !== 'withheld');
  if (found.includes('withheld') && currentApprovers(policy, control).some(isFree)) {
    return 'withheld';
  }
  return found.some((own) => own !== null) ? 'nobody-else' : null;
}

/** True if this approver, or one with the same address, created a key, as far as the settings say under which ARNs they act. */
export function isMaker(
  made: KeyOrigin,
  account: string,
  { email }: Person,
  policy: Pick<Policy, 'approvers'>,
): boolean {
  return makersOf(made, account, policy).includes(email);
}

/**
 * The addresses of the approvers who created a key, as far as the settings say under which ARNs they act. Approvers who share
 * an address count as one: each can open the links of the others.
 */
function makersOf(made: KeyOrigin, account: string, { approvers }: Pick<Policy, 'approvers'>): string[] {
  const arns = arnsOf(made, account);
  return approvers.filter((one) => isAmong(one, arns)).map(({ email }) => email);
}

function isAmong({ principals = [] }: Approver, arns: readonly string[]): boolean {
  return principals.some((glob) => {
    const pattern = globPattern(glob.toLowerCase());
    return arns.some((arn) => pattern.test(arn));
  });
}

const PARTITIONS = ['aws', 'aws-cn', 'aws-us-gov'] as const;

/**
 * The ARNs of a creator, in lower case: names in IAM differ by more than case, and session names are typed by people. Names
 * are unique in an account whatever the path, so those that `user/<name>`, `role/<name>` or `root` has without a path are
 * among them; a record of a release before 0.9.0 has no others.
 */
function arnsOf({ arns = [], createdBy }: KeyOrigin, account: string): string[] {
  const withoutPath = PARTITIONS.map((partition) => `arn:${partition}:iam::${account}:${createdBy}`);
  return [...arns, ...withoutPath].map((arn) => arn.toLowerCase());
}
