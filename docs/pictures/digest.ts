/** A first run in an old account: thirty users with two active keys, in one mail and on one page. */
import { addressMark, type NewListClaim } from '../../functions/core/case/requests.ts';
import { digestOf } from '../../functions/core/channel/digest.ts';
import { renderDigest } from '../../functions/core/messages/digest.ts';
import type { ObservedKey } from '../../functions/core/model/observation.ts';
import { UNRESTRICTED } from '../../functions/core/model/policy.ts';
import { DAY, HOUR, plus } from '../../functions/core/model/time.ts';
import { listRow, ROWS } from '../../functions/core/page/list.ts';
import { EVERY_ROW } from '../../functions/core/page/list-filter.ts';
import { evidenceFrom } from '../../functions/core/proposal/context.ts';
import { listReply } from '../../functions/web/answers.ts';
import { keysInOneLine } from '../../functions/web/whole-keys.ts';
import {
  ABOUT,
  ACCOUNT,
  askedAbout,
  NOW,
  pictureLink,
  picturePolicy,
  pictureToken,
  usedByPipeline,
} from './asked.ts';
import type { PictureMail } from './case.ts';

const TEAMS = ['billing', 'search', 'web', 'mailer', 'reports', 'etl', 'backup', 'media', 'ledger', 'crm'];
const JOBS = ['deploy', 'export', 'sync'];

const NAMES = JOBS.flatMap((job) => TEAMS.map((team) => `${team}-${job}`));

/** Two keys: one in use, the other long forgotten, as most users of an old account have them. */
function keysOf(index: number): readonly ObservedKey[] {
  const end = String(index).padStart(2, '0').replaceAll('0', 'Q').replaceAll('1', 'R');
  const used = (days: number): ObservedKey['lastUsed'] => {
    const at = plus(NOW, -days * DAY - HOUR);
    return { kind: 'used', at, service: 's3', region: 'eu-west-1' };
  };
  return [
    {
      id: `AKIAIOSFODNN7EXA2P${end}`,
      status: 'Active',
      created: plus(NOW, -(90 + index) * DAY),
      lastUsed: used(index % 3),
    },
    {
      id: `AKIAI44QH8DHBEX7KX${end}`,
      status: 'Active',
      created: plus(NOW, -(900 + 7 * index) * DAY),
      lastUsed: used(200 + 5 * index),
    },
  ];
}

function scene() {
  const { policy, recipient } = picturePolicy();
  const cases = NAMES.map((userName, index) => {
    const keys = keysOf(index);
    const asked = askedAbout(policy, { userId: `AIDACKCEVSQ6C2EXAM${index + 10}`, userName }, keys);
    const usage = { at: NOW, keys: keys.map(({ id, lastUsed }) => usedByPipeline(id, lastUsed)) };
    const owed = [{ kind: 'detected' as const, recipient: recipient.id, since: NOW, pooled: 'new' as const }];
    return { current: { ...asked, owed }, evidence: evidenceFrom({ usage, about: ABOUT }, policy) };
  });
  const claim: NewListClaim = {
    scope: 'list',
    account: ACCOUNT,
    recipient: recipient.id,
    address: addressMark(recipient.email),
    purpose: 'list',
    expires: plus(NOW, 8 * DAY),
  };
  return { policy, recipient, cases, claim };
}

/** The digest about all of them, as the product sends it. */
export function pictureDigest(): PictureMail {
  const { policy, recipient, cases, claim } = scene();
  const digest = digestOf(cases, [recipient], { urgent: false, daily: true });
  const health = ['Watching since 23 Nov; last key event 3 hours ago; 15 of 15 checks fine.'];
  const about = {
    digest,
    policy,
    control: UNRESTRICTED,
    recipient,
    link: pictureLink(claim),
    now: NOW,
    concerns: null,
    health,
  };
  return { to: recipient.email, ...renderDigest(about, 0) };
}

/** The first page of the list behind its link, as the product serves it. */
export async function pictureList(): Promise<string> {
  const { policy, recipient, cases, claim } = scene();
  const shown = cases.slice(0, ROWS);
  const entries = shown.map(({ current, evidence }) =>
    listRow(current, { now: NOW, policy, control: UNRESTRICTED, evidence }),
  );
  const last = shown.at(-1)?.current;
  if (last === undefined) {
    throw new Error('The pictures need a list with somebody in it.');
  }
  const of = { alarm: 0, held: 0, 'deletion-to-confirm': 0, undecided: cases.length, rest: 0 };
  const { body } = listReply(
    {
      kind: 'list',
      filter: EVERY_ROW,
      visitor: { approver: recipient, claim },
      entries,
      counts: { of, more: false },
      next: { rank: '4', account: last.account, userId: last.userId },
      paused: false,
      selfPause: null,
      subscriptions: null,
    },
    pictureToken(claim),
    { policy, now: NOW },
  );
  return keysInOneLine(String(await body));
}
