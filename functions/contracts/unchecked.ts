/** The settings on which it depends if anybody can tell that an approver created a key. */
interface Approvers {
  readonly selfApproval: boolean;
  readonly approvers: readonly {
    readonly id: string;
    readonly email: string;
    readonly principals: readonly string[];
  }[];
}

/**
 * Ids of the approvers for whom the rule that nobody approves their own key is off, though the settings ask for it: those
 * without principals, and everybody if all have one address. Approvers who share an address count as one.
 */
export function uncheckedApprovers({ selfApproval, approvers }: Approvers): string[] {
  const addressOf = ({ email }: { readonly email: string }) => email.toLowerCase();
  const known = new Set(approvers.filter(({ principals }) => principals.length > 0).map(addressOf));
  const alone = new Set(approvers.map(addressOf)).size === 1;
  const unchecked = approvers.filter((one) => alone || !known.has(addressOf(one)));
  return selfApproval ? [] : unchecked.map(({ id }) => id);
}
