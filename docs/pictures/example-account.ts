/** An invented account, assessed by the product's own code: for the example report and for the picture of the table. */
import { type Assessment, assess } from '../../functions/core/assess/assessment.ts';
import { type Report, reportOf } from '../../functions/core/assess/report.ts';
import type { Grant } from '../../functions/core/inventory/grants.ts';
import type { Privilege } from '../../functions/core/inventory/privilege.ts';
import type { SurveyedUser } from '../../functions/core/inventory/surveyed.ts';
import type { KeyStatus, ObservedKey } from '../../functions/core/model/observation.ts';
import { DAY, type Instant, plus } from '../../functions/core/model/time.ts';
import { TERMS } from '../../ops/assess/terms.ts';

const NOW: Instant = '2026-11-26T09:00:00.000Z';
const ACCOUNT = '123456789012';

/** The letters of a key id. */
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

let made = 0;

/** Ids that no key has: they say so. */
function nextId(): string {
  made += 1;
  const digits = [made * 7 + 3, made * 11 + 5, made * 13 + 17, made * 29 + 1];
  return `AKIAEXAMPLEONLY0${digits.map((digit) => LETTERS[digit % LETTERS.length]).join('')}`;
}

interface Use {
  readonly idle: number;
  readonly service?: string;
}

/** A key by its age in days; `use` null: never used. */
function key(days: number, use: Use | null, status: KeyStatus = 'Active'): ObservedKey {
  const region = 'eu-west-1';
  return {
    id: nextId(),
    status,
    created: plus(NOW, -days * DAY),
    lastUsed:
      use === null
        ? { kind: 'never' }
        : { kind: 'used', at: plus(NOW, -use.idle * DAY), service: use.service ?? 's3', region },
  };
}

const grant = (policy: string, more: Partial<Grant> = {}): Grant => ({
  policy,
  kind: 'aws-managed',
  group: null,
  scope: 'everything',
  actions: [],
  ...more,
});

const ADMINISTRATOR: Privilege = {
  kind: 'administrator',
  by: [grant('AdministratorAccess', { group: 'platform' })],
};

const SELF_SERVICE: Privilege = {
  kind: 'can-become',
  by: [
    grant('ci-bootstrap', {
      kind: 'inline',
      scope: 'some',
      actions: ['iam:AttachUserPolicy', 'iam:PutUserPolicy'],
    }),
  ],
};

function user(
  userName: string,
  owner: string | null,
  keys: readonly ObservedKey[],
  more: Partial<SurveyedUser> = {},
): SurveyedUser {
  const path = more.path ?? '/service/';
  return {
    userId: `AIDAEXAMPLE${userName.toUpperCase().replace(/\W/g, '')}`,
    userName,
    path,
    arn: `arn:aws:iam::${ACCOUNT}:user${path}${userName}`,
    created: plus(NOW, -900 * DAY),
    tags: owner === null ? {} : { Owner: owner },
    console: false,
    privilege: { kind: 'ordinary' },
    otherCredentials: { certificates: 0, serviceSpecific: null },
    how: 'live',
    keys,
    asOf: NOW,
    ...more,
  };
}

const TEAMS = ['payments', 'data', 'web', 'mobile'];
const PARTS = ['api', 'worker', 'mailer', 'import', 'export', 'metrics', 'search', 'images'];

/** Users with nothing to find, so that the numbers look like those of an account. */
function others(): SurveyedUser[] {
  return TEAMS.flatMap((team, t) =>
    PARTS.map((part, p) => {
      const age = 40 + 97 * p + 31 * t;
      const use = (p + t) % 6 === 5 ? null : { idle: ((p * 7 + t) % 5) * 9 + 0.2 };
      const second = (p + t) % 7 === 3 ? [key(age + 200, { idle: 150 }, 'Inactive')] : [];
      return user(`${team}-${part}`, team, (p + t) % 9 === 8 ? [] : [key(age, use), ...second]);
    }),
  );
}

/** The users, each with keys that show one kind of proposal. */
function users(): SurveyedUser[] {
  made = 0;
  return [
    user('ci-deploy', 'payments', [key(130, { idle: 0.2 }), key(700, { idle: 116 })], {
      privilege: SELF_SERVICE,
    }),
    user('batch-export', 'data', [key(120, { idle: 0.3, service: 'dynamodb' }), key(500, { idle: 0.4 })]),
    user(
      'terraform',
      'platform',
      [key(90, { idle: 0.1, service: 'sts' }), key(400, { idle: 0.2, service: 'ec2' })],
      {
        privilege: ADMINISTRATOR,
      },
    ),
    user('backup-old', null, [key(1_100, null), key(1_300, null)]),
    user('reports', 'data', [key(0.4, null), key(380, { idle: 0.1 })]),
    user('anna.berg', 'web', [key(60, { idle: 4 })], { path: '/', console: true, privilege: ADMINISTRATOR }),
    ...others(),
  ];
}

/** The assessment of the invented account. */
export function exampleAssessment(): Assessment {
  return assess(users(), TERMS, NOW);
}

/** The same as the report holds it. */
export function exampleReport(): Report {
  return reportOf(exampleAssessment(), { account: ACCOUNT, denied: [], fullIds: false });
}
