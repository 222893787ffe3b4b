/** The addresses of operators, each once and in lower case: those of the setting, else those of the approvers. */
export function operatorAddresses({
  operators,
  approvers,
}: {
  readonly operators: readonly string[] | null;
  readonly approvers: readonly { readonly email: string }[];
}): string[] {
  const addresses = operators ?? approvers.map(({ email }) => email);
  return [...new Set(addresses.map((address) => address.toLowerCase()))];
}
