import { ASSUMED, dollarsFor, evaluationsAMonth } from '../config/cost.ts';
import { privilegeMark } from '../inventory/privilege-words.ts';
import type { SurveyedUser } from '../inventory/surveyed.ts';
import { OWNER_TAGS, ownerOf } from '../model/owners.ts';
import { DAY } from '../model/time.ts';
import { grouped, printable, timeOfDay } from '../words/words.ts';
import type { Assessment, PrivilegeTotals, Totals, Violator } from './assessment.ts';
import { adviceInShort, keysInShort } from './words.ts';

/** Longest user name in the table; the files have all of it. */
const WIDEST = 32;

interface Line {
  readonly user: string;
  readonly keys: string;
  readonly proposal: string;
  readonly why: string;
}

const HEADING: Line = { user: 'user', keys: 'keys', proposal: 'proposal', why: 'why' };

/** The table of users with several active keys, a line each. Empty if there are none. */
export function table({ violators, takenAt }: Assessment): string[] {
  if (violators.length === 0) {
    return [];
  }
  const lines = violators.map((one) => ({
    user: marked(one.user),
    keys: String(one.active.length),
    proposal: adviceInShort(one.advice),
    why: `${keysInShort(one, takenAt)}${legend(one.user)}`,
  }));
  const width = (column: keyof Line) => Math.max(...[HEADING, ...lines].map((line) => line[column].length));
  const [user, keys, proposal] = [width('user'), width('keys'), width('proposal')];
  const aligned = (line: Line) =>
    `${line.user.padEnd(user)}  ${line.keys.padEnd(keys)}  ${line.proposal.padEnd(proposal)}  ${line.why}`;
  return [`  ${aligned(HEADING)}`, ...lines.map((line) => `! ${aligned(line)}`)];
}

/** The name, with a mark after that of an administrator and of a user who can become one. */
function marked({ userName, privilege }: SurveyedUser): string {
  const name = printable(userName, WIDEST);
  return privilegeMark(privilege.kind) === null ? name : `${name}  *`;
}

function legend({ privilege }: SurveyedUser): string {
  const mark = privilegeMark(privilege.kind);
  return mark === null ? '' : `  * ${mark}`;
}

/** `98 users have more than one active key; 4,871 have one, 29 have none, 2 could not be read.` */
export function totalsLine({ several, one, none, unread }: Totals): string {
  const head = `${people(several)} more than one active key`;
  const rest = [
    `${grouped(one)} ${one === 1 ? 'has' : 'have'} one`,
    `${grouped(none)} ${none === 1 ? 'has' : 'have'} none`,
    ...(unread === 0 ? [] : [`${grouped(unread)} could not be read`]),
  ];
  return `${head}; ${rest.join(', ')}.`;
}

const people = (count: number) => (count === 1 ? '1 user has' : `${grouped(count)} users have`);

/** The lines below the table: totals, sources, whom to ask, what Solekey would do and cost. */
export function summary(assessment: Assessment): string[] {
  const { totals, users, violators } = assessment;
  return [
    totalsLine(totals),
    ...(totals.inactiveSecond === 0
      ? []
      : [
          `${people(totals.inactiveSecond)} an inactive key beside at most one active key. It can be reactivated, so it is worth deleting.`,
        ]),
    privilegeLine(assessment),
    sources(users),
    ...(violators.length === 0 ? [] : [ownersLine(violators), plan(assessment)]),
  ];
}

interface PrivilegeCounts {
  readonly users: readonly unknown[];
  readonly privileged: PrivilegeTotals;
}

/** `3 users are administrators, and 2 more can become one. 4 of these have more than one active key.` */
export function privilegeLine({ users, privileged }: PrivilegeCounts): string {
  const { administrators, canBecome, unknown, several } = privileged;
  if (users.length > 0 && unknown === users.length) {
    return 'It is not known which users are administrators: their policies were not read.';
  }
  const are = `${grouped(administrators)} ${administrators === 1 ? 'user is an administrator' : 'users are administrators'}`;
  const can = canBecome === 0 ? '' : `, and ${grouped(canBecome)} more can become one`;
  const total = administrators + canBecome;
  const keys =
    total === 0
      ? []
      : [`${grouped(several)} of them ${several === 1 ? 'has' : 'have'} more than one active key.`];
  const rest = unknown === 0 ? [] : [`Of ${grouped(unknown)} it is not known.`];
  return [`${are}${can}.`, ...keys, ...rest].join(' ');
}

function sources(users: Assessment['users']): string {
  const live = users.filter(({ how }) => how === 'live').length;
  const reported = users.flatMap(({ how, asOf }) => (how === 'report' && asOf !== null ? [asOf] : []));
  const report = [...new Set(reported)].map(
    (asOf) =>
      `${grouped(reported.length)} from the credential report of ${asOf.slice(0, 10)}, ${timeOfDay(asOf)}`,
  );
  const each = live === 0 ? [] : [`${grouped(live)} read one by one`];
  return `Sources: ${[...report, ...each].join('; ') || 'none'}. IAM shows last uses late, sometimes by hours.`;
}

/** Most owners named on the screen. */
const MOST_OWNERS = 5;

function ownersLine(violators: readonly Violator[]): string {
  const owners = violators.flatMap(({ user }) => ownerOf(user.tags) ?? []);
  const byOwner = [...new Set(owners)]
    .sort()
    .map((owner): [string, number] => [owner, owners.filter((one) => one === owner).length]);
  const named = byOwner.sort(([, x], [, y]) => y - x).slice(0, MOST_OWNERS);
  const without = violators.length - owners.length;
  const words = named.map(([owner, count]) => `${printable(owner, 40)} (${count})`);
  const rest = byOwner.length > named.length ? [`${byOwner.length - named.length} more`] : [];
  const nobody = without === 0 ? [] : [`without an ${either(OWNER_TAGS)} tag (${without})`];
  return `Whom to ask, by tag: ${[...words, ...rest, ...nobody].join(', ')}.`;
}

/** `Owner, Team or Application`. */
function either(words: readonly string[]): string {
  return words.join(', ').replace(/, ([^,]*)$/, ' or $1');
}

function plan({ totals, users }: Assessment): string {
  const withKeys = users.filter(({ keys }) => keys.length > 0).length;
  const violating = totals.several / withKeys;
  const put = evaluationsAMonth({ ...ASSUMED, users: withKeys, violating, every: DAY });
  const asked = totals.several === 1 ? 'this user' : `each of these ${grouped(totals.several)} users`;
  return (
    `Solekey would mail its approvers a question about ${asked}, and change nothing before one of them decides. ` +
    `In AWS Config it would cost about $${Math.max(1, Math.round(dollarsFor(put)))} a month.`
  );
}
