import type * as z from 'zod';

/** An example of a valid value for each setting, shown when that setting is refused. */
const EXAMPLES: Readonly<Record<string, string>> = {
  region: '"us-east-1"',
  accountName: '"prod-payments"',
  mode: '"enforce", or "observe" to make proposals and never change a key',
  publicUrl: '"https://keys.example.com", or null for the address of the API',
  approvers: '[{"id": "sec-lead", "name": "Security lead", "email": "security@example.com"}]',
  id: '"sec-lead"',
  name: '"Security lead"',
  email: '"security@example.com"',
  notifyAfter: '"PT1M"',
  settle: '"PT1M"',
  rotationWindow: '"P7D"',
  remindEvery: '"P3D"',
  linkValidity: '"P14D"',
  decisionValid: '"P7D"',
  grace: '"P7D"',
  deletionNotice: '"P1D"',
  quietPeriod: '"PT24H"',
  escalation: '["sec-lead"]',
  escalateAfter: '"P7D"',
  deletion: '"after-grace", "on-confirmation" or "never"',
  changesPerHour: '20',
  exclude: '{"tag": {"key": "solekey:exclude", "value": "true"}, "users": ["break-glass-*"]}',
  tag: '{"key": "solekey:exclude", "value": "true"}, or null',
  users: '["break-glass-*", "svc/legacy/*"]',
  key: '"solekey:exclude"',
  value: '"true"',
  trustedCreators: '["role/*"], or ["role/deployer", "user/admin-*"]',
  exclusionsCountAsCompliant: 'false',
  config: '"on", "off", or {"every": "PT24H", "refreshEvery": "PT1M", "maxRunsPerDay": 24}',
  rule: '"on" or "off"',
  every: '"PT24H"',
  refreshEvery: '"PT1M", or up to "PT1H"',
  maxRunsPerDay: '24',
};

/** The path of a setting as a user would write it: `['approvers', 0, 'email']` becomes `approvers[0].email`. */
export function nameOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>((name, part) => {
    if (typeof part === 'number') {
      return `${name}[${part}]`;
    }
    return name === '' ? String(part) : `${name}.${String(part)}`;
  }, '');
}

/** One line for people about each problem that a parse found. */
export function linesOf(issue: z.core.$ZodIssue): string[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => `${nameOf([...issue.path, key])}: there is no such setting; remove it`);
  }
  const name = nameOf(issue.path);
  if (name === '') {
    return [`settings: ${issue.message}; for example an object like the one in cdk.json`];
  }
  const own: unknown = issue.code === 'custom' ? issue.params?.example : undefined;
  const example = own ?? EXAMPLES[String(issue.path.findLast((part) => typeof part === 'string'))];
  return [`${name}: ${issue.message}${example === undefined ? '' : `; for example ${example}`}`];
}
