/** The addresses of operators, each once and in lower case: those of the setting, else of the approvers who are mailed. */
export function operatorAddresses({
  operators,
  approvers,
}: {
  readonly operators: readonly string[] | null;
  readonly approvers: readonly { readonly email: string; readonly mail: 'all' | 'none' }[];
}): string[] {
  const addresses = operators ?? approvers.flatMap(({ email, mail }) => (mail === 'all' ? email : []));
  return [...new Set(addresses.map((address) => address.toLowerCase()))];
}
