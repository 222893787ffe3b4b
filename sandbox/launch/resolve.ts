/** Values for CloudFormation's references: pseudo parameters, and physical ids by logical id. */
export interface Known {
  readonly account: string;
  readonly region: string;
  readonly resources: Readonly<Record<string, string>>;
  /** ARNs by logical id, where a policy names them. */
  readonly arns?: Readonly<Record<string, string>>;
}

/** Replaces CloudFormation's functions by their results. Throws for a function or reference that is not known here. */
export function resolved(value: unknown, known: Known): unknown {
  if (Array.isArray(value)) {
    return value.map((one) => resolved(one, known));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const [[name, argument] = ['', undefined], ...more] = Object.entries(value);
  if (more.length === 0 && name === 'Ref') {
    return reference(String(argument), known);
  }
  if (more.length === 0 && name === 'Fn::Join') {
    const [separator, parts] = argument as [string, unknown[]];
    return parts.map((part) => String(resolved(part, known))).join(separator);
  }
  const arn = name === 'Fn::GetAtt' ? known.arns?.[(argument as readonly string[])[0] ?? ''] : undefined;
  if (arn !== undefined) {
    return arn;
  }
  if (name.startsWith('Fn::')) {
    throw new Error(`the gateway cannot judge a policy with ${name}: see sandbox/launch/resolve.ts`);
  }
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, resolved(one, known)]));
}

function reference(name: string, { account, region, resources }: Known): string {
  const pseudo: Readonly<Record<string, string>> = {
    'AWS::Partition': 'aws',
    'AWS::AccountId': account,
    'AWS::Region': region,
  };
  const found = pseudo[name] ?? resources[name];
  if (found === undefined) {
    throw new Error(`a policy refers to ${name}, which was not deployed`);
  }
  return found;
}
