import { describe, expect, it } from 'vitest';
import {
  approversInReserve,
  distinctAddresses,
  durationSeconds,
  operatorAddresses,
  parseSettings,
  uncheckedApprovers,
} from '../../functions/contracts/settings.ts';
import { buildApp } from '../../infra/build.ts';
import { exampleAddresses, SettingsRefused } from '../../infra/settings.ts';
import { contextWith, EXAMPLE, synth } from './synth.ts';

const LEAD = { id: 'sec-lead', name: 'Security lead', email: 'security@example.com' };
const LEAST = { region: 'us-east-1', accountName: 'prod', mode: 'enforce', approvers: [LEAD] };
const without = (name: string) => ({ ...LEAST, [name]: undefined });
const approver = (change: object) => ({ ...LEAST, approvers: [{ ...LEAD, ...change }] });

function problemsOf(document: unknown): string[] {
  const result = parseSettings(document);
  return result.ok ? [] : result.problems;
}

/** What a deployment with this context is refused for. */
function refusal(context: Record<string, unknown>): readonly string[] {
  try {
    buildApp(context);
  } catch (error) {
    if (error instanceof SettingsRefused) {
      return error.problems;
    }
    throw error;
  }
  return [];
}

describe('the settings document', () => {
  it('needs only what has no sensible default', () => {
    const result = parseSettings(LEAST);
    expect(result).toEqual({
      ok: true,
      ignored: [],
      settings: {
        ...LEAST,
        approvers: [{ ...LEAD, mail: 'all', principals: [] }],
        selfApproval: false,
        only: null,
        publicUrl: null,
        operators: null,
        notifyAfter: 'PT1M',
        settle: 'PT1M',
        rotationWindow: 'P7D',
        remindEvery: 'P3D',
        linkValidity: 'P14D',
        decisionValid: 'P7D',
        grace: 'P7D',
        deletionNotice: 'P1D',
        quietPeriod: 'PT24H',
        exceptionMaximum: 'P90D',
        escalation: [],
        escalateAfter: 'P7D',
        deletion: 'after-grace',
        changesPerHour: 20,
        changeWindow: null,
        exclude: { tag: { key: 'solekey:exclude', value: 'true' }, users: [] },
        countAsCompliant: [],
        trustedCreators: ['role/*'],
        ownerTags: ['Owner', 'Team', 'Application'],
        usage: 'on',
        retention: 'P400D',
        objectLock: 'off',
        signOffEvery: 'P90D',
        digest: { at: '07:00', zone: 'UTC' },
        config: {
          rule: 'on',
          every: 'PT24H',
          recorderRegions: null,
          refreshEvery: 'PT1M',
          maxRunsPerDay: 24,
        },
      },
    });
    expect(parseSettings(JSON.parse(JSON.stringify(result.ok ? result.settings : null)))).toEqual(result);
  });

  it('takes on, off and further Regions for usage', () => {
    const given = (usage: unknown) => {
      const result = parseSettings({ ...LEAST, usage });
      return result.ok ? result.settings.usage : result.problems;
    };
    expect(['on', 'off', ['eu-west-1', 'ap-southeast-2']].map(given)).toEqual([
      'on',
      'off',
      ['eu-west-1', 'ap-southeast-2'],
    ]);
    const must = 'usage: must be "on", "off" or a list of 1 to 4 regions, not';
    const example = 'for example "on", "off", or ["eu-west-1", "eu-central-1"] to look in these regions, too';
    expect(given('offf')).toEqual([`${must} "offf" (did you mean "off"?); ${example}`]);
    expect(given([])).toEqual([`${must} []; ${example}`]);
    expect(given(['eu-west-1', 'everywhere'])).toEqual([
      `usage[1]: must be an AWS region, not "everywhere"; ${example}`,
    ]);
    expect(given(Array.from({ length: 5 }, () => 'eu-west-1'))).toHaveLength(1);
  });

  it('takes on and off for the view in AWS Config', () => {
    const rule = (config: unknown) => {
      const result = parseSettings({ ...LEAST, config });
      return result.ok ? result.settings.config : result.problems;
    };
    expect(rule('on')).toEqual(rule(undefined));
    expect(rule('off')).toEqual({
      rule: 'off',
      every: 'PT24H',
      recorderRegions: null,
      refreshEvery: 'PT1M',
      maxRunsPerDay: 24,
    });
  });

  it('in the example is complete and as the defaults have it', () => {
    const { region, accountName, mode, approvers } = EXAMPLE;
    const defaults = parseSettings({ region, accountName, mode, approvers });
    expect(defaults).toEqual({ ok: true, settings: EXAMPLE, ignored: [] });
  });

  it.each([
    [
      'escalation',
      { ...LEAST, escalation: ['nobody'] },
      'escalation[0]: no approver has the id "nobody"; for example "sec-lead"',
    ],
    [
      'changesPerHour',
      { ...LEAST, changesPerHour: 0 },
      'changesPerHour: must be a number of 1 or more, not 0; for example 20',
    ],
    [
      'deletion',
      { ...LEAST, deletion: 'now' },
      'deletion: must be "after-grace", "on-confirmation" or "never", not "now"; for example "after-grace", "on-confirmation" or "never"',
    ],
    [
      'exclude.users',
      { ...LEAST, exclude: { users: ['a b'] } },
      'exclude.users[0]: must be a glob of user names (letters, digits and +=,.@_-/*?), not "a b"; for example ["break-glass-*", "svc/legacy/*"]',
    ],
    [
      'exclude.tag',
      { ...LEAST, exclude: { tag: { key: '', value: 'x' } } },
      'exclude.tag.key: must be a tag key, not ""; for example "solekey:exclude"',
    ],
    [
      'config',
      { ...LEAST, config: 'maybe' },
      'config.rule: must be "on" or "off", not "maybe"; for example "on" or "off"',
    ],
    [
      'config',
      { ...LEAST, config: 7 },
      'config: must be "on", "off" or an object, not 7; for example "on", "off", or',
    ],
    [
      'config.every',
      { ...LEAST, config: { every: 'PT2H' } },
      'config.every: must be one of PT1H, PT3H, PT6H, PT12H, PT24H, not "PT2H" (did you mean "PT1H"?); for example "PT24H"',
    ],
    [
      'operators',
      { ...LEAST, operators: [] },
      'operators: must name at least one operator; for example ["platform-oncall@example.com"], or null for the approvers',
    ],
    [
      'operators[]',
      { ...LEAST, operators: ['not an address'] },
      'operators[0]: must be an e-mail address, not "not an address"; for example ["platform-oncall@example.com"], or null for the approvers',
    ],
    [
      'config.recorderRegions',
      { ...LEAST, config: { recorderRegions: [] } },
      'config.recorderRegions: must be a list of 1 to 4 regions, not []; for example ["us-east-1"], or null for the region of the stack',
    ],
    [
      'config.refreshEvery',
      { ...LEAST, config: { refreshEvery: 'PT2H' } },
      'config.refreshEvery: must be at most one hour, not "PT2H"; for example "PT1M", or up to "PT1H"',
    ],
    [
      'config.maxRunsPerDay',
      { ...LEAST, config: { maxRunsPerDay: -1 } },
      'config.maxRunsPerDay: must be a number of 0 or more, not -1; for example 24',
    ],
    [
      'trustedCreators',
      { ...LEAST, trustedCreators: ['a b'] },
      'trustedCreators[0]: must be a glob of principals',
    ],
    [
      'countAsCompliant',
      { ...LEAST, countAsCompliant: true },
      'countAsCompliant: must be a list of "exceptions", "exclusions" or both, not true; for example ["exceptions", "exclusions"], or [] for nobody',
    ],
    [
      'countAsCompliant with something else',
      { ...LEAST, countAsCompliant: ['exclusion'] },
      'countAsCompliant[0]: must be "exceptions" or "exclusions", not "exclusion" (did you mean "exclusions"?); for example ["exceptions", "exclusions"], or [] for nobody',
    ],
    [
      'the former exclusionsCountAsCompliant',
      { ...LEAST, exclusionsCountAsCompliant: 'no' },
      'exclusionsCountAsCompliant: must be true or false, not "no"; for example countAsCompliant: ["exclusions"]',
    ],
    [
      'only that names nobody',
      { ...LEAST, only: { users: [] } },
      'only: must name some users by globs or by a tag; null stands for everybody; for example {"users": ["svc/*"]',
    ],
    [
      'only without an object',
      { ...LEAST, only: ['svc/*'] },
      'only: must be an object with "users", "tag" or both, or null, not ["svc/*"]; for example {"users": ["svc/*"]',
    ],
    [
      'glob of only',
      { ...LEAST, only: { users: ['svc /*'] } },
      'only.users[0]: must be a glob of user names (letters, digits and +=,.@_-/*?), not "svc /*"; for example ["svc/*"]',
    ],
    [
      'number of globs of only',
      { ...LEAST, only: { users: Array.from({ length: 13 }, (_, n) => `a${n}`) } },
      'only.users: must have at most 12 globs: an IAM policy cannot hold more; for example ["svc/*"]',
    ],
    [
      'number of excluded globs',
      { ...LEAST, exclude: { users: Array.from({ length: 41 }, (_, n) => `a${n}`) } },
      'exclude.users: must have at most 40 globs: an IAM policy cannot hold more',
    ],
    [
      'tag of only',
      { ...LEAST, only: { tag: { key: 'a' } } },
      'only.tag.value: is missing; for example "enforce"',
    ],
    ['region', without('region'), 'region: is missing; for example "us-east-1"'],
    ['region', { ...LEAST, region: 'Virginia' }, 'region: must be an AWS region, not "Virginia"'],
    ['accountName', { ...LEAST, accountName: 'a\nb' }, 'accountName: must be an account name'],
    ['mode', without('mode'), 'mode: is missing; for example "observe" to make proposals'],
    [
      'mode',
      { ...LEAST, mode: 'on' },
      'mode: must be "observe" or "enforce", not "on"; for example "observe"',
    ],
    [
      'publicUrl',
      { ...LEAST, publicUrl: 'http://x.example' },
      'publicUrl: must be an https address without a trailing slash',
    ],
    ['publicUrl', { ...LEAST, publicUrl: 'https://x.example/' }, 'publicUrl: must be'],
    ['publicUrl', { ...LEAST, publicUrl: 'https://x.example?a' }, 'publicUrl: must be'],
    ['publicUrl', { ...LEAST, publicUrl: 'https://a:b@x.example' }, 'publicUrl: must be'],
    ['approvers', { ...LEAST, approvers: [] }, 'approvers: must name at least one approver'],
    ['approvers', without('approvers'), 'approvers: is missing'],
    ['approver id', approver({ id: 'Sec Lead' }), 'approvers[0].id: must be an approver id'],
    ['approver name', approver({ name: '' }), 'approvers[0].name: must be a name'],
    [
      'approver e-mail',
      approver({ email: 'security' }),
      'approvers[0].email: must be an e-mail address, not "security"',
    ],
    [
      'approver mail',
      approver({ mail: 'digest' }),
      'approvers[0].mail: must be "all" or "none", not "digest"; for example "all", or "none" for somebody',
    ],
    [
      'nobody mailed',
      approver({ mail: 'none' }),
      'approvers: at least one approver must have "mail": "all", because otherwise nobody is asked; for example',
    ],
    [
      'principals',
      approver({ principals: 'arn:aws:iam::*:user/alice' }),
      'approvers[0].principals: must be a list of globs of ARNs',
    ],
    ...[
      '*',
      'user/alice',
      'arn:aws:iam::*:user/*',
      'arn:aws:iam::*:role/**',
      'arn:aws:sts::*:assumed-role/*/*',
      'arn:aws:iam::12345:user/alice',
      'arn:aws:iam::*:group/admins',
      'arn:aws:iam::*:user/al ice',
    ].map((glob): [string, object, string] => [
      `principal ${glob}`,
      approver({ principals: [glob] }),
      `approvers[0].principals[0]: must be a glob of ARNs of users, roles or role sessions that names somebody, not "${glob}"; for example ["arn:aws:sts::*:assumed-role/`,
    ]),
    [
      'too many principals',
      approver({ principals: Array.from({ length: 21 }, (_, n) => `arn:aws:iam::*:user/a${n}`) }),
      'approvers[0].principals: must have at most 20 globs',
    ],
    [
      'two alike',
      {
        ...LEAST,
        approvers: [
          { ...LEAD, principals: ['arn:aws:iam::*:user/Alice'] },
          { ...LEAD, id: 'b', email: 'b@x.org', principals: ['arn:aws:iam::*:user/alice'] },
        ],
      },
      'approvers[1].principals[0]: "arn:aws:iam::*:user/alice" already stands for the approver "sec-lead"',
    ],
    [
      'selfApproval',
      { ...LEAST, selfApproval: 'no' },
      'selfApproval: must be true or false, not "no"; for example false',
    ],
    ['approver extra', approver({ phone: '1' }), 'approvers[0].phone: there is no such setting; remove it'],
    [
      'twice',
      { ...LEAST, approvers: [LEAD, LEAD] },
      'approvers[1].id: "sec-lead" is already used by another approver',
    ],
    [
      'grace',
      { ...LEAST, grace: '7 days' },
      'grace: must be a duration (ISO 8601: PnDTnHnMnS), not "7 days" (did you mean "P7D"?); for',
    ],
    ['grace', { ...LEAST, grace: 'P1W' }, 'grace: must be a duration'],
    [
      'retention',
      { ...LEAST, retention: 'P399D' },
      'retention: must be a number of days from "P400D" to "P4018D" (11 years), not "P399D"',
    ],
    [
      'signOffEvery',
      { ...LEAST, signOffEvery: 'P367D' },
      'signOffEvery: must be at most 366 days, not "P367D"',
    ],
    ['signOffEvery', { ...LEAST, signOffEvery: 'quarterly' }, 'not "quarterly"'],
    ['retention', { ...LEAST, retention: 'P5000D' }, 'not "P5000D"'],
    ['retention', { ...LEAST, retention: 'P400DT1H' }, 'not "P400DT1H"'],
    ['retention', { ...LEAST, retention: 'always' }, 'not "always"'],
    ['objectLock', { ...LEAST, objectLock: 'on' }, 'objectLock: must be "off" or "governance", not "on"'],
    ['grace', { ...LEAST, grace: 'P400D' }, 'grace: must be at most 366 days, not "P400D"'],
    ['grace', { ...LEAST, grace: 7 }, 'grace: must be a duration, not 7'],
    [
      'settle',
      { ...LEAST, settle: 'PT0S' },
      'settle: must be at least one second, not "PT0S"; for example "PT1M"',
    ],
    ['remindEvery', { ...LEAST, remindEvery: 'PT0S' }, 'remindEvery: must be at least one second'],
    [
      'notice',
      { ...LEAST, deletionNotice: 'P7D' },
      'deletionNotice: must be shorter than grace ("P7D", its default), not "P7D"',
    ],
    [
      'notice',
      { ...LEAST, deletionNotice: 'PT1H' },
      'deletionNotice: must be at least a day or half of grace ("P7D", its default), whichever is shorter, not "PT1H"',
    ],
    [
      'unknown',
      { ...LEAST, gracePeriod: 'P7D' },
      'gracePeriod: there is no such setting; did you mean grace? If not, remove it',
    ],
    [
      'owner tag',
      { ...LEAST, ownerTags: ['Owner', 'Cost$Center'] },
      'ownerTags[1]: must be a tag key, not "Cost$Center"; for example ["Owner", "Team", "Application"]',
    ],
    [
      'long owner tag',
      { ...LEAST, ownerTags: ['x'.repeat(129)] },
      'ownerTags[0]: must be a tag key (at most 128 characters), not "xxx',
    ],
    [
      'owner tag without a list',
      { ...LEAST, ownerTags: 'Owner' },
      'ownerTags: must be a list of tag keys, not "Owner"; for example ["Owner", "Team", "Application"]',
    ],
    [
      'number of owner tags',
      { ...LEAST, ownerTags: Array.from({ length: 11 }, (_, n) => `Tag${n}`) },
      'ownerTags: must have at most 10 tag keys; for example ["Owner", "Team", "Application"]',
    ],
    [
      'time of the digest',
      { ...LEAST, digest: { at: '7:00' } },
      'digest.at: must be a time of day (HH:MM, 00:00 to 23:59), not "7:00"; for example "07:00"',
    ],
    [
      'hour of the digest',
      { ...LEAST, digest: { at: '24:00' } },
      'digest.at: must be a time of day (HH:MM, 00:00 to 23:59), not "24:00"',
    ],
    [
      'zone',
      { ...LEAST, digest: { zone: 'Europe/Berln' } },
      'digest.zone: must be a time zone of the IANA database, not "Europe/Berln" (did you mean "Europe/Berlin"?); for example "Europe/Berlin", or "UTC"',
    ],
    [
      'offset for a zone',
      { ...LEAST, digest: { zone: '+01:00' } },
      'digest.zone: must be a time zone of the IANA database, not "+01:00"',
    ],
    [
      'digest without an object',
      { ...LEAST, digest: '07:00' },
      'digest: must be an object with "at" and "zone", not "07:00"; for example {"at": "07:00", "zone": "Europe/Berlin"}',
    ],
    ['no object', 'P7D', 'settings: must be a settings object, not "P7D"'],
  ])('refuses a wrong %s in one line', (_, document, line) => {
    const problems = problemsOf(document);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(line);
    expect(problems[0]).not.toContain('\n');
    expect(problems[0]).toMatch(/(; for example .|emove it$)/);
  });

  it('names every mistake, not only the first', () => {
    const document = { ...LEAST, mode: 'on', grace: 'long', a: 1, b: 2 };
    expect(problemsOf(document).map((line) => line.split(':')[0])).toEqual(['mode', 'grace', 'a', 'b']);
  });

  it.each([
    null,
    'https://keys.example.com',
    'https://example.com/solekey',
    'http://127.0.0.1:4566/_aws/execute-api/a1/$default',
    'http://localhost:1',
    'http://[::1]:8080',
  ])('takes %s as publicUrl', (publicUrl) => {
    expect(problemsOf({ ...LEAST, publicUrl })).toEqual([]);
  });

  it.each([
    ['PT0S', 0],
    ['PT1M', 60],
    ['P1DT2H3M4S', 93_784],
    ['PT36H', 129_600],
  ])('reads %s as %d seconds', (iso, seconds) => {
    expect(durationSeconds(iso)).toBe(seconds);
  });

  it.each(['P', 'PT', 'P1DT', 'P1M', 'P1Y', '-PT1S', 'PT1.5S', 'pt1s', 'PT1M ', ''])(
    'takes "%s" for no duration',
    (iso) => {
      expect(() => durationSeconds(iso)).toThrow(RangeError);
    },
  );

  it.each([
    'arn:aws:iam::123456789012:user/team/alice',
    'arn:aws:iam::*:user/alice*',
    'arn:aws:iam::*:role/aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_Admin_*',
    'arn:aws:sts::*:assumed-role/AWSReservedSSO_*/alice@example.com',
    'arn:aws-us-gov:sts::*:federated-user/alice',
    'arn:aws:iam::123456789012:root',
  ])('takes %s for a person', (glob) => {
    expect(parseSettings(approver({ principals: [glob] }))).toMatchObject({ ok: true });
  });

  it('lets approvers who share an address have the same principals', () => {
    const principals = ['arn:aws:iam::*:user/alice'];
    const approvers = [
      { ...LEAD, principals },
      { ...LEAD, id: 'b', email: 'SECURITY@example.com', mail: 'none', principals },
    ];
    expect(parseSettings({ ...LEAST, approvers })).toMatchObject({ ok: true });
  });

  it('says of whom nobody can tell that they created a key', () => {
    const alice = { ...LEAD, principals: ['arn:aws:iam::*:user/alice'] };
    const bob = { ...LEAD, id: 'bob', email: 'bob@x.org', principals: [] };
    const carol = { ...bob, id: 'carol', email: 'Security@Example.com' };
    const unchecked = (...approvers: (typeof alice)[]) =>
      uncheckedApprovers({ selfApproval: false, approvers });
    expect(unchecked(alice, bob)).toEqual(['bob']);
    expect(unchecked(alice, bob, carol)).toEqual(['bob']);
    expect(unchecked(alice)).toEqual(['sec-lead']);
    expect(uncheckedApprovers({ selfApproval: true, approvers: [bob] })).toEqual([]);
  });

  it('says who is mailed no first link: not mailed, and neither on the escalation list nor at an address that is', () => {
    const bob = { id: 'bob', email: 'bob@x.org', mail: 'none' as const };
    const carol = { id: 'carol', email: 'Bob@x.org', mail: 'none' as const };
    const dave = { id: 'dave', email: 'dave@x.org', mail: 'all' as const };
    const reserve = (
      escalation: string[],
      ...approvers: Parameters<typeof approversInReserve>[0]['approvers']
    ) => approversInReserve({ approvers, escalation });
    expect(reserve([], bob, dave)).toEqual(['bob']);
    expect(reserve([], bob, carol, dave)).toEqual(['bob', 'carol']);
    expect(reserve(['carol'], bob, carol, dave)).toEqual([]);
    expect(reserve([], bob, { ...dave, email: 'BOB@x.org' })).toEqual([]);
    expect(reserve([], dave)).toEqual([]);
  });

  it('makes no operator of an approver who is not mailed', () => {
    const approvers = [
      { email: 'A@x.org', mail: 'all' as const },
      { email: 'b@x.org', mail: 'none' as const },
    ];
    expect(operatorAddresses({ operators: null, approvers })).toEqual(['a@x.org']);
    expect(operatorAddresses({ operators: ['B@x.org'], approvers })).toEqual(['b@x.org']);
  });

  it('gives each address once, in lower case, with all who read it', () => {
    const approvers = [LEAD, { ...LEAD, id: 'b', email: 'B@x.org' }, { ...LEAD, id: 'c', email: 'b@X.ORG' }];
    expect(distinctAddresses(approvers)).toEqual([
      { address: 'security@example.com', ids: ['sec-lead'] },
      { address: 'b@x.org', ids: ['b', 'c'] },
    ]);
  });
});

/** The first synth of a file bundles four functions, which takes a while on a busy machine. */
const SYNTH_MS = 120_000;

describe('a deployment', () => {
  it.each([
    [
      'no settings',
      { ...contextWith({}), solekey: undefined },
      'settings: there are none; write them into solekey.settings.json',
    ],
    [
      'bad JSON',
      { ...contextWith({}), solekey: '{"region": us' },
      'solekey: the value of -c solekey is not JSON',
    ],
    [
      'a short grace',
      contextWith({ grace: 'PT2H', deletionNotice: 'PT1H' }),
      'grace: must be at least a day, not "PT2H"',
    ],
    [
      'a blind region',
      contextWith({ region: 'eu-west-1' }),
      'region: must be one of us-east-1, us-gov-west-1, cn-north-1, not "eu-west-1"',
    ],
    [
      'refreshes more often than AWS Config takes them',
      contextWith({ config: { refreshEvery: 'PT5S' } }),
      'config.refreshEvery: must be at least a minute, not "PT5S"',
    ],
    [
      'a typing error',
      contextWith({}, { 'solekey:sandbox': 'yes' }),
      'solekey:sandbox: must be true or false, not "yes"',
    ],
    [
      'a blind region, in the sandbox as well',
      contextWith({ region: 'eu-west-1' }, { 'solekey:sandbox': 'true' }),
      'region: must be one of',
    ],
  ])('is refused with %s', (_, context, line) => {
    const problems = refusal(context);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(line);
    expect(problems[0]).not.toContain('\n');
  });

  it('an unknown setting is an error, or with allowUnknownSettings a warning that names it', () => {
    const later = { moodEvery: 'P1D', exclude: { tag: null, users: [], mood: 'good' } };
    const named = [
      'moodEvery: there is no such setting; remove it',
      'exclude.mood: there is no such setting; remove it',
    ];
    expect([...refusal(contextWith(later))].sort()).toEqual(named.sort());
    const app = buildApp(contextWith(later, { allowUnknownSettings: 'true' }));
    const { metadata } = app.node.findChild('Solekey').node;
    const warnings = metadata.filter(({ type }) => type === 'aws:cdk:warning');
    expect(JSON.stringify(warnings)).toContain('have no effect: exclude.mood, moodEvery.');
    const wrong = refusal(contextWith({ ...later, grace: 'soon' }, { allowUnknownSettings: true }));
    expect(wrong).toHaveLength(1);
    expect(refusal(contextWith({}, { allowUnknownSettings: 'yes' }))).toEqual([
      'allowUnknownSettings: must be true or false, not "yes"; for example -c allowUnknownSettings=true',
    ]);
  });

  it('with the former exclusionsCountAsCompliant says at synth what to write instead', () => {
    const warned = (settings: Record<string, unknown>) =>
      JSON.stringify(buildApp(contextWith(settings)).node.findChild('Solekey').node.metadata);
    const former = { countAsCompliant: undefined, exclusionsCountAsCompliant: true };
    const words = 'Replace it by "countAsCompliant": ["exclusions"].';
    expect(warned(former)).toContain(JSON.stringify(words).slice(1, -1));
    expect(warned({ ...former, exclusionsCountAsCompliant: false })).toContain('countAsCompliant');
    expect(warned({})).not.toContain('is still read');
  });

  it('leaves out the subscription of an approver who is named on the command line, and says so', () => {
    const left = (named?: string) => {
      const app = buildApp(contextWith({}, named === undefined ? {} : { withoutSubscription: named }));
      const stack = app.node.findChild('Solekey');
      const warnings = stack.node.metadata.filter(({ type }) => type === 'aws:cdk:warning');
      const made = stack.node
        .findChild('Notices')
        .node.children.filter(({ node }) => node.id.startsWith('To '));
      return { made: made.length, warned: JSON.stringify(warnings).includes('no mail subscription for') };
    };
    const id = 'sec-lead';
    expect([left(), left(id)]).toEqual([
      { made: 1, warned: false },
      { made: 0, warned: true },
    ]);
    expect(refusal(contextWith({}, { withoutSubscription: `${id},boss` }))).toEqual([
      `withoutSubscription: no approver has the id "boss", only ${id}; for example -c withoutSubscription=${id}`,
    ]);
  });

  it('in the sandbox may have a grace of seconds', () => {
    const quick = { grace: 'PT8S', deletionNotice: 'PT4S', config: { refreshEvery: 'PT5S' } };
    expect(refusal(contextWith(quick, { 'solekey:sandbox': 'true' }))).toEqual([]);
    expect(refusal(contextWith(quick, { 'solekey:sandbox': 'false' }))).toHaveLength(2);
  });

  it.each<[string, boolean]>([
    ['a@example.com', true],
    ['a@mail.EXAMPLE.org', true],
    ['a@corp.example', true],
    ['a@corp.test', true],
    ['a@corp.invalid', true],
    ['a@contest.net', false],
    ['example.com@corp.internal', false],
  ])('whoever reads mail at %s is an example: %s', (email, example) => {
    const parsed = parseSettings(approver({ email }));
    expect(parsed.ok && exampleAddresses(parsed.settings)).toEqual(example ? [email] : []);
  });

  it(
    'with an example for an approver can be synthesised, and CloudFormation refuses it',
    () => {
      const { template } = synth({ approvers: [LEAD] });
      const [assertion, ...more] = template.Rules.NameYourApprovers?.Assertions ?? [];
      expect(more).toEqual([]);
      // It is about a parameter that is there, and compares it with something that it never is.
      expect(Object.keys(template.Parameters)).toEqual(['BootstrapVersion']);
      const never = [{ Ref: 'BootstrapVersion' }, expect.stringMatching(/^[a-z ]+$/)];
      expect(assertion?.Assert).toEqual({ 'Fn::Equals': never });
      expect(assertion?.AssertDescription).toMatch(/^Name your approvers in solekey\.settings\.json first/);
    },
    SYNTH_MS,
  );

  it.each<[string, object, object]>([
    ['an approver who can be reached', {}, {}],
    ['example approvers in the sandbox', { approvers: [LEAD] }, { 'solekey:sandbox': 'true' }],
  ])('with %s is one for CloudFormation, too', (_, settings, more) => {
    const { template } = synth({ ...settings }, { ...more });
    expect(Object.keys(template.Rules)).toEqual(['CheckBootstrapVersion']);
  });

  it('takes a JSON string, as the command line gives it, in place of the whole object', () => {
    const context = { ...contextWith({}), solekey: JSON.stringify({ ...LEAST, mode: 'observe' }) };
    expect(refusal(context)).toEqual([]);
    expect(refusal({ ...context, solekey: '{}' })).toHaveLength(4);
  });

  it.each([
    ['us-east-1', 'arn:aws:'],
    ['us-gov-west-1', 'arn:aws-us-gov:'],
    ['cn-north-1', 'arn:aws-cn:'],
  ])('in %s names ARNs that begin with %s', (region, prefix) => {
    const made = synth({ region });
    const arns = JSON.stringify(made.template).match(/arn:aws[a-z-]*:/g) ?? [];
    expect(made.stack.region).toBe(region);
    expect(new Set(arns)).toEqual(new Set([prefix]));
  });
});
