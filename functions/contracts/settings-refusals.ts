import type * as z from 'zod';
import { meant } from './did-you-mean.ts';

/** For each setting and each part of one: an example of a valid value, shown when it is refused. */
const EXAMPLES: Readonly<Record<string, string>> = {
  region: '"us-east-1"',
  accountName: '"prod-payments"',
  mode: '"observe" to make proposals and never change a key, or "enforce"',
  only: '{"users": ["svc/*"], "tag": {"key": "solekey", "value": "enforce"}}, or null for everybody',
  'only.users': '["svc/*"]',
  'only.tag': '{"key": "solekey", "value": "enforce"}, or null',
  'only.tag.key': '"solekey"',
  'only.tag.value': '"enforce"',
  publicUrl: '"https://keys.example.com", or null for the address of the API',
  approvers: '[{"id": "sec-lead", "name": "Security lead", "email": "security@example.com"}]',
  'approvers[].id': '"sec-lead"',
  'approvers[].name': '"Security lead"',
  'approvers[].email': '"security@example.com"',
  'approvers[].mail': '"all", or "none" for somebody who may decide and gets no notices',
  'approvers[].principals': '["arn:aws:sts::*:assumed-role/AWSReservedSSO_Admin_*/alice@example.com"]',
  operators: '["platform-oncall@example.com"], or null for the approvers',
  notifyAfter: '"PT1M"',
  settle: '"PT1M"',
  rotationWindow: '"P7D"',
  remindEvery: '"P3D"',
  linkValidity: '"P14D"',
  decisionValid: '"P7D"',
  grace: '"P7D"',
  deletionNotice: '"P1D"',
  quietPeriod: '"PT24H"',
  exceptionMaximum: '"P90D"',
  retention: '"P400D"',
  signOffEvery: '"P90D"',
  objectLock: '"off" or "governance"',
  escalation: '["sec-lead"]',
  escalateAfter: '"P7D"',
  deletion: '"after-grace", "on-confirmation" or "never"',
  changesPerHour: '20',
  changeWindow:
    '{"days": ["tue", "wed", "thu"], "from": "09:00", "to": "16:00"}, or null to change keys at any time',
  'changeWindow.days': '["tue", "wed", "thu"]',
  'changeWindow.from': '"09:00"',
  'changeWindow.to': '"16:00"',
  exclude: '{"tag": {"key": "solekey:exclude", "value": "true"}, "users": ["break-glass-*"]}',
  'exclude.tag': '{"key": "solekey:exclude", "value": "true"}, or null',
  'exclude.users': '["break-glass-*", "svc/legacy/*"]',
  'exclude.tag.key': '"solekey:exclude"',
  'exclude.tag.value': '"true"',
  selfApproval: 'false',
  trustedCreators: '["role/*"], or ["role/deployer", "user/admin-*"]',
  ownerTags: '["Owner", "Team", "Application"]',
  usage: '"on", "off", or ["eu-west-1", "eu-central-1"] to look in these regions, too',
  digest: '{"at": "07:00", "zone": "Europe/Berlin"}',
  'digest.at': '"07:00"',
  'digest.zone': '"Europe/Berlin", or "UTC"',
  countAsCompliant: '["exceptions", "exclusions"], or [] for nobody',
  config: '"on", "off", or {"every": "PT24H", "refreshEvery": "PT1M", "maxRunsPerDay": 24}',
  'config.rule': '"on" or "off"',
  'config.every': '"PT24H"',
  'config.recorderRegions': '["us-east-1"], or null for the region of the stack',
  'config.refreshEvery': '"PT1M", or up to "PT1H"',
  'config.maxRunsPerDay': '24',
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

/** The line for people about one problem. */
export function problem({
  path,
  message,
  example,
}: {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly example: string | undefined;
}): string {
  return `${nameOf(path)}: ${message}${example === undefined ? '' : `; for example ${example}`}`;
}

/** One line for people about each problem that a parse found. */
export function linesOf(issue: z.core.$ZodIssue): string[] {
  const { path, message } = issue;
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => unknownSetting(path, key));
  }
  if (path.length === 0) {
    return [`settings: ${message}; for example an object like the one in solekey.settings.example.json`];
  }
  const place = anyOf(path);
  return [problem({ path, message, example: EXAMPLES[place] ?? EXAMPLES[place.replace(/\[\]$/, '')] })];
}

/** The name of a setting for every place in a list: `approvers[].email`. */
function anyOf(path: readonly PropertyKey[]): string {
  return nameOf(path).replace(/\[\d+\]/g, '[]');
}

/** The line about a setting that does not exist, with the one that was probably meant: in the same place, or elsewhere. */
function unknownSetting(path: readonly PropertyKey[], key: string): string {
  const place = anyOf(path);
  const names = Object.keys(EXAMPLES);
  const beside = names.filter((name) => placeOf(name) === place).map(lastPart);
  const near = meant(key, beside);
  const elsewhere = near === null ? meant(key, names.map(lastPart)) : null;
  const other = near === null ? names.find((name) => lastPart(name) === elsewhere) : nameOf([...path, near]);
  const advice = other === undefined ? 'remove it' : `did you mean ${other}? If not, remove it`;
  return `${nameOf([...path, key])}: there is no such setting; ${advice}`;
}

/** The setting that a part belongs to: `exclude.tag` for `exclude.tag.key`, empty for a setting that is no part. */
function placeOf(name: string): string {
  return name.split('.').slice(0, -1).join('.');
}

function lastPart(name: string): string {
  return name.split('.').slice(-1).join('');
}
