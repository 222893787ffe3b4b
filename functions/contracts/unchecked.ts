/** Approvers of whom `doctor` says something, although their settings are valid. */
interface Approver {
  readonly id: string;
  readonly email: string;
  readonly mail: 'all' | 'none';
  readonly principals: readonly string[];
}

const addressOf = ({ email }: Pick<Approver, 'email'>) => email.toLowerCase();

/**
 * Ids of the approvers for whom the rule that nobody approves their own key is off, though the settings ask for it: those
 * without principals, and everybody if all have one address. Approvers who share an address count as one.
 */
export function uncheckedApprovers({
  selfApproval,
  approvers,
}: {
  readonly selfApproval: boolean;
  readonly approvers: readonly Pick<Approver, 'id' | 'email' | 'principals'>[];
}): string[] {
  const known = new Set(approvers.filter(({ principals }) => principals.length > 0).map(addressOf));
  const alone = new Set(approvers.map(addressOf)).size === 1;
  const unchecked = approvers.filter((one) => alone || !known.has(addressOf(one)));
  return selfApproval ? [] : unchecked.map(({ id }) => id);
}

/**
 * Ids of the approvers in reserve: those with `"mail": "none"` who are not on the escalation list. Nobody mails them a link on
 * which they could ask for others, until nobody else can be asked. Approvers who share an address get the links of each other.
 */
export function approversInReserve({
  approvers,
  escalation,
}: {
  readonly approvers: readonly Pick<Approver, 'id' | 'email' | 'mail'>[];
  readonly escalation: readonly string[];
}): string[] {
  const mailed = approvers.filter(({ id, mail }) => mail === 'all' || escalation.includes(id)).map(addressOf);
  return approvers.filter((one) => !mailed.includes(addressOf(one))).map(({ id }) => id);
}
